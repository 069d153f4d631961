"""The app's short-lived permissions: trigger_ids (3 s, once) and response_urls (5 uses in 30 minutes)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from bot.local.slack.ids import Ids
from bot.local.slack.pace import Clock

TRIGGER_LIFETIME = timedelta(seconds=3)
RESPONSE_LIFETIME = timedelta(minutes=30)
MOST_RESPONSES = 5
_FORGET_AFTER = timedelta(hours=1)


class PermitRefused(Exception):
    """A trigger_id or response_url that cannot be used. `code` is Slack's error."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Trigger:
    """What a trigger_id stands for. `view_id` is the view it came from, if any."""

    person_id: str
    issued_at: datetime
    view_id: str | None = None
    used: bool = False


@dataclass(slots=True)
class Response:
    """What a response_url stands for. `message_ts` is the message acted on; `private` whether that is ephemeral."""

    person_id: str
    channel_id: str
    issued_at: datetime
    origin: Literal["command", "message", "view"]
    thread_ts: str | None = None
    message_ts: str | None = None
    private: bool = True
    uses: int = 0


@dataclass(slots=True)
class Permits:
    """Every permission that was given out."""

    clock: Clock
    ids: Ids
    _triggers: dict[str, Trigger] = field(default_factory=dict, repr=False)
    _responses: dict[str, Response] = field(default_factory=dict, repr=False)

    def issue_trigger(self, person_id: str, view_id: str | None = None) -> str:
        """A trigger_id that lives 3 seconds."""
        now = self.clock()
        self._triggers = {
            name: trigger for name, trigger in self._triggers.items() if now - trigger.issued_at < _FORGET_AFTER
        }
        trigger_id = f"{self.ids.ts().replace('.', '')}.{self.ids.ts().split('.')[1]}.{self.ids.secret()}"
        self._triggers[trigger_id] = Trigger(person_id, now, view_id)
        return trigger_id

    def redeem_trigger(self, trigger_id: object) -> Trigger:
        """Use a trigger_id up. Raises PermitRefused: unknown, used before, or older than 3 seconds."""
        trigger = self._triggers.get(trigger_id) if isinstance(trigger_id, str) else None
        if trigger is None:
            raise PermitRefused("invalid_trigger_id")
        if trigger.used:
            raise PermitRefused("exchanged_trigger_id")
        if self.clock() - trigger.issued_at > TRIGGER_LIFETIME:
            raise PermitRefused("expired_trigger_id")
        trigger.used = True
        return trigger

    def issue_response(self, response: Response) -> str:
        """The secret part of a response_url for `response`."""
        now = self.clock()
        self._responses = {name: kept for name, kept in self._responses.items() if now - kept.issued_at < _FORGET_AFTER}
        secret = self.ids.secret()
        self._responses[secret] = response
        return secret

    def use_response(self, secret: str) -> Response:
        """Count one use of a response_url. Raises PermitRefused: unknown, older than 30 minutes, or used 5 times."""
        response = self._responses.get(secret)
        if response is None or self.clock() - response.issued_at > RESPONSE_LIFETIME:
            raise PermitRefused("expired_url")
        if response.uses >= MOST_RESPONSES:
            raise PermitRefused("used_url")
        response.uses += 1
        return response
