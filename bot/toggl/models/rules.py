"""What an admin sets up in Track: rates, alerts, reminders. Timestamps as Toggl wrote them: no format is stated."""

from decimal import Decimal

from bot.toggl.models.answer import Answer, Hours


class Rate(Answer, frozen=True, kw_only=True):
    """What an hour costs or earns, from `start` on; which id is set tells the level."""

    id: int | None = None
    amount: Decimal | None = None
    type: str | None = None
    start: str | None = None
    end: str | None = None
    rate_change_mode: str | None = None
    workspace_id: int | None = None
    workspace_user_id: int | None = None
    project_id: int | None = None
    project_user_id: int | None = None
    planned_task_id: int | None = None
    creator_id: int | None = None
    created_at: str | None = None
    updated_at: str | None = None
    deleted_at: str | None = None


class AlertProblem(Answer, frozen=True, kw_only=True):
    """What is wrong with an alert."""

    code: str | None = None
    message: str | None = None


class Alert(Answer, frozen=True, kw_only=True):
    """An alert on a project. What the numbers of kinds and types mean is open.

    `receiver_users`, `receiver_groups`, `receiver_roles` and `thresholds` come as lists or as texts.
    """

    id: int | None = None
    wid: int | None = None
    workspace_id: int | None = None
    project_id: int | None = None
    project_name: str | None = None
    project_color: str | None = None
    client_id: int | None = None
    client_name: str | None = None
    errors: tuple[AlertProblem, ...] | None = None
    object_type: int | str | None = None
    receivers: int | str | None = None
    receiver_users: tuple[int | str, ...] | str | None = None
    receiver_groups: tuple[int | str, ...] | str | None = None
    receiver_roles: tuple[int | str, ...] | str | None = None
    source_kind: int | str | None = None
    threshold: float | None = None
    threshold_type: str | int | None = None
    thresholds: tuple[float | str, ...] | str | None = None


class TrackReminder(Answer, frozen=True, kw_only=True):
    """Toggl's own reminder: `threshold` hours each `frequency` days (1 daily, 7 weekly), for people and groups.

    Where `slack_reminder_enabled` (2026) is on, Toggl reminds in Slack itself.
    """

    reminder_id: int | None = None
    workspace_id: int | None = None
    frequency: int | None = None
    threshold: Hours | None = None
    user_ids: tuple[int, ...] | None = None
    group_ids: tuple[int, ...] | None = None
    created_at: str | None = None
    email_reminder_enabled: bool | None = None
    slack_reminder_enabled: bool | None = None
