"""Schedules of statistics: listed in a modal, what was saved of them, and who is asked when a maker leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from slack_sdk.models.blocks import Block, ButtonElement, OverflowMenuElement
from slack_sdk.models.views import View

from bot.domain.recurrence_words import words
from bot.domain.statistics_plans import Scheduled
from bot.i18n import N_, Mrkdwn, Translator, mention
from bot.views.forms import modal
from bot.views.ids import Actions, Callbacks
from bot.views.kit import actions, button, called, context, lines, option, overflow, section
from bot.views.messages import Message
from bot.views.statistics_form import SPANS
from bot.views.subscription_words import channel, zone_name
from bot.views.timer import undo


class Deed(StrEnum):
    """What can be done with a schedule."""

    CHANGE = "change"
    PAUSE = "pause"
    RESUME = "resume"
    TAKE_OVER = "take_over"
    REMOVE = "remove"

    def of(self, schedule_id: int) -> str:
        """It, and with which schedule, as a button's or option's value."""
        return f"{self}:{schedule_id}"


def read_deed(value: str) -> tuple[Deed, int]:
    """What is to be done with which schedule. Raises ValueError where the value says neither."""
    deed, _, schedule_id = value.partition(":")
    return Deed(deed), int(schedule_id)


DEEDS = {
    Deed.CHANGE: N_("Change…"),
    Deed.PAUSE: N_("Pause"),
    Deed.RESUME: N_("Resume"),
    Deed.TAKE_OVER: N_("Take over"),
    Deed.REMOVE: N_("Remove…"),
}


def listing(t: Translator, found: Sequence[Scheduled], *, note: str = "") -> View:
    """All of them, each with its next three times and what can be done; `note` (mrkdwn) says what was."""
    blocks: list[Block] = [section(note)] if note else []
    blocks.append(actions(button(t("New…"), Actions.STATISTICS_SCHEDULE, label=t("New statistics schedule"))))
    if not found:
        blocks.append(
            section(
                t.md(
                    "No statistics are posted on a schedule yet. Press *New…*, or type `{toggl} stats #team "
                    "weekly on mon 9:00`, for example."
                )
            )
        )
    for number, one in enumerate(found):
        blocks.append(section(_about(t, one), accessory=_menu(t, one), block_id=f"schedule.{one.id}.{number}"))
        blocks.append(context(_standing(t, one)))
    return modal(t, t("Scheduled statistics"), blocks)


def asking_to_remove(t: Translator, one: Scheduled) -> View:
    """The question before one goes."""
    said = t.md("Remove this schedule? What was posted stays, and nothing more will be posted.")
    return modal(
        t,
        t("Remove schedule"),
        [section(said), section(_about(t, one)), context(_standing(t, one))],
        callback=Callbacks.STATISTICS_REMOVE,
        submit=t("Remove"),
    )


def saved(t: Translator, one: Scheduled) -> Message:
    """It is posted from now on, and when next."""
    said = t.md(
        "Saved: statistics are posted in {channel}, {when}.", channel=channel(one.channel_id), when=when(t, one)
    )
    return _answer(t, said, one)


def removed(t: Translator, one: Scheduled, *, undo_id: str) -> Message:
    """It is posted no more."""
    said = t.md(
        "Removed: statistics are no longer posted in {channel} {when}.",
        channel=channel(one.channel_id),
        when=when(t, one),
    )
    return Message(said, (section(said), actions(undo(t, undo_id), _all(t))))


def put_back(t: Translator, channel_id: str, pattern: str, zone: str) -> Message:
    """It was removed, and that was taken back."""
    said = t.md(
        "Undone: the statistics schedule in {channel} is back, {when}.",
        channel=channel(channel_id),
        when=_when(t, pattern, zone),
    )
    return Message(said, (section(said), actions(_all(t))))


def paused(t: Translator, one: Scheduled) -> Mrkdwn:
    """It rests."""
    return t.md("Paused the statistics in {channel}.", channel=channel(one.channel_id))


def resumed(t: Translator, one: Scheduled) -> Mrkdwn:
    """It goes on."""
    return t.md("Resumed the statistics in {channel}.", channel=channel(one.channel_id))


def taken_over(t: Translator, one: Scheduled) -> Message:
    """The person looks after it now."""
    said = t.md(
        "You look after the statistics in {channel} now: they are posted {when}, and name you.",
        channel=channel(one.channel_id),
        when=when(t, one),
    )
    return _answer(t, said, one)


def orphaned(t: Translator, one: Scheduled) -> Message:
    """For an admin: whoever made it left, or may see nothing any more."""
    said = t.md(
        (
            "Statistics of *{workspace}* were posted in {channel} {when}. Whoever set that up has left, or may no "
            "longer see them in Toggl, so it is paused. Do you want to take it over?"
        ),
        workspace=called(one.plan.workspace),
        channel=channel(one.channel_id),
        when=when(t, one),
    )
    take = button(
        t("Take over"), Actions.STATISTICS_TAKE_OVER, value=Deed.TAKE_OVER.of(one.id), style="primary", index=0
    )
    leave = button(t("Remove…"), Actions.STATISTICS_DEED, value=Deed.REMOVE.of(one.id))
    return Message(said, (section(said), actions(take, leave, _all(t))))


def resting(t: Translator) -> Message:
    """For a channel whose statistics nobody can go on with: why nothing comes any more."""
    return Message(
        t.md(
            "The statistics that were posted here are paused: whoever set them up has left, or may no longer see "
            "them in Toggl. An admin of the Toggl workspace can take them over: `{toggl} stats schedules`."
        )
    )


def footer(t: Translator, one: Scheduled, *, late_since: datetime | None = None) -> tuple[Mrkdwn, ...]:
    """Under a post: who set it up, when it comes, and why it comes late."""
    by = (
        t.md("Posted {when}, set up by {person}.", when=when(t, one), person=mention(one.maker))
        if one.maker
        else t.md("Posted {when}.", when=when(t, one))
    )
    told = [by, t.md("`{toggl} stats schedules` changes it.")]
    if late_since is not None:
        told.append(t.md("This was due at {at}, but I was not running then.", at=late_since))
    return tuple(told)


def when(t: Translator, one: Scheduled) -> Mrkdwn:
    """How often, at what time of which zone."""
    return _when(t, one.pattern, one.zone.key)


def _when(t: Translator, pattern: str, zone: str) -> Mrkdwn:
    return t.md("{when} ({zone})", when=words(pattern, t), zone=zone_name(zone))


def _answer(t: Translator, said: Mrkdwn, one: Scheduled) -> Message:
    return Message(said, (section(said), context(_next(t, one)), actions(_all(t))))


def _about(t: Translator, one: Scheduled) -> str:
    """Where, when, about what."""
    about = t.md("*{channel}*, {when}", channel=channel(one.channel_id), when=when(t, one))
    return lines((about, t.md("Period: {span}", span=t(SPANS[one.plan.span]))))


def _standing(t: Translator, one: Scheduled) -> Mrkdwn:
    """Who looks after it, and when it comes next or why it does not."""
    if one.orphaned:
        return t.md("Nobody looks after it: whoever set it up has left. Choose *Take over* to keep it going.")
    by = t.md("Set up by {person}.", person=mention(one.maker or ""))
    if one.paused:
        why = t.md(one.reason) if one.reason else Mrkdwn("")
        return Mrkdwn(f"{by} {t.md('*Paused.* {why}', why=why)}".rstrip())
    return Mrkdwn(f"{by} {_next(t, one)}")


def _next(t: Translator, one: Scheduled) -> Mrkdwn:
    times = "; ".join(t.moment(each, now=t.now or each) for each in one.times)
    return t.md("Next: {times}.", times=times)


def _menu(t: Translator, one: Scheduled) -> OverflowMenuElement:
    deeds: tuple[Deed, ...] = (Deed.CHANGE, Deed.RESUME if one.paused else Deed.PAUSE)
    if one.orphaned:
        deeds = (Deed.TAKE_OVER,)
    elif one.reason:
        deeds = (*deeds, Deed.TAKE_OVER)
    options = [option(t(DEEDS[deed]), deed.of(one.id)) for deed in (*deeds, Deed.REMOVE)]
    return overflow(Actions.STATISTICS_DEED, options)


def _all(t: Translator) -> ButtonElement:
    return button(t("All schedules"), Actions.STATISTICS_LIST)
