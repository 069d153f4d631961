"""Hands a request to its route's handler: checks what it needs, reads the arguments, asks for the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from bot.dispatcher.answers import Answer, Choices, Done, Reply
from bot.dispatcher.delivery import Delivery
from bot.dispatcher.failures import SavedPerhaps
from bot.dispatcher.grammar import BadArguments, Clock, parse_args
from bot.dispatcher.manual import Manual
from bot.dispatcher.request import Kind, Pending, Request
from bot.dispatcher.routes import Answered, Command, Needs, Notice
from bot.dispatcher.table import Table, help_words
from bot.domain.conversations import Conversation
from bot.services.account import WorkspaceGone
from bot.services.admin_requests import offer
from bot.services.asking import AdminNeeded
from bot.services.connections import Connections, Opened, open_toggl
from bot.services.context import Context, NotConnected, Person
from bot.services.roles import NotAdmin
from bot.store import Store, StoreUnavailable, events
from bot.toggl import CredentialMissing, CredentialRefused
from bot.views import errors as views
from bot.views.messages import Message

Prompt = Callable[[Request], Awaitable[Answer]]
"""What to answer somebody who has to connect first."""
Refused = Callable[[Request, CredentialRefused], Awaitable[Answer]]
"""What to answer somebody whose stored credential Toggl did not accept."""
FollowUp = Callable[[Request, str], Awaitable[Answer]]
"""What is shown elsewhere after a change, given the words (mrkdwn) that told of it; empty where nothing was said."""
FindPermalink = Callable[[Delivery], Awaitable[str | None]]
"""The address of the message that a request came from."""
FindChannel = Callable[..., Awaitable[Conversation]]
"""Who reads in a channel, by its id; with `enter`, the bot is in it then."""
IsAdmin = Callable[[Context], Awaitable[bool]]
"""Whether Toggl says, now, that the person is an admin of their workspace."""
QUIET = frozenset({Kind.EVENT, Kind.CLOSING})
"""Kinds on which nobody waits for an answer."""
CHANGING = frozenset({Kind.COMMAND, Kind.ACTION, Kind.SUBMISSION, Kind.SHORTCUT})
"""Kinds by which people change something; events are known by themselves."""


class Handling:
    """The handlers, behind the routes of `table`."""

    def __init__(  # noqa: PLR0913 (what handlers may ask for, given once by the dispatcher)
        self,
        table: Table,
        manual: Manual,
        store: Store,
        *,
        connections: Connections,
        prompt: Prompt,
        refused: Refused,
        is_admin: IsAdmin,
        find_permalink: FindPermalink,
        channels: FindChannel,
    ) -> None:
        self._table = table
        self._manual = manual
        self._store = store
        self._connections = connections
        self._prompt = prompt
        self._refused = refused
        self._is_admin = is_admin
        self._find_permalink = find_permalink
        self._channels = channels

    async def answer(self, delivery: Delivery, person: Person) -> Answer:
        """What to show. Raises UserError, or whatever the handler raises."""
        if delivery.pending is not None:
            return await self._words(delivery, person, delivery.pending)
        incoming = delivery.incoming
        route = self._table.find(incoming.kind, incoming.key)
        if route is None or isinstance(route, Notice):
            return self._unknown(delivery)
        delivery.route = incoming.key
        return await self._ask(route, delivery, person, {})

    async def offer(self, delivery: Delivery, person: Person, error: AdminNeeded) -> str | None:
        """What the person would ask an admin for, by its id in the button; None where nobody could be asked."""
        workspace_id = delivery.incoming.origin.workspace_id
        return await offer(self._store, person, error.step, now=delivery.now, workspace_id=workspace_id)

    async def follow_up(self, delivery: Delivery, person: Person, follow: FollowUp, said: str) -> Answer:
        """What `follow` shows after something changed, with the workspace that the person chose as it is now."""
        return await follow(await self._request(Needs.WHATEVER_IS_THERE, delivery, person, "", shown=None), said)

    def knows(self, delivery: Delivery) -> bool:
        """Whether anything happens on this request."""
        incoming = delivery.incoming
        return delivery.pending is not None or self._table.find(incoming.kind, incoming.key) is not None

    async def _words(self, delivery: Delivery, person: Person, pending: Pending) -> Answer:
        name, t = pending.command, delivery.t
        asked = help_words(pending.text)
        if asked is not None:
            delivery.route = f"{name} help"
            return Reply(self._manual.of_verb(t, name, asked) if asked else self._manual.of_command(t, name))
        typed = self._table.typed(name, pending.text)
        if typed.command is None:
            delivery.route = f"{name} unknown"
            return Reply(self._manual.unknown(t, name, pending.text))
        delivery.route = f"{name} {typed.command.verb}".rstrip()
        return await self._command(typed.command, typed.rest, delivery, person)

    async def _command(self, command: Command, text: str, delivery: Delivery, person: Person) -> Answer:
        try:
            args = parse_args(command.args, text, Clock(delivery.now, person.zone, delivery.t.first_weekday))
        except BadArguments as error:
            t = delivery.t
            return Reply(self._manual.misfit(t, t.md(error.sentence, **error.values), command))
        answer = await self._ask(command, delivery, person, args, text=text)
        if delivery.incoming.kind is Kind.ACTION and isinstance(answer, Reply) and not answer.in_channel:
            return replace(answer, replace=True)  # instead of the message with the button to try again
        return answer

    async def _ask(
        self, route: Answered, delivery: Delivery, person: Person, args: Mapping[str, Any], *, text: str | None = None
    ) -> Answer:
        """The handler's answer, or the prompt to connect where the route, or the handler on its way, needs that."""
        text = delivery.incoming.text if text is None else text
        request = await self._request(route.needs, delivery, person, text, shown=delivery.incoming.origin.workspace_id)
        try:
            await self._check(route.needs, request.context)
            if await self._was_done(route.needs, delivery):
                return Done()
            return await route.handler(request, **args)
        except (NotConnected, CredentialMissing):
            return Choices() if request.kind is Kind.OPTIONS else await self._prompt(request)
        except CredentialRefused as refusal:
            return Choices() if request.kind is Kind.OPTIONS else await self._refused(request, refusal)
        except StoreUnavailable as outage:
            if request.context.sent:
                raise SavedPerhaps from outage
            raise

    async def _request(
        self, needs: Needs, delivery: Delivery, person: Person, text: str, *, shown: int | None
    ) -> Request:
        """`shown` is the store's number of the workspace that a modal shows. Raises WorkspaceGone."""
        incoming = delivery.incoming
        opened, sent = Opened(), list[str]()
        connections = replace(self._connections, changing=sent.append)
        if needs is not Needs.NOTHING:
            opened = await self._opened(connections, person, shown)
            delivery.workspace_id = opened.id
        context = Context(
            person=person,
            store=self._store,
            now=delivery.now,
            connections=connections,
            channel_id=incoming.origin.channel_id,
            focus=opened.focus,
            track=opened.track,
            changes=delivery.changes,
            sent=sent,
            workspace_id=shown,
        )
        return Request(
            kind=incoming.kind,
            context=context,
            t=delivery.t,
            now=delivery.now,
            origin=delivery.origin,
            text=text,
            value=incoming.value,
            values=incoming.values,
            data=incoming.data,
            view_id=incoming.view_id,
            pending=delivery.pending,
            payload=incoming.body,
            find_permalink=partial(self._find_permalink, delivery),
            look_at_channel=partial(self._channels, delivery, enter=False),
            enter_channel=partial(self._channels, delivery, enter=True),
        )

    async def _opened(self, connections: Connections, person: Person, shown: int | None) -> Opened:
        """The workspace `shown`, or the one that the person chose. Raises WorkspaceGone."""
        opened = await open_toggl(self._store, connections, account_id=person.account_id, workspace_id=shown)
        if shown is None or opened.id is not None:
            return opened
        opened = await open_toggl(self._store, connections, account_id=person.account_id)
        if opened.id is not None:
            raise WorkspaceGone
        return opened

    async def _check(self, needs: Needs, context: Context) -> None:
        """Raise NotConnected or NotAdmin where the person lacks what the route needs."""
        missing = {Needs.FOCUS: context.focus is None, Needs.TRACK: context.track is None}
        missing[Needs.ADMIN] = missing[Needs.TRACK]
        if missing.get(needs, False):
            raise NotConnected
        if needs is Needs.ADMIN and not await self._is_admin(context):
            raise NotAdmin

    async def _was_done(self, needs: Needs, delivery: Delivery) -> bool:
        """Whether another process was given the same request, by a proxy or by somebody who listened.

        Asked only where Toggl may be changed: what is ours is done once because the store says so.
        """
        incoming = delivery.incoming
        if needs is Needs.NOTHING or incoming.kind not in CHANGING or incoming.delivery is None:
            return False
        name = f"{incoming.tenant_id} {incoming.kind} {incoming.delivery}"
        async with self._store.writing() as db:
            return not await events.first_sight(db, name, now=delivery.now)

    def _unknown(self, delivery: Delivery) -> Answer:
        """An id or a command that no route knows: an old button, or a manifest that is ahead of the bot."""
        t = delivery.t
        match delivery.incoming.kind:
            case Kind.OPTIONS:
                return Choices()
            case kind if kind in QUIET:
                return Done()
            case Kind.COMMAND:
                return Reply(Message(t.md("I do not know `{command}`.", command=delivery.incoming.key)))
        return Reply(Message(views.gone(t)))
