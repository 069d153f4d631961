from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Write   Report\t", "write report"),
        ("Über Café", "uber cafe"),
        ("Straße", "strasse"),
        ("ＡＢＣ　９：１５", "abc 9:15"),
        ("が", "が"),
        ("ｶﾞ", "ガ"),
    ],
)
def test_what_looks_the_same_to_a_person_becomes_equal(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more_and_leaves_single_spaces(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_takes_the_short_way_to_the_same_result(text: str) -> None:
    assert fold(text) == " ".join(text.casefold().split())
