"""`/project subscribe`: let a channel follow a project, or all of them; who would see it is asked first."""

from __future__ import annotations

import msgspec

from bot.dispatcher import Answer, Choices, FieldErrors, OpenModal, Post, Reply, Request, channel_of
from bot.domain.conversations import Conversation
from bot.domain.folding import fold
from bot.domain.projects import Named
from bot.domain.subscription_words import ALL_WORDS, parse_subscribe
from bot.domain.subscriptions import ALL_PROJECTS, Did, ProjectEvent, Wish
from bot.services import project_search, subscription_wishes, subscriptions
from bot.services.subscriptions import Done
from bot.views import subscription_answers as answers
from bot.views import subscription_forms as forms
from bot.views import subscription_questions as questions
from bot.views.ids import Blocks
from bot.views.messages import Message
from bot.views.project_answers import read_named

_DIRECT = "D"


async def subscribe(request: Request, *, words: str | None = None) -> Answer:
    """`/project subscribe website relaunch dates members`; without words a form."""
    if words is None:
        return await open_form(request)
    asked = parse_subscribe(words)
    channel_id = channel_of(request.context.channel_id)
    if asked.project is None:
        return await _offer(request, Wish(channel_id, None, asked.events))
    exact = await subscription_wishes.called(request.context, words) if asked.events else None
    if exact is not None:
        return await _offer(request, Wish(channel_id, Named(exact.id, exact.name)))
    found = await project_search.find(request.context, asked.project)
    if found.clear is None:
        several = [Named(project.id, project.name) for project in found.several]
        return Reply(questions.pick(request.t, Wish(channel_id, None, asked.events), asked.project, several))
    return await _offer(request, Wish(channel_id, Named(found.clear.id, found.clear.name), asked.events))


async def open_form(request: Request) -> Answer:
    """The form, with the channel it was opened in proposed."""
    channel_id = request.context.channel_id
    here = channel_id if channel_id and not channel_id.startswith(_DIRECT) else None
    return OpenModal(forms.subscribe(request.t, channel_id=here))


async def submit(request: Request) -> Answer:
    """*Subscribe* in the form."""
    project = read_named(request.values[Blocks.PROJECT])
    wish = Wish(
        channel_id=request.values[Blocks.CHANNEL] or "",
        project=None if project.id == ALL_PROJECTS else project,
        events=tuple(ProjectEvent(event) for event in request.values.get(Blocks.EVENTS) or ()),
    )
    if not wish.channel_id:
        return FieldErrors({Blocks.CHANNEL: request.t("Choose a channel.")})
    return await _offer(request, wish)


async def press(request: Request) -> Answer:
    """A button that subscribes as wished: under a question, or beside one of several projects."""
    wish = msgspec.json.decode(request.value, type=Wish)
    return await (_subscribe if wish.agreed else _offer)(request, wish, replace=True)


async def leave_it(request: Request) -> Answer:
    """*Cancel* under a question."""
    return Reply(questions.left_alone(request.t), replace=True)


async def suggest(request: Request) -> Answer:
    """The typeahead of projects, with all of them on top."""
    found = await project_search.suggest(request.context, request.text)
    typed = fold(request.text)
    everything = not typed or any(word.startswith(typed) for word in ALL_WORDS)
    named = [Named(project.id, project.name) for project in found]
    return Choices(forms.project_options(request.t, named, everything=everything))


def said(request: Request, done: Done, *, receipt: Message | None = None, replace: bool = False) -> Answer:
    """What was done, to everybody in the channel and to the person; where all is as it was, to the person alone."""
    mine = receipt or answers.receipt(request.t, done.did, done.following, done.settings, done.undo_id)
    if done.did is Did.SAME:
        return Reply(mine, replace=replace)
    user_id = request.context.person.user_id
    return Post(
        channel_id=done.following.channel_id,
        message=answers.announced(request.t, done.did, done.following, done.settings, user_id),
        receipt=mine,
        unposted=answers.unposted(request.t, mine),
        replace=replace,
    )


async def _offer(request: Request, wish: Wish, *, replace: bool = False) -> Answer:
    """Subscribe, or ask first where more people would see it than see it in Toggl."""
    place = await request.look_at_channel(wish.channel_id)
    private = await _private(request, wish)
    if private or place.shared:
        workspace = await subscription_wishes.workspace_name(request.context)
        return Reply(questions.ask(request.t, wish, place, workspace=workspace, private=private), replace=replace)
    return await _subscribe(request, wish, replace=replace, place=place)


async def _subscribe(
    request: Request, wish: Wish, *, replace: bool = False, place: Conversation | None = None
) -> Answer:
    if place is None or not place.joined:
        await request.enter_channel(wish.channel_id)
    return said(request, await subscriptions.subscribe(request.context, wish), replace=replace)


async def _private(request: Request, wish: Wish) -> int:
    """How many of the wished projects are private, where nobody agreed yet to their being shown in the channel."""
    if await subscription_wishes.agreed(request.context, wish):
        return 0
    return await subscription_wishes.private_ones(request.context, wish.project)
