"""Forms sent by browsers: read within bounds, and proved to come from our own page."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from bot.web.guard import READING_LIMIT, RejectedError, read_body

MOST_BYTES = 16 * 1024
MOST_FIELDS = 20
FIELD = "csrf"
COOKIE = "connect"
_URLENCODED = "application/x-www-form-urlencoded"
_NONCE = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


class UnreadableFormError(Exception):
    """The body is too long, too slow, or no form at all. `status` is the HTTP status that says so."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def read_form(request: Request, *, patience: timedelta = READING_LIMIT) -> Mapping[str, str]:
    """The fields of a form; of two with one name the last. Raises UnreadableFormError, also where it comes slowly."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _URLENCODED:
        raise UnreadableFormError(415)
    try:
        body = await read_body(request.scope, request.receive, limit=MOST_BYTES, patience=patience)
    except RejectedError as rejected:
        raise UnreadableFormError(rejected.status) from None
    try:
        return dict(
            parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict")
        )
    except ValueError:
        raise UnreadableFormError(400) from None


@dataclass(frozen=True, slots=True)
class Seal:
    """Ties a form to the page it was shown on and to the browser it was shown in, with a key of the installation."""

    key: bytes = field(repr=False)
    secure: bool
    """Whether browsers reach us by https, and the cookie may travel no other way."""

    def nonce(self, request: Request) -> str:
        """What tells this browser from others: the one it has, or a new one."""
        known = request.cookies.get(COOKIE, "")
        return known if _NONCE.fullmatch(known) else secrets.token_urlsafe(32)

    def mark(self, nonce: str, subject: str) -> str:
        """The value of the form's hidden field."""
        return hmac.new(self.key, f"{nonce}\n{subject}".encode(), hashlib.sha256).hexdigest()

    def holds(self, request: Request, subject: str, form: Mapping[str, str]) -> bool:
        """Whether the form was shown by us, for `subject`, in this browser."""
        nonce = request.cookies.get(COOKIE, "")
        if not _NONCE.fullmatch(nonce):
            return False
        return hmac.compare_digest(self.mark(nonce, subject).encode(), form.get(FIELD, "").encode())

    def set_cookie(self, response: Response, nonce: str) -> None:
        """Let the browser keep `nonce`, away from scripts and from other sites."""
        response.set_cookie(COOKIE, nonce, path="/connect", secure=self.secure, httponly=True, samesite="strict")
