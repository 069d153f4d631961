from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.log_lines import LengthMissing, Misread
from bot.services import log, undo
from bot.services.asking import AdminNeeded
from bot.services.colleagues import NotLinked, NotNamed
from bot.services.context import Context
from bot.store import accounts, credentials, workspaces
from bot.toggl import AnswerLost, NotFound, QuotaSpent, Unavailable
from tests.conftest import Clock, ServedToggl
from tests.local_toggl import both, operations
from tests.services.projecting import BERLIN
from tests.services.tracking import WHO, warmed

Member = Callable[[], Context]
SUNDAY = "2026-11-08"
"""A day on which the seeded member did not work."""


def berlin(told: str) -> datetime:
    return datetime.fromisoformat(told).replace(tzinfo=BERLIN).astimezone(UTC)


def found(toggl: ServedToggl, *, since: str) -> list[tuple[str, datetime, timedelta]]:
    """The member's entries from `since` on, oldest first: (task, start, length)."""
    return [
        (toggl.world.state.tasks[entry.task_id or 0].name, entry.start, timedelta(seconds=entry.duration or 0))
        for entry in reversed(toggl.entries(WHO))
        if entry.start >= berlin(since)
    ]


async def logged(context: Context, text: str) -> log.Logged:
    """Log `text` without a question."""
    plan = await log.read(context, text)
    assert plan.settled, plan
    return await log.save(context, plan)


@pytest.fixture
def empty(toggl: ServedToggl, clock: Clock) -> ServedToggl:
    """A Toggl in which the member has tracked nothing for two weeks."""
    for entry in toggl.entries(WHO):
        entry.deleted_at = clock()
    return toggl


@both
async def test_logging_a_known_task_is_one_call_and_a_look_up_where_toggl_does_not_show_the_entry(
    member: Member, empty: ServedToggl
) -> None:
    await warmed(member(), empty, "Write report")
    empty.echoes = True
    await logged(member(), "7-8 Write report")
    assert operations(empty) == ["create_time_entry"]
    empty.echoes = False
    saved = await logged(member(), "9-10:30 Write report")
    assert operations(empty) == ["create_time_entry", "list_time_entries"]
    assert saved.entries[0].id
    assert found(empty, since="2026-11-12 09:00") == [
        ("Write report", berlin("2026-11-12 09:00"), timedelta(hours=1, minutes=30))
    ]
    assert saved.totals == {date(2026, 11, 12): timedelta(hours=2, minutes=30)}


@both
async def test_several_are_one_call_and_their_undo_is_two(member: Member, empty: ServedToggl) -> None:
    await warmed(member(), empty, "Write report", "Repair login flow")
    saved = await logged(member(), "9-10 write report, 10-11:30 repair login flow")
    assert operations(empty) == ["create_time_entries"]
    assert [length for _, _, length in found(empty, since="2026-11-12")] == [
        timedelta(hours=1),
        timedelta(hours=1, minutes=30),
    ]
    assert saved.undo_id
    await undo.perform(member(), saved.undo_id)
    assert operations(empty) == ["list_time_entries", "delete_time_entries"]
    assert found(empty, since="2026-11-12") == []
    with pytest.raises(undo.AlreadyUndone):
        await undo.perform(member(), saved.undo_id)


async def test_one_is_undone_by_deleting_it(member: Member, empty: ServedToggl) -> None:
    saved = await logged(member(), "9-10 Write report")
    operations(empty)
    assert saved.undo_id
    await undo.perform(member(), saved.undo_id)
    assert operations(empty) == ["list_time_entries", "delete_time_entry"]
    assert found(empty, since="2026-11-12") == []


async def test_of_entries_alike_each_is_undone(member: Member, empty: ServedToggl) -> None:
    plan = await log.read(member(), "9-10 Write report, 9-10 Write report")
    saved = await log.save(member(), plan)
    assert saved.undo_id
    await undo.perform(member(), saved.undo_id)
    assert found(empty, since="2026-11-12") == []


@pytest.mark.parametrize("text", ["9-10 Write report", "9-10 Write report, 10-11 Write report"])
async def test_what_was_changed_since_is_not_deleted(member: Member, empty: ServedToggl, text: str) -> None:
    saved = await logged(member(), text)
    changed = empty.entries(WHO)[0]
    changed.duration = 60
    assert saved.undo_id
    with pytest.raises(undo.ChangedMeanwhile):
        await undo.perform(member(), saved.undo_id)
    assert len(found(empty, since="2026-11-12")) == text.count("Write")


async def test_a_bare_length_ends_now_or_right_before_what_is_there(
    member: Member, empty: ServedToggl, clock: Clock
) -> None:
    plan = await log.read(member(), "1h Write report")
    assert plan.entries[0].started_at == berlin("2026-11-12 11:00")
    empty.add_entry(WHO, "Plan the week", start=berlin("2026-11-12 11:30"))
    clock.pass_(minutes=2)
    plan = await log.read(member(), "1h Write report")
    assert plan.entries[0].started_at == berlin("2026-11-12 10:30")
    assert plan.settled


async def test_on_another_day_a_bare_length_follows_its_last_entry_or_begins_at_nine(
    member: Member, empty: ServedToggl, clock: Clock
) -> None:
    plan = await log.read(member(), f"1h Write report {SUNDAY}")
    assert plan.entries[0].started_at == berlin(f"{SUNDAY} 09:00")
    empty.add_entry(WHO, "Plan the week", start=berlin(f"{SUNDAY} 10:00"), duration=timedelta(hours=2))
    clock.pass_(minutes=2)
    plan = await log.read(member(), f"1h Write report {SUNDAY}")
    assert plan.entries[0].started_at == berlin(f"{SUNDAY} 12:00")


async def test_what_overlaps_is_asked_and_logged_anyway(member: Member, empty: ServedToggl) -> None:
    empty.add_entry(WHO, "Plan the week", start=berlin("2026-11-12 09:30"), duration=timedelta(hours=1))
    plan = await log.read(member(), "9-10 Write report")
    [overlap] = plan.overlaps
    assert overlap.other.task and overlap.other.task.name == "Plan the week"
    assert found(empty, since="2026-11-12 00:00")[0][0] == "Plan the week"
    await log.save(member(), await log.review(member(), plan.draft))
    assert len(found(empty, since="2026-11-12")) == 2


async def test_a_running_timer_overlaps_until_now(member: Member, empty: ServedToggl) -> None:
    empty.add_entry(WHO, "Plan the week", start=berlin("2026-11-12 09:30"))
    plan = await log.read(member(), "9-10 Write report")
    assert [overlap.other.running for overlap in plan.overlaps] == [True]


async def test_entries_of_one_log_that_overlap_each_other_are_asked_too(member: Member, empty: ServedToggl) -> None:
    plan = await log.read(member(), "9-10 Write report, 9:30-10:30 Plan the week")
    assert len(plan.overlaps) == 1
    assert not plan.settled
    assert empty.calls


async def test_a_day_long_ago_is_one_more_call_for_its_entries(member: Member, empty: ServedToggl) -> None:
    await warmed(member(), empty, "Write report")
    empty.add_entry(WHO, "Plan the week", start=berlin("2026-06-08 09:30"), duration=timedelta(hours=1))
    plan = await log.read(member(), "9-10 Write report 8 june")
    assert operations(empty) == ["list_time_entries"]
    assert [overlap.other.started_at for overlap in plan.overlaps] == [berlin("2026-06-08 09:30")]


async def test_over_midnight_both_days_have_their_part(member: Member, empty: ServedToggl) -> None:
    saved = await logged(member(), f"22:30-1:15 Write report {SUNDAY}")
    assert list(saved.totals.values()) == [timedelta(minutes=90), timedelta(minutes=75)]
    assert found(empty, since=SUNDAY)[0][2] == timedelta(hours=2, minutes=45)


async def test_over_a_change_of_the_clocks_the_hours_that_passed_are_logged(member: Member, empty: ServedToggl) -> None:
    saved = await logged(member(), "1-4 Write report 25 oct")
    assert saved.entries[0].length == timedelta(hours=4)
    assert found(empty, since="2026-10-25")[0][2] == timedelta(hours=4)
    plan = await log.read(member(), "2:30-4 Write report 29 mar")
    assert plan.doubts
    assert not plan.settled


async def test_a_break_is_logged_as_one_and_counts_for_nothing(member: Member, empty: ServedToggl) -> None:
    saved = await logged(member(), "9-9:30 break Write report")
    assert saved.entries[0].type == "break"
    assert [entry.type for entry in empty.entries(WHO)] == ["break"]
    assert list(saved.totals.values()) == [timedelta()]


async def test_a_break_without_a_task_takes_the_last_one(member: Member, empty: ServedToggl, clock: Clock) -> None:
    with pytest.raises(log.NoTaskBefore):
        await log.read(member(), "9-9:30 break")
    empty.add_entry(WHO, "Plan the week", start=berlin("2026-11-12 10:00"), duration=timedelta(hours=1))
    clock.pass_(minutes=2)
    plan = await log.read(member(), "9-9:30 break")
    assert plan.entries[0].task and plan.entries[0].task.name == "Plan the week"
    assert plan.remarks


async def test_words_that_are_a_tasks_whole_name_are_its_name(member: Member, empty: ServedToggl) -> None:
    empty.task("Write report").name = "Break down tickets"
    plan = await log.read(member(), "9-10 Break down tickets")
    assert (plan.entries[0].type, plan.draft.undecided) == ("activity", None)


async def test_an_ambiguous_task_is_left_to_be_picked(member: Member, empty: ServedToggl) -> None:
    plan = await log.read(member(), "9-10 rep, 10-11 Write report")
    assert plan.draft.undecided == 0
    assert {task.name for task in plan.options} >= {"Write report", "Repair login flow"}
    decided = await log.review(member(), plan.draft.decide(0, plan.options[0]))
    assert decided.settled
    assert not [call for call in empty.calls if call.operation == "create_time_entries"]


async def test_lines_that_are_not_all_understood_log_nothing(member: Member, empty: ServedToggl) -> None:
    with pytest.raises(log.NotAllUnderstood) as unclear:
        await log.read(member(), "9-10 Write report\nsomething\n25h too long\n13-14 Write report")
    assert [isinstance(line, Misread) for line in unclear.value.lines] == [False, True, True, True]
    assert found(empty, since="2026-11-12") == []


@pytest.mark.parametrize("text", ["", "\n\n", "  "])
async def test_nothing_is_nothing_to_log(member: Member, text: str) -> None:
    with pytest.raises(log.NothingToLog):
        await log.read(member(), text)


async def test_the_only_line_says_itself_what_is_missing(member: Member) -> None:
    with pytest.raises(LengthMissing):
        await log.read(member(), "Write report")


async def test_of_several_none_is_logged_where_toggl_refuses_one(
    member: Member, empty: ServedToggl, clock: Clock
) -> None:
    await warmed(member(), empty, "Write report", "Repair login flow")
    empty.task("Repair login flow").deleted_at = clock()
    plan = await log.read(member(), "9-10 Write report, 10-11 Repair login flow")
    with pytest.raises(log.NotTaken, match="all 2 entries or none"):
        await log.save(member(), plan)
    assert found(empty, since="2026-11-12") == []


@pytest.mark.parametrize("profile", ["2026-08"], indirect=True)
async def test_what_the_workspace_demands_is_told_entry_by_entry(member: Member, empty: ServedToggl) -> None:
    empty.demand("project", "description")
    plan = await log.read(member(), "9-10 Write report, 10-11 break Repair login flow")
    with pytest.raises(log.NotTaken) as refused:
        await log.save(member(), plan)
    assert refused.value.lacks == (("description",), ())
    with pytest.raises(log.FieldMissing):
        await logged(member(), "9-10 Write report")
    assert found(empty, since="2026-11-12") == []


async def test_a_log_whose_answer_is_lost_is_found_and_not_doubled(member: Member, empty: ServedToggl) -> None:
    empty.fail("create_time_entries", drop="after")
    await logged(member(), "9-10 Write report, 10-11 Write report")
    assert len(found(empty, since="2026-11-12")) == 2


async def test_a_log_lost_before_its_effect_says_that_nothing_was_saved(member: Member, empty: ServedToggl) -> None:
    empty.fail("create_time_entry", drop="before")
    with pytest.raises(Unavailable) as failed:
        await logged(member(), "9-10 Write report")
    assert not isinstance(failed.value, AnswerLost)
    assert found(empty, since="2026-11-12") == []


async def test_a_spent_quota_logs_nothing(member: Member, empty: ServedToggl) -> None:
    plan = await log.read(member(), "9-10 Write report")
    empty.spend_quota(WHO)
    with pytest.raises(QuotaSpent):
        await log.save(member(), plan)


async def test_a_single_entry_that_toggl_refuses_is_toggls_own_error(
    member: Member, empty: ServedToggl, clock: Clock
) -> None:
    plan = await log.read(member(), "9-10 Write report")
    empty.task("Write report").deleted_at = clock()
    with pytest.raises(NotFound):
        await log.save(member(), plan)


@pytest.fixture
async def colleague(member: Member, toggl: ServedToggl) -> str:
    """Somebody of the same organization who has connected too: their id in Slack."""
    context, place = member(), toggl.workspace()
    async with context.store.writing() as db:
        theirs = await accounts.get_or_create(db, tenant_id="T1", team_id="T1", user_id="U2", now=context.now)
        for account_id in (context.person.account_id, theirs.id):
            row = await workspaces.save(
                db, account_id=account_id, organization_id=place.organization_id, name="", focus_id=place.id
            )
            await workspaces.choose(db, account_id=account_id, workspace_id=row.id)
        await credentials.save(
            db,
            account_id=theirs.id,
            kind="focus_key",
            secret="toggl_sk_emil",
            label="Emil Sørensen (emil@nordlicht.example)",
            fingerprint="f" * 16,
            now=context.now,
        )
    return "U2"


async def test_with_the_right_time_is_logged_for_a_colleague_without_an_undo(
    member: Member, empty: ServedToggl, colleague: str
) -> None:
    for membership in empty.world.state.members.values():
        if membership.person_id == empty.person(WHO).id:
            membership.role = "teamlead"
    before = len(empty.entries("emil"))
    plan = await log.read(member(), "9-10 Write report", person=colleague)
    assert plan.known == ()
    saved = await log.save(member(), plan)
    assert (saved.undo_id, saved.person, saved.totals) == (None, colleague, {})
    assert len(empty.entries("emil")) == before + 1
    assert found(empty, since="2026-11-12") == []


async def test_without_the_right_toggl_refuses_and_nothing_is_logged(
    member: Member, empty: ServedToggl, colleague: str
) -> None:
    before = len(empty.entries("emil"))
    plan = await log.read(member(), "9-10 Write report", person=colleague)
    with pytest.raises(AdminNeeded):
        await log.save(member(), plan)
    assert len(empty.entries("emil")) == before


async def test_a_stranger_has_to_connect_first(member: Member, colleague: str) -> None:
    assert colleague
    with pytest.raises(NotLinked):
        await log.read(member(), "9-10 Write report", person="U3")


async def test_a_colleague_whom_toggl_does_not_name_is_no_guess(member: Member, colleague: str) -> None:
    context = member()
    async with context.store.writing() as db:
        theirs = await accounts.find(db, tenant_id="T1", user_id=colleague)
        assert theirs
        await credentials.save(
            db, account_id=theirs.id, kind="focus_key", secret="x", label="", fingerprint="f", now=context.now
        )
    with pytest.raises(NotNamed):
        await log.read(member(), "9-10 Write report", person=colleague)


async def test_oneself_is_no_colleague(member: Member, empty: ServedToggl) -> None:
    empty.add_entry(WHO, "Plan the week", start=berlin("2026-11-12 09:30"), duration=timedelta(hours=1))
    plan = await log.read(member(), "9-10 Write report", person="U1")
    assert plan.overlaps
    assert (await log.save(member(), plan)).undo_id
