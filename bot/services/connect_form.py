"""What a person filled in to connect, read as a Toggl credential; the same for the page and for the modal."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.addresses import NotAnAddress, TogglAddress, parse_address
from bot.errors import UserError
from bot.i18n import N_
from bot.toggl import Credential, FocusKey, Password, TrackToken

# The shapes are Toggl's own; a key may grow, a token has been 32 hex digits for ever.
_FOCUS_KEY = re.compile(r"toggl_sk_[A-Za-z0-9_-]{1,400}", re.ASCII)
_TRACK_TOKEN = re.compile(r"[0-9a-fA-F]{32}", re.ASCII)
_EMAIL = re.compile(r"[^\s@:]{1,200}@[^\s@:]{1,200}")


class Way(StrEnum):
    """The three ways to sign in to Toggl."""

    FOCUS_KEY = "focus_key"
    TRACK_TOKEN = "track_token"  # noqa: S105 (the name of a way)
    PASSWORD = "password"  # noqa: S105 (the name of a way)


class Field(StrEnum):
    """The fields of the form, by their name on the page and in the modal."""

    KEY = "key"
    TOKEN = "token"  # noqa: S105 (the name of a field)
    EMAIL = "email"
    PASSWORD = "password"  # noqa: S105 (the name of a field)
    ADDRESS = "address"


class FieldProblem(UserError):
    """One field has to be filled in differently."""

    field: Field


class SecretRefused(FieldProblem):
    """Toggl does not know the credential."""

    sentence = N_("Toggl does not accept this. Was it copied completely, and is it still valid?")

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field


class NotAKey(FieldProblem):
    """Neither a Focus key nor anything else that Toggl gives out."""

    field = Field.KEY
    sentence = N_("That is not a Focus API key: those start with toggl_sk_. Copy it again from Toggl.")


class NotAToken(FieldProblem):
    """Not a Track token."""

    field = Field.TOKEN
    sentence = N_("That is not a Track API token: those have 32 letters and digits. Copy it again from Toggl Track.")


class NotAnEmail(FieldProblem):
    """Not an e-mail address."""

    field = Field.EMAIL
    sentence = N_("Enter the e-mail address that you sign in to Toggl with.")


class NoPassword(FieldProblem):
    """The password is missing."""

    field = Field.PASSWORD
    sentence = N_("Enter your Toggl password.")


class NotAPage(FieldProblem):
    """The pasted address names no workspace."""

    field = Field.ADDRESS
    sentence = NotAnAddress.sentence


@dataclass(frozen=True, slots=True)
class Filled:
    """The form as it was sent. The secrets are in no repr."""

    way: Way
    key: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    email: str = ""
    password: str = field(default="", repr=False)
    address: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A credential to be tried, and where the person says their workspace is."""

    credential: Credential
    address: TogglAddress | None
    secret_field: Field
    """Where to show that Toggl refused it."""


def read_form(filled: Filled) -> Attempt:
    """The credential and address that were filled in. Raises FieldProblem for the first field that is wrong.

    A key pasted into the token's field, or the other way round, is taken for what it is: its shape leaves no doubt.
    """
    match filled.way:
        case Way.FOCUS_KEY:
            credential, secret_field = _key_or_token(filled.key), Field.KEY
            if credential is None:
                raise NotAKey
        case Way.TRACK_TOKEN:
            credential, secret_field = _key_or_token(filled.token), Field.TOKEN
            if credential is None:
                raise NotAToken
        case Way.PASSWORD:
            credential, secret_field = _password(filled.email, filled.password), Field.PASSWORD
    return Attempt(credential, _address(filled.address), secret_field)


def _key_or_token(text: str) -> Credential | None:
    pasted = text.strip()
    if _FOCUS_KEY.fullmatch(pasted):
        return FocusKey(pasted)
    if _TRACK_TOKEN.fullmatch(pasted):
        return TrackToken(pasted)
    return None


def _password(email: str, password: str) -> Credential:
    address = email.strip()
    # A colon would end the name in Basic authentication (RFC 7617).
    if not _EMAIL.fullmatch(address):
        raise NotAnEmail
    if not password:
        raise NoPassword
    return Password(address, password)


def _address(text: str) -> TogglAddress | None:
    if not text.strip():
        return None
    try:
        return parse_address(text)
    except NotAnAddress:
        raise NotAPage from None
