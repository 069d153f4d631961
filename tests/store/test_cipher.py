from __future__ import annotations

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.store import Cipher, KeyLost, SealBrokenError

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@given(owner=st.text(), secret=st.text())
def test_whatever_is_sealed_is_opened_again(owner: str, secret: str) -> None:
    cipher = Cipher([NEW])
    assert cipher.open(owner, cipher.seal(owner, secret)) == secret


def test_a_sealed_text_shows_neither_the_secret_nor_its_owner() -> None:
    sealed = Cipher([NEW]).seal("account:42:focus_key", "toggl_sk_admin")
    assert "toggl" not in sealed
    assert "account" not in sealed


def test_another_owner_cannot_open_a_sealed_text() -> None:
    cipher = Cipher([NEW])
    sealed = cipher.seal("account:42:focus_key", "toggl_sk_admin")
    with pytest.raises(SealBrokenError, match="account:43:focus_key") as caught:
        cipher.open("account:43:focus_key", sealed)
    assert "toggl_sk_admin" not in str(caught.value)


@pytest.mark.parametrize("sealed", ["", "not sealed", "gAAAAA", Cipher([OLD]).seal("owner", "secret")])
def test_what_no_key_opens_is_a_lost_key_said_in_words_for_people(sealed: str) -> None:
    with pytest.raises(KeyLost) as caught:
        Cipher([NEW]).open("owner", sealed)
    assert isinstance(caught.value, UserError)
    assert "connect again" in str(caught.value)


def test_older_keys_still_open() -> None:
    assert Cipher([NEW, OLD]).open("owner", Cipher([OLD]).seal("owner", "secret")) == "secret"


def test_rotated_text_needs_the_new_key_alone_and_keeps_its_owner() -> None:
    rotated = Cipher([NEW, OLD]).rotate(Cipher([OLD]).seal("owner", "secret"))
    assert Cipher([NEW]).open("owner", rotated) == "secret"
    with pytest.raises(SealBrokenError):
        Cipher([NEW]).open("another", rotated)


def test_text_under_the_newest_key_stays_as_it_is() -> None:
    sealed = Cipher([NEW]).seal("owner", "secret")
    assert Cipher([NEW, OLD]).rotate(sealed) == sealed


def test_text_that_no_key_opens_cannot_be_rotated() -> None:
    with pytest.raises(KeyLost):
        Cipher([NEW]).rotate(Cipher([OLD]).seal("owner", "secret"))


def test_a_cipher_shows_no_key() -> None:
    assert repr(Cipher([NEW, OLD])) == "<Cipher>"


def test_a_cipher_without_keys_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one key"):
        Cipher([])
