from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.bulk import (
    MOST,
    BulkChange,
    BulkDeed,
    TooManyChosen,
    WouldStartLater,
    entry_id,
    merged,
    outcome,
    token,
)
from bot.domain.tracking import Task
from tests.entries import NOON, entry

OTHER = Task(9, "Review", 3, "Shop", "Grünwerk")


@given(st.integers(1, 2**63 - 1))
def test_a_token_keeps_the_number_and_is_short(number: int) -> None:
    assert entry_id(token(entry(number))) == number
    assert len(token(entry(number))) <= 21


def test_a_token_changes_with_anything_of_the_entry_but_its_names() -> None:
    one = entry()
    others = (entry(hours_ago=3), entry(minutes=5), entry(minutes=None), entry(type="break"), entry(archived=True))
    assert token(one) not in {token(other) for other in others}
    assert token(entry(project="Renamed", task="Renamed")) == token(one)


def test_what_is_ticked_on_other_pages_stays() -> None:
    here = [entry(1), entry(2)]
    before = [token(entry(1)), token(entry(3))]
    assert merged(before, here, [token(entry(2))]) == (token(entry(3)), token(entry(2)))


def test_more_than_a_modal_remembers_is_refused() -> None:
    with pytest.raises(TooManyChosen):
        merged([token(entry(number)) for number in range(MOST)], [], [token(entry(MOST + 1))])


def test_entries_of_long_numbers_are_refused_before_the_modal_s_memory_is_full() -> None:
    largest = [token(entry(2**63 - 1 - number)) for number in range(MOST)]
    kept = merged([], [], largest[:70])
    assert len(" ".join(kept)) < 1900
    with pytest.raises(TooManyChosen):
        merged([], [], largest)


def test_each_deed_changes_its_own_field_and_leaves_alone_what_is_that_way_already() -> None:
    one, two = entry(1), entry(2, type="break", task_id=OTHER.id, task=OTHER.name)
    [(before, after)] = outcome([one, two], BulkChange(BulkDeed.MOVE, task=OTHER), now=NOON)
    assert (before, after.task, after.client) == (one, OTHER.name, OTHER.client)
    assert before.change_to(after) == {"task_id": OTHER.id}
    [(_, after)] = outcome([one, two], BulkChange(BulkDeed.BREAK), now=NOON)
    assert after.type == "break"
    [(_, after)] = outcome([one, two], BulkChange(BulkDeed.ACTIVITY), now=NOON)
    assert (after.id, after.type) == (2, "activity")
    shifted = outcome([one, two], BulkChange(BulkDeed.SHIFT, shift=timedelta(minutes=-5)), now=NOON)
    assert [(before.start - after.start, after.seconds) for before, after in shifted] == [
        (timedelta(minutes=5), 3600)
    ] * 2


def test_what_runs_is_not_shifted_into_the_future() -> None:
    running = entry(minutes=None, hours_ago=0.5)
    with pytest.raises(WouldStartLater):
        outcome([running], BulkChange(BulkDeed.SHIFT, shift=timedelta(hours=1)), now=NOON)
    assert outcome([running], BulkChange(BulkDeed.SHIFT, shift=timedelta(minutes=5)), now=NOON)
