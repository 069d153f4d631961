from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.local.toggl import bodies
from bot.local.toggl.errors import Refusal
from bot.local.toggl.queries import LARGEST_ID, Query

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


def outcome(read: Callable[[], Any]) -> Any:
    """What `read` gives, or the refusal that it raises."""
    try:
        return read()
    except Refusal as refusal:
        return refusal


@given(st.binary() | VALUES.map(lambda value: json.dumps(value).encode()))
def test_whatever_is_sent_is_read_or_refused(raw: bytes) -> None:
    """400 and nothing else, in either product's words; what is read can be stored and said back."""
    value = outcome(lambda: bodies.parse(raw, "focus"))
    if isinstance(value, Refusal):
        assert value.status == 400
        assert outcome(lambda: bodies.parse(raw, "track")).words == "JSON is not valid"
    else:
        assert "\\u0000" not in json.dumps(value)
        assert json.dumps(value, ensure_ascii=False).encode()


@pytest.mark.parametrize("value", ["a\x00b", {"a\x00": 1}, [["\ud800"]], 2**63, {"x": [-(2**63) - 1]}, None])
def test_what_no_database_stores_is_refused_at_any_depth(value: Any) -> None:
    """NULs, lone surrogates, numbers beyond 64 bits; null alone is a value."""
    raw = json.dumps(value).encode()
    if value is None:
        assert bodies.parse(raw, "track") is None
        return
    with pytest.raises(Refusal):
        bodies.parse(raw, "track")


def test_deep_nesting_is_refused() -> None:
    """Before it costs a stack."""
    with pytest.raises(Refusal):
        bodies.parse(b"[" * 100_000 + b"]" * 100_000, "focus")


@given(st.text() | st.integers().map(str))
def test_a_number_in_a_query_is_positive_and_fits(text: str) -> None:
    """Or refused."""
    number = outcome(lambda: Query([("id", text)]).number("id"))
    if isinstance(number, Refusal):
        assert number.status == 400
        assert not re.fullmatch("[1-9][0-9]{0,17}", text)
    else:
        assert str(number) == text.lstrip("0")
        assert 0 < number <= LARGEST_ID


@given(st.text() | st.datetimes().map(lambda moment: moment.isoformat() + "+02:00"))
def test_a_moment_in_a_query_has_a_zone_and_a_year_that_clocks_show(text: str) -> None:
    """Or is refused; a bare day is."""
    moment = outcome(lambda: Query([("date_from", text)]).moment("date_from"))
    if isinstance(moment, Refusal):
        assert moment.status == 400
    else:
        assert 1970 <= moment.year < 2200
        assert "T" in text.upper()
