"""Texts that look like phrases about time, as Hypothesis draws them: known words and digits in any order."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.domain.vocabulary import LANGUAGES

_words = st.sampled_from(sorted({word for row in LANGUAGES.values() for word, _, _ in row.meanings()}))
_numbers = st.one_of(
    st.integers(0, 99).map(str),
    st.from_regex(r"\d{1,2}:\d\d", fullmatch=True),
    st.from_regex(r"\d{1,2}[.,]\d{1,2}", fullmatch=True),
    st.dates().map(str),
    st.sampled_from(["0915", "12.11.", "12.11.2026", "2026/11/12", "-", "–", ",", '"', "“", "”", "\x00", "🕘"]),
)
_phrases = st.lists(st.tuples(st.one_of(_words, _numbers), st.sampled_from(["", " ", " ", "  "])), max_size=8).map(
    lambda parts: "".join(word + space for word, space in parts)
)

anything = st.one_of(_phrases, st.text(max_size=40), st.tuples(st.text(max_size=10), _phrases).map(" ".join))
