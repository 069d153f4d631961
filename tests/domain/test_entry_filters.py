from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entry_extras import Extras
from bot.domain.entry_filters import (
    LONGEST,
    EntryFilters,
    FilterEmpty,
    FilterTwice,
    TypeNotUnderstood,
    parse_filters,
    parse_looking,
)
from bot.domain.projects import Named
from bot.errors import UserError
from tests.entries import NOON, entry

BERLIN = ZoneInfo("Europe/Berlin")
PIECES = (
    "task:",
    "project:",
    "tag:",
    "status:",
    "type:",
    "type:break",
    "archived",
    '"',
    "“",
    "”",
    "\0",
    "0",
    "last week",
    ":",
)


@pytest.mark.parametrize(
    ("text", "filters", "rest"),
    [
        ("", EntryFilters(), ""),
        ("task:report", EntryFilters(task="report"), ""),
        ('last week task:"write report"', EntryFilters(task="write report"), "last week"),
        ("task:“write report” type:break", EntryFilters(task="write report", type="break"), ""),
        ("TYPE:Pause archived review", EntryFilters(type="break", archived=True), "review"),
        ("archived:no", EntryFilters(archived=False), ""),
        ('"archived data"', EntryFilters(), '"archived data"'),
        ("status:in_progress project:Shop", EntryFilters(status="in_progress", project="Shop"), ""),
        ('tag:launch tag:"the web"', EntryFilters(tag="launch the web"), ""),
        ("foo:bar multitask:x", EntryFilters(), "foo:bar multitask:x"),
    ],
)
def test_filters_are_taken_off_and_the_rest_is_left(text: str, filters: EntryFilters, rest: str) -> None:
    assert parse_filters(text) == (filters, rest)


@pytest.mark.parametrize(
    ("text", "error"),
    [("task:", FilterEmpty), ('task:""', FilterEmpty), ("task:a task:b", FilterTwice), ("type:x", TypeNotUnderstood)],
)
def test_what_is_no_filter_is_said(text: str, error: type[UserError]) -> None:
    with pytest.raises(error):
        parse_filters(text)


def test_a_period_and_words_may_stand_beside_filters() -> None:
    filters, period = parse_looking("yesterday type:break shop", now=NOON, zone=BERLIN, first_weekday=0)
    assert filters == EntryFilters(type="break", words="shop")
    assert period is not None
    assert (period.first, period.last) == (date(2026, 11, 11), date(2026, 11, 11))


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=8).map(" ".join))
def test_no_input_crashes_and_what_was_read_is_short(text: str) -> None:
    try:
        filters, _ = parse_looking(text, now=NOON, zone=BERLIN, first_weekday=0)
    except UserError as error:
        assert error.sentence  # noqa: PT017 (any expected error will do)
        return
    read = (filters.task, filters.project, filters.status, filters.words)
    assert all(each is None or (0 < len(each) <= LONGEST and each.isprintable()) for each in read)


@given(st.text(min_size=4_000, max_size=4_100))
def test_four_thousand_characters_are_no_harm(text: str) -> None:
    try:
        filters, _ = parse_looking(f"task:{text} {text}", now=NOON, zone=BERLIN, first_weekday=0)
    except UserError:
        return
    assert len(filters.words or "") <= LONGEST


@pytest.mark.parametrize(
    ("filters", "taken"),
    [
        (EntryFilters(), True),
        (EntryFilters(task="rep"), True),
        (EntryFilters(task="write rep"), True),
        (EntryFilters(task="reporting"), False),
        (EntryFilters(project="monthly"), True),
        (EntryFilters(status="in progress"), True),
        (EntryFilters(status="doing"), True),
        (EntryFilters(status="done"), False),
        (EntryFilters(type="break"), False),
        (EntryFilters(archived=True), False),
        (EntryFilters(archived=False, type="activity"), True),
        (EntryFilters(words="monthly report"), True),
        (EntryFilters(words="numbers"), True),
        (EntryFilters(words="shop"), False),
        (EntryFilters(words="🎉"), False),
        (EntryFilters(tag="lau"), True),
        (EntryFilters(tag="launch web"), True),
        (EntryFilters(tag="billing"), False),
    ],
    ids=str,
)
def test_an_entry_passes_only_what_it_is_like(filters: EntryFilters, *, taken: bool) -> None:
    one = entry(status="Doing", status_type="in_progress", extras=Extras(description="Numbers for Q4"))
    one = msgspec.structs.replace(one.tagged((Named(4, "launch"),)), task_tags=("web",))
    assert filters.take(one) is taken


def test_an_entry_without_a_task_passes_no_filter_that_wants_one() -> None:
    bare = entry(task_id=None, task=None, project=None)
    assert not EntryFilters(task="report").take(bare)
    assert not EntryFilters(words="report").take(bare)
    assert EntryFilters(type="activity").take(bare)
