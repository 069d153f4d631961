"""Requests that Slack never sent in this form: with another's button, another's form, or sent once more."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx

from bot.local.slack.world import View
from tests.road import CHANNEL, SIGNING_SECRET, TEAM, Road


@dataclass(frozen=True)
class Forged:
    """A request as it goes over the wire."""

    body: bytes
    headers: Mapping[str, str]

    async def send(self, road: Road) -> httpx.Response:
        """Send it; sending it again is a replay."""
        async with httpx.AsyncClient() as client:
            return await client.post(f"{road.bot_url}/slack/events", content=self.body, headers=dict(self.headers))


def press(person: str, action_id: str, value: str, *, secret: str = SIGNING_SECRET, age: float = 0) -> Forged:
    """A button that `person` presses under some message; `age` is how long ago it was signed, in seconds."""
    payload = {
        "type": "block_actions",
        "actions": [{"type": "button", "action_id": action_id, "block_id": "b", "value": value}],
        "channel": {"id": CHANNEL},
        "container": {"type": "message", "message_ts": "1.2", "channel_id": CHANNEL},
    }
    return _signed(person, payload, secret, age)


def press_in(person: str, data: Mapping[str, Any], action_id: str, value: str) -> Forged:
    """A button that `person` presses in a modal that holds `data`."""
    payload = {
        "type": "block_actions",
        "actions": [{"type": "button", "action_id": action_id, "block_id": "b", "value": value}],
        "container": {"type": "view", "view_id": "VFORGED"},
        "view": _view("", data, {}),
    }
    return _signed(person, payload, SIGNING_SECRET, 0)


def form(person: str, callback_id: str, data: Mapping[str, Any], state: Mapping[str, Any]) -> Forged:
    """A form that `person` sends, made up as a whole: `data` is what its modal holds, `state` what was entered."""
    payload = {"type": "view_submission", "view": _view(callback_id, data, state)}
    return _signed(person, payload, SIGNING_SECRET, 0)


def submission(person: str, view: View, state: Mapping[str, Any], *, secret: str = SIGNING_SECRET) -> Forged:
    """A form that `person` sends, with what is in `state` (`view.state.values`) and the data that `view` has."""
    sent = {
        "id": view.id,
        "hash": "1.forged",
        "type": "modal",
        "callback_id": view.callback_id,
        "private_metadata": view.private_metadata,
        "title": {"type": "plain_text", "text": "Forged"},
        "blocks": view.blocks,
        "state": {"values": state},
    }
    return _signed(person, {"type": "view_submission", "view": sent}, secret, 0)


def _view(callback_id: str, data: Mapping[str, Any], state: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": "VFORGED",
        "hash": "1.forged",
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": json.dumps({"origin": {"channel": CHANNEL}, "data": data}),
        "title": {"type": "plain_text", "text": "Forged"},
        "blocks": [],
        "state": {"values": state},
    }


def _signed(person: str, payload: Mapping[str, Any], secret: str, age: float) -> Forged:
    whole = {
        "user": {"id": person, "team_id": TEAM},
        "team": {"id": TEAM},
        "trigger_id": f"forged.{time.monotonic_ns()}",
    }
    body = urlencode({"payload": json.dumps({**whole, **payload})}).encode()
    signed_at = str(int(time.time() - age))
    mark = hmac.new(secret.encode(), f"v0:{signed_at}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": signed_at,
        "x-slack-signature": f"v0={mark}",
    }
    return Forged(body, headers)
