"""From a request of Slack's to its handler, and with the handler's answer back; whatever the request is."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.clock import utc_now
from bot.dispatcher import failures
from bot.dispatcher.answers import Answer, PublishHome, Reply, UpdateModal
from bot.dispatcher.channels import Channels
from bot.dispatcher.delivery import Delivery
from bot.dispatcher.failures import Interrupted, Problem
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
from bot.services.asking import AdminNeeded
from bot.services.connections import Connections
from bot.store import Store, StoreUnavailable, events
from bot.views.messages import Message

IN_TIME = timedelta(seconds=1.5)
"""How long Slack waits for an answer before it gets an acknowledgement; it would give up after 3 s."""
IN_TIME_FOR_OPTIONS = timedelta(seconds=2.5)  # nothing can be sent later
REPEATED_WITHIN = timedelta(minutes=6)
"""How long a delivery is known again: Slack's signature on it is good for five minutes, whoever sends it."""
ANSWERED_AGAIN = timedelta(seconds=3)
"""How long the same answer is given to it: so long Slack waits for one."""
LAST_WORDS = timedelta(seconds=2)
"""How long it may take to tell somebody that the process ends before it was done."""


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
        self._changed = changed
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
        self._limits = limits or Limits()
        self._voice = Voice(slack)
        self._pipeline = Pipeline(slack, self._voice, self._tasks)
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
        task, new = self._once.run(lambda: self._serve(delivery), delivery=_named(incoming), subject=_subject(incoming))
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
        await self._serve(delivery)

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
        incoming = delivery.incoming
        try:
            if await self._first(delivery):
                await self._serve(delivery)
        except Exception as error:  # noqa: BLE001 (the one place for errors)
            problem = self._explained(error, delivery)
            try:
                delivery.tenant = await self._tenants.get(incoming.tenant_id)
            except Exception as unknown:  # noqa: BLE001 (there is no way to tell anybody)
                failures.report(unknown, kind=Kind.EVENT, route=incoming.key)
            else:
                self._note(delivery, problem, 0.0)
                await self._send_problem(delivery, problem)

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

    async def _serve(self, delivery: Delivery) -> str:
        """Answer, whatever happens, also where the process ends before it is done."""
        try:
            return await self._served(delivery)
        except asyncio.CancelledError:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LAST_WORDS.total_seconds()):
                    await self._send_problem(delivery, self._explained(Interrupted(), delivery))
            raise

    async def _served(self, delivery: Delivery) -> str:
        """The body of the HTTP answer while there is time for one."""
        began = time.perf_counter()
        structlog.contextvars.bind_contextvars(request=secrets.token_hex(4))
        answer = await self._answer(delivery)
        try:
            body = await self._pipeline.send(delivery, answer)
        except Exception as error:  # noqa: BLE001 (the one place for errors)
            answer = self._explained(error, delivery)
            body = await self._send_problem(delivery, answer)
        if delivery.changes:
            self._tasks.start(self._follow_up(delivery, answer))
        if isinstance(answer, Reply) and answer.then:
            incoming = delivery.incoming
            again = self.rerun(incoming.tenant_id, incoming.team_id, incoming.user_id, answer.then)
            self._tasks.start(again)
        self._note(delivery, answer, time.perf_counter() - began)
        return body

    async def _answer(self, delivery: Delivery) -> Answer | Problem:
        incoming = delivery.incoming
        try:
            with self._limits.held(incoming.tenant_id, incoming.user_id):
                delivery.tenant = await self._tenants.get(incoming.tenant_id)
                person = await self._people.get(delivery.tenant, incoming.team_id, incoming.user_id, now=delivery.now)
                delivery.person = person
                delivery.t = Translator(person.locale, person.zone, now=delivery.now, commands=self._names)
                return await self._handling.answer(delivery, person)
        except AdminNeeded as error:
            return await self._offered(error, delivery)
        except Exception as error:  # noqa: BLE001 (the one place for errors)
            return self._explained(error, delivery)

    async def _offered(self, error: AdminNeeded, delivery: Delivery) -> Problem:
        """What an admin could do: the button to ask one, where one can be asked."""
        problem = self._explained(error, delivery)
        assert delivery.person is not None  # noqa: S101 (a handler ran; says so to the type checker)
        try:
            return replace(problem, ask=await self._handling.offer(delivery, delivery.person, error))
        except StoreUnavailable as outage:
            failures.report(outage, kind=delivery.incoming.kind, route=delivery.route)
            return problem

    async def _follow_up(self, delivery: Delivery, answer: Answer | Problem) -> None:
        """Something was changed: the person's App Home shows it too."""
        match answer:
            case Reply(message):
                said = message.text
            case UpdateModal(did=said):
                pass
            case _:
                said = ""
        assert delivery.person is not None  # noqa: S101 (a handler ran; says so to the type checker)
        try:
            shown = await self._handling.follow_up(delivery, delivery.person, self._changed, said)
            if isinstance(shown, PublishHome):
                await self._pipeline.send(delivery, shown)
        except Exception as error:  # noqa: BLE001 (the change itself was answered; the Home is shown anew when opened)
            failures.report(error, kind=delivery.incoming.kind, route=delivery.route)

    async def _permalink(self, delivery: Delivery) -> str | None:
        origin = delivery.origin
        if origin.channel_id is None or origin.message_ts is None:
            return None
        return await self._slack.find_permalink(delivery.tenant.token, origin.channel_id, origin.message_ts)

    async def _channel(self, delivery: Delivery, channel_id: str | None, *, enter: bool) -> Conversation:
        channels = Channels(self._slack, delivery.tenant.token)
        seen = await channels.look(channel_id)
        return await channels.enter(seen) if enter else seen

    async def _send_problem(self, delivery: Delivery, problem: Problem) -> str:
        """The last resort, when not even the answer could be sent."""
        try:
            return await self._pipeline.send(delivery, problem)
        except Exception as error:  # noqa: BLE001 (there is nobody left to tell)
            failures.report(error, kind=delivery.incoming.kind, route=delivery.route)
            return NO_ANSWER

    @staticmethod
    def _explained(error: Exception, delivery: Delivery) -> Problem:
        return failures.explain(
            error, delivery.t, typed=delivery.typed, kind=delivery.incoming.kind, route=delivery.route
        )

    def _note(self, delivery: Delivery, answer: Answer | Problem, seconds: float) -> None:
        outcome = Outcome.ANSWERED
        if isinstance(answer, Problem):
            outcome = Outcome.REFUSED if answer.expected else Outcome.FAILED
        elif delivery.route == "unknown":
            outcome = Outcome.UNKNOWN
        kind = delivery.incoming.kind
        self._metrics.observe(kind, delivery.route, outcome, seconds)
        self._log.info(
            "request",
            kind=kind,
            route=delivery.route,
            outcome=outcome,
            ms=round(seconds * 1000),
            late=delivery.late,
        )


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
