"""What Track posts to our address: that it is ours, and that something changed. It is a sign to look, and no more."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from bot.services import project_polls
from bot.services.project_watching import POLL
from bot.store import KeyLost, SealBrokenError, Store, events, webhooks
from bot.toggl.webhooks import is_signed

MODELS = frozenset({"project", "project_user", "project_group"})
"""What a change of concerns who follows projects."""
LONGEST_CODE = 200
OLDEST = timedelta(hours=12)
"""A delivery that is older is not believed: seen ones are remembered for longer than that."""


class UnknownAddress(Exception):
    """Nothing of ours ends so, or not any more."""


class NotSigned(Exception):
    """It was not Track that sent this."""


class NoDelivery(Exception):
    """It is signed, and is no delivery."""


@dataclass(frozen=True, slots=True)
class _Delivery:
    """What is read of a delivery. `code` is to be echoed, where Track asks whether the address is ours."""

    sent_at: datetime | None
    model: str
    code: str | None


async def receive(store: Store, webhook_id: str, body: bytes, signature: str, *, now: datetime) -> str | None:
    """Take one delivery in; the code to echo where Track asks for it. The same delivery again has no effect.

    Raises UnknownAddress, NotSigned, NoDelivery.
    """
    async with store.reading() as db:
        try:
            webhook = await webhooks.find(db, webhook_id)
        except (KeyLost, SealBrokenError):
            webhook = None
    if webhook is None:
        raise UnknownAddress
    if not is_signed(body, webhook.secret, signature):
        raise NotSigned
    delivery = _read(body)
    if delivery.sent_at is not None and abs(now - delivery.sent_at) > OLDEST:
        raise NoDelivery
    async with store.writing() as db:
        if delivery.code is not None:
            await webhooks.validate(db, webhook.id, now=now)
            return delivery.code
        if not await events.first_sight(db, f"toggl:{hashlib.sha256(body).hexdigest()}", now=now):
            return None
        await webhooks.hear(db, webhook.id, now=now)
        if delivery.model in MODELS:
            for schedule in await webhooks.polls(db, webhook, kind=POLL):
                await project_polls.sign(db, schedule, now=now)
    return None


def _read(body: bytes) -> _Delivery:
    try:
        told: Any = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NoDelivery from error
    if not isinstance(told, Mapping):
        raise NoDelivery
    code, metadata = told.get("validation_code"), told.get("metadata")
    asks = told.get("payload") == "ping" and isinstance(code, str) and 0 < len(code) <= LONGEST_CODE
    model = metadata.get("model") if isinstance(metadata, Mapping) else None
    return _Delivery(
        sent_at=_moment(told.get("timestamp") or told.get("created_at")),
        model=model if isinstance(model, str) else "",
        code=code if asks else None,
    )


def _moment(said: Any) -> datetime | None:
    if said is None:
        return None
    try:
        moment = msgspec.convert(said, type=datetime)
    except msgspec.ValidationError as error:
        raise NoDelivery from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
