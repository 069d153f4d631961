from __future__ import annotations

from dataclasses import dataclass
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.folding import fold
from bot.domain.matching import match


@dataclass(frozen=True)
class Task:
    id: int
    name: str
    project: str = ""


def tasks(*names: str) -> list[Task]:
    return [Task(number, name) for number, name in enumerate(names, start=1)]


def found(query: str, *names: str, recent: tuple[int, ...] = ()) -> list[str]:
    return [task.name for task in match(query, tasks(*names), recent_ids=recent).several]


@pytest.mark.parametrize(
    ("query", "names", "meant"),
    [
        ("report", ("Write report", "Report", "Reports"), "Report"),
        ("uber", ("Über", "Übersetzung"), "Über"),
        ("STRASSE", ("Straße", "Strand"), "Straße"),
        ("cafe", ("Café",), "Café"),
        ("wri", ("Write report", "Review"), "Write report"),
        ("rep w", ("Write report", "Read report"), "Write report"),
        ("wriet report", ("Write report", "Review code"), "Write report"),
        ("レポート", ("レポート", "レポート作成"), "レポート"),
    ],
)
def test_one_clear_match_needs_no_choice(query: str, names: tuple[str, ...], meant: str) -> None:
    clear = match(query, tasks(*names)).clear
    assert clear is not None
    assert clear.name == meant


def test_several_that_fit_are_offered_beginnings_first() -> None:
    assert found("rep", "Prepare talk", "Write report", "Report Q3") == ["Report Q3", "Write report", "Prepare talk"]


def test_recent_ones_come_first_among_those_that_fit() -> None:
    assert found("rep", "Report Q3", "Write report", "Report Q4", recent=(2, 9)) == [
        "Write report",
        "Report Q3",
        "Report Q4",
    ]


def test_equal_names_are_a_choice_even_where_more_begin_so() -> None:
    same = [Task(1, "Review", "Alpha"), Task(2, "Review", "Beta"), Task(3, "Review code", "Beta")]
    matches = match("review", same, recent_ids=(3,))
    assert matches.clear is None
    assert [task.id for task in matches.several] == [1, 2, 3]


def test_words_of_the_project_tell_equal_names_apart() -> None:
    same = [Task(1, "Review", "Alpha"), Task(2, "Review", "Beta")]
    clear = match("review beta", same, context=lambda task: task.project).clear
    assert clear == same[1]


def test_the_middle_of_a_word_is_offered_but_not_clear() -> None:
    matches = match("port", tasks("Write report", "Call"))
    assert matches.clear is None
    assert [task.name for task in matches.several] == ["Write report"]


def test_new_work_that_mentions_a_task_is_not_taken_for_it() -> None:
    matches = match("prepare slides for the board", tasks("Board", "Review"))
    assert matches.clear is None
    assert [task.name for task in matches.several] == ["Board"]


def test_a_misspelling_that_could_be_two_is_a_choice() -> None:
    matches = match("reveiw code", tasks("Review code A", "Review code B", "Board"))
    assert matches.clear is None
    assert [task.name for task in matches.several] == ["Review code A", "Review code B"]


def test_an_empty_query_gives_the_recent_ones_newest_first() -> None:
    assert found("  ", "One", "Two", "Three", recent=(3, 1)) == ["Three", "One"]


def test_nothing_like_it_gives_nothing() -> None:
    matches = match("xylophone", tasks("Write report", "Review"))
    assert (matches.clear, matches.several) == (None, ())


def test_at_most_the_wanted_number_is_offered() -> None:
    assert len(match("task", [Task(number, f"Task {number}") for number in range(50)], limit=5).several) == 5


def test_ten_thousand_tasks_take_milliseconds() -> None:
    """The bound is wide for a busy machine; alone, a query takes 3 to 13 ms."""
    many = [Task(number, f"Write the report for client {number} über Café") for number in range(10_000)]
    for query in ("rep 77", "wrtie teh reprot", "a"):
        started = process_time()
        match(query, many)
        assert process_time() - started < 0.5


@given(st.text(), st.lists(st.text(max_size=20), max_size=20), st.lists(st.integers(0, 20), max_size=5))
def test_any_names_and_query_are_harmless(query: str, names: list[str], recent: list[int]) -> None:
    candidates = tasks(*names)
    matches = match(query, candidates, recent_ids=recent)
    assert matches.clear is None or not matches.several
    assert set(matches.several) <= set(candidates)


@given(st.lists(st.text(max_size=20).filter(fold), min_size=1, max_size=20, unique_by=fold))
def test_a_whole_name_finds_its_task(names: list[str]) -> None:
    candidates = tasks(*names)
    assert match(names[0], candidates).clear == candidates[0]


def test_hostile_names_are_only_names() -> None:
    hostile = tasks("<!channel> & <@U1>", "x" * 4000, "\x00", "", " ", "🕘", "a\u0300" * 500, "%s{}")
    assert match("<!channel>", hostile).clear == hostile[0]
    assert match("x" * 300, hostile).clear == hostile[1]
