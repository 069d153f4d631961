"""Ask an admin: the whole road, from a refusal to what the admin did and what everybody is told."""

from __future__ import annotations

import pytest

from bot.domain.projects import Change
from bot.local.slack.outcomes import OnView
from bot.local.slack.seed import LENA, MARCUS, SOFIA, YUKI
from bot.local.slack.world import Message
from bot.local.toggl.records import Member, Project
from bot.store import admin_requests, audit
from bot.views.ids import Actions, Blocks
from tests import forging
from tests.handlers.asking import decided, in_dm
from tests.road import TEAM, Road, find_button, shown


@pytest.fixture
async def three(two: Road) -> Road:
    """Sofia is an admin, too."""
    two.person = SOFIA
    await two.connect("sofia", track=True)
    two.person = MARCUS
    return two


def membership(two: Road, handle: str) -> Member:
    """Somebody's place in the workspace."""
    state, place = two.toggl.world.state, two.toggl.workspace()
    [person] = [person for person in state.people.values() if person.handle == handle]
    found = two.toggl.world.find_member(place.id, person.id)
    assert found is not None
    return found


def foreign(two: Road) -> Project:
    """A project that Marcus sees and may not change."""
    world, member = two.toggl.world, membership(two, "member")
    return next(
        project
        for project in world.state.projects.values()
        if project.workspace_id == member.workspace_id
        and not project.archived_at
        and world.sees_project(member, project)
        and not world.manages_project(member, project)
    )


def archived(two: Road, project: Project) -> bool:
    """Whether it is in the archive now."""
    return two.toggl.world.state.projects[project.id].archived_at is not None


async def logged(two: Road) -> list[tuple[str, str, str, str | None]]:
    """The audit log, oldest first: who, what, result, who asked."""
    place = two.toggl.workspace()
    wanted = audit.Filter(organization_id=place.organization_id, focus_id=place.id, track_id=place.track_id)
    async with two.store.reading() as db:
        found = await audit.find(db, [each.id for each in await audit.names(db, wanted)])
    return [(row.user_id, row.kind, row.result, row.asked_by_user_id) for row in reversed(found)]


async def sent(two: Road, refused: Message) -> Message:
    """The request, as Lena gets it, after Marcus pressed *Ask an admin* under a refusal."""
    assert "Toggl does not allow you to do this. Nothing was saved." in refused.text
    told = await two.pressed(refused, Actions.ASK_ADMIN)
    assert "Asked " in told.text
    await two.run_due()
    [request] = in_dm(two, LENA)
    return request


async def asked(two: Road) -> Message:
    """Marcus asks to archive a project; the request as Lena gets it."""
    return await sent(two, await two.command(f"/project archive {foreign(two).name}"))


async def test_an_admin_allows_and_it_is_done_with_their_account(two: Road) -> None:
    project = foreign(two)
    request = await asked(two)
    assert f"Archiving a project: *{project.name}*" in shown(request)
    assert "allowed it, and it is done." in await decided(two, LENA, request, Actions.ALLOW_REQUEST)
    assert archived(two, project)
    await two.run_due()
    [told] = in_dm(two, MARCUS)
    assert f"<@{LENA}> allowed it, and it is done." in shown(told)
    assert await logged(two) == [
        (MARCUS, "project.archive", "asked", MARCUS),
        (LENA, "project.archive", "done", MARCUS),
    ]


async def test_the_admin_takes_back_what_they_allowed(two: Road) -> None:
    project = foreign(two)
    request = await asked(two)
    two.person = LENA
    done = await two.pressed(request, Actions.ALLOW_REQUEST)
    await two.pressed(done, Actions.UNDO)
    assert not archived(two, project)


async def test_an_admin_declines_and_nothing_changes(two: Road) -> None:
    project = foreign(two)
    request = await asked(two)
    assert "declined it. Nothing was changed." in await decided(two, LENA, request, Actions.DECLINE_REQUEST)
    await two.run_due()
    [told] = in_dm(two, MARCUS)
    assert f"<@{LENA}> declined it. Nothing was changed." in shown(told)
    assert not archived(two, project)
    assert [result for _, _, result, _ in await logged(two)] == ["asked", "declined"]


async def test_of_two_admins_the_first_decides_and_the_other_sees_it(three: Road) -> None:
    project = foreign(three)
    request = await asked(three)
    [same] = in_dm(three, SOFIA)
    await decided(three, LENA, request, Actions.DECLINE_REQUEST)
    late = await decided(three, SOFIA, same, Actions.ALLOW_REQUEST)
    assert "This request was already decided, or is too old. Nothing was changed." in late
    assert not archived(three, project)
    await three.run_due()
    told = [message for message in in_dm(three, SOFIA) if message.ts == same.ts]
    assert f"<@{LENA}> declined it. Nothing was changed." in shown(told[0])
    assert not [element for block in told[0].blocks for element in block.get("elements", ()) if "action_id" in element]


async def test_a_request_expires_and_everybody_is_told(two: Road) -> None:
    project = foreign(two)
    request = await asked(two)
    two.clock.pass_(days=2, minutes=1)
    await two.run_due()
    assert "No admin decided in time. Nothing was changed." in shown(in_dm(two, LENA)[0])
    assert "No admin decided in time. Nothing was changed." in shown(in_dm(two, MARCUS)[0])
    assert in_dm(two, LENA) == [request]
    assert not archived(two, project)
    assert [result for _, _, result, _ in await logged(two)] == ["asked", "expired"]


async def test_an_expired_request_counts_for_nothing_before_anybody_is_told(two: Road) -> None:
    project = foreign(two)
    request = await asked(two)
    two.clock.pass_(days=2, minutes=1)
    assert "too old" in await decided(two, LENA, request, Actions.ALLOW_REQUEST)
    assert not archived(two, project)


async def test_the_role_is_read_again_when_an_admin_allows(two: Road) -> None:
    project = foreign(two)
    request = await asked(two)
    membership(two, "admin").role = "user"
    said = await decided(two, LENA, request, Actions.ALLOW_REQUEST)
    assert "Only an admin of your Toggl workspace may do that, so nothing was changed." in said
    assert not archived(two, project)


@pytest.mark.parametrize("who", [MARCUS, YUKI])
async def test_nobody_but_an_admin_decides_even_with_a_forged_button(two: Road, who: str) -> None:
    project = foreign(two)
    request = await asked(two)
    _, button = find_button(request.blocks, Actions.ALLOW_REQUEST)
    for action in (Actions.ALLOW_REQUEST, Actions.DECLINE_REQUEST):
        assert (await forging.press(who, action, button["value"]).send(two)).status_code == 200
    await two.run_due()
    assert not archived(two, project)
    assert [result for _, _, result, _ in await logged(two)] == ["asked"]


async def test_what_was_changed_meanwhile_is_not_done(two: Road) -> None:
    project = foreign(two)
    request = await asked(two)
    two.toggl.world.state.projects[project.id].name = "Something else"
    said = await decided(two, LENA, request, Actions.ALLOW_REQUEST)
    assert "has been changed or deleted since the request, so nothing was done." in said
    assert not archived(two, project)
    await two.run_due()
    assert "it has been changed or deleted since the request. Nothing was done." in shown(in_dm(two, MARCUS)[0])
    assert [result for _, _, result, _ in await logged(two)] == ["asked", "changed"]


async def test_where_toggl_is_down_the_request_goes_back_to_the_admins(two: Road) -> None:
    project = foreign(two)
    request = await asked(two)
    two.toggl.fail("archive_project", status=429)
    assert "Nothing was saved." in await decided(two, LENA, request, Actions.ALLOW_REQUEST)
    two.clock.pass_(minutes=1)
    assert "it is done" in await decided(two, LENA, request, Actions.ALLOW_REQUEST)
    assert archived(two, project)


async def test_a_lost_answer_is_told_as_what_it_is(two: Road) -> None:
    request = await asked(two)
    two.toggl.fail("archive_project", drop="after", times=5)
    assert "This may or may not have been saved" in await decided(two, LENA, request, Actions.ALLOW_REQUEST)
    await two.run_due()
    assert "Toggl did not say whether it was done." in shown(in_dm(two, MARCUS)[0])
    assert [result for _, _, result, _ in await logged(two)] == ["asked", "unknown"]


async def test_a_request_that_slack_did_not_sign_now_counts_for_nothing(two: Road) -> None:
    project = foreign(two)
    request = await asked(two)
    _, button = find_button(request.blocks, Actions.ALLOW_REQUEST)
    for forged in (
        forging.press(LENA, Actions.ALLOW_REQUEST, button["value"], secret="another"),
        forging.press(LENA, Actions.ALLOW_REQUEST, button["value"], age=3600),
    ):
        assert (await forged.send(two)).status_code == 401
    assert not archived(two, project)


async def test_allowing_once_more_with_the_same_request_does_nothing(two: Road) -> None:
    project = foreign(two)
    request = await asked(two)
    _, button = find_button(request.blocks, Actions.ALLOW_REQUEST)
    allowed = forging.press(LENA, Actions.ALLOW_REQUEST, button["value"])
    await allowed.send(two)
    two.toggl.world.state.projects[project.id].archived_at = None
    await allowed.send(two)
    await forging.press(LENA, Actions.ALLOW_REQUEST, button["value"]).send(two)
    assert not archived(two, project)
    assert [result for _, _, result, _ in await logged(two)] == ["asked", "done"]


async def test_what_an_ended_process_was_doing_is_told_as_unknown(two: Road) -> None:
    request = await asked(two)
    _, button = find_button(request.blocks, Actions.ALLOW_REQUEST)
    async with two.store.writing() as db:
        row = await admin_requests.decide(
            db, button["value"], tenant_id=TEAM, user_id=LENA, state=admin_requests.State.DECIDING, now=two.clock()
        )
    assert row is not None
    two.clock.pass_(days=2, minutes=1)
    await two.run_due()
    assert "Toggl did not say whether it was done." in shown(in_dm(two, MARCUS)[0])
    assert "Toggl did not say whether it was done." in shown(in_dm(two, LENA)[0])


async def test_asking_twice_asks_once(two: Road) -> None:
    refused = await two.command(f"/project archive {foreign(two).name}")
    _, button = find_button(refused.blocks, Actions.ASK_ADMIN)
    for _ in range(2):
        await forging.press(MARCUS, Actions.ASK_ADMIN, button["value"]).send(two)
    await two.run_due()
    await two.run_due()
    assert len(in_dm(two, LENA)) == 1


async def test_the_same_is_asked_once_until_it_is_decided(two: Road) -> None:
    request = await asked(two)
    again = await two.command(f"/project archive {foreign(two).name}")
    said = await two.pressed(again, Actions.ASK_ADMIN)
    assert "You have already asked for exactly that, and no admin has decided yet." in said.text
    await decided(two, LENA, request, Actions.DECLINE_REQUEST)
    await two.run_due()
    two.person = MARCUS
    once_more = await two.command(f"/project archive {foreign(two).name}")
    assert "Asked 1 admin:" in (await two.pressed(once_more, Actions.ASK_ADMIN)).text


async def test_an_offer_is_the_persons_own(two: Road) -> None:
    refused = await two.command(f"/project archive {foreign(two).name}")
    _, button = find_button(refused.blocks, Actions.ASK_ADMIN)
    await forging.press(LENA, Actions.ASK_ADMIN, button["value"]).send(two)
    await two.run_due()
    assert await logged(two) == []


async def test_where_no_admin_is_connected_there_is_nothing_to_press(road: Road) -> None:
    await road.connect("member", track=True)
    refused = await road.command(f"/project archive {foreign(road).name}")
    assert "Toggl does not allow you to do this." in refused.text
    with pytest.raises(AssertionError, match="no button"):
        find_button(refused.blocks, Actions.ASK_ADMIN)


async def test_a_refused_form_offers_to_ask_and_keeps_what_was_entered(two: Road) -> None:
    project = foreign(two)
    view = await two.command_opening(f"/project edit {project.name}")
    outcome = await two.submit(view, {Blocks.PROJECT_NAME: "Another name"})
    assert outcome.ok
    again = await two.modal()
    assert again.state[Blocks.PROJECT_NAME][Actions.PROJECT_FIELD]["value"] == "Another name"
    block_id, button = find_button(again.blocks, Actions.ASK_ADMIN)
    await two.slack.press(MARCUS, OnView(again.id), block_id, button["action_id"], button["value"])
    await two.run_due()
    [request] = in_dm(two, LENA)
    assert f"Name: {project.name} → Another name" in shown(request)
    await decided(two, LENA, request, Actions.ALLOW_REQUEST)
    assert two.toggl.world.state.projects[project.id].name == "Another name"


async def test_a_new_project_is_made_by_an_admin_where_only_they_may(two: Road) -> None:
    two.toggl.workspace().settings.only_admins_may_create_projects = True
    view = await two.command_opening("/project new Garden")
    await two.submit(view, {})
    again = await two.modal()
    block_id, button = find_button(again.blocks, Actions.ASK_ADMIN)
    await two.slack.press(MARCUS, OnView(again.id), block_id, button["action_id"], button["value"])
    await two.run_due()
    [request] = in_dm(two, LENA)
    await decided(two, LENA, request, Actions.ALLOW_REQUEST)
    assert [project.name for project in two.toggl.world.state.projects.values()].count("Garden") == 1


async def test_a_deleted_account_asks_no_more(two: Road) -> None:
    request = await asked(two)
    two.person = MARCUS
    asking = await two.command("/toggl disconnect")
    await two.pressed(asking, Actions.DISCONNECT)
    said = await decided(two, LENA, request, Actions.ALLOW_REQUEST)
    assert "too old" in said
    assert not archived(two, foreign(two))
    await two.run_due()
    assert Change.ARCHIVE not in {kind for _, kind, result, _ in await logged(two) if result == "done"}
