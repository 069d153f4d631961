"""Answers one request, whatever happens: who asks, what their handler gives, how that is sent, what is noted of it."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import structlog

from bot.dispatcher import failures
from bot.dispatcher.answers import Answer, PublishHome, Reply, UpdateModal
from bot.dispatcher.delivery import Delivery
from bot.dispatcher.failures import Interrupted, Problem
from bot.dispatcher.handling import FollowUp, Handling
from bot.dispatcher.limits import Limits
from bot.dispatcher.metrics import Metrics, Outcome
from bot.dispatcher.people import People
from bot.dispatcher.pipeline import NO_ANSWER, Pipeline
from bot.dispatcher.request import Pending
from bot.dispatcher.tasks import Tasks
from bot.dispatcher.tenants import Tenants
from bot.i18n import Translator
from bot.services.asking import AdminNeeded
from bot.store import StoreUnavailable

LAST_WORDS = timedelta(seconds=2)
"""How long it may take to tell somebody that the process ends before it was done."""

Rerun = Callable[[str, str, str, Pending], Coroutine[Any, Any, None]]
"""Runs a command that had to wait, for a tenant, a team and a person."""


class Answering:
    """Between the dispatcher, which takes each request once and in time, and the pipeline, which sends."""

    def __init__(  # noqa: PLR0913 (the dispatcher's parts, given once)
        self,
        handling: Handling,
        pipeline: Pipeline,
        tasks: Tasks,
        *,
        names: Mapping[str, str],
        tenants: Tenants,
        people: People,
        limits: Limits,
        changed: FollowUp,
        metrics: Metrics,
        rerun: Rerun,
    ) -> None:
        self._handling = handling
        self._pipeline = pipeline
        self._tasks = tasks
        self._names = names
        self._tenants = tenants
        self._people = people
        self._limits = limits
        self._changed = changed
        self._metrics = metrics
        self._rerun = rerun
        self._log = structlog.get_logger("bot")

    async def serve(self, delivery: Delivery) -> str:
        """The body of the HTTP answer while there is time for one; answers also where the process ends before."""
        try:
            return await self._served(delivery)
        except asyncio.CancelledError:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LAST_WORDS.total_seconds()):
                    await self._send_problem(delivery, self._explained(Interrupted(), delivery))
            raise

    async def refuse(self, delivery: Delivery, error: Exception) -> None:
        """Say why nothing came of what somebody wrote or did, before anything was asked for it."""
        problem = self._explained(error, delivery)
        try:
            delivery.tenant = await self._tenants.get(delivery.incoming.tenant_id)
        except Exception as unknown:  # noqa: BLE001 (there is no way to tell anybody)
            failures.report(unknown, kind=delivery.incoming.kind, route=delivery.incoming.key)
        else:
            self._note(delivery, problem, 0.0)
            await self._send_problem(delivery, problem)

    async def _served(self, delivery: Delivery) -> str:
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
            again = self._rerun(incoming.tenant_id, incoming.team_id, incoming.user_id, answer.then)
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
