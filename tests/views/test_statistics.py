from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.periods import Period
from bot.domain.recurrence import LAST, Monthly, MonthlyWeekday, Weekly
from bot.domain.recurrence_phrases import Rhythm
from bot.domain.statistics_plans import Plan, Span
from bot.domain.statistics_words import Scheduling, parse_statistics
from bot.i18n import Translator
from bot.jobs import JOBS
from bot.views.delivery_history import NAMES
from bot.views.ids import Blocks
from bot.views.statistics import Subject
from bot.views.statistics_draft import OWN_ZONE, Draft, Repeats, entered, problems, repeating
from bot.views.statistics_form import zone_choices
from bot.views.statistics_schedules import Deed, read_deed
from tests.domain.test_recurrence import recurrences

NOW = datetime(2026, 11, 12, 11, 0, tzinfo=UTC)  # a Thursday
BERLIN = ZoneInfo("Europe/Berlin")
T = Translator(now=NOW)
SENT: dict[str, object] = {Blocks.CHANNEL: "C1", Blocks.STATISTICS_AT: "09:00"}


def test_every_job_has_its_name_in_the_history() -> None:
    assert {job.kind: job.name for job in JOBS} == dict(NAMES)


@given(recurrences, st.sampled_from(Span), st.sampled_from([None, "Asia/Tokyo"]))
def test_a_schedule_in_its_form_is_the_same_when_it_is_saved_unchanged(
    recurrence: Weekly | Monthly | MonthlyWeekday, span: Span, zone: str | None
) -> None:
    draft = Draft.existing("C1", span, str(recurrence), zone)
    assert draft.recurrence(zone=BERLIN, now=NOW) == recurrence
    assert entered({}, draft) == draft


@pytest.mark.parametrize(
    ("rhythm", "pattern", "span"),
    [
        (None, "09:00 weekly mon", Span.LAST_WEEK),
        (Rhythm(time(8), (0, 1, 2, 3, 4)), "08:00 weekly mon,tue,wed,thu,fri", Span.YESTERDAY),
        (Rhythm(weeks=2, weekdays=(4,)), "09:00 weekly fri every 2 from 2026-11-09", Span.LAST_WEEK),
        (Rhythm(day=31), "09:00 monthly 31", Span.LAST_MONTH),
        (Rhythm(time(16), (4,), nth=LAST), "16:00 monthly last fri", Span.LAST_MONTH),
    ],
)
def test_what_was_typed_stands_in_the_form_with_a_period_that_fits(
    rhythm: Rhythm | None, pattern: str, span: Span
) -> None:
    draft = Draft.of(rhythm, "C1")
    assert (str(draft.recurrence(zone=BERLIN, now=NOW)), draft.span) == (pattern, span)


def test_weeks_are_counted_on_while_their_number_stays_and_anew_once_it_changes() -> None:
    draft = Draft.existing("C1", Span.LAST_WEEK, "09:00 weekly mon every 2 from 2026-11-02", None)
    later = entered({Blocks.STATISTICS_AT: "10:00"}, draft)
    rarer = entered({Blocks.STATISTICS_EVERY: "3"}, draft)
    assert str(later.recurrence(zone=BERLIN, now=NOW)) == "10:00 weekly mon every 2 from 2026-11-02"
    assert str(rarer.recurrence(zone=BERLIN, now=NOW)) == "09:00 weekly mon every 3 from 2026-11-16"


def test_what_was_entered_is_read_and_what_was_not_is_as_before() -> None:
    draft = entered(
        {
            **SENT,
            Blocks.STATISTICS_REPEATS: Repeats.MONTHLY,
            Blocks.STATISTICS_DAY: "12",
            Blocks.STATISTICS_ZONE: OWN_ZONE,
            Blocks.STATISTICS_PERIOD: Span.LAST_QUARTER,
        },
        Draft(zone="Asia/Tokyo", weekdays=(3,)),
    )
    assert (draft.channel_id, draft.repeats, draft.day, draft.zone, draft.weekdays) == (
        "C1",
        Repeats.MONTHLY,
        12,
        None,
        (3,),
    )
    assert draft.span is Span.LAST_QUARTER


def test_the_period_goes_along_with_how_often_it_comes_unless_it_was_chosen_by_itself() -> None:
    before = Draft()
    monthly = entered({Blocks.STATISTICS_REPEATS: Repeats.MONTHLY}, before)
    chosen = entered({f"{Blocks.STATISTICS_PERIOD}:weekly": Span.LAST_QUARTER}, monthly)
    assert repeating(monthly, before).span is Span.LAST_MONTH
    assert repeating(chosen, before).span is Span.LAST_QUARTER
    assert repeating(before, before) == before


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({}, []),
        ({Blocks.CHANNEL: None}, [Blocks.CHANNEL]),
        ({Blocks.STATISTICS_AT: None}, [Blocks.STATISTICS_AT]),
        ({Blocks.STATISTICS_WEEKDAYS: []}, [Blocks.STATISTICS_WEEKDAYS]),
        ({Blocks.STATISTICS_EVERY: "53"}, [Blocks.STATISTICS_EVERY]),
        ({Blocks.STATISTICS_EVERY: "1.5"}, [Blocks.STATISTICS_EVERY]),
        ({Blocks.STATISTICS_DAY: "32"}, [Blocks.STATISTICS_DAY]),
        ({Blocks.STATISTICS_DAY: "³"}, [Blocks.STATISTICS_DAY]),
        ({Blocks.STATISTICS_ZONE: "Mars/Olympus"}, [Blocks.STATISTICS_ZONE]),
        ({Blocks.STATISTICS_ZONE: OWN_ZONE, Blocks.STATISTICS_DAY: "31"}, []),
    ],
)
def test_what_is_wrong_is_said_at_its_field(values: dict[str, object], wrong: list[str]) -> None:
    assert list(problems(T, {**SENT, **values})) == wrong


def test_ones_own_zone_comes_first_until_something_is_typed() -> None:
    found = [choice.value for choice in zone_choices(T, "", "Europe/Berlin", NOW)]
    assert found[:2] == [OWN_ZONE, "Europe/Berlin"]
    assert len(found) <= 101
    assert [choice.value for choice in zone_choices(T, "tokyo", "Europe/Berlin", NOW)] == ["Asia/Tokyo"]


@pytest.mark.parametrize("focus_id", [None, 7])
def test_a_buttons_subject_is_read_back(focus_id: int | None) -> None:
    subject = Subject(Period(date(2026, 11, 9), date(2026, 11, 15)), ZoneInfo("America/New_York"), focus_id)
    assert Subject.read(subject.value()) == subject


@pytest.mark.parametrize("deed", Deed)
def test_a_menus_deed_is_read_back(deed: Deed) -> None:
    assert read_deed(deed.of(12)) == (deed, 12)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", ("2026-11-09", "2026-11-15")),
        ("last month", ("2026-10-01", "2026-10-31")),
        ("<#C1|team> weekly", Scheduling("C1", Rhythm())),
        ("weekly in <#C1>", Scheduling("C1", Rhythm())),
        ("<#C1|team>", Scheduling("C1")),
        ("<#C1|team> last month", Scheduling("C1")),
        ("monthly", Scheduling(None, Rhythm(day=1))),
        ("#tema weekly", Scheduling(None, Rhythm(), unknown=True)),
        ("post in #tema", Scheduling(unknown=True)),
        ("#tema last month", Scheduling(unknown=True)),
    ],
)
def test_words_ask_for_a_period_now_or_for_a_schedule(text: str, meant: Scheduling | tuple[str, str]) -> None:
    found = parse_statistics(text, now=NOW, zone=BERLIN, first_weekday=0)
    assert (found if isinstance(found, Scheduling) else (str(found.first), str(found.last))) == meant


@pytest.mark.parametrize("span", Span)
def test_every_period_that_can_be_chosen_is_understood(span: Span) -> None:
    found = span.period(now=NOW, zone=BERLIN, first_weekday=0)
    assert found.first <= found.last <= date(2026, 11, 30)


def test_a_plan_is_read_back() -> None:
    plan = Plan(7, "Studio", Span.LAST_WEEK, follows=False)
    assert Plan.read(plan.dump()) == plan
