"""What people fill in, read as a credential."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.addresses import TogglAddress
from bot.services.connect_form import Field, FieldProblem, Filled, Way, read_form
from bot.toggl import FocusKey, Password, TrackToken


@pytest.mark.parametrize(
    ("filled", "credential"),
    [
        (Filled(Way.FOCUS_KEY, key=" toggl_sk_abc-DEF_1\n"), FocusKey("toggl_sk_abc-DEF_1")),
        (Filled(Way.FOCUS_KEY, key="0123456789abcdefABCDEF0123456789"), TrackToken("0123456789abcdefABCDEF0123456789")),
        (Filled(Way.TRACK_TOKEN, token="a" * 32), TrackToken("a" * 32)),
        (Filled(Way.TRACK_TOKEN, token="toggl_sk_x"), FocusKey("toggl_sk_x")),
        (Filled(Way.PASSWORD, email=" a@b.example ", password=" p w "), Password("a@b.example", " p w ")),
        (Filled(Way.PASSWORD, email="a@b.example", password=":ü€"), Password("a@b.example", ":ü€")),
    ],
)
def test_each_way_gives_its_credential(filled: Filled, credential: object) -> None:
    assert read_form(filled).credential == credential


@pytest.mark.parametrize(
    ("filled", "field"),
    [
        (Filled(Way.FOCUS_KEY), Field.KEY),
        (Filled(Way.FOCUS_KEY, key="sk_live_1"), Field.KEY),
        (Filled(Way.FOCUS_KEY, key="toggl_sk_"), Field.KEY),
        (Filled(Way.FOCUS_KEY, key="toggl_sk_a\nX-Header: b"), Field.KEY),
        (Filled(Way.FOCUS_KEY, token="a" * 32), Field.KEY),
        (Filled(Way.TRACK_TOKEN, token="g" * 32), Field.TOKEN),
        (Filled(Way.TRACK_TOKEN, token="a" * 31), Field.TOKEN),
        (Filled(Way.PASSWORD, password="p"), Field.EMAIL),
        (Filled(Way.PASSWORD, email="ann", password="p"), Field.EMAIL),
        (Filled(Way.PASSWORD, email="a:b@c.example", password="p"), Field.EMAIL),
        (Filled(Way.PASSWORD, email="a@b.example"), Field.PASSWORD),
        (Filled(Way.FOCUS_KEY, key="toggl_sk_x", address="toggl"), Field.ADDRESS),
    ],
)
def test_the_first_wrong_field_is_named(filled: Filled, field: Field) -> None:
    with pytest.raises(FieldProblem) as problem:
        read_form(filled)
    assert problem.value.field is field


def test_an_address_comes_with_the_credential() -> None:
    filled = Filled(Way.FOCUS_KEY, key="toggl_sk_x", address="https://focus.toggl.com/12/workspaces/34/timer")
    assert read_form(filled).address == TogglAddress(12, 34)


@given(st.builds(Filled, st.sampled_from(Way), *[st.text(max_size=60)] * 5))
def test_anything_typed_gives_a_credential_or_names_a_field(filled: Filled) -> None:
    with contextlib.suppress(FieldProblem):
        read_form(filled).credential.authorization.encode("latin-1")


def test_no_repr_shows_a_secret() -> None:
    filled = Filled(Way.PASSWORD, key="toggl_sk_SECRET", token="SECRET", email="a@b.example", password="SECRET")
    assert "SECRET" not in repr(filled)
    assert "SECRET" not in repr(read_form(filled))
