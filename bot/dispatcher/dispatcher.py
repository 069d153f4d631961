"""Takes every request of Slack's, whatever it is: once, in the time that Slack gives, and events after it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import datetime, timedelta

import structlog

from bot.clock import utc_now
from bot.dispatcher import failures
from bot.dispatcher.answering import Answering
from bot.dispatcher.channels import Channels
from bot.dispatcher.delivery import Delivery
from bot.dispatcher.handling import FollowUp, Handling, IsAdmin, Prompt, Refused
from bot.dispatcher.limits import Limits
from bot.dispatcher.manual import Manual
from bot.dispatcher.metrics import Metrics, Outcome
from bot.dispatcher.occurrence import Occurrence
from bot.dispatcher.once import Once
from bot.dispatcher.payloads import Incoming
from bot.dispatcher.people import People
from bot.dispatcher.pipeline import NO_ANSWER, Pipeline
from bot.dispatcher.request import Kind, Pending
from bot.dispatcher.routes import Notice, Route
from bot.dispatcher.slack import Slack
from bot.dispatcher.table import HELP, Table
from bot.dispatcher.tasks import Tasks
from bot.dispatcher.tenants import Tenants
from bot.dispatcher.voice import Voice
from bot.dispatcher.words import find_pending
from bot.domain.conversations import Conversation
from bot.i18n import Translator
from bot.services.connections import Connections
from bot.store import Store, events
from bot.views.messages import Message

IN_TIME = timedelta(seconds=1.5)
"""How long Slack waits for an answer before it gets an acknowledgement; it would give up after 3 s."""
IN_TIME_FOR_OPTIONS = timedelta(seconds=2.5)  # nothing can be sent later
REPEATED_WITHIN = timedelta(minutes=6)
"""How long a delivery is known again: Slack's signature on it is good for five minutes, whoever sends it."""
ANSWERED_AGAIN = timedelta(seconds=3)
"""How long the same answer is given to it: so long Slack waits for one."""


class Dispatcher:
    """Everything that Slack sends passes through `dispatch`, from HTTP and from Socket Mode alike."""

    def __init__(  # noqa: PLR0913 (the road's parts, given once by the composition root)
        self,
        routes: Iterable[Route],
        *,
        names: Mapping[str, str],
        store: Store,
        slack: Slack,
        tenants: Tenants,
        people: People,
        connections: Connections,
        prompt: Prompt,
        refused: Refused,
        is_admin: IsAdmin,
        changed: FollowUp,
        metrics: Metrics,
        clock: Callable[[], datetime] = utc_now,
        in_time: timedelta = IN_TIME,
        limits: Limits | None = None,
    ) -> None:
        self._names = names
        self._store = store
        self._slack = slack
        self._tenants = tenants
        self._people = people
        self._metrics = metrics
        self._clock = clock
        self._in_time = in_time
        self._log = structlog.get_logger("bot")
        self._table = Table(routes, names)
        self._manual = Manual(self._table)
        self._handling = Handling(
            self._table,
            self._manual,
            store,
            connections=connections,
            prompt=prompt,
            refused=refused,
            is_admin=is_admin,
            find_permalink=self._permalink,
            channels=self._channel,
        )
        self._tasks = Tasks()
        self._voice = Voice(slack)
        self._pipeline = Pipeline(slack, self._voice, self._tasks)
        self._answering = Answering(
            self._handling,
            self._pipeline,
            self._tasks,
            names=names,
            tenants=tenants,
            people=people,
            limits=limits or Limits(),
            changed=changed,
            metrics=metrics,
            rerun=self.rerun,
        )
        self._once: Once[str] = Once(self._tasks.start, time.monotonic, answered=ANSWERED_AGAIN, linger=REPEATED_WITHIN)
        self._english = Translator(commands=names)
        self._translators: dict[str, Translator] = {}

    async def dispatch(self, incoming: Incoming) -> str:
        """The body of the HTTP answer (or the Socket Mode acknowledgement), whatever becomes of the request.

        Raises StoreUnavailable for an event that could not be noted, and that nobody waits for: Slack sends it again.
        """
        began = time.perf_counter()
        known = self._known_answer(incoming)
        if known is not None:
            self._metrics.observe(incoming.kind, "help", Outcome.ANSWERED, time.perf_counter() - began)
            return known
        now = self._clock()
        delivery = Delivery(incoming, now, self._english, find_pending(incoming, self._table, now=now))
        if incoming.kind is Kind.EVENT:
            return await self._hear(delivery)
        task, new = self._once.run(
            lambda: self._answering.serve(delivery), delivery=_named(incoming), subject=_subject(incoming)
        )
        if task is None:
            self._metrics.observe(incoming.kind, "repeated", Outcome.REPEATED, time.perf_counter() - began)
            return NO_ANSWER
        limit = IN_TIME_FOR_OPTIONS if incoming.kind is Kind.OPTIONS else self._in_time
        try:
            await asyncio.wait({task}, timeout=limit.total_seconds())
        except asyncio.CancelledError:
            delivery.late_at = asyncio.get_running_loop().time()  # the server ends: nobody reads the HTTP answer
            raise
        if not new:
            self._metrics.observe(incoming.kind, "repeated", Outcome.REPEATED, time.perf_counter() - began)
        if task.done() and not task.cancelled():
            return task.result()
        if new:
            delivery.late_at = asyncio.get_running_loop().time()
        return self._pipeline.acknowledgement(delivery)

    async def rerun(self, tenant_id: str, team_id: str, user_id: str, pending: Pending) -> None:
        """Run a command that had to wait; its answer goes where it was typed, or to the person's DM."""
        incoming = Incoming(
            kind=Kind.COMMAND,
            key=self._names.get(pending.command, pending.command),
            user_id=user_id,
            team_id=team_id,
            tenant_id=tenant_id,
            origin=pending.origin,
            text=pending.text,
        )
        delivery = Delivery(incoming, self._clock(), self._english, pending)
        delivery.late_at = asyncio.get_running_loop().time()
        await self._answering.serve(delivery)

    async def notify(self, tenant_id: str, user_id: str, message: Message) -> str | None:
        """Send a DM; its permalink, where Slack gives one. Raises NotInstalled, StoreUnavailable, SlackError."""
        tenant = await self._tenants.get(tenant_id)
        channel_id, ts = await self._voice.tell(tenant, user_id, message)
        return await self._slack.find_permalink(tenant.token, channel_id, ts)

    async def drain(self, timeout: timedelta) -> int:  # noqa: ASYNC109 (one limit for all that runs)
        """Before the process ends: wait for everything that was acknowledged; how much had to be given up."""
        lost = await self._tasks.drain(timeout)
        if lost:
            self._log.error("requests_given_up", count=lost)
        return lost

    def _known_answer(self, incoming: Incoming) -> str | None:
        """The answer to a command's `help` for somebody whose language is known: nothing needs to be asked for it."""
        if incoming.kind is not Kind.COMMAND or incoming.text not in HELP:
            return None
        name = self._table.command_name(incoming.key)
        person = self._people.find_recent(incoming.tenant_id, incoming.user_id)
        if name is None or person is None:
            return None
        t = self._translators.get(person.locale)
        if t is None:
            t = self._translators[person.locale] = Translator(locale=person.locale, commands=self._names)
        return self._manual.of_command(t, name).json

    async def _hear(self, delivery: Delivery) -> str:
        """Acknowledge an event, and act on it later."""
        incoming = delivery.incoming
        notice = self._table.find(Kind.EVENT, incoming.key)
        if isinstance(notice, Notice):
            if await self._first(delivery):
                self._tasks.start(self._take_note(delivery, notice))
        elif self._handling.knows(delivery) and not incoming.by_bot and incoming.user_id:
            self._tasks.start(self._serve_once(delivery))
        return NO_ANSWER

    async def _first(self, delivery: Delivery) -> bool:
        """Slack repeats an event whose acknowledgement was slow, to any process: only the first to note it acts."""
        async with self._store.writing() as db:
            first = await events.first_sight(db, delivery.incoming.delivery or "", now=delivery.now)
        if not first:
            self._metrics.observe(Kind.EVENT, delivery.incoming.key, Outcome.REPEATED, 0.0)
        return first

    async def _serve_once(self, delivery: Delivery) -> None:
        """Answer what somebody wrote or did; where that cannot be noted, with the reason."""
        try:
            if await self._first(delivery):
                await self._answering.serve(delivery)
        except Exception as error:  # noqa: BLE001 (the one place for errors)
            await self._answering.refuse(delivery, error)

    async def _take_note(self, delivery: Delivery, notice: Notice) -> None:
        """Act on an event about the workspace itself; there is nobody to answer."""
        began, incoming, outcome = time.perf_counter(), delivery.incoming, Outcome.ANSWERED
        delivery.route = incoming.key
        try:
            await notice.handler(
                Occurrence(
                    event=incoming.body["event"],
                    tenant_id=incoming.tenant_id,
                    team_id=incoming.team_id,
                    happened_at=incoming.happened_at or delivery.now,
                    now=delivery.now,
                    to_the_bot=incoming.by_bot,
                    store=self._store,
                )
            )
            self._tenants.forget(incoming.tenant_id)
        except Exception as error:  # noqa: BLE001 (nobody above would see it)
            failures.report(error, kind=Kind.EVENT, route=incoming.key)
            outcome = Outcome.FAILED
        self._metrics.observe(Kind.EVENT, incoming.key, outcome, time.perf_counter() - began)

    async def _permalink(self, delivery: Delivery) -> str | None:
        origin = delivery.origin
        if origin.channel_id is None or origin.message_ts is None:
            return None
        return await self._slack.find_permalink(delivery.tenant.token, origin.channel_id, origin.message_ts)

    async def _channel(self, delivery: Delivery, channel_id: str | None, *, enter: bool) -> Conversation:
        channels = Channels(self._slack, delivery.tenant.token)
        seen = await channels.look(channel_id)
        return await channels.enter(seen) if enter else seen


def _named(incoming: Incoming) -> int | None:
    """What tells this delivery from others, as a number, for it is kept; None for typeahead, which changes nothing."""
    if incoming.kind is Kind.OPTIONS or incoming.delivery is None:
        return None
    return hash((incoming.tenant_id, incoming.kind, incoming.delivery))


def _subject(incoming: Incoming) -> Hashable | None:
    """The button or form in this person's hands: a second press while the first is at work is the same press."""
    if incoming.kind not in {Kind.ACTION, Kind.SUBMISSION}:
        return None
    origin = incoming.origin
    place = incoming.view_id or (origin.channel_id, origin.message_ts)
    return (incoming.tenant_id, incoming.user_id, incoming.kind, place, incoming.key, incoming.value)
