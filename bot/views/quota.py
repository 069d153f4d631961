"""What is left of the hourly calls to Toggl."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.quotas import CallsLeft
from bot.i18n import Mrkdwn, Translator
from bot.views.kit import context, lines, section
from bot.views.messages import Message

_SHOWN = 20


def left(t: Translator, quotas: Sequence[CallsLeft]) -> Message:
    """Each organization with what is left there, and when the hour is over."""
    note = context(t.md("Most commands take one call, some two. Lists are kept for 10 minutes, to save your calls."))
    if not quotas:
        said = t.md(
            "Toggl has not said yet how many of your hourly calls are left: it does with every answer. Try `{track}`."
        )
        return Message(said, (section(said), note))
    said = Mrkdwn(lines(_line(t, quota) for quota in quotas[:_SHOWN]))
    return Message(said, (section(said), note))


def _line(t: Translator, quota: CallsLeft) -> str:
    place = ", ".join(quota.workspaces) or t("Organization {number}", number=str(quota.organization_id))
    if quota.total is None:
        return t.md(
            "*{place}:* {remaining} calls to Toggl left until {at}.",
            place=place,
            remaining=quota.remaining,
            at=quota.resets_at,
        )
    return t.md(
        "*{place}:* {remaining} of {total} calls to Toggl left until {at}.",
        place=place,
        remaining=quota.remaining,
        total=quota.total,
        at=quota.resets_at,
    )
