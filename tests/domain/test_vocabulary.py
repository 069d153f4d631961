from __future__ import annotations

import pytest

from bot.domain.folding import fold
from bot.domain.vocabulary import LANGUAGES, Lexicon, Role
from bot.i18n import LANGUAGES as TRANSLATED


def test_whoever_may_write_times_in_a_language_is_answered_in_it() -> None:
    """The other way round a new language is one catalogue: its words for times can follow, English ones always work."""
    assert set(LANGUAGES) <= set(TRANSLATED)


@pytest.mark.parametrize("role", [Role.DAY, Role.MONTH, Role.LENGTH])
def test_no_word_means_two_different_things_of_a_kind(role: Role) -> None:
    meant: dict[str, set[int]] = {}
    for row in LANGUAGES.values():
        for word, its_role, value in row.meanings():
            if its_role is role:
                meant.setdefault(fold(word), set()).add(value)
    assert {word: values for word, values in meant.items() if len(values) > 1} == {}


def test_within_a_tasks_name_ordinary_words_are_no_times() -> None:
    within = Lexicon.of(LANGUAGES, alone=False).meanings
    assert not {"do", "so", "now", "gerade", "ahora"} & set(within)
    assert {"do", "so", "now", "gerade", "ahora"} <= set(Lexicon.of(LANGUAGES, alone=True).meanings)


def test_each_week_and_year_is_whole() -> None:
    for language, row in LANGUAGES.items():
        assert (len(row.weekdays), len(row.months)) == (7, 12), language
