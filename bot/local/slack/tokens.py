"""The bot's tokens: one for good or, where the app rotates them, two that live at most, each for twelve hours."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.local.slack.failures import ApiError
from bot.local.slack.ids import Ids
from bot.local.slack.pace import Clock
from bot.local.slack.world import Json

LIFETIME = timedelta(hours=12)
MOST = 2


@dataclass(slots=True)
class Tokens:
    """What the app may call with: `own` until rotated ones were given out."""

    own: str = field(repr=False)
    rotate: bool
    clock: Clock
    ids: Ids
    _ends: dict[str, datetime] = field(default_factory=dict, repr=False)
    _refresh: set[str] = field(default_factory=set, repr=False)

    def give(self) -> Json:
        """A token as oauth.v2.access gives it."""
        if not self.rotate:
            return {"access_token": self.own}
        token, refresh = f"xoxe.xoxb-1-{self.ids.secret()}", f"xoxe-1-{self.ids.secret()}"
        self._ends[token] = self.clock() + LIFETIME
        for oldest in list(self._ends)[:-MOST]:
            del self._ends[oldest]
        self._refresh.add(refresh)
        return {"access_token": token, "refresh_token": refresh, "expires_in": int(LIFETIME.total_seconds())}

    def renew(self, refresh: str) -> Json:
        """The next token for a refresh token, which is good once. Raises ApiError."""
        if refresh not in self._refresh:
            raise ApiError("invalid_refresh_token")
        self._refresh.remove(refresh)
        return self.give()

    def holds(self, token: str) -> bool:
        """Whether the bot may call with `token`."""
        try:
            self.check(token)
        except ApiError:
            return False
        return True

    def check(self, token: str) -> None:
        """Raise ApiError unless the bot may call with `token`."""
        if not self._ends:
            if not hmac.compare_digest(token.encode(), self.own.encode()):
                raise ApiError("invalid_auth")
        elif token not in self._ends:
            raise ApiError("invalid_auth")
        elif self._ends[token] <= self.clock():
            raise ApiError("token_expired")
