from __future__ import annotations

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.amounts import MOST, NoAmount, NoFractions, TooFine, TooLarge, TooSmall, WrongAmount, parse_amount
from bot.errors import UserError


@given(st.decimals(min_value="0.01", max_value=MOST, places=2))
def test_an_amount_is_read_with_all_its_digits(amount: Decimal) -> None:
    assert parse_amount(str(amount)) == amount
    assert parse_amount(f" {amount} ".replace(".", ",")) == amount


@given(st.text(max_size=30))
def test_whatever_else_is_written_is_refused_with_a_reason(text: str) -> None:
    with contextlib.suppress(WrongAmount):
        amount = parse_amount(text)
        assert 0 < amount <= MOST
        assert amount == amount.quantize(Decimal("0.01"))


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("", NoAmount), ("ten", NoAmount), ("1.000,50", NoAmount), ("1,000.50", NoAmount),
        ("1e5", NoAmount), ("NaN", NoAmount), ("-5", NoAmount), ("٣", NoAmount),
        ("0", TooSmall), ("0,00", TooSmall), ("1000000001", TooLarge), ("1.001", TooFine),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_told_apart(said: str, problem: type[UserError]) -> None:
    with pytest.raises(problem):
        parse_amount(said)


def test_yen_have_no_fractions() -> None:
    assert parse_amount("9500.00", currency="JPY", places=0) == 9500
    with pytest.raises(NoFractions):
        parse_amount("95.5", currency="JPY", places=0)
