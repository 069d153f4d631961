from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.colleagues import PersonNotChosen, SeveralPeople, split_colleague

PEOPLE = {"ann": "U1", "ben.b": "U2", "Dee Lee": "U3", "Dee": "U4"}


@pytest.mark.parametrize(
    ("said", "rest", "person"),
    [
        ("1h Write report for @ann", "1h Write report ", "U1"),
        ("for @ben.b: 1h a, 2h b", ": 1h a, 2h b", "U2"),
        ("1h Write report for @ann.", "1h Write report ", "U1"),
        ("1h a for @Dee Lee yesterday", "1h a  yesterday", "U3"),
        ("1h a für @ann gestern", "1h a  gestern", "U1"),
        ("@annの分 1h a", " 1h a", "U1"),
        ("1h Call for papers", "1h Call for papers", None),
        ("1h Call @ann", "1h Call @ann", None),
        ("1h a for @ann\n2h b for @ann", "1h a \n2h b ", "U1"),
    ],
)
def test_the_one_it_is_for_is_taken_out_of_the_words(said: str, rest: str, person: str | None) -> None:
    assert split_colleague(said, PEOPLE) == (rest, person)


@given(
    st.text()
    | st.lists(st.sampled_from(["for", "@ann", "@ben.b", "@Dee", "Lee", "@x", "の分", "1h", ",", "🎉", "\u202e"])).map(
        " ".join
    )
)
def test_any_text_is_for_somebody_known_for_nobody_or_refused(text: str) -> None:
    try:
        rest, person = split_colleague(text, PEOPLE)
    except (PersonNotChosen, SeveralPeople):
        return
    assert person in set(PEOPLE.values()) if person else rest == text


def test_four_thousand_characters_are_read_in_no_time() -> None:
    assert split_colleague("for @ann " * 440, PEOPLE)[1] == "U1"
    assert split_colleague("@" * 4000, PEOPLE)[1] is None


def test_somebody_unknown_to_slack_is_asked_for() -> None:
    with pytest.raises(PersonNotChosen, match="@cleo"):
        split_colleague("1h a for @cleo", PEOPLE)


def test_only_one_at_a_time() -> None:
    with pytest.raises(SeveralPeople):
        split_colleague("1h a for @ann, 2h b for @ben.b", PEOPLE)
