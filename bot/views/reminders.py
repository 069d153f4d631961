"""A person's reminders: the list with its buttons, and what was changed of them."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, DividerBlock
from slack_sdk.models.blocks.block_elements import ButtonElement

from bot.domain.my_reminders import Mine, Reminder
from bot.domain.reminders import Rule, Running
from bot.i18n import Mrkdwn, Translator
from bot.views import reminder_words as words
from bot.views.ids import Actions
from bot.views.kit import actions, button, confirm, context, header, lines, option, overflow, section
from bot.views.messages import Message
from bot.views.timer import undo

CHANGE, REMOVE = "change", "remove"
UNDER, RUNNING, IDLE = "under", "running", "idle"
LIST = "list"
"""The value of a button that stands under the list, not under a reminder: the list is shown in its place again."""


def overview(t: Translator, mine: Mine, *, said: Mrkdwn | None = None, undo_id: str | None = None) -> Message:
    """All of a person's reminders; `said` tells what was just done."""
    told = said or _headline(t, mine)
    blocks: list[Block] = []
    if said:
        blocks.append(section(said, accessory=undo(t, undo_id) if undo_id else None))
    elif mine.reminders or mine.asked:
        blocks.append(section(t.md("*Your reminders*")))
    blocks += listed(t, mine, told=said is not None)
    blocks.append(context(_how(t)))
    return Message(told, tuple(blocks))


def new(t: Translator, mine: Mine, reminder: Reminder, *, undo_id: str, changed: bool = False) -> Message:
    """A reminder was made, or changed into this one."""
    what = words.rule(t, reminder.rule)
    if changed:
        said = t.md("Changed. I will now remind you in a direct message of: {what}.", what=what)
    else:
        said = t.md("I will remind you in a direct message of: {what}.", what=what)
    if reminder.next_at:
        said = Mrkdwn(said + " " + t.md("Next: {at}.", at=reminder.next_at))
    notes = [*_silence(t, mine), _except(t, reminder.rule)]
    row = actions(undo(t, undo_id), button(t("My reminders"), Actions.REMINDERS))
    return Message(said, (section(said), context(*notes), row))


def removed(t: Translator, mine: Mine, rules: Sequence[Rule], *, undo_id: str) -> Message:
    """Reminders were removed; those that are left."""
    return overview(t, mine, said=removed_words(t, rules), undo_id=undo_id)


def removed_words(t: Translator, rules: Sequence[Rule]) -> Mrkdwn:
    """That reminders were removed: the one, or how many."""
    if len(rules) == 1:
        return t.md("Removed: {what}.", what=words.rule(t, rules[0]))
    return Mrkdwn(t.plural("Removed {n} reminder.", "Removed {n} reminders.", len(rules)))


def undone(t: Translator, *, made: Rule | None, back: Sequence[Rule]) -> Message:
    """A change of one's reminders was taken back."""
    parts = []
    if made is not None:
        parts.append(t.md("Undone: I will no longer remind you of: {what}.", what=words.rule(t, made)))
    if back:
        there = "; ".join(words.rule(t, rule) for rule in back)
        parts.append(t.md("Undone: I will remind you again of: {what}.", what=Mrkdwn(there)))
    said = Mrkdwn(lines(parts)) or t.md("Undone.")
    return Message(said, (section(said), actions(button(t("My reminders"), Actions.REMINDERS))))


def off_today_words(t: Translator) -> Mrkdwn:
    """That nothing comes for the rest of the day."""
    return t.md("No more reminders today. They continue tomorrow.")


def off_words(t: Translator) -> Mrkdwn:
    """That nothing comes until the person wants it."""
    return t.md("I will not remind you of anything until you press *Remind me again*.")


def on_words(t: Translator) -> Mrkdwn:
    """That reminders come again."""
    return t.md("I will remind you again.")


def workspace_words(t: Translator, *, hears: bool) -> Mrkdwn:
    """Whether the person hears of what their workspace asks for."""
    if hears:
        return t.md("I will remind you again of what your workspace asks for.")
    return t.md("I will no longer remind you of what your workspace asks for. Your own reminders continue.")


def silenced(t: Translator, said: Mrkdwn) -> Message:
    """In the place of a reminder: that no more come, and how they do."""
    return Message(said, (section(said), actions(_again(t), button(t("My reminders"), Actions.REMINDERS))))


def listed(t: Translator, mine: Mine, *, told: bool = False) -> list[Block]:
    """The reminders, one a line with its menu, and the buttons for more; for messages and the App Home alike.

    `told` tells that it stands above already why no reminder comes, if none does.
    """
    blocks: list[Block] = []
    silence = [] if told else _silence(t, mine)
    if not mine.reminders and not mine.asked:
        blocks.append(
            section(
                t.md(
                    "*You have no reminders.* I can tell you in a direct message when hours are missing, when a "
                    "timer was left running, or when none is running."
                )
            )
        )
    for reminder in mine.reminders:
        menu = overflow(
            Actions.REMINDER_DEED,
            [option(t("Change…"), f"{CHANGE}:{reminder.id}"), option(t("Remove"), f"{REMOVE}:{reminder.id}")],
        )
        blocks.append(section(words.line(t, reminder), accessory=menu, block_id=f"reminder.{reminder.id}"))
    if mine.asked:
        blocks += _workspace(t, mine)
    blocks += [context(*silence)] if silence else []
    blocks.append(context(t.md("New reminder:")))
    blocks.append(actions(*_new(t), block_id="reminders.new"))
    blocks.append(actions(*_all(t, mine), block_id="reminders.all"))
    return blocks


def home(t: Translator, mine: Mine) -> list[Block]:
    """The part of the App Home."""
    return [DividerBlock(), header(t("My reminders")), *listed(t, mine)]


def _workspace(t: Translator, mine: Mine) -> list[Block]:
    """What Toggl's own reminders ask for, and hearing of it or not."""
    hears = not mine.preferences.workspace_off
    said = [words.asked_line(t, asked) for asked in mine.asked]
    if not hears:
        said.append(t.md("_You are not reminded of this._"))
    switch = button(
        t("Do not remind me of this") if hears else t("Remind me of this"),
        Actions.REMINDERS_WORKSPACE,
        value="off" if hears else "on",
    )
    return [section(lines(said), accessory=switch, block_id="reminders.workspace")]


def _new(t: Translator) -> tuple[ButtonElement, ...]:
    return (
        button(
            t("Hours missing…"), Actions.NEW_REMINDER, value=UNDER, index=0, label=t("Remind me if hours are missing")
        ),
        button(
            t("Timer left running…"),
            Actions.NEW_REMINDER,
            value=RUNNING,
            index=1,
            label=t("Remind me if a timer was left running"),
        ),
        button(
            t("No timer running…"),
            Actions.NEW_REMINDER,
            value=IDLE,
            index=2,
            label=t("Remind me if no timer is running"),
        ),
    )


def _all(t: Translator, mine: Mine) -> list[ButtonElement]:
    """What goes for all of them."""
    row = [button(t("Days and times…"), Actions.REMINDER_HABITS)]
    if _quiet(t, mine):
        row.insert(0, _again(t))
    elif mine.reminders or mine.asked:
        row.append(button(t("Off today"), Actions.REMINDERS_OFF_TODAY, value=LIST))
    if len(mine.reminders) > 1:
        question = confirm(
            t("Remove all reminders?"),
            t.md("All the reminders you created will be removed. You can undo this for 30 minutes."),
            yes=t("Remove all"),
            no=t("Keep them"),
            style="danger",
        )
        row.append(button(t("Remove all"), Actions.CLEAR_REMINDERS, confirm=question))
    return row


def _again(t: Translator) -> ButtonElement:
    return button(t("Remind me again"), Actions.REMINDERS_ON, value=LIST, style="primary")


def _quiet(t: Translator, mine: Mine) -> bool:
    return mine.preferences.off or (t.now is not None and mine.preferences.quiet(t.now))


def _headline(t: Translator, mine: Mine) -> Mrkdwn:
    number = len(mine.reminders) + len(mine.asked)
    if not number:
        return t.md("You have no reminders.")
    return Mrkdwn(t.plural("You have {n} reminder.", "You have {n} reminders.", number))


def _silence(t: Translator, mine: Mine) -> list[Mrkdwn]:
    """Why no reminder comes at present."""
    said = []
    if mine.preferences.off:
        said.append(t.md(":no_bell: All reminders are off."))
    elif _quiet(t, mine):
        said.append(t.md(":no_bell: No reminders for the rest of today."))
    if mine.resting:
        said.append(t.md(":warning: Your reminders are on hold until you reconnect: Toggl no longer accepts your key."))
    return said


def _except(t: Translator, rule: Rule) -> Mrkdwn:
    if isinstance(rule, Running):
        return t.md("On any day, but never during Do Not Disturb.")
    return t.md("Never during Do Not Disturb, on public holidays or on your time off.")


def _how(t: Translator) -> Mrkdwn:
    return t.md(
        "You can also type `{track} remind if under 6h at 17:00`, `if running over 9h`, `if idle at 10:00 on mon-thu`, "
        "`off today`, `off`, `on`, `clear`."
    )
