"""Track's webhooks: subscriptions of a workspace, their validation, and what can be subscribed to."""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import msgspec
from msgspec import UNSET, Meta, UnsetType

from bot.local.toggl.bodies import Name
from bot.local.toggl.call import Answer, Event
from bot.local.toggl.errors import invalid, not_found
from bot.local.toggl.records import Subscription
from bot.local.toggl.workspace_shapes import stamp

if TYPE_CHECKING:
    from bot.local.toggl.call import Call

ENTITIES = (
    "client",
    "project",
    "project_group",
    "project_user",
    "tag",
    "task",
    "time_entry",
    "workspace",
    "workspace_user",
)
ACTIONS = ("created", "updated", "deleted")
MOST = {"free": 1, "starter": 2, "premium": 3}


class Filter(msgspec.Struct, kw_only=True):
    """Which events: `*` is any."""

    entity: str
    action: str


class NewSubscription(msgspec.Struct, kw_only=True):
    """The body that makes or replaces a subscription."""

    url_callback: Annotated[str, Meta(max_length=2_000)]
    event_filters: Annotated[list[Filter], Meta(min_length=1)]
    enabled: bool
    description: Name
    secret: Annotated[str, Meta(max_length=255)] | UnsetType = UNSET


class Enabled(msgspec.Struct, kw_only=True):
    """The body that only turns a subscription on or off."""

    enabled: bool


def event_filters(_call: Call) -> Answer:
    """Every entity with its actions."""
    return Answer(200, {entity: list(ACTIONS) for entity in ENTITIES})


def list_all(call: Call) -> Answer:
    """A bare array."""
    call.require_admin("User does not have access to this resource.")
    return Answer(200, [_shape(call, subscription) for subscription in _of_workspace(call)])


def create(call: Call) -> Answer:
    """A subscription, to be validated: a PING with its `validation_code` goes out at once."""
    call.require_admin("User does not have access to this resource.")
    body = _checked(call)
    if len(_of_workspace(call)) >= MOST[call.workspace.plan]:
        raise invalid(f"maximum number of subscriptions ({MOST[call.workspace.plan]}) reached")
    subscription = Subscription(
        id=call.world.new_id(),
        workspace_id=call.workspace.id,
        creator_id=call.person.id,
        description=body.description,
        url_callback=body.url_callback,
        event_filters=[msgspec.structs.asdict(each) for each in body.event_filters],
        enabled=body.enabled,
        secret=secrets.token_hex(16) if body.secret is UNSET else body.secret,
        validation_code=secrets.token_hex(16),
        created_at=call.now,
        updated_at=call.now,
    )
    call.world.state.subscriptions[subscription.id] = subscription
    _ping(call, subscription)
    return Answer(200, _shape(call, subscription))


def replace(call: Call) -> Answer:
    """Put a subscription; at another address it has to be validated again."""
    subscription = _addressed(call)
    body = _checked(call, other_than=subscription)
    moved = body.url_callback != subscription.url_callback
    changed = msgspec.structs.replace(
        subscription,
        description=body.description,
        url_callback=body.url_callback,
        event_filters=[msgspec.structs.asdict(each) for each in body.event_filters],
        enabled=body.enabled,
        secret=subscription.secret if body.secret is UNSET else body.secret,
        validated_at=None if moved else subscription.validated_at,
        updated_at=call.now,
    )
    call.world.state.subscriptions[subscription.id] = changed
    if moved:
        _ping(call, changed)
    return Answer(200, _shape(call, changed))


def enable(call: Call) -> Answer:
    """Turn a subscription on or off."""
    subscription = _addressed(call)
    subscription.enabled, subscription.updated_at = call.body(Enabled).enabled, call.now
    return Answer(200, _shape(call, subscription))


def delete(call: Call) -> Answer:
    """Forget a subscription."""
    subscription = _addressed(call)
    del call.world.state.subscriptions[subscription.id]
    return Answer(200, _shape(call, subscription))


def ping(call: Call) -> Answer:
    """Send the PING once more."""
    _ping(call, _addressed(call))
    return Answer(200, {"status": "ok"})


def validate(call: Call) -> Answer:
    """Validate by the code of the PING, for who cannot echo it."""
    subscription = _addressed(call)
    if not hmac.compare_digest(call.words["validation_code"].encode(), subscription.validation_code.encode()):
        raise invalid("Invalid validation code")
    subscription.validated_at = call.now
    return Answer(200, {"status": "ok"})


def _ping(call: Call, subscription: Subscription) -> None:
    call.changed.append(Event("ping", "ping", call.workspace.id, {}, to=subscription.id))


def _of_workspace(call: Call) -> list[Subscription]:
    subscriptions = call.world.state.subscriptions.values()
    return [subscription for subscription in subscriptions if subscription.workspace_id == call.workspace.id]


def _addressed(call: Call) -> Subscription:
    call.require_admin("User does not have access to this resource.")
    subscription = call.world.state.subscriptions.get(call.ids["subscription_id"])
    if subscription is None or subscription.workspace_id != call.workspace.id:
        raise not_found("subscription not found")
    return subscription


def _checked(call: Call, *, other_than: Subscription | None = None) -> NewSubscription:
    body = call.body(NewSubscription)
    if any(one is not other_than and one.description == body.description for one in _of_workspace(call)):
        raise invalid("A subscription with this description exists already")
    if urlsplit(body.url_callback).scheme not in {"http", "https"} or not urlsplit(body.url_callback).hostname:
        raise invalid("Invalid url_callback")
    for each in body.event_filters:
        if each.entity not in {"*", *ENTITIES} or each.action not in {"*", *ACTIONS}:
            raise invalid(f"Invalid event filter {each.entity}/{each.action}")
    return body


def _shape(call: Call, subscription: Subscription) -> dict[str, Any]:
    return {
        "subscription_id": subscription.id,
        "workspace_id": call.workspace.track_id,
        "user_id": subscription.creator_id,
        "description": subscription.description,
        "url_callback": subscription.url_callback,
        "event_filters": subscription.event_filters,
        "enabled": subscription.enabled,
        "secret": subscription.secret,
        "validated_at": stamp(subscription.validated_at),
        "has_pending_events": False,
        "created_at": stamp(subscription.created_at),
        "updated_at": stamp(subscription.updated_at),
        "deleted_at": None,
    }
