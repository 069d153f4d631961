from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import rates
from bot.domain.rates import (
    History,
    Level,
    NewRate,
    Outlook,
    Pay,
    Sheet,
    Since,
    Subject,
    day_of,
    read_moment,
)
from bot.toggl import models
from tests.domain.zones import zones

NOW = datetime(2026, 11, 12, 11, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def answer(number: int, amount: str, start: str | None, end: str | None = None, **more: str) -> models.Rate:
    return models.Rate(id=number, amount=Decimal(amount), start=start, end=end, **more)  # type: ignore[arg-type]  # the rest are texts


def test_the_history_knows_what_counts_now_and_what_is_to_come() -> None:
    history = History.of(
        [
            answer(1, "80", None, "2025-10-14T00:00:00Z"),
            answer(2, "110", "2025-10-14T00:00:00Z", "2026-12-01T00:00:00Z"),
            answer(3, "95", "2025-10-14T00:00:00Z", deleted_at="2026-01-01T00:00:00Z"),
            answer(4, "125.50", "2026-12-01T00:00:00Z"),
        ]
    )
    assert [rate.id for rate in history.stand] == [4, 2, 1]
    assert [rate.id for rate in history.replaced] == [3]
    current = history.current(NOW)
    assert current and current.amount == 110
    assert [rate.amount for rate in history.planned(NOW)] == [Decimal("125.50")]
    assert history.mark != History.of([answer(1, "80", None)]).mark
    outlook = Outlook.of(Sheet(Subject(Level.TASK, 5, "Load test"), Pay.LABOUR, "EUR", history), NOW)
    assert (outlook.current, outlook.others, outlook.planned) == (current, 2, history.stand[0])
    assert msgspec.convert(msgspec.to_builtins(outlook), Outlook) == outlook
    assert rates.always(history.stand[-1]) and not rates.always(history.stand[0])


def test_rates_that_make_no_sense_break_nothing() -> None:
    odd = [
        models.Rate(),
        models.Rate(amount=Decimal("NaN")),
        models.Rate(amount=Decimal("1e400")),
        answer(5, "7", "soon", "0001-01-01T00:00:00Z", deleted_at="0001-01-01T00:00:00Z"),
    ]
    [left] = History.of(odd).stand
    assert left.start is left.end is None and left.amount == 7
    assert History().current(NOW) is None


@given(st.text(max_size=40) | st.datetimes().map(lambda moment: moment.isoformat()), zones)
def test_any_text_is_a_moment_or_none_and_has_a_day_everywhere(text: str, zone: ZoneInfo) -> None:
    moment = read_moment(text)
    if moment is not None:
        assert moment.utcoffset() == timedelta()
        assert abs(day_of(moment, zone) - moment.date()) <= timedelta(days=1)


@given(st.dates(min_value=date(2012, 1, 1), max_value=date(2100, 1, 1)), zones)
def test_the_day_that_was_chosen_is_the_day_that_is_shown_again(day: date, zone: ZoneInfo) -> None:
    """Midnight where the person is goes to Toggl; what comes back is the same day for them, also when clocks change."""
    start = NewRate(Decimal(1), Since.DAY, day).start(zone)
    assert start is not None
    sent = read_moment(start.isoformat())
    assert sent is not None
    assert day_of(sent, zone) == day


def test_toggls_own_midnight_is_the_same_day_for_everybody() -> None:
    moment = read_moment("2026-12-01T00:00:00+00:00")
    assert moment is not None
    assert day_of(moment, ZoneInfo("America/Los_Angeles")) == date(2026, 12, 1)
    assert NewRate(Decimal(1), Since.TODAY).start(BERLIN) is None
