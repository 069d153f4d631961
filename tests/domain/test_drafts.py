from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.drafts import BUTTON, Draft, DraftEntry
from bot.domain.log_lines import MOST
from bot.domain.log_slots import Span
from bot.domain.tracking import Task

SPAN = Span(datetime(2026, 11, 12, 9, tzinfo=UTC), datetime(2026, 11, 12, 10, 30, tzinfo=UTC))


def test_a_draft_comes_back_from_a_button_as_it_was() -> None:
    draft = Draft((DraftEntry.of("rep", SPAN, kind="break"), DraftEntry.of("b", SPAN, task=Task(7, "b"))), "U1")
    assert Draft.load(draft.dump()) == draft
    assert draft.entries[0].span == SPAN


def test_as_many_entries_as_are_read_fit_into_a_button() -> None:
    draft = Draft(tuple(DraftEntry.of("n" * 255, SPAN, task=Task(10**8, "n" * 255)) for _ in range(MOST)))
    assert len(draft.dump()) <= BUTTON
    assert Draft.load(draft.dump()).entries[0].length == timedelta(minutes=90)


def test_deciding_a_task_decides_every_entry_of_the_same_words() -> None:
    draft = Draft(tuple(DraftEntry.of(words, SPAN) for words in ("rep", "other", "rep")))
    decided = draft.decide(0, Task(7, "Write report"))
    assert [entry.task_id for entry in decided.entries] == [7, None, 7]
    assert (draft.undecided, decided.undecided) == (0, 1)
    assert decided.decide(1, Task(8, "Other")).undecided is None
