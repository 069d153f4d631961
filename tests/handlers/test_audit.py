"""`/toggl audit`: the whole road."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest

from bot.domain.audit import Reason
from bot.local.slack.seed import LENA, MARCUS
from bot.services.administration import AdminNeeded
from bot.store import audit
from bot.views.ids import Actions
from tests.road import TEAM, Road, shown
from tests.store.administration import audit_row


@pytest.fixture
async def lena(road: Road) -> Road:
    """An admin."""
    road.slack.world.people[LENA].locale = "en-US"
    road.person = LENA
    await road.connect("admin", track=True)
    return road


async def write(road: Road, **fields: object) -> None:
    """Let something have been changed in the workspace."""
    place = road.toggl.workspace()
    here = {"organization_id": place.organization_id, "focus_id": place.id, "track_id": place.track_id}
    known = {"at": road.clock(), "tenant_id": TEAM, "team_id": TEAM, "user_id": LENA, **here, **fields}
    async with road.store.writing() as db:
        await audit.add_all(db, [audit_row(**known)])


async def test_nothing_yet(lena: Road) -> None:
    assert (await lena.command("/toggl audit")).text == "Nothing has been changed through me yet."


async def test_a_change_is_shown_with_who_when_what_before_and_after(lena: Road) -> None:
    await write(lena, before='{"role": "user", "person": 1}', after='{"role": "admin"}', asked_by_user_id=MARCUS)
    said = shown(await lena.command("/toggl audit"))
    assert "*Changing a member*: Bob" in said
    assert "Role: Member → Admin" in said
    assert ":white_check_mark: done" in said
    assert f"<@{LENA}> · asked by <@{MARCUS}>" in said
    assert "person" not in said


async def test_another_slack_workspace_is_named_and_its_people_are_not_mentioned(lena: Road) -> None:
    await write(lena, tenant_id="TOTHER", team_id="TOTHER", user_id="UOTHER")
    said = shown(await lena.command("/toggl audit"))
    assert "Ann (ann@example.com) · from the Slack workspace TOTHER" in said
    assert "<@UOTHER>" not in said


async def test_another_toggl_workspace_is_not_shown(lena: Road) -> None:
    await write(lena, focus_id=1, track_id=1)
    await write(lena, organization_id=1)
    assert (await lena.command("/toggl audit")).text == "Nothing has been changed through me yet."


async def test_why_something_was_refused_is_said_in_ones_own_language(lena: Road) -> None:
    await write(lena, result="refused", reason=Reason.of(AdminNeeded(None)).dump())
    assert "refused: no permission: Toggl does not allow you to do this." in shown(await lena.command("/toggl audit"))


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("", ["Cy", "Bob", "Ömer"]),
        ("omer", ["Ömer"]),
        ("by:@marcus", ["Bob"]),
        ("by:ann", ["Cy", "Bob", "Ömer"]),
        ("by:dee", []),
        ("about:statuses", ["Cy"]),
        ("yesterday", ["Bob"]),
        ("about:member by:@lena", ["Ömer"]),
    ],
)
async def test_changes_are_found_by_person_subject_period_and_words(lena: Road, words: str, names: list[str]) -> None:
    now = lena.clock()
    await write(lena, name="Ömer", at=now - timedelta(days=9))
    await write(lena, name="Bob", at=now - timedelta(days=1), user_id=MARCUS)
    await write(lena, name="Cy", subject="status", kind="status.edit")
    text = shown(await lena.command(f"/toggl audit {words}"))
    found = [name for name in ("Cy", "Bob", "Ömer") if f": {name}" in text]
    assert found == names


async def test_what_cannot_be_asked_is_told(lena: Road) -> None:
    assert "Nothing is recorded about “cats”." in (await lena.command("/toggl audit about:cats")).text
    assert "`by:` needs a value" in (await lena.command("/toggl audit by:")).text


async def test_pages_and_the_file(lena: Road) -> None:
    for number in range(23):
        await write(lena, name=f"Member {number}", attempt=f"{number}", before='{"name": "A"}', after='{"name": "=B"}')
    await write(lena, name='=HYPERLINK("x")', subject="status", kind="status.edit", who="@SUM(1)", user_id="+1")
    first = await lena.command("/toggl audit member")
    assert "23 changes · page 1 of 3" in first.text
    second = await lena.pressed(first, Actions.AUDIT_PAGE, label="Older")
    assert "page 2 of 3" in second.text
    assert ": Member 12" in shown(second)
    await lena.pressed(second, Actions.AUDIT_CSV)
    await lena.command("/toggl audit about:status csv")
    file, formulas = lena.slack.world.files.values()
    [row] = csv.DictReader(io.StringIO(formulas.content.decode("utf-8-sig")))
    assert (row["Name"], row["Who"], row["Who in Slack"]) == ('\'=HYPERLINK("x")', "'@SUM(1)", "'+1")
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert len(rows) == 23
    assert rows[0]["Name"] == "Member 22"
    assert (rows[0]["Before"], rows[0]["After"]) == ("Name: A", "Name: =B")
    assert rows[0]["Who in Slack"] == LENA
    assert rows[0]["Slack workspace"] == TEAM


async def test_only_admins_see_it(road: Road) -> None:
    await road.connect("member", track=True)
    await write(road)
    for text in ("/toggl audit", "/toggl audit csv"):
        said = await road.command(text)
        assert "Only an admin of your Toggl workspace may do that" in said.text
    assert not road.slack.world.files


async def test_a_demoted_admin_turns_no_page(lena: Road) -> None:
    for number in range(11):
        await write(lena, attempt=f"{number}")
    first = await lena.command("/toggl audit")
    [person] = [person for person in lena.toggl.world.state.people.values() if person.handle == "admin"]
    member = lena.toggl.world.find_member(lena.toggl.workspace().id, person.id)
    assert member is not None
    member.role = "user"
    assert "Only an admin" in (await lena.pressed(first, Actions.AUDIT_PAGE)).text
