from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import msgspec
import pytest
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
    parse_amount,
    read_moment,
)
from bot.errors import UserError
from bot.toggl import models
from tests.domain.zones import zones

NOW = datetime(2026, 11, 12, 11, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def answer(number: int, amount: str, start: str | None, end: str | None = None, **more: str) -> models.Rate:
    return models.Rate(id=number, amount=Decimal(amount), start=start, end=end, **more)  # type: ignore[arg-type]  # the rest are texts


@given(st.decimals(min_value="0.01", max_value=rates.MOST, places=2))
def test_an_amount_is_read_with_all_its_digits(amount: Decimal) -> None:
    assert parse_amount(str(amount)) == amount
    assert parse_amount(f" {amount} ".replace(".", ",")) == amount


@given(st.text(max_size=30))
def test_whatever_else_is_written_is_refused_with_a_reason(text: str) -> None:
    with contextlib.suppress(rates.NoAmount, rates.TooSmall, rates.TooLarge, rates.TooFine):
        amount = parse_amount(text)
        assert 0 < amount <= rates.MOST
        assert amount == amount.quantize(Decimal("0.01"))


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("", rates.NoAmount), ("ten", rates.NoAmount), ("1.000,50", rates.NoAmount), ("1,000.50", rates.NoAmount),
        ("1e5", rates.NoAmount), ("NaN", rates.NoAmount), ("-5", rates.NoAmount), ("٣", rates.NoAmount),
        ("0", rates.TooSmall), ("0,00", rates.TooSmall), ("1000000001", rates.TooLarge), ("1.001", rates.TooFine),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_told_apart(said: str, problem: type[UserError]) -> None:
    with pytest.raises(problem):
        parse_amount(said)


def test_yen_have_no_fractions() -> None:
    assert parse_amount("9500.00", currency="JPY", places=0) == 9500
    with pytest.raises(rates.NoFractions):
        parse_amount("95.5", currency="JPY", places=0)


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
