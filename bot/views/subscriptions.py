"""What a channel follows, or what a person subscribed channels to: a list with its pages and menus."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, SectionBlock
from slack_sdk.models.blocks.block_elements import ButtonElement, OverflowMenuElement, StaticSelectElement

from bot.domain.projects import Named
from bot.domain.subscriptions import ChannelSettings, Following
from bot.i18n import Mrkdwn, Translator, escape, mention
from bot.views.ids import Actions
from bot.views.kit import actions, button, called, context, lines, option, overflow, plain, section
from bot.views.messages import Message
from bot.views.project_inputs import named_option
from bot.views.subscription_pieces import Place, Pressed, UpdateDeed, deed_word, settings_button
from bot.views.subscription_questions import nothing_followed
from bot.views.subscription_words import channel, hidden, reason, told, usual, what
from bot.views.timer import undo

PAGE = 10
_NAMED = 10
_OPTIONS = 30
_NAME = 60


def of_channel(
    t: Translator,
    place: Place,
    followings: Sequence[Following],
    settings: ChannelSettings,
    *,
    muted: Sequence[Named] = (),
    set_by: str | None = None,
    note: Mrkdwn | None = None,
    undo_id: str | None = None,
) -> Message:
    """A page of what the channel follows. `note` tells what was just done from its menus, and `undo_id` undoes that."""
    channel_id = place.channel_id or ""
    above = _note(t, note, undo_id)
    if not followings:
        nothing = nothing_followed(t)
        return Message(note or nothing.text, (*above, *nothing.blocks, *_muted(t, muted)))
    shown, pages, page = _page(followings, place.page)
    heading = t.md("*What {channel} follows*", channel=channel(channel_id))
    by = t.md("Set by {person}.", person=mention(set_by)) if set_by else ""
    quiet = {mute.id for mute in muted}
    blocks: list[Block] = [*above, section(_heading(t, heading, len(followings), page, pages))]
    blocks.append(context(" ".join(filter(None, (usual(t, settings), by)))))
    blocks += [
        _row(t, following, Place(channel_id, page), settings, muted=following.project_id in quiet)
        for following in shown
    ]
    blocks += _muted(t, [mute for mute in muted if mute.id not in {each.project_id for each in followings}])
    subscribe = button(t("Subscribe…"), Actions.UPDATES_OPEN)
    row = actions(*_turns(t, Place(channel_id, page), pages), subscribe, settings_button(t, channel_id))
    return Message(note or _in_a_row(t, heading, shown), (*blocks, row))


def mine(
    t: Translator,
    place: Place,
    followings: Sequence[Following],
    *,
    note: Mrkdwn | None = None,
    undo_id: str | None = None,
) -> Message:
    """A page of what the person subscribed channels to."""
    above = _note(t, note, undo_id)
    if not followings:
        said = t.md("You have not subscribed any channel to projects yet.")
        hint = t.md(
            "Type `{project} subscribe` with a project’s name, or with `all`, in the channel that should follow it."
        )
        row = actions(button(t("Subscribe…"), Actions.UPDATES_OPEN))
        return Message(note or said, (*above, section(said), context(hint), row))
    shown, pages, page = _page(followings, place.page)
    heading = t.md("*What you subscribed channels to*")
    blocks: list[Block] = [*above, section(_heading(t, heading, len(followings), page, pages))]
    blocks += [_row(t, following, Place(None, page), None, muted=False) for following in shown]
    row = actions(*_turns(t, Place(None, page), pages), button(t("Subscribe…"), Actions.UPDATES_OPEN))
    return Message(note or _in_a_row(t, heading, shown), (*blocks, row))


def _in_a_row(t: Translator, heading: Mrkdwn, shown: Sequence[Following]) -> Mrkdwn:
    """The page for notifications and screen readers."""
    return Mrkdwn(f"{heading}: {', '.join(what(t, following) for following in shown)}")


def _row(
    t: Translator, following: Following, place: Place, settings: ChannelSettings | None, *, muted: bool
) -> SectionBlock:
    name = what(t, following)
    first = (
        name if settings is not None else t.md("{channel}: {what}", channel=channel(following.channel_id), what=name)
    )
    if muted:
        first = t.md("{what} · :no_bell: muted", what=first)
    text = lines((_capital(first), _state(t, following, settings)))
    return section(text, accessory=_menu(t, following, place, muted=muted))


def _state(t: Translator, following: Following, settings: ChannelSettings | None) -> str:
    if following.paused is not None:
        return reason(t, following)
    own = told(t, following, settings) if settings is not None and following.modes else ""
    if settings is None:
        return t.md("With its own settings.") if following.modes else t.md("As set for that channel.")
    by = t.md("Subscribed by {person}.", person=mention(following.user_id)) if following.user_id else ""
    return " ".join(filter(None, (own or t.md("As set for this channel."), by)))


def _menu(t: Translator, following: Following, place: Place, *, muted: bool) -> OverflowMenuElement:
    deeds = [UpdateDeed.CHANGE]
    if place.channel_id is not None and not following.everything and not hidden(following):
        deeds.append(UpdateDeed.UNMUTE if muted else UpdateDeed.MUTE)
    deeds.append(UpdateDeed.PAUSE if following.paused is None else UpdateDeed.RESUME)
    deeds.append(UpdateDeed.REMOVE)
    return overflow(
        Actions.UPDATES_DEED,
        [option(deed_word(t, deed, following), Pressed(deed, following.id, place).value()) for deed in deeds],
    )


def _muted(t: Translator, muted: Sequence[Named]) -> list[Block]:
    """Projects that are muted without a subscription of their own, and how to hear of them again."""
    if not muted:
        return []
    names = ", ".join(called(mute.name, _NAME) for mute in muted[:_NAMED])
    more = f" {t('and {n} more', n=len(muted) - _NAMED)}" if len(muted) > _NAMED else ""
    options = [named_option(mute) for mute in muted[:_OPTIONS]]
    choose = StaticSelectElement(
        action_id=Actions.UPDATES_UNMUTE, placeholder=plain(t("Unmute…"), 150), options=options
    )
    return [section(t.md(":no_bell: Muted here: {names}", names=Mrkdwn(names + more)), accessory=choose)]


def _note(t: Translator, note: Mrkdwn | None, undo_id: str | None) -> list[Block]:
    if note is None:
        return []
    return [section(note), *([actions(undo(t, undo_id))] if undo_id else [])]


def _heading(t: Translator, heading: Mrkdwn, total: int, page: int, pages: int) -> str:
    counted = t.plural("{n} subscription", "{n} subscriptions", total)
    where = t("page {page} of {pages}", page=page, pages=pages) if pages > 1 else ""
    return " · ".join(filter(None, (heading, escape(counted), escape(where))))


def _page(followings: Sequence[Following], page: int) -> tuple[Sequence[Following], int, int]:
    """What is on the page, how many there are, and which it is: the last where that many are not left."""
    pages = -(-len(followings) // PAGE)
    page = max(1, min(page, pages))
    return followings[(page - 1) * PAGE : page * PAGE], pages, page


def _turns(t: Translator, place: Place, pages: int) -> list[ButtonElement]:
    turns = []
    if place.page > 1:
        turns.append(button(t("Previous"), Actions.UPDATES_PAGE, value=_value(place, -1), index=0))
    if place.page < pages:
        turns.append(button(t("Next"), Actions.UPDATES_PAGE, value=_value(place, 1), index=1))
    return turns


def _value(place: Place, step: int) -> str:
    return Place(place.channel_id, place.page + step).value()


def _capital(text: Mrkdwn) -> Mrkdwn:
    return Mrkdwn(text[:1].upper() + text[1:])
