"""Seal secrets so that only their owner's row can open them, and re-seal them when keys change."""

from __future__ import annotations

import json
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.errors import UserError
from bot.i18n import N_


class SealBrokenError(Exception):
    """A sealed text was found where it does not belong: rows or columns were swapped in the database."""


class KeyLost(UserError):
    """No key of this installation opens a sealed text: the key was removed, or the text was damaged."""

    sentence = N_("What was stored for this connection can no longer be read. Please connect again.")


class SealedText(str):
    """A secret as it may be stored. Columns for secrets take nothing else, so a plain one cannot slip in."""

    __slots__ = ()


class Cipher:
    """Seals with the first of `keys` (Fernet keys, at least one) and opens with any of them."""

    def __init__(self, keys: Sequence[str]) -> None:
        if not keys:
            raise ValueError("a cipher needs at least one key")
        self._newest = Fernet(keys[0])
        self._all = MultiFernet([Fernet(key) for key in keys])

    def seal(self, owner: str, secret: str) -> SealedText:
        """`secret`, encrypted together with `owner`, for example `account:42:focus_key`."""
        return SealedText(self._newest.encrypt(json.dumps([owner, secret]).encode()).decode())

    def open(self, owner: str, sealed: str) -> str:
        """The secret that was sealed for `owner`. Raises SealBrokenError for another owner's, KeyLost if unreadable."""
        try:
            opened = self._all.decrypt(sealed.encode())
        except InvalidToken:
            raise KeyLost from None
        sealed_for, secret = json.loads(opened)
        if sealed_for != owner:
            raise SealBrokenError(f"what is stored for {owner} was sealed for {sealed_for}")
        return str(secret)

    def rotate(self, sealed: str) -> SealedText:
        """The same secret and owner under the first key; unchanged if it is there already. Raises KeyLost."""
        try:
            self._newest.decrypt(sealed.encode())
        except InvalidToken:
            try:
                return SealedText(self._all.rotate(sealed.encode()).decode())
            except InvalidToken:
                raise KeyLost from None
        return SealedText(sealed)

    def __repr__(self) -> str:
        return "<Cipher>"
