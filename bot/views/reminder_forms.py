"""The forms of reminders: one to make or change each kind, one for days and times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    InputBlock,
    PlainTextInputElement,
    StaticSelectElement,
    TimePickerElement,
)
from slack_sdk.models.views import View

from bot.domain.recurrence import EVERY_DAY
from bot.domain.reminders import IDLE_AT, UNDER_AT, Idle, Preferences, Rule, Running, Under
from bot.i18n import Translator
from bot.views.forms import input_block, modal
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import context, option
from bot.views.project_inputs import estimate_text
from bot.views.reminders import IDLE, RUNNING, UNDER

_SIX, _NINE = timedelta(hours=6), timedelta(hours=9)


def form(t: Translator, kind: str, mine: Preferences, *, rule: Rule | None = None) -> View:
    """A reminder of this kind, filled with `rule` if it is to be changed. Raises KeyError for another kind."""
    blocks = {UNDER: _under, RUNNING: _running, IDLE: _idle}[kind](t, mine, rule)
    return modal(
        t, t("Change reminder") if rule else t("New reminder"), blocks, callback=Callbacks.REMINDER, submit=t("Save")
    )


def kind_of(rule: Rule) -> str:
    """Which form a reminder has."""
    return UNDER if isinstance(rule, Under) else IDLE if isinstance(rule, Idle) else RUNNING


def habits(t: Translator, mine: Preferences) -> View:
    """When the person works, and when they want to hear of what their workspace asks for."""
    named = [option(t.weekdays((day,)), str(day)) for day in EVERY_DAY]
    blocks: list[Block] = [
        _days(t, t("Your working days"), mine.working_days, t("Reminders “on working days” follow them.")),
        input_block(
            t("Daily reminders of your workspace at"),
            Blocks.REMINDER_DAILY,
            TimePickerElement(action_id=Actions.REMINDER_FIELD, initial_time=_clock(mine.daily_at)),
        ),
        input_block(
            t("Weekly reminders of your workspace on"),
            Blocks.REMINDER_WEEKDAY,
            StaticSelectElement(action_id=Actions.REMINDER_FIELD, options=named, initial_option=named[mine.weekly_on]),
        ),
        input_block(
            t("Weekly at"),
            Blocks.REMINDER_WEEKLY,
            TimePickerElement(action_id=Actions.REMINDER_FIELD, initial_time=_clock(mine.weekly_at)),
        ),
        context(t.md("Those are reminders that an admin set up in Toggl. Times are in your own time zone.")),
    ]
    return modal(t, t("Days and times"), blocks, callback=Callbacks.REMINDER_HABITS, submit=t("Save"))


def _under(t: Translator, mine: Preferences, rule: Rule | None) -> Sequence[Block]:
    old = rule if isinstance(rule, Under) else Under(_SIX)
    return [
        _hours(t, t("Remind me if I have tracked less than"), old.hours, t("For example 6h or 7:30.")),
        _at(t, old.at if rule else UNDER_AT),
        _on(t, mine, old.days),
        _note(t),
    ]


def _idle(t: Translator, mine: Preferences, rule: Rule | None) -> Sequence[Block]:
    old = rule if isinstance(rule, Idle) else Idle(IDLE_AT)
    return [_at(t, old.at, label=t("Remind me if no timer is running at")), _on(t, mine, old.days), _note(t)]


def _running(t: Translator, mine: Preferences, rule: Rule | None) -> Sequence[Block]:
    del mine
    old = rule if isinstance(rule, Running) else Running(_NINE)
    return [
        _hours(t, t("Remind me if a timer has been running for more than"), old.over, t("For example 9h or 90m.")),
        context(t.md("On any day, but never during Do Not Disturb. You are reminded once per timer.")),
    ]


def _hours(t: Translator, label: str, length: timedelta, hint: str) -> InputBlock:
    del t
    minutes = int(length.total_seconds() // 60)
    element = PlainTextInputElement(
        action_id=Actions.REMINDER_FIELD, initial_value=estimate_text(minutes), max_length=20, focus_on_load=True
    )
    return input_block(label, Blocks.REMINDER_HOURS, element, hint=hint)


def _at(t: Translator, at: time, *, label: str = "") -> InputBlock:
    element = TimePickerElement(action_id=Actions.REMINDER_FIELD, initial_time=_clock(at))
    return input_block(label or t("At"), Blocks.REMINDER_AT, element, hint=t("In your own time zone."))


def _on(t: Translator, mine: Preferences, days: tuple[int, ...] | None) -> InputBlock:
    chosen = mine.working_days if days is None else days
    return _days(
        t,
        t("On"),
        chosen,
        t("Your working days are already selected. “Days and times…” changes which days those are."),
    )


def _days(t: Translator, label: str, chosen: Sequence[int], hint: str) -> InputBlock:
    ordered = sorted(EVERY_DAY, key=lambda day: (day - t.first_weekday) % len(EVERY_DAY))
    offered = {day: option(t.weekdays((day,)), str(day)) for day in ordered}
    element = CheckboxesElement(
        action_id=Actions.REMINDER_FIELD,
        options=list(offered.values()),
        initial_options=[offered[day] for day in ordered if day in chosen] or None,
    )
    return input_block(label, Blocks.REMINDER_DAYS, element, hint=hint)


def _note(t: Translator) -> Block:
    return context(t.md("Never during Do Not Disturb, on public holidays or on your time off."))


def _clock(at: time) -> str:
    return f"{at:%H:%M}"
