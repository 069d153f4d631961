from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entry_filters import FilterEmpty
from bot.domain.not_understood import NotUnderstood
from bot.domain.project_filters import (
    LONGEST,
    DatesBackwards,
    FilterTwice,
    ProjectFilters,
    open_days,
    parse_project_filters,
)
from bot.errors import UserError
from tests.domain.projecting import UNHURRIED

NOW = datetime(2026, 11, 12, 11, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def parse(text: str | None, which: str | None = None) -> ProjectFilters:
    return parse_project_filters(which, text, now=NOW, zone=BERLIN, first_weekday=0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, ProjectFilters()),
        ("website relaunch", ProjectFilters(words="website relaunch")),
        ("client:bergmann", ProjectFilters(client="bergmann")),
        (
            'Client:"Bergmann AG" relaunch tag:„in Eile“',
            ProjectFilters(client="Bergmann AG", tag="in Eile", words="relaunch"),
        ),
        ("person:@ann", ProjectFilters(person="ann")),
        ("during:2026-11-12", ProjectFilters(first=date(2026, 11, 12), last=date(2026, 11, 12))),
        ('during:"last week"', ProjectFilters(first=date(2026, 11, 2), last=date(2026, 11, 8))),
        ("from:2026-12-01 until:2027-01-31", ProjectFilters(first=date(2026, 12, 1), last=date(2027, 1, 31))),
        ("from:october until:october", ProjectFilters(first=date(2026, 10, 1), last=date(2026, 10, 31))),
        ("https://x.example client", ProjectFilters(words="https://x.example client")),
    ],
)
def test_filters_and_words_are_told_apart(text: str | None, expected: ProjectFilters) -> None:
    assert parse(text) == expected


def test_one_side_of_the_days_may_be_left_open() -> None:
    since = parse("from:2026-12-01")
    assert since.first and since.last
    assert open_days(since) == (date(2026, 12, 1), None)
    assert open_days(parse("until:2026-12-01")) == (None, date(2026, 12, 1))
    assert open_days(parse("x")) == (None, None)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("client:", FilterEmpty),
        ('tag:""', FilterEmpty),
        ("client:a client:b", FilterTwice),
        ("from:2026-12-02 until:2026-12-01", DatesBackwards),
        ("during:soonish", NotUnderstood),
    ],
)
def test_what_makes_no_sense_is_said(text: str, error: type[UserError]) -> None:
    with pytest.raises(error):
        parse(text)


def test_the_plain_list_is_the_one_nothing_narrows() -> None:
    assert parse(None).plain
    assert not parse(None, "archived").plain
    assert not parse("x").plain


@UNHURRIED
@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from(["client:", '"', "tag:a", "from:", "x", "2026-01-01", "„“"])).map(" ".join)
)
def test_any_text_is_filters_or_an_error_for_people(text: str) -> None:
    try:
        found = parse(text)
    except UserError:
        return
    values = [value for value in msgspec.structs.astuple(found) if isinstance(value, str)]
    assert all(value and len(value) <= LONGEST and value.isprintable() for value in values)
    assert (found.first is None) == (found.last is None)
    assert msgspec.json.decode(msgspec.json.encode(found), type=ProjectFilters) == found
