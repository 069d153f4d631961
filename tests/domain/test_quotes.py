from __future__ import annotations

import pytest

from bot.domain.quotes import unquote


@pytest.mark.parametrize("marked", ['"a b"', "“a b”", "„a b“", "'a b'", "«a b»", "「a b」", " a b "])
def test_any_pair_of_quotation_marks_is_taken_off(marked: str) -> None:
    assert unquote(marked) == "a b"


@pytest.mark.parametrize("unmarked", ["", '"', '"a b', "a “b”", "'a\""])
def test_what_has_no_pair_around_it_stays(unmarked: str) -> None:
    assert unquote(unmarked) == unmarked
