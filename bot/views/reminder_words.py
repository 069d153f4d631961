"""How reminders are said: what they wait for, on which days, when they come next."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.my_reminders import Asked, Reminder
from bot.domain.recurrence import EVERY_DAY, WORKDAYS
from bot.domain.reminders import Idle, Preferences, Rule, Running, Under
from bot.domain.track_reminders import Every
from bot.i18n import Mrkdwn, Translator


def rule(t: Translator, said: Rule) -> Mrkdwn:
    """What the reminder waits for: `less than *6 h* tracked at 17:00, on working days`."""
    match said:
        case Under(hours, at, days):
            return t.md("less than *{hours}* tracked at {at}, {days}", hours=hours, at=t.clock(at), days=on(t, days))
        case Idle(at, days):
            return t.md("no timer running at {at}, {days}", at=t.clock(at), days=on(t, days))
        case Running(over):
            return t.md("a timer running for more than *{over}*", over=over)


def on(t: Translator, days: tuple[int, ...] | None) -> str:
    """On which days; None are the person's working days."""
    if days is None:
        return t("on working days")
    if days == EVERY_DAY:
        return t("every day")
    if days == WORKDAYS:
        return t("Monday to Friday")
    return t("on {days}", days=t.weekdays(days))


def line(t: Translator, reminder: Reminder) -> Mrkdwn:
    """A reminder in a list, with when it comes next."""
    words = rule(t, reminder.rule)
    capital = Mrkdwn(words[:1].upper() + words[1:])
    return _with_next(t, capital, reminder.next_at)


def asked_line(t: Translator, asked: Asked) -> Mrkdwn:
    """What the person's workspace asks for, with when they are reminded of it next."""
    return _with_next(t, asks(t, asked.every, asked.hours, asked.workspace), asked.next_at)


def asks(t: Translator, every: Every, hours: timedelta, workspace: str) -> Mrkdwn:
    """What a workspace asks for."""
    name = workspace or t("Your workspace")
    if every is Every.WEEK:
        return t.md("*{workspace}* asks for {hours} a week.", workspace=name, hours=hours)
    return t.md("*{workspace}* asks for {hours} a day.", workspace=name, hours=hours)


def habits(t: Translator, mine: Preferences) -> Mrkdwn:
    """When a person works, and when they hear of what their workspace asks for."""
    return t.md(
        "Working days: {days}. What your workspace asks for: daily at {daily}, weekly on {weekday} at {weekly}.",
        days=t.weekdays(mine.working_days) if mine.working_days != WORKDAYS else t("Monday to Friday"),
        daily=t.clock(mine.daily_at),
        weekday=t.weekdays((mine.weekly_on,)),
        weekly=t.clock(mine.weekly_at),
    )


def _with_next(t: Translator, said: Mrkdwn, next_at: datetime | None) -> Mrkdwn:
    return said if next_at is None else t.md("{said}\n_Next: {at}_", said=said, at=next_at)
