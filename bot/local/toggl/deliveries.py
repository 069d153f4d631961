"""Webhooks on their way out: the PING that validates an address, and signed events."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import msgspec

from bot.local.toggl.workspace_shapes import stamp

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.local.toggl.call import Event
    from bot.local.toggl.records import Subscription
    from bot.local.toggl.world import World

PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Delivered:
    """One attempt: the body that was sent, and the status that came back (None: nobody was there)."""

    url: str
    body: dict[str, Any]
    status: int | None


class Deliveries:
    """What was sent, and what is being sent. Each event is tried once."""

    def __init__(self) -> None:
        self.done: list[Delivered] = []
        self._under_way: set[asyncio.Task[None]] = set()

    def send(self, events: Iterable[Event], world: World, now: datetime) -> None:
        """Send `events` to whom they concern, without waiting; nothing is sent where no loop runs."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        for event in events:
            for subscription in world.state.subscriptions.values():
                if _concerns(event, subscription):
                    body = _body(event, subscription, world, now)
                    task = loop.create_task(self._deliver(subscription, body, now))
                    self._under_way.add(task)
                    task.add_done_callback(self._under_way.discard)

    async def settled(self) -> None:
        """Wait until nothing is under way."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    async def _deliver(self, subscription: Subscription, body: dict[str, Any], now: datetime) -> None:
        raw = msgspec.json.encode(body)
        signature = hmac.new(subscription.secret.encode(), raw, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Webhook-Signature-256": f"sha256={signature}"}
        status: int | None = None
        try:
            async with httpx.AsyncClient(timeout=PATIENCE) as client:
                response = await client.post(subscription.url_callback, content=raw, headers=headers)
            status = response.status_code
            if body["payload"] == "ping" and response.is_success and _echoes(response, subscription):
                subscription.validated_at = now
        except httpx.HTTPError:
            status = None
        self.done.append(Delivered(subscription.url_callback, body, status))


def _concerns(event: Event, subscription: Subscription) -> bool:
    if event.to is not None:
        return subscription.id == event.to
    return (
        subscription.workspace_id == event.workspace_id
        and subscription.enabled
        and subscription.validated_at is not None
        and any(
            each["entity"] in {"*", event.entity} and each["action"] in {"*", event.action}
            for each in subscription.event_filters
        )
    )


def _body(event: Event, subscription: Subscription, world: World, now: datetime) -> dict[str, Any]:
    track_id = world.state.workspaces[subscription.workspace_id].track_id
    body: dict[str, Any] = {
        "event_id": world.new_id(),
        "created_at": stamp(now),
        "creator_id": subscription.creator_id,
        "subscription_id": subscription.id,
        "timestamp": stamp(now),
        "url_callback": subscription.url_callback,
    }
    if event.to is not None:
        path = f"/webhooks/api/v1/validate/{track_id}/{subscription.id}/{subscription.validation_code}"
        validation = {"validation_code": subscription.validation_code, "validation_code_url": path}
        return body | {"metadata": {"request_type": "POST", "event_user_id": None}, "payload": "ping"} | validation
    metadata = {"action": event.action, "model": event.entity, "workspace_id": str(track_id)}
    return body | {"metadata": metadata, "payload": event.payload}


def _echoes(response: httpx.Response, subscription: Subscription) -> bool:
    try:
        answer = msgspec.json.decode(response.content)
    except (msgspec.MsgspecError, ValueError):
        return False
    return isinstance(answer, dict) and answer.get("validation_code") == subscription.validation_code
