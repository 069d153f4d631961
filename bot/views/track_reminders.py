"""Toggl's own track reminders in a modal: the list, the form of one, and the question before one is deleted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType

from babel.numbers import format_decimal
from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    InputBlock,
    NumberInputElement,
    RadioButtonsElement,
)
from slack_sdk.models.blocks.block_elements import ButtonElement
from slack_sdk.models.views import View

from bot.domain.receivers import Directory
from bot.domain.track_reminders import Every, TrackReminder
from bot.i18n import N_, Mrkdwn, Translator
from bot.views import receiver_pieces as pieces
from bot.views.forms import block_id, input_block, modal
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import actions, context, lines, option, section
from bot.views.receiver_pieces import Deed, Pressed, deed_button, inputs, listed, menu, reached

OFTEN: Mapping[int, str] = MappingProxyType({Every.DAY: N_("Every day"), Every.WEEK: N_("Every week")})


def loading(t: Translator) -> View:
    """What stands in the modal's place while Toggl is asked."""
    return _modal(t, [section(t.md("Looking up the track reminders…"))])


def listing(
    t: Translator,
    reminders: Sequence[TrackReminder],
    directory: Directory,
    *,
    page: int = 0,
    did: Mrkdwn | None = None,
    undo_id: str | None = None,
    problem: Sequence[Mrkdwn] = (),
) -> View:
    """A page of all reminders, counted from 0. `did` tells what was just done, `problem` what was not."""
    rows = [_told(t, each, directory) for each in reminders]
    empty = t.md("Nobody is reminded yet. Create a reminder for those who should track their hours.")
    blocks = pieces.listing(t, rows, empty=empty, page=page, did=did, undo_id=undo_id, problem=problem)
    blocks += [
        actions(
            _button(t("New reminder…"), Pressed(Deed.NEW), style="primary"),
            *pieces.turning(t, Actions.TRACK_REMINDER_DEED, len(rows), page),
        ),
        context(
            t.md("I remind those who have connected Toggl here in Slack, at their own time and on their working days.")
        ),
    ]
    return _modal(t, blocks)


def unread(t: Translator, did: Mrkdwn, *, undo_id: str | None) -> View:
    """What was done, where the list cannot be shown after it."""
    return _modal(
        t,
        [
            pieces.done(t, did, undo_id),
            context(t.md("Toggl does not show the reminders at the moment. Open them again in a minute.")),
        ],
    )


def form(
    t: Translator,
    shown: TrackReminder | None,
    directory: Directory,
    *,
    turn: int = 0,
    problem: Sequence[Mrkdwn] = (),
) -> View:
    """The form of a reminder: filled with `shown`, whose number is 0 for a new one; empty for None."""
    filled = shown or TrackReminder(every=Every.DAY, hours=0)
    blocks: list[Block] = [section(text) for text in problem]
    blocks += [actions(_button(t("Back"), Pressed(Deed.BACK))), _every(t, filled.every, turn), _hours(t, filled, turn)]
    blocks += inputs(t, directory, filled.user_ids, filled.group_ids, turn=turn)
    if filled.email is not None or filled.slack is not None:
        blocks.append(_switches(t, filled, turn))
    return _modal(t, blocks, callback=Callbacks.SAVE_TRACK_REMINDER, submit=t("Save") if filled.id else t("Create"))


def ask_delete(t: Translator, reminder: TrackReminder, directory: Directory, *, problem: Sequence[Mrkdwn] = ()) -> View:
    """What deleting would do."""
    meant = listed(t, directory, reminder.user_ids, reminder.group_ids)
    blocks: list[Block] = [section(text) for text in problem]
    blocks += [
        section(t.md("Delete this reminder?")),
        section(lines((title(t, reminder), meant))),
        section(t.md("Neither Toggl nor I will remind them of it any more. What they tracked stays.")),
        actions(
            _button(t("Delete"), Pressed(Deed.DELETE, reminder.id), style="danger", index=0),
            _button(t("Keep it"), Pressed(Deed.BACK), index=1),
        ),
    ]
    return _modal(t, blocks)


def title(t: Translator, reminder: TrackReminder) -> Mrkdwn:
    """What is demanded."""
    return t.md("*{name}*", name=name(t, reminder))


def name(t: Translator, reminder: TrackReminder) -> str:
    """The same in plain text: what a reminder is called, for it has no name."""
    hours = hours_text(t, reminder.hours)
    if reminder.every == Every.DAY:
        return t("At least {hours} h a day", hours=hours)
    if reminder.every == Every.WEEK:
        return t("At least {hours} h a week", hours=hours)
    return t("At least {hours} h in {days} days", hours=hours, days=reminder.every)


def hours_text(t: Translator, hours: float) -> str:
    """A number of hours, for example `7.5` or `7,5`."""
    return str(format_decimal(hours, locale=t.babel))


def _told(t: Translator, reminder: TrackReminder, directory: Directory) -> Block:
    reach = directory.reach(reminder.user_ids, reminder.group_ids)
    meant = listed(t, directory, reminder.user_ids, reminder.group_ids)
    text = lines((title(t, reminder), meant, reached(t, reach), _by_toggl(t, reminder)))
    return section(text, accessory=menu(t, Actions.TRACK_REMINDER_DEED, reminder.id, reach))


def _by_toggl(t: Translator, reminder: TrackReminder) -> Mrkdwn:
    """Where Toggl itself reminds, and what the bot makes of it."""
    if reminder.slack:
        return t.md(":mute: Toggl reminds them in Slack itself, so I stay silent.")
    if reminder.email:
        return t.md(":email: Toggl sends an e-mail as well.")
    return Mrkdwn()


def _button(text: str, pressed: Pressed, *, style: str | None = None, index: int = 0) -> ButtonElement:
    return deed_button(text, Actions.TRACK_REMINDER_DEED, pressed, style=style, index=index)


def _every(t: Translator, chosen: int, turn: int) -> InputBlock:
    options = [option(t(text), str(int(each))) for each, text in OFTEN.items()]
    initial = next((each for each in options if each.value == str(chosen)), None)
    return input_block(
        t("How often"),
        block_id(Blocks.TRACK_REMINDER_EVERY, turn),
        RadioButtonsElement(action_id=Actions.TRACK_REMINDER_FIELD, options=options, initial_option=initial),
    )


def _hours(t: Translator, filled: TrackReminder, turn: int) -> InputBlock:
    return input_block(
        t("Hours to track"),
        block_id(Blocks.TRACK_REMINDER_HOURS, turn),
        NumberInputElement(
            action_id=Actions.TRACK_REMINDER_FIELD,
            is_decimal_allowed=True,
            min_value="0",
            initial_value=f"{filled.hours:g}" if filled.hours else None,
        ),
        hint=t("Whoever tracked less in that day or week is reminded. Toggl may only show whole hours."),
    )


def _switches(t: Translator, filled: TrackReminder, turn: int) -> InputBlock:
    """Where Toggl itself reminds; only where this Toggl has the switches."""
    offered = {
        "email": option(t("E-mail from Toggl"), "email"),
        "slack": option(
            t("Slack message from Toggl"),
            "slack",
            description=t("Toggl then sends the reminders itself, and I stay silent."),
        ),
    }
    chosen: Collection[str] = [name for name in offered if getattr(filled, name)]
    return input_block(
        t("Also reminded by Toggl itself"),
        block_id(Blocks.TRACK_REMINDER_SWITCHES, turn),
        CheckboxesElement(
            action_id=Actions.TRACK_REMINDER_FIELD,
            options=list(offered.values()),
            initial_options=[offered[name] for name in chosen] or None,
        ),
        optional=True,
    )


def _modal(t: Translator, blocks: list[Block], *, callback: Callbacks | None = None, submit: str | None = None) -> View:
    return modal(t, t("Track reminders"), blocks, callback=callback, submit=submit, close=t("Close"))


VALUES: Mapping[str, Callable[[Translator, float], str]] = MappingProxyType(
    {
        "reminder.frequency": lambda t, said: t(OFTEN[int(said)]) if said in OFTEN else str(said),
        "reminder.threshold": hours_text,
    }
)
"""How the numbers of reminders are said."""
