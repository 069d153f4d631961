"""Who calls: the three kinds of credentials, and how each product refuses one."""

from __future__ import annotations

import base64
import binascii
import hmac
from typing import TYPE_CHECKING

from bot.local.toggl.errors import Product, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.local.toggl.records import Person


def person_calling(header: str | None, product: Product, people: Iterable[Person]) -> Person:
    """The person whose credential the `Authorization` header holds.

    A Focus key (`Bearer toggl_sk_…`) works in Focus only, a Track token (Basic `TOKEN:api_token`) in Track only, e-mail
    and password (Basic) in both. Otherwise `Refusal`: Focus always 401; Track 401 with an empty body without a header,
    403 with one.
    """
    scheme, _, rest = (header or "").strip().partition(" ")
    if not scheme:
        raise _refusal(product, sent=False)
    for person in people:
        if _proves(scheme.lower(), rest.strip(), product, person):
            return person
    raise _refusal(product, sent=True)


def _proves(scheme: str, rest: str, product: Product, person: Person) -> bool:
    if scheme == "bearer":
        return product == "focus" and _same(rest, person.focus_key)
    if scheme != "basic":
        return False
    try:
        pair = base64.b64decode(rest, validate=True).decode()
    except (binascii.Error, ValueError):
        return False
    user, separator, secret = pair.partition(":")
    if not separator:
        return False
    if secret == "api_token":  # noqa: S105 (the literal word that stands in place of a password)
        return product != "focus" and _same(user, person.track_token)
    return user.lower() == person.email.lower() and _same(secret, person.password)


def _same(given: str, known: str) -> bool:
    return hmac.compare_digest(given.encode(), known.encode())


def _refusal(product: Product, *, sent: bool) -> Refusal:
    if product == "focus":
        return Refusal(401, "invalid_session", "Session is not valid")
    if not sent:
        return Refusal(401, "unauthorized", None)
    return Refusal(403, "forbidden", "Incorrect username and/or password")
