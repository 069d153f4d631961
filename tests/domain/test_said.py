from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.said import LONGEST_NAME, mentioned, task_name
from bot.domain.tracking import Task


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("Fix the header on the landing page", "Fix the header on the landing page"),
        ("<@U0MARCUSBEL> could you *fix the header*?\nIt overlaps.", "could you fix the header?"),
        ("\n\n&gt; Fix the header", "Fix the header"),
        ("• <https://example.com/12|Ticket 12>: login fails", "Ticket 12: login fails"),
        ("R&amp;D: <!channel> plan &lt;draft&gt;", "R&D: plan <draft>"),
        ("<https://example.com/12>", "https://example.com/12"),
        ("<@U0MARCUSBEL>\n:tada:\nShip it", "tada"),
        ("", ""),
        ("…", ""),
    ],
)
def test_a_task_is_called_what_the_first_line_says(message: str, name: str) -> None:
    assert task_name(message) == name


@given(st.text())
def test_no_message_makes_a_name_too_long_or_with_line_breaks(message: str) -> None:
    name = task_name(message)
    assert len(name) <= LONGEST_NAME
    assert len(name.splitlines()) <= 1


def test_tasks_are_mentioned_by_their_whole_name_the_longest_first() -> None:
    tasks = [Task(1, "Header"), Task(2, "Fix header"), Task(3, "Head"), Task(4, "QA"), Task(5, "Über uns")]
    found = mentioned("Please fix header, qa and *ÜBER  uns*", tasks)
    assert [task.id for task in found] == [2, 5, 1]


@given(st.text(), st.text())
def test_no_text_and_no_name_breaks_the_search(text: str, name: str) -> None:
    assert mentioned(text, [Task(1, name)]) in {(), (Task(1, name),)}
