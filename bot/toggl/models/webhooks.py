"""Subscriptions to Track's webhooks."""

from bot.toggl.models.answer import Answer


class EventFilter(Answer, frozen=True, kw_only=True):
    """Which events: an entity such as `project` and an action such as `created`; `*` is any."""

    entity: str | None = None
    action: str | None = None


class WebhookSubscription(Answer, frozen=True, kw_only=True):
    """Where Track sends a workspace's events. It counts once `validated_at` is set. `secret` signs what is sent."""

    hidden = frozenset({"secret"})

    subscription_id: int | None = None
    workspace_id: int | None = None
    user_id: int | None = None
    description: str | None = None
    url_callback: str | None = None
    event_filters: tuple[EventFilter, ...] | None = None
    enabled: bool | None = None
    secret: str | None = None
    has_pending_events: bool | None = None
    validated_at: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    deleted_at: str | None = None
