"""Companions: subscriptions to what happens in a workspace, which Track posts to an address. Focus has none."""

from __future__ import annotations

import hashlib
import hmac
from typing import Unpack

from bot.toggl.models.admin_requests import SubscriptionFields
from bot.toggl.models.webhooks import WebhookSubscription
from bot.toggl.operations import (
    CREATE_SUBSCRIPTION,
    DELETE_SUBSCRIPTION,
    ENABLE_SUBSCRIPTION,
    LIST_EVENT_FILTERS,
    LIST_SUBSCRIPTIONS,
    PING_SUBSCRIPTION,
    REPLACE_SUBSCRIPTION,
    VALIDATE_SUBSCRIPTION,
)
from bot.toggl.scope import Scope

SIGNATURE_HEADER = "X-Webhook-Signature-256"


def is_signed(body: bytes, secret: str, signature: str) -> bool:
    """Whether the raw `body` of a delivery carries the right `SIGNATURE_HEADER`: `sha256=` and the HMAC in hex."""
    expected = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode(errors="replace"))


class Webhooks:
    """`ws.webhooks`. A plan has one (Free), two (Starter) or three (Premium) subscriptions a workspace."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def list_event_filters(self) -> dict[str, tuple[str, ...]]:
        """The actions that each entity can be subscribed for."""
        return (await self._scope.call(LIST_EVENT_FILTERS)).object(dict[str, tuple[str, ...]])

    async def list(self) -> tuple[WebhookSubscription, ...]:
        """All subscriptions of the workspace."""
        return (await self._scope.call(LIST_SUBSCRIPTIONS)).array(WebhookSubscription)

    async def create(self, **subscription: Unpack[SubscriptionFields]) -> WebhookSubscription:
        """Subscribe. It counts once the PING that comes at once was answered with its `validation_code`."""
        return (await self._scope.call(CREATE_SUBSCRIPTION, body=subscription)).object(WebhookSubscription)

    async def replace(self, subscription_id: int, /, **subscription: Unpack[SubscriptionFields]) -> WebhookSubscription:
        """Save a subscription as a whole; a new address has to be validated again."""
        received = await self._scope.call(REPLACE_SUBSCRIPTION, body=subscription, subscription_id=subscription_id)
        return received.object(WebhookSubscription)

    async def enable(self, subscription_id: int, *, enabled: bool) -> None:
        """Turn a subscription on or off."""
        await self._scope.call(ENABLE_SUBSCRIPTION, body={"enabled": enabled}, subscription_id=subscription_id)

    async def delete(self, subscription_id: int) -> None:
        """End a subscription."""
        await self._scope.call(DELETE_SUBSCRIPTION, subscription_id=subscription_id)

    async def ping(self, subscription_id: int) -> None:
        """Have the PING sent again."""
        await self._scope.call(PING_SUBSCRIPTION, subscription_id=subscription_id)

    async def validate(self, subscription_id: int, validation_code: str) -> None:
        """Validate by the PING's code, where the address cannot echo it."""
        await self._scope.call(VALIDATE_SUBSCRIPTION, subscription_id=subscription_id, validation_code=validation_code)
