"""The reminders themselves, as direct messages: what is missing or running, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, StaticSelectElement
from slack_sdk.models.blocks.block_elements import InteractiveElement

from bot.domain.reminders import SNOOZES, Rule, Shortfall
from bot.domain.track_reminders import Every
from bot.domain.tracking import Entry, Task
from bot.i18n import Mrkdwn, Translator
from bot.views import reminder_words as words
from bot.views.choices import entry_name
from bot.views.ids import Actions
from bot.views.kit import actions, button, context, option, plain, section
from bot.views.messages import Message
from bot.views.timer import running_buttons, start_button, where

_RECENTS = 3


def short(t: Translator, missing: Shortfall, rule: Rule, *, subject: str, running: Entry | None = None) -> Message:
    """Less is tracked than the person wanted. `subject` is what *Snooze* puts off."""
    said = _tracked(t, missing)
    return Message(
        said,
        (
            section(said),
            *_counted(t, running),
            actions(*_track(t, running), *_quiet(t, subject)),
            context(_why(t, rule)),
        ),
    )


def asked(t: Translator, missing: Shortfall, workspace: str, *, subject: str, running: Entry | None = None) -> Message:
    """Less is tracked than one of Toggl's own reminders asks for."""
    every = Every.WEEK if missing.weekly else Every.DAY
    said = Mrkdwn(_tracked(t, missing) + " " + words.asks(t, every, missing.wanted, workspace))
    note = t.md(
        "This reminder was set up in Toggl; nobody else sees it. `{track} remind` changes its time or turns it off."
    )
    return Message(
        said,
        (section(said), *_counted(t, running), actions(*_track(t, running), *_quiet(t, subject)), context(note)),
    )


def overran(t: Translator, running: Entry, rule: Rule, *, subject: str) -> Message:
    """A timer runs for longer than the person wanted."""
    elapsed = running.elapsed(t.now) if t.now else None
    said = t.md(
        "*{task}* has been running for *{elapsed}*, since {at}. Is that right?",
        task=entry_name(running),
        elapsed=elapsed,
        at=running.started_at,
    )
    return Message(
        said,
        (
            section(said),
            *where(t, running.task),
            actions(*running_buttons(t, running)),
            actions(*_quiet(t, subject)),
            context(_why(t, rule)),
        ),
    )


def idle(t: Translator, rule: Rule, *, subject: str, recents: Sequence[Task] = ()) -> Message:
    """No timer runs at the time at which the person wanted to know; what could be started with one click."""
    said = t.md("*No timer is running.*")
    starts = [start_button(t, task, n) for n, task in enumerate(recents[:_RECENTS])]
    blocks: list[Block] = [section(said)]
    if starts:
        blocks += [context(t.md("Start again:")), actions(*starts)]
    blocks += [actions(*_track(t, None), *_quiet(t, subject)), context(_why(t, rule))]
    return Message(said, tuple(blocks))


def put_off(t: Translator, until: datetime) -> Message:
    """In the place of a reminder: when it is looked at again."""
    said = t.md("Snoozed until {at}. If there is nothing left to remind you of by then, I will stay quiet.", at=until)
    off = button(t("Off today"), Actions.REMINDERS_OFF_TODAY)
    return Message(said, (section(said), actions(*_track(t, None), off)))


def reconnect(t: Translator, product: str) -> Message:
    """Toggl does not take the person's credential any more: reminders and the like rest."""
    said = t.md(
        (
            "{product} no longer accepts your key, so I cannot look anything up for you. Your reminders, and what "
            "channels follow through your account, are on hold until you reconnect; then they continue by themselves."
        ),
        product=product,
    )
    return Message(said, (section(said), actions(button(t("Reconnect"), Actions.CONNECT, style="primary"))))


def _tracked(t: Translator, missing: Shortfall) -> Mrkdwn:
    """How much is tracked, and how much is missing."""
    values = {"tracked": missing.tracked, "wanted": missing.wanted, "missing": missing.missing}
    if missing.weekly:
        if not missing.tracked:
            return t.md("You have not tracked anything yet this week: *{wanted}* missing.", **values)
        return t.md("You have tracked *{tracked}* of {wanted} this week: *{missing}* missing.", **values)
    day = missing.period.first
    if t.now is not None and day != t.now.astimezone(t.zone).date():
        return t.md(
            "{day}: *{tracked}* of {wanted} tracked, *{missing}* missing.", day=t.dated(day, "MMMMEEEEd"), **values
        )
    if not missing.tracked:
        return t.md("You have not tracked anything yet today: *{wanted}* missing.", **values)
    return t.md("You have tracked *{tracked}* of {wanted} today: *{missing}* missing.", **values)


def _counted(t: Translator, running: Entry | None) -> list[Block]:
    if running is None:
        return []
    return [
        context(
            t.md(
                "*{task}* has been running since {at} and counts until now.",
                task=entry_name(running),
                at=running.started_at,
            )
        )
    ]


def _track(t: Translator, running: Entry | None) -> list[InteractiveElement]:
    start = t("Start…") if running is None else t("Switch…")
    return [
        button(start, Actions.OPEN_START, style="primary" if running is None else None),
        button(t("Log time…"), Actions.OPEN_LOG),
    ]


def _quiet(t: Translator, subject: str) -> list[InteractiveElement]:
    options = [option(t.duration(length), f"{subject}:{int(length.total_seconds() // 60)}") for length in SNOOZES]
    snooze = StaticSelectElement(action_id=Actions.SNOOZE, placeholder=plain(t("Snooze…"), 150), options=options)
    return [snooze, button(t("Off today"), Actions.REMINDERS_OFF_TODAY)]


def _why(t: Translator, rule: Rule) -> Mrkdwn:
    return t.md("You asked for this reminder: {what}. `{track} remind` changes it.", what=words.rule(t, rule))
