"""Administration at its seams: several admins at once, both databases, and what the log keeps of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from cryptography.fernet import Fernet

from bot.domain.administration import AdministrationStep, Change
from bot.domain.projects import Named
from bot.services import admin_decisions, admin_requests, administration, project_members, track_reminders, undo
from bot.services import audit as audit_log
from bot.services.admin_decisions import TooLate
from bot.services.administration import AlreadySo, BeingChanged, ChangedSince, SubjectGone
from bot.services.asking import AdminNeeded
from bot.services.connections import open_toggl
from bot.store import Cipher, Store, audit, workspaces
from bot.store import admin_requests as requests
from bot.store.tables import AuditRow
from bot.toggl import AnswerLost, QuotaSpent
from tests.conftest import Clock, ServedToggl
from tests.local_toggl import operations
from tests.services.administering import ADMIN, PROJECT_LEAD, SUBJECT, USER, Stage, staged

OTHER_ADMIN = PROJECT_LEAD


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """An open store on each database."""
    opened = Store(database_url, Cipher([Fernet.generate_key().decode()]))
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def stage(clock: Clock, toggl: ServedToggl, store: Store) -> AsyncIterator[Stage]:
    """Two admins, and somebody of each other role."""
    async with staged(clock, toggl, store) as made:
        toggl.world.state.members[made.membership(OTHER_ADMIN)].role = "admin"
        yield made


async def logged(stage: Stage) -> Sequence[AuditRow]:
    """The log, oldest first."""
    place = stage.toggl.workspace()
    wanted = audit.Filter(organization_id=place.organization_id, focus_id=place.id, track_id=place.track_id)
    async with stage.contexts[ADMIN].store.reading() as db:
        return list(reversed(await audit.find(db, [each.id for each in await audit.names(db, wanted)])))


async def edited(stage: Stage, who: str, **after: object) -> Change:
    """What `who` does to the member whom all of them look at."""
    change = msgspec.structs.replace(await stage.shown(), after=after)
    return (await administration.change(stage.fresh(who), change)).change


async def test_of_two_admins_at_once_nobody_overwrites_the_other_unseen(stage: Stage) -> None:
    shown = await stage.shown()
    stage.clock.pass_(minutes=1)
    stage.toggl.fail("update_workspace_user", delay=0.3)
    came = await asyncio.gather(
        administration.change(stage.fresh(ADMIN), msgspec.structs.replace(shown, after={"minutes": 240})),
        administration.change(stage.fresh(OTHER_ADMIN), msgspec.structs.replace(shown, after={"minutes": 300})),
        return_exceptions=True,
    )
    done = [each for each in came if isinstance(each, administration.Done)]
    left = [each for each in came if not isinstance(each, administration.Done)]
    assert len(done) <= 1
    assert all(isinstance(each, BeingChanged | ChangedSince) for each in left), left
    minutes = stage.toggl.world.state.members[stage.membership()].working_hours_in_minutes
    assert minutes == (done[0].change.fields["minutes"] if done else 360)


async def test_a_change_is_written_down_with_all_that_is_asked_of_a_log(stage: Stage) -> None:
    await edited(stage, ADMIN, minutes=240)
    [row] = await logged(stage)
    assert (row.user_id, row.team_id, row.tenant_id, row.who) == (f"U{ADMIN}", "T1", "T1", ADMIN)
    assert (row.kind, row.subject, row.subject_id) == ("member.edit", "member", str(stage.membership()))
    assert msgspec.json.decode(row.before or "")["minutes"] == 360
    assert msgspec.json.decode(row.after or "") == {"minutes": 240}
    assert (row.result, row.reason) == ("done", "")


async def test_what_toggl_is_asked_for_a_change(stage: Stage) -> None:
    shown = await stage.shown()
    stage.clock.pass_(minutes=1)
    operations(stage.toggl)
    await administration.change(stage.fresh(ADMIN), msgspec.structs.replace(shown, after={"minutes": 240}))
    assert operations(stage.toggl) == ["get_workspace", "list_workspace_users", "update_workspace_user"]


async def test_the_same_change_twice_is_done_once(stage: Stage) -> None:
    change = msgspec.structs.replace(await stage.shown(), after={"minutes": 240})
    await administration.change(stage.fresh(ADMIN), change)
    stage.clock.pass_(minutes=1)
    with pytest.raises(AlreadySo):
        await administration.change(stage.fresh(ADMIN), change)


async def test_somebody_who_is_gone_is_not_changed(stage: Stage) -> None:
    change = msgspec.structs.replace(await stage.shown(), after={"minutes": 240})
    stage.toggl.world.state.members[stage.membership()].deleted_at = stage.clock()
    with pytest.raises(SubjectGone):
        await administration.change(stage.fresh(ADMIN), change)
    assert [row.result for row in await logged(stage)] == ["changed"]


async def test_a_change_whose_process_ended_is_in_the_log_and_blocks_for_a_minute(stage: Stage) -> None:
    change = msgspec.structs.replace(await stage.shown(), after={"minutes": 240})
    await audit_log.begin(stage.fresh(ADMIN), change)  # and nothing more
    with pytest.raises(BeingChanged):
        await administration.change(stage.fresh(OTHER_ADMIN), change)
    stage.clock.pass_(minutes=2)
    await administration.change(stage.fresh(OTHER_ADMIN), change)
    assert [row.result for row in await logged(stage)] == ["begun", "failed", "done"]


async def test_lost_answers_and_spent_quotas_are_told_apart_in_the_log(stage: Stage) -> None:
    change = msgspec.structs.replace(await stage.shown(), after={"minutes": 240})
    stage.clock.pass_(minutes=1)
    stage.toggl.fail("update_workspace_user", drop="before", times=9)
    with pytest.raises(AnswerLost):
        await administration.change(stage.fresh(ADMIN), change)
    stage.toggl.spend_quota(ADMIN)
    stage.clock.pass_(minutes=1)
    with pytest.raises(QuotaSpent):
        await administration.change(stage.fresh(ADMIN), change)
    assert [row.result for row in await logged(stage)] == ["unknown", "failed"]


async def test_undo_goes_the_same_way(stage: Stage) -> None:
    context = stage.fresh(ADMIN)
    done = await administration.change(context, msgspec.structs.replace(await stage.shown(), after={"minutes": 240}))
    assert done.undo is not None
    undo_id = await undo.record(context, done.undo)
    stage.clock.pass_(minutes=1)
    stage.toggl.world.state.members[stage.membership()].working_hours_in_minutes = 60
    with pytest.raises(ChangedSince):
        await undo.perform(stage.fresh(ADMIN), undo_id)
    stage.toggl.world.state.members[stage.membership()].working_hours_in_minutes = 240
    stage.clock.pass_(minutes=1)
    stage.toggl.world.state.members[stage.membership(ADMIN)].role = "user"
    with pytest.raises(AdminNeeded):
        await undo.perform(stage.fresh(ADMIN), undo_id)
    stage.toggl.world.state.members[stage.membership(ADMIN)].role = "admin"
    stage.clock.pass_(minutes=1)
    await undo.perform(stage.fresh(ADMIN), undo_id)
    assert stage.toggl.world.state.members[stage.membership()].working_hours_in_minutes == 360
    assert [row.result for row in await logged(stage)] == ["done", "changed", "refused", "done"]


async def gone_over(stage: Stage) -> None:
    """The admin works in the company's other workspace from now on."""
    context = stage.contexts[ADMIN]
    places, account_id = stage.toggl.world.state.workspaces.values(), context.person.account_id
    other = next(place for place in places if place.id != stage.toggl.workspace().id)
    async with context.store.writing() as db:
        kept = await workspaces.save(
            db, account_id=account_id, organization_id=other.organization_id, name=other.name, track_id=other.track_id
        )
        await workspaces.choose(db, account_id=account_id, workspace_id=kept.id)


async def test_undo_is_done_where_the_change_was(stage: Stage) -> None:
    """A deleted reminder comes back in its workspace, though the person went over to another one."""
    context, state = stage.fresh(ADMIN), stage.toggl.world.state
    reminder = (await track_reminders.look(context)).all[0]
    stage.clock.pass_(minutes=1)
    done = await track_reminders.delete(context, reminder.id, reminder.fields, name="6 h")
    await gone_over(stage)
    opened = await open_toggl(context.store, context.connections, account_id=context.person.account_id)
    stage.clock.pass_(minutes=1)
    assert done.undo_id is not None
    await undo.perform(replace(stage.fresh(ADMIN), focus=opened.focus, track=opened.track), done.undo_id)
    made = [each.workspace_id for each in state.reminders.values() if each.threshold == reminder.hours]
    assert made == [stage.toggl.workspace().id]


async def test_what_is_refused_in_a_workspace_that_was_left_is_asked_of_its_own_admins(stage: Stage) -> None:
    context = stage.fresh(ADMIN)
    done = await administration.change(context, msgspec.structs.replace(await stage.shown(), after={"minutes": 240}))
    await administration.change(stage.fresh(OTHER_ADMIN), await stage.shown())  # their role becomes known
    await gone_over(stage)
    stage.toggl.world.state.members[stage.membership(ADMIN)].role = "user"
    stage.clock.pass_(minutes=1)
    assert done.undo is not None
    with pytest.raises(AdminNeeded) as refused:
        await undo.do(stage.fresh(ADMIN), done.undo)
    offered = await admin_requests.offer(context.store, context.person, refused.value.step, now=context.now)
    assert offered is not None
    async with context.store.reading() as db:
        row = await requests.get(db, offered)
    assert row.track_id == stage.toggl.workspace().track_id
    await admin_requests.ask(context, offered)
    stage.clock.pass_(minutes=1)
    await admin_decisions.allow(stage.fresh(OTHER_ADMIN), offered)
    assert stage.toggl.world.state.members[stage.membership()].working_hours_in_minutes == 360


async def offered(stage: Stage, who: str, step: msgspec.Struct) -> str:
    """What somebody may ask for, asked; its id."""
    context = stage.fresh(who)
    for admin in (ADMIN, OTHER_ADMIN):
        await administration.change(stage.fresh(admin), await stage.shown())  # their role becomes known
    found = await admin_requests.offer(context.store, context.person, step, now=context.now)
    assert found is not None
    await admin_requests.ask(context, found)
    stage.clock.pass_(minutes=1)
    return found


async def test_two_admins_who_allow_at_once_do_it_once(stage: Stage) -> None:
    change = msgspec.structs.replace(await stage.shown(), after={"minutes": 240})
    asked = await offered(stage, USER, AdministrationStep(change))
    operations(stage.toggl)
    came = await asyncio.gather(
        *(admin_decisions.allow(stage.fresh(who), asked) for who in (ADMIN, OTHER_ADMIN)), return_exceptions=True
    )
    assert [type(each) for each in came].count(TooLate) == 1
    assert operations(stage.toggl).count("update_workspace_user") == 1


async def test_what_is_asked_of_projects_people_is_done_by_the_admin(stage: Stage) -> None:
    world, place = stage.toggl.world, stage.toggl.workspace()
    member = world.state.members[stage.membership(USER)]
    project = next(
        project
        for project in world.state.projects.values()
        if project.workspace_id == place.id
        and world.sees_project(member, project)
        and not world.manages_project(member, project)
        and not project.archived_at
    )
    people = {person.handle: person.focus_id for person in world.state.people.values()}
    project.users.pop(people[SUBJECT], None)
    named = Named(project.id, project.name)
    with pytest.raises(AdminNeeded) as refused:
        await project_members.add(stage.fresh(USER), named, user_ids=[people[SUBJECT]], group_ids=[], role_id=1201)
    assert refused.value.step is not None
    asked = await offered(stage, USER, refused.value.step)
    await admin_decisions.allow(stage.fresh(ADMIN), asked)
    assert world.state.projects[project.id].users[people[SUBJECT]] is True
    row = (await logged(stage))[-1]
    assert (row.kind, row.result, row.asked_by_user_id) == ("project.add_people", "done", f"U{USER}")


@pytest.mark.parametrize("count", [1, 2])
async def test_time_is_logged_for_a_colleague_by_the_admin(stage: Stage, count: int) -> None:
    people = {person.handle: person.focus_id for person in stage.toggl.world.state.people.values()}
    task = stage.toggl.task("Write report")
    start = stage.clock() - timedelta(days=30)
    entries = [
        undo.Logged(task.id, task.name, start + timedelta(hours=number), 1800, "activity") for number in range(count)
    ]
    asked = await offered(stage, USER, undo.LogForStep("UCOLLEAGUE", people[SUBJECT], tuple(entries)))
    await admin_decisions.allow(stage.fresh(ADMIN), asked)
    made = [entry for entry in stage.toggl.world.state.entries.values() if entry.task_id == task.id]
    logged_now = [entry for entry in made if entry.start in {each.start for each in entries}]
    assert [entry.toggl_user_id for entry in logged_now] == [people[SUBJECT]] * count
    assert [(row.kind, row.result) for row in await logged(stage)][-1] == ("entry.log_for", "done")
