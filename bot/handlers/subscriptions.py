"""`/project subscriptions` and `unsubscribe`: what a channel follows, and what can be done with each."""

from __future__ import annotations

from bot.dispatcher import Answer, OpenModal, Post, Reply, Request, channel_of
from bot.domain.projects import Named
from bot.domain.subscription_words import ALL_WORDS
from bot.handlers import subscribing
from bot.i18n import Mrkdwn
from bot.services import subscription_pauses, subscriptions
from bot.services.subscription_pauses import Muted
from bot.services.subscriptions import Done
from bot.views import subscription_answers as answers
from bot.views import subscription_forms as forms
from bot.views import subscription_questions as questions
from bot.views import subscriptions as views
from bot.views.messages import Message
from bot.views.project_answers import read_named
from bot.views.subscription_pieces import Place, Pressed, UpdateDeed

_DIRECT = "D"


async def show(request: Request) -> Answer:
    """`/project subscriptions`: what the channel follows; in a direct message, what the person subscribed."""
    channel_id = request.context.channel_id
    here = channel_id if channel_id and not channel_id.startswith(_DIRECT) else None
    return Reply(await _list(request, Place(here)))


async def show_of(request: Request) -> Answer:
    """*What this channel follows*, under a message."""
    return Reply(await _list(request, Place.read(request.value)))


async def turn(request: Request) -> Answer:
    """*Previous*, *Next*."""
    return Reply(await _list(request, Place.read(request.value)), replace=True)


async def unsubscribe(request: Request, *, words: str | None = None) -> Answer:
    """`/project unsubscribe website relaunch`; without words the only subscription, or which."""
    channel_id = channel_of(request.context.channel_id)
    followings = (await subscriptions.channel(request.context, channel_id)).followings
    if words is None:
        meant = followings
    else:
        meant = subscriptions.matching(followings, None if words.casefold() in ALL_WORDS else words)
    if len(meant) != 1:
        return Reply(questions.which(request.t, meant, words or ""))
    return subscribing.said(request, await subscriptions.unsubscribe(request.context, meant[0].id))


async def press(request: Request) -> Answer:
    """A menu entry or button of one subscription."""
    pressed = Pressed.read(request.value)
    match pressed.deed:
        case UpdateDeed.CHANGE:
            return await _open_change(request, pressed.following_id)
        case UpdateDeed.MUTE | UpdateDeed.UNMUTE:
            following = await subscriptions.find(request.context, pressed.following_id)
            named = Named(following.project_id, following.project_name)
            return await _mute(request, following.channel_id, named, pressed)
        case UpdateDeed.PAUSE:
            done = await subscription_pauses.pause(request.context, pressed.following_id)
        case UpdateDeed.REMOVE:
            done = await subscriptions.unsubscribe(request.context, pressed.following_id)
        case UpdateDeed.RESUME | UpdateDeed.AGREE:
            agreed = pressed.deed is UpdateDeed.AGREE
            try:
                done = await subscription_pauses.resume(request.context, pressed.following_id, private=agreed)
            except subscription_pauses.NowPrivate as private:
                return Reply(questions.ask_resume(request.t, private.following))
    return await _said(request, done, pressed.place)


async def submit_change(request: Request) -> Answer:
    """*Save* in the form of one subscription."""
    modes = forms.read_modes(request.values)
    return subscribing.said(request, await subscriptions.change(request.context, request.data["id"], modes))


async def press_mute(request: Request) -> Answer:
    """*Mute this project* on a card."""
    return await _mute_here(request, muted=True)


async def press_unmute(request: Request) -> Answer:
    """*Unmute*, and the choice of a muted project in the list."""
    return await _mute_here(request, muted=False)


async def _open_change(request: Request, following_id: int) -> Answer:
    following = await subscriptions.find(request.context, following_id)
    settings = (await subscriptions.channel(request.context, following.channel_id)).settings
    return OpenModal(forms.change(request.t, following, settings), {"id": following.id})


async def _list(request: Request, place: Place, *, note: Mrkdwn | None = None, undo_id: str | None = None) -> Message:
    if place.channel_id is None:
        followings = await subscriptions.mine(request.context)
        return views.mine(request.t, place, followings, note=note, undo_id=undo_id)
    channel = await subscriptions.channel(request.context, place.channel_id)
    return views.of_channel(
        request.t,
        place,
        channel.followings,
        channel.settings,
        muted=channel.muted,
        set_by=channel.set_by,
        note=note,
        undo_id=undo_id,
    )


async def _said(request: Request, done: Done, place: Place | None) -> Answer:
    """The receipt; from a list's menu, on top of the list as it is now."""
    if place is None:
        return subscribing.said(request, done)
    alone = answers.receipt(request.t, done.did, done.following, done.settings, None)
    listed = await _list(request, place, note=Mrkdwn(alone.text), undo_id=done.undo_id)
    return subscribing.said(request, done, receipt=listed, replace=True)


async def _mute_here(request: Request, *, muted: bool) -> Answer:
    channel_id = channel_of(request.context.channel_id)
    named = read_named(request.value)
    change = subscription_pauses.mute if muted else subscription_pauses.unmute
    return _muted(request, channel_id, await change(request.context, channel_id, named), None)


async def _mute(request: Request, channel_id: str, named: Named, pressed: Pressed) -> Answer:
    change = subscription_pauses.mute if pressed.deed is UpdateDeed.MUTE else subscription_pauses.unmute
    done = await change(request.context, channel_id, named)
    if pressed.place is None:
        return _muted(request, channel_id, done, None)
    say = answers.muted if done.muted else answers.unmuted
    note = Mrkdwn(say(request.t, named, channel_id, undo_id=done.undo_id).text)
    return _muted(request, channel_id, done, await _list(request, pressed.place, note=note, undo_id=done.undo_id))


def _muted(request: Request, channel_id: str, done: Muted, listed: Message | None) -> Answer:
    say = answers.muted if done.muted else answers.unmuted
    mine = listed or say(request.t, done.project, channel_id, undo_id=done.undo_id)
    if done.undo_id is None:
        return Reply(mine, replace=listed is not None)
    user_id = request.context.person.user_id
    return Post(
        channel_id=channel_id,
        message=answers.was_muted(request.t, done.project, user_id, muted=done.muted),
        receipt=mine,
        unposted=answers.unposted(request.t, mine),
        replace=listed is not None,
    )
