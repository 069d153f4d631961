"""What the owner of a schedule is told when it had to be paused."""

from __future__ import annotations

from datetime import datetime

from bot.i18n import N_, Mrkdwn, Translator
from bot.views import kit
from bot.views.ids import Actions
from bot.views.messages import Message

IN_CHANNEL = N_("I paused *{name}* in {channel}. {reason}")
FOR_PERSON = N_("I paused *{name}*. {reason}")


def paused(t: Translator, *, name: str, reason: str, schedule_id: int, channel_id: str | None) -> Message:
    """It is paused, why, and the button that takes it up again. `name` and `reason` are sentences to translate."""
    values = {"name": t(name), "reason": t.md(reason)}
    text = t.md(IN_CHANNEL, channel=Mrkdwn(f"<#{channel_id}>"), **values) if channel_id else t.md(FOR_PERSON, **values)
    resume = kit.button(t("Resume"), Actions.RESUME_SCHEDULE, value=str(schedule_id))
    return Message(text, (kit.section(text), kit.actions(resume)))


def resumed(t: Translator, *, channel_id: str | None, at: datetime) -> Message:
    """It goes on: where, and when next."""
    if channel_id:
        return Message(t.md("Resumed in {channel}. Next: {at}.", channel=Mrkdwn(f"<#{channel_id}>"), at=at))
    return Message(t.md("Resumed. Next: {at}.", at=at))
