"""What somebody without the right asks an admin for: a status, a setting, a workspace."""

from __future__ import annotations

from bot.local.slack.outcomes import OnView
from bot.local.slack.seed import LENA, MARCUS
from bot.local.slack.world import View
from bot.views.ids import Actions, Blocks
from tests.handlers.asking import decided, in_dm
from tests.handlers.test_statuses import choose, filled, kept, opened, top
from tests.road import Road, find_button, shown

REFUSED = "Toggl does not allow you to do this. Nothing was saved."


async def allowed(two: Road, refused: View) -> str:
    """What Lena was asked, after Marcus pressed *Ask an admin* and she *Allow*."""
    block_id, button = find_button(refused.blocks, Actions.ASK_ADMIN)
    await two.slack.press(MARCUS, OnView(refused.id), block_id, button["action_id"], button["value"])
    await two.run_due()
    [request] = in_dm(two, LENA)
    two.clock.pass_(minutes=1)
    assert "allowed it, and it is done." in await decided(two, LENA, request, Actions.ALLOW_REQUEST)
    return shown(request)


async def test_a_status_is_renamed_by_the_admin_who_was_asked(two: Road) -> None:
    await choose(two, await opened(two), "In review", "Edit…")
    await two.submit(await top(two, "One of the standard emoji"), filled("Proofreading", "🔎"))
    asked = await allowed(two, await top(two, REFUSED))
    assert "Changing a status: *In review*" in asked
    assert "Name: In review → Proofreading" in asked
    assert kept(two, "Proofreading").emoji == "🔎"


async def test_a_deletion_is_asked_for_from_the_question(two: Road) -> None:
    await choose(two, await opened(two), "In review", "Delete…")
    asked = await top(two, "Delete 👀 *In review*?")
    block_id, element = find_button(asked.blocks, Actions.STATUS_DEED, "Delete")
    await two.slack.press(MARCUS, OnView(asked.id), block_id, element["action_id"], element["value"])
    assert "Deleting a status: *In review*" in await allowed(two, await top(two, REFUSED))
    assert kept(two, "In review").deleted_at is not None


async def test_a_setting_is_changed_by_the_admin_who_was_asked(two: Road) -> None:
    view = await two.command_opening("/toggl settings")
    await two.submit(view, {Blocks.WORKSPACE_CURRENCY: "CHF"})
    assert "Currency: EUR → CHF" in await allowed(two, await top(two, REFUSED))
    assert two.toggl.workspace().settings.default_currency == "CHF"


async def test_a_workspace_is_made_by_the_admin_who_was_asked(two: Road) -> None:
    view = await two.command_opening("/toggl new-workspace")
    await two.submit(view, {Blocks.WORKSPACE_NAME: "Archive"})
    assert "New workspace: *Archive*" in await allowed(two, await top(two, REFUSED))
    assert two.toggl.workspace("Archive").name == "Archive"
