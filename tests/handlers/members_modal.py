"""The modal with the people of a workspace, as an admin uses it, and what Toggl then has of them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.local.slack.outcomes import OnView, Outcome
from bot.local.slack.seed import LENA, SOFIA
from bot.local.slack.world import View
from bot.local.toggl.records import Member, Person
from bot.store import audit
from bot.views.ids import Blocks
from tests.road import Road, find_button

OPENING = ["get_workspace", "list_workspace_users", "list_users"]
"""What the modal asks of Toggl, opened with nothing kept."""


@pytest.fixture
async def lena(road: Road) -> Road:
    """An admin."""
    for person in (LENA, SOFIA):
        road.slack.world.people[person].locale = "en-US"
    road.person = LENA
    await road.connect("admin", track=True)
    return road


def person(lena: Road, handle: str) -> Person:
    """Somebody of the seeded company."""
    return lena.toggl.person(handle)


def member(lena: Road, handle: str) -> Member | None:
    """How they belong to the workspace now; None where they do not any more."""
    return lena.toggl.world.find_member(lena.toggl.workspace().id, person(lena, handle).id)


def here(lena: Road, handle: str) -> Member:
    """The same of somebody who is there."""
    found = member(lena, handle)
    assert found is not None
    return found


def rested(lena: Road) -> None:
    """Let Track take calls again: it takes five at once, then one a second."""
    lena.clock.pass_(seconds=20)


async def opened(lena: Road, words: str = "") -> View:
    """The modal."""
    await lena.command_opening(f"/toggl members {words}".rstrip())
    return await top(lena, Blocks.MEMBER_FILTERS)


async def top(lena: Road, words: str) -> View:
    """The modal on top, once it says `words`."""

    def there() -> list[View]:
        return [view for view in lena.slack.world.modals.get(lena.person, [])[-1:] if words in str(view.blocks)]

    try:
        [view] = await lena.slack.until(there)
    except TimeoutError:
        stack = lena.slack.world.modals.get(lena.person, [])
        raise AssertionError(f"no modal says {words!r}: {[view.blocks for view in stack[-1:]]}") from None
    return view


def names(view: View) -> list[str]:
    """Who is on the page."""
    return [
        block["text"]["text"].partition("*")[2].partition("*")[0]
        for block in view.blocks
        if block.get("accessory", {}).get("type") == "overflow"
    ]


def told(view: View, name: str) -> str:
    """What is said of one of them."""
    return next(str(block["text"]["text"]) for block in view.blocks if f"*{name}*" in str(block.get("text")))


async def choose(lena: Road, view: View, name: str, deed: str) -> Outcome:
    """Choose `deed` in somebody's menu."""
    block_id, menu = next(
        (block["block_id"], block["accessory"])
        for block in view.blocks
        if f"*{name}*" in str(block.get("text")) and "accessory" in block
    )
    [value] = [each["value"] for each in menu["options"] if each["text"]["text"] == deed]
    outcome = await lena.slack.press(lena.person, OnView(view.id), block_id, menu["action_id"], value)
    assert outcome.ok, outcome
    return outcome


async def press(lena: Road, view: View, action: str, label: str | None = None) -> None:
    """Press a button of the modal."""
    block_id, button = find_button(view.blocks, action, label)
    outcome = await lena.slack.press(lena.person, OnView(view.id), block_id, button["action_id"], button.get("value"))
    assert outcome.ok, outcome


async def filter_by(lena: Road, view: View, action: str, value: str) -> None:
    """Choose in one of the filters."""
    await lena.slack.press(lena.person, OnView(view.id), Blocks.MEMBER_FILTERS, action, value)


async def form_of(lena: Road, name: str) -> View:
    """Somebody's form, opened by their menu."""
    await choose(lena, await opened(lena), name, "Edit…")
    return await top(lena, Blocks.MEMBER_HOURS)


async def send(lena: Road, view: View, values: dict[str, Any] | None = None) -> None:
    """Send a form, with these values entered."""
    outcome = await lena.submit(view, values or {})
    assert outcome.ok, outcome


async def logged(lena: Road) -> list[tuple[str, str, str]]:
    """The audit log, oldest first: whom, what, and what came of it."""
    place = lena.toggl.workspace()
    wanted = audit.Filter(organization_id=place.organization_id, focus_id=place.id, track_id=place.track_id)
    async with lena.store.reading() as db:
        found = await audit.find(db, [each.id for each in await audit.names(db, wanted)])
    return [(row.name, row.kind, row.result) for row in reversed(found)]
