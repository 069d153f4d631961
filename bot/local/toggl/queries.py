"""Query parameters as the documents type them; whatever is not of its type is refused with 400."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import msgspec

from bot.local.toggl.errors import invalid

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

LARGEST_ID = 2**63 - 1
_NUMBER = re.compile(r"-?[0-9]{1,19}", re.ASCII)
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def number_from(text: str, name: str) -> int:
    """A positive 64-bit number, as every id and page is."""
    if not _NUMBER.fullmatch(text) or not 0 < int(text) <= LARGEST_ID:
        raise invalid(f"Invalid {name}", field=name)
    return int(text)


def moment_from(text: str, name: str) -> datetime:
    """A moment, RFC 3339 with its zone, as UTC: a bare day is refused, and all else that only looks like a moment."""
    wrong = invalid(f"Invalid {name}: must be an RFC 3339 timestamp with a zone", field=name)
    if not _RFC_3339.fullmatch(text):
        raise wrong
    try:
        return in_range(datetime.fromisoformat(text.upper()), name)
    except ValueError:
        raise wrong from None


def in_range(moment: datetime, name: str) -> datetime:
    """`moment` (aware) in UTC; a year that no clock shows is refused."""
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:
        raise invalid(f"Invalid {name}: out of range", field=name) from None
    if not EARLIEST <= moment < LATEST:
        raise invalid(f"Invalid {name}: out of range", field=name)
    return moment


class Query:
    """The parameters of one call. Each reader returns None where its parameter was not sent.

    Lists are separated by commas; which of two of the same name would count no page says, so that is refused.
    """

    def __init__(self, sent: Iterable[tuple[str, str]]) -> None:
        self._sent: dict[str, str] = {}
        for name, value in sent:
            if name in self._sent:
                raise invalid(f"Invalid {name}: was sent more than once", field=name)
            self._sent[name] = value

    def text(self, name: str) -> str | None:
        """Any text without a NUL."""
        value = self._sent.get(name)
        if value is not None and "\x00" in value:
            raise invalid(f"Invalid {name}", field=name)
        return value

    def number(self, name: str) -> int | None:
        """A positive number."""
        value = self._sent.get(name)
        return None if value is None else number_from(value, name)

    def numbers(self, name: str) -> list[int] | None:
        """Positive numbers, separated by commas."""
        value = self._sent.get(name)
        return None if value is None else [number_from(part, name) for part in value.split(",")]

    def flag(self, name: str) -> bool | None:
        """`true` or `false`."""
        value = self._sent.get(name)
        if value is None:
            return None
        if value not in {"true", "false"}:
            raise invalid(f"Invalid {name}: must be true or false", field=name)
        return value == "true"

    def choice(self, name: str, of: Collection[str]) -> str | None:
        """One of the words in `of`."""
        value = self._sent.get(name)
        if value is not None and value not in of:
            raise invalid(f"Invalid {name}: must be one of {', '.join(of)}", field=name)
        return value

    def day(self, name: str) -> date | None:
        """A day, `YYYY-MM-DD`."""
        value = self._sent.get(name)
        if value is None:
            return None
        try:
            return msgspec.convert(value, date)
        except msgspec.ValidationError:
            raise invalid(f"Invalid {name}: must be YYYY-MM-DD", field=name) from None

    def moment(self, name: str) -> datetime:
        """A required moment, as `moment_from` reads it."""
        return moment_from(self._sent.get(name, ""), name)
