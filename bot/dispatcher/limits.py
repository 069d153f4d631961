"""How much may be under way for one person, and for one team: enough for work, too little to starve the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from bot.errors import UserError
from bot.i18n import N_

PERSON: Final = 20
"""Requests of one person at a time: somebody who types fast in a picker has four."""
TEAM: Final = 500
"""Requests of one Slack workspace or organization at a time."""


class TooMuchAtOnce(UserError):
    """A person, or their whole team, has more under way than anybody needs."""

    sentence = N_(
        "I am still busy with your other requests, so I did nothing for this one. Please try again in half a minute."
    )


class Limits:
    """Counts what is under way in this process.

    Slack limits how fast people can ask; what hurts others is what takes long: connections to Toggl, and memory.
    """

    def __init__(self, *, person: int = PERSON, team: int = TEAM) -> None:
        self._most = (person, team)
        self._under_way: Counter[tuple[str, str]] = Counter()

    @contextmanager
    def held(self, tenant_id: str, user_id: str) -> Iterator[None]:
        """One request, from its beginning to its end. Raises TooMuchAtOnce."""
        keys = ((tenant_id, user_id), (tenant_id, ""))
        if any(self._under_way[key] >= most for key, most in zip(keys, self._most, strict=True)):
            raise TooMuchAtOnce
        self._under_way.update(keys)
        try:
            yield
        finally:
            self._under_way.subtract(keys)
            for key in keys:
                if not self._under_way[key]:
                    del self._under_way[key]
