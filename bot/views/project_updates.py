"""What a channel is told of a project: its card, edited in place, what happened, and why nothing more is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import ButtonElement

from bot.domain.project_snapshots import Created, Snapshot
from bot.domain.project_updates import Told
from bot.domain.subscriptions import Following, Paused
from bot.domain.tracking import Project as Tracked
from bot.i18n import N_, Mrkdwn, Translator, mention
from bot.views.choices import project_value
from bot.views.ids import Actions
from bot.views.kit import actions, button, context, cut_mrkdwn, lines, section
from bot.views.messages import Message
from bot.views.project_pieces import Deed, Subject, deed_button, in_lines
from bot.views.project_update_words import people, said, what_happened
from bot.views.subscription_pieces import UpdateDeed, list_button, mute_button
from bot.views.subscription_pieces import deed_button as subscription_button
from bot.views.subscription_words import reason, what

_LINE = 400
_TAKES_UP: Mapping[Paused, UpdateDeed] = MappingProxyType(
    {
        Paused.DISCONNECTED: UpdateDeed.RESUME,
        Paused.REFUSED: UpdateDeed.RESUME,
        Paused.LOST_SIGHT: UpdateDeed.RESUME,
        Paused.PRIVATE: UpdateDeed.AGREE,
        Paused.SHARED: UpdateDeed.AGREE,
    }
)
"""What somebody in the channel can do about it."""


def speaks_for_itself(told: Sequence[Told]) -> bool:
    """Whether a new card says all that is told: that the project is new."""
    return bool(told) and all(isinstance(one.update, Created) for one in told)


def card(t: Translator, snapshot: Snapshot, following: Following, *, told: Sequence[Told] = ()) -> Message:
    """A project as it is now: where it stands, who is in it, and what can be done with it from here.

    `told` is what a new card says of itself.
    """
    shown = [cut_mrkdwn(line, _LINE) for line in in_lines(t, snapshot.project)]
    if snapshot.gone:
        shown.append(t.md(":wastebasket: It is no longer in Toggl."))
    blocks: list[Block] = [section(lines(shown))]
    small = list(what_happened(t, snapshot, told))
    if snapshot.members:
        small.append(t.md("In the team: {names}", names=people(t, snapshot.members)))
    small.append(_source(t, following))
    blocks += [context(*small), actions(*_buttons(t, snapshot))]
    return Message(lines(shown), tuple(blocks))


def withheld(t: Translator, following: Following) -> Message:
    """What takes the place of the card of a project that the channel may not see any more: not even its name."""
    text = t.md("A project was shown here that this channel may no longer see.")
    return Message(text, (section(text), actions(list_button(t, following.channel_id))))


def happened(t: Translator, snapshot: Snapshot, told: Sequence[Told], following: Following) -> Message:
    """What happened to a project, with a button that shows all of it; and that nothing more follows, where it is so."""
    text = said(t, snapshot, told)
    gone = following.paused is Paused.GONE
    ends = t.md("No more updates on it here until it comes back.") if gone else reason(t, following)
    show = None if snapshot.gone else _show(t, snapshot)
    return Message(text, (section(text, accessory=show), *((context(ends),) if ends else ())))


def rests(t: Translator, following: Following, paused: Paused) -> Message:
    """Said once: nothing more is told by this subscription, why, and what can be done about it.

    A project that was hidden from whoever subscribed, or made private, is not named.
    """
    hidden = paused in {Paused.LOST_SIGHT, Paused.PRIVATE} and not following.everything
    about = t.md("one project") if hidden else what(t, following)
    text = t.md("No more updates on {what} here for now.", what=about)
    row = [list_button(t, following.channel_id)]
    if paused in _TAKES_UP:
        row.insert(0, subscription_button(t, _TAKES_UP[paused], following))
    why = reason(t, following)
    return Message(lines([text, why]), (section(lines([text, why])), actions(*row)))


def _source(t: Translator, following: Following) -> Mrkdwn:
    """Who let the channel follow it, as Slack asks for."""
    if following.user_id is None:
        return t.md("This channel follows {what}.", what=what(t, following))
    sentence = N_("{person} lets this channel follow {what}.")
    return t.md(sentence, person=mention(following.user_id), what=what(t, following))


def _buttons(t: Translator, snapshot: Snapshot) -> list[ButtonElement]:
    project = snapshot.project
    mute = mute_button(t, project.id, project.name)
    if snapshot.gone:
        return [mute]
    row = [_show(t, snapshot), mute]
    if not project.archived:
        label = t("Log time on {name}", name=project.name)
        row.insert(
            0,
            button(
                t("Log time…"), Actions.OPEN_LOG, value=project_value(Tracked(project.id, project.name)), label=label
            ),
        )
    return row


def _show(t: Translator, snapshot: Snapshot) -> ButtonElement:
    return deed_button(t, Deed.SHOW, Subject(snapshot.project.id, snapshot.project.name))
