from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.local.slack.outcomes import OnView
from bot.local.slack.seed import MARCUS, SOFIA
from bot.local.slack.world import View
from bot.local.toggl.records import Rate
from bot.views.ids import Actions, Blocks
from tests import forging
from tests.handlers.modals import asks_an_admin, opened, pick, press, said, shows, top
from tests.handlers.reaching import reaches
from tests.local_toggl import operations
from tests.road import Road, shown
from tests.services.projecting import kept

pytestmark = pytest.mark.usefixtures("connected")


@pytest.fixture
async def connected(road: Road) -> None:
    """The person is connected as the seeded admin, with both products; Track's pace is not what is tested."""
    road.toggl.limited = False
    await road.connect("admin", track=True)


@pytest.fixture
def me(road: Road) -> Road:
    """The person in Slack."""
    return road


def membership(me: Road, handle: str) -> int:
    """The number of somebody's membership in the main workspace."""
    state, person, place = me.toggl.world.state, me.toggl.person(handle), me.toggl.workspace()
    members = state.members.values()
    return next(each.id for each in members if (each.person_id, each.workspace_id) == (person.id, place.id))


def standing(me: Road, **wanted: Any) -> list[Rate]:
    """The rates in Toggl that count, oldest first."""
    found = [rate for rate in me.toggl.world.state.rates.values() if rate.deleted_at is None]
    return [rate for rate in found if all(getattr(rate, name) == value for name, value in wanted.items())]


async def test_alone_it_shows_the_workspaces_rates_with_two_calls(me: Road) -> None:
    view = await opened(me, "/toggl rates", "Nordlicht Studio")
    assert "€95.00 an hour since Oct 8, 2025" in said(view)
    assert "*From – to*\n*Per hour*\nOct 8, 2025 – now\n€95.00" in said(view)
    assert operations(me.toggl) == ["get_workspace", "list_rates"]


async def test_a_member_is_found_by_name_and_both_kinds_are_shown(me: Road) -> None:
    view = await opened(me, "/toggl rates lena", "*Lena Brandt* · Billable rate")
    assert "€110.00 an hour" in said(view)
    await pick(me, Actions.RATE_PAY, "labor_costs")
    view = await shows(me, "*Lena Brandt* · Labor cost")
    assert "No rate was ever set here." in said(view)


async def test_levels_and_subjects_are_chosen_in_the_modal(me: Road) -> None:
    await opened(me, "/toggl rates", "Nordlicht Studio")
    await pick(me, Actions.RATE_LEVEL, "project")
    view = await shows(me, "Choose a project")
    block_id = view.blocks[0]["block_id"]
    choices = await me.slack.options(me.person, OnView(view.id), block_id, Actions.RATE_SUBJECT, "booking app")
    await pick(me, Actions.RATE_SUBJECT, choices[0].value)
    assert "€120.00 an hour" in said(await shows(me, "*Booking App* · Billable rate"))
    await pick(me, Actions.RATE_LEVEL, "task")
    view = await shows(me, "Choose a task")
    choices = await me.slack.options(
        me.person, OnView(view.id), view.blocks[0]["block_id"], Actions.RATE_SUBJECT, "paym"
    )
    await pick(me, Actions.RATE_SUBJECT, choices[0].value)
    assert "€130.00 an hour" in said(await shows(me, "*Payment provider*"))


async def set_rate(me: Road, amount: str, since: str = "start-today", day: str | None = None) -> View:
    """Fill the form in as far as the question whether to save."""
    await press(me, Actions.RATE_DEED, "New rate…")
    view = await me.modal()
    if since != "start-today":
        await pick(me, Actions.RATE_SINCE, since)
        await me.slack.until(lambda: since != "day" or any(b["block_id"] == Blocks.RATE_DAY for b in top(me).blocks))
        view = await me.modal()
    values: dict[str, Any] = {Blocks.RATE_AMOUNT: amount, Blocks.RATE_SINCE: since}
    me.clock.pass_(minutes=1)
    outcome = await me.submit(view, values | ({Blocks.RATE_DAY: day} if day else {}))
    assert outcome.ok, outcome
    return await shows(me, "Toggl cannot undo a rate")


@reaches("list_rates", "create_rate")
async def test_a_rate_from_a_day_on_is_said_in_words_and_saved(me: Road) -> None:
    await opened(me, "/toggl rates member lena", "*Lena Brandt*")
    view = await set_rate(me, "125.50", "day", "2026-12-01")
    words = (
        "From Tue, Dec 1, 2026 on, an hour of *Lena Brandt* is billed at *€125.50*; "
        "what was tracked before keeps €110.00."
    )
    assert words in said(view)
    operations(me.toggl)
    assert (await me.submit(view, {})).ok
    view = await shows(me, f":white_check_mark: {words}")
    assert "from Dec 1, 2026 on (planned)\n€125.50\nOct 8, 2025 – Dec 1, 2026\n€110.00" in said(view)
    assert operations(me.toggl) == ["get_workspace", "list_rates", "create_rate", "list_rates"]
    new = standing(me)[-1]
    assert (new.amount, new.start.isoformat()) == (125.5, "2026-12-01T05:00:00+00:00")


@pytest.mark.parametrize(
    ("since", "words", "left"),
    [
        ("start-today", "From today on, an hour of *Booking App* is billed at *€99.00*; what was tracked before", 2),
        ("override-current", "Since Oct 8, 2025, an hour of *Booking App* is billed at *€99.00* instead of €120.00", 1),
        ("override-all", "Every hour of *Booking App*, including past ones, is billed at *€99.00*", 1),
    ],
)
async def test_each_mode_is_said_and_done(me: Road, since: str, words: str, left: int) -> None:
    await opened(me, "/toggl rates project booking app", "*Booking App*")
    view = await set_rate(me, "99", since)
    assert words in said(view)
    assert (await me.submit(view, {})).ok
    await shows(me, ":white_check_mark:")
    project = kept(me.toggl, "Booking App").id
    assert [rate.amount for rate in standing(me, level="project", level_id=project)][-left:][-1] == 99
    assert len(standing(me, level="project", level_id=project)) == left


async def test_what_somebody_else_set_meanwhile_is_seen_before_it_is_overwritten(me: Road) -> None:
    """The second admin gets the question again, with what is there now; then it counts."""
    await opened(me, "/toggl rates project booking app", "*Booking App*")
    view = await set_rate(me, "99", "override-current")
    [rate] = standing(me, level="project")
    rate.amount = 140
    assert (await me.submit(view, {})).ok
    view = await shows(me, "was changed by somebody else since this was shown. Nothing was saved.")
    assert "is billed at *€99.00* instead of €140.00" in said(view)
    me.clock.pass_(minutes=1)
    assert (await me.submit(view, {})).ok
    await shows(me, ":white_check_mark:")
    assert [rate.amount for rate in standing(me, level="project")] == [99]


async def test_wrong_amounts_and_a_missing_day_are_told_beside_their_field(me: Road) -> None:
    await opened(me, "/toggl rates", "Nordlicht Studio")
    await press(me, Actions.RATE_DEED, "New rate…")
    view = await me.modal()
    for amount, problem in (("0", "A rate has to be more than 0."), ("9.999", "EUR has at most 2 decimal places")):
        outcome = await me.submit(view, {Blocks.RATE_AMOUNT: amount})
        assert outcome.errors[Blocks.RATE_AMOUNT].startswith(problem)
    await press(me, Actions.RATE_DEED, "Back")
    await shows(me, "€95.00 an hour")
    assert len(standing(me, level="workspace")) == 1


async def test_back_from_the_question_the_form_is_as_it_was_filled(me: Road) -> None:
    await opened(me, "/toggl rates", "Nordlicht Studio")
    await set_rate(me, "101.25", "day", "2026-12-24")
    await press(me, Actions.RATE_DEED, "Back to the form")
    view = await me.modal()
    assert view.state[Blocks.RATE_AMOUNT][Actions.RATE_FIELD]["value"] == "101.25"
    assert view.state[Blocks.RATE_DAY][Actions.RATE_FIELD]["selected_date"] == "2026-12-24"


async def test_a_plan_without_labour_costs_says_so_in_toggls_words(me: Road) -> None:
    me.toggl.set_plan("starter")
    await opened(me, "/toggl rates", "€95.00 an hour")
    await pick(me, Actions.RATE_PAY, "labor_costs")
    view = await shows(me, "This is not part of your Toggl plan.")
    assert "Toggl says: “Labor costs are available for Premium and higher plans.”" in said(view)
    await pick(me, Actions.RATE_PAY, "billable_rates")
    await shows(me, "€95.00 an hour")


async def test_a_plan_that_ended_while_the_form_was_open_sets_nothing(me: Road) -> None:
    await opened(me, "/toggl rates", "€95.00 an hour")
    view = await set_rate(me, "120")
    me.toggl.set_plan("free")
    assert (await me.submit(view, {})).ok
    await shows(me, "This is not part of your Toggl plan. Nothing was saved.")
    assert [rate.amount for rate in standing(me, level="workspace")] == [95]


async def test_a_demoted_admins_open_modal_cannot_save(me: Road) -> None:
    await opened(me, "/toggl rates", "€95.00 an hour")
    view = await set_rate(me, "120")
    admin = me.toggl.person("admin")
    for member in me.toggl.world.state.members.values():
        if member.person_id == admin.id:
            member.role = "user"
    assert (await me.submit(view, {})).ok
    await shows(me, "Toggl does not allow you to do this. Nothing was saved.")
    assert [rate.amount for rate in standing(me, level="workspace")] == [95]
    assert operations(me.toggl)[-1] == "list_workspace_users"  # no rate was tried: the right is asked for first


async def test_a_lost_answer_is_looked_up(me: Road) -> None:
    """The rate was set and the connection broke: it is found, told as set, and not set twice."""
    await opened(me, "/toggl rates", "€95.00 an hour")
    view = await set_rate(me, "120")
    me.toggl.fail("create_rate", drop="after")
    assert (await me.submit(view, {})).ok
    await shows(me, ":white_check_mark:")
    assert [rate.amount for rate in standing(me, level="workspace")] == [95, 120]


async def test_a_double_click_sets_one_rate(me: Road) -> None:
    await opened(me, "/toggl rates", "€95.00 an hour")
    view = await set_rate(me, "120", "override-current")
    both = await asyncio.gather(me.submit(view, {}), me.submit(view, {}))
    assert any(outcome.ok for outcome in both)
    await me.slack.until(lambda: len(standing(me, level="workspace")) == 1 and standing(me)[-1].amount == 120)
    assert operations(me.toggl).count("create_rate") == 1


async def test_a_member_is_told_what_toggl_says(me: Road) -> None:
    """Rates are for admins and those who were let: a refusal is Toggl's, and so is a right."""
    await me.connect("member", track=True)
    await opened(me, "/toggl rates", "Toggl does not allow you to do this.")
    mika = me.toggl.person("member")
    for member in me.toggl.world.state.members.values():
        if member.person_id == mika.id:
            member.view_edit_billable_rates = True
    me.clock.pass_(minutes=1)
    await opened(me, "/toggl rates", "€95.00 an hour")
    view = await set_rate(me, "96")
    assert (await me.submit(view, {})).ok
    await shows(me, ":white_check_mark:")


async def test_without_track_the_way_to_connect_it_is_shown(road: Road) -> None:
    road.person = "U0SOFIAROME"
    await road.connect("member")
    prompt = await road.command("/toggl rates")
    assert "Track" in prompt.text


async def test_somebody_who_may_not_asks_an_admin_who_sets_it(me: Road) -> None:
    me.person = SOFIA
    me.slack.world.people[SOFIA].locale = "en-US"
    await me.connect("sofia", track=True)
    me.person = MARCUS
    await opened(me, "/toggl rates member lena", "*Lena Brandt*")
    view = await set_rate(me, "125.50", "day", "2026-12-01")
    me.toggl.world.state.members[membership(me, "admin")].role = "user"
    assert (await me.submit(view, {})).ok
    request = await asks_an_admin(me, SOFIA)
    assert "New rate" in shown(request) and "Per hour: €110.00 → €125.50" in shown(request)
    assert "Applies from: Tue, Dec 1, 2026" in shown(request)
    me.person = SOFIA
    me.clock.pass_(minutes=1)
    assert "it is done" in shown(await me.pressed(request, Actions.ALLOW_REQUEST))
    assert standing(me)[-1].amount == 125.5


async def test_a_members_forged_form_and_a_replay_change_nothing(me: Road) -> None:
    await opened(me, "/toggl rates", "€95.00 an hour")
    view = await set_rate(me, "120", "override-current")
    sent = forging.submission(me.person, view, {})
    await sent.send(me)
    await sent.send(me)  # the very same request
    assert operations(me.toggl).count("create_rate") == 1
    await me.connect("member", track=True)
    me.clock.pass_(minutes=1)
    await forging.submission(me.person, view, {}).send(me)
    assert [rate.amount for rate in standing(me, level="workspace")] == [120]
