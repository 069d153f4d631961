from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.quotes import unquote


@pytest.mark.parametrize("marked", ['"a b"', "“a b”", "„a b“", "'a b'", "«a b»", "「a b」", " a b "])
def test_any_pair_of_quotation_marks_is_taken_off(marked: str) -> None:
    assert unquote(marked) == "a b"


@pytest.mark.parametrize("unmarked", ["", '"', '"a b', "a “b”", "'a\""])
def test_what_has_no_pair_around_it_stays(unmarked: str) -> None:
    assert unquote(unmarked) == unmarked


@given(st.text())
def test_no_text_gains_a_word(text: str) -> None:
    assert unquote(text) in text
