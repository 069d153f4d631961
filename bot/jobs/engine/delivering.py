"""One post on its way: whatever crashes in between, it is posted once, as far as Slack lets one know."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.dispatcher.posting import GONE_MESSAGE, GONE_THREAD, PASSING, Gone, Posted, Posts, gone
from bot.dispatcher.slack import SlackError
from bot.dispatcher.tenants import NotInstalled, Tenant, Tenants
from bot.i18n import N_
from bot.jobs.engine.letters import Letter, find_letter
from bot.jobs.engine.pausing import pause
from bot.jobs.engine.pictures import illustrate
from bot.jobs.engine.preparing import Enqueue
from bot.jobs.job import Job, Office
from bot.store import Session, StoreUnavailable, deliveries, schedules
from bot.store.deliveries import Run
from bot.store.tables import Delivery
from bot.store.tables.schedules import FAILED, POSTED, SKIPPED, UNSURE

ATTEMPTS = 5
"""How often a post is made that may have been posted each time, and cannot be looked for."""
GIVEN_UP_AFTER = timedelta(hours=6)
"""How long Slack may be out of reach before a post is given up."""
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (2, 10, 30, 60, 300))
RECORDED_WITHIN = 300
"""For how many seconds what was posted is kept in mind while the database is away."""
TURN = timedelta(seconds=5)
"""How long it waits for a post that it refers to, and that has not been posted yet."""

REASONS: Mapping[Gone, str] = {
    Gone.CHANNEL: N_(
        "I cannot post in the channel: it was archived, or I was removed. Invite me, then press *Resume*."
    ),
    Gone.PERSON: N_("I cannot reach the person in Slack any more."),
    Gone.APP: N_("Slack no longer lets me post here. Ask an admin to install me again."),
}
SUPERSEDED = N_("Something newer took its place before it was posted.")
UNKNOWN = N_("Slack did not say whether it was posted, so it was not repeated.")
UNREACHABLE = N_("Slack could not be reached for hours.")
PUZZLING = N_("Something went wrong on our side, several times.")
UNREADABLE = N_("What was to be posted cannot be read any more.")


async def _never() -> None:
    """Nobody can have taken this process for dead."""


async def _at_once(_: Session, __: Delivery, ___: datetime) -> timedelta:
    """It is every post's turn."""
    return timedelta()


@dataclass(frozen=True, slots=True)
class Desk:
    """What posts are delivered with.

    `turn` says how long a post has to wait for its workspace's pace; `fence` raises where this process may have been
    taken for dead.
    """

    office: Office
    posts: Posts = field(repr=False)
    tenants: Tenants = field(repr=False)
    jobs: Mapping[str, Job]
    enqueue: Enqueue
    turn: Callable[[Session, Delivery, datetime], Awaitable[timedelta]] = _at_once
    fence: Callable[[], Awaitable[None]] = _never


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a post: a state of the history. `lateness` is how long after its time."""

    state: str
    lateness: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Later:
    """It is to be tried again after `wait`."""

    wait: timedelta


Outcome = Ended | Later


async def deliver(desk: Desk, delivery_id: int, *, now: datetime) -> Outcome | None:
    """Post it, or find out that it was posted; None where it had ended before.

    Raises StoreUnavailable: what happened is then found out by the next attempt.
    """
    async with desk.office.store.reading() as db:
        letter = await find_letter(db, delivery_id)
    if letter is None:
        return None
    row = letter.row
    try:
        tenant = await desk.tenants.get(row.tenant_id)
    except NotInstalled:
        return await _end(desk, row, now, state=FAILED, error=REASONS[Gone.APP])
    settled = await _settled(desk, tenant, letter, now)
    if settled:
        return settled
    await desk.fence()
    async with desk.office.store.writing() as db:
        wait = await desk.turn(db, row, now)
        begun = None if wait else await deliveries.begin(db, row.id, now=now)
    if wait:
        return Later(wait)
    return await _attempt(desk, tenant, letter, now) if begun else None


async def _settled(desk: Desk, tenant: Tenant, letter: Letter, now: datetime) -> Outcome | None:
    """What becomes of it without another attempt; None where one is to be made."""
    row = letter.row
    if letter.superseded:
        return await _end(desk, row, now, state=SKIPPED, error=SUPERSEDED)
    if letter.content is None:
        return await _end(desk, row, now, state=FAILED, error=UNREADABLE)
    if letter.early:
        return await _later(desk, row, TURN, now)
    if row.tried_at is not None and letter.replaced is None:
        return await _resolve(desk, tenant, letter, now)
    return None


async def _attempt(desk: Desk, tenant: Tenant, letter: Letter, now: datetime) -> Outcome:
    """Post it, and keep that it is posted before anything is added to it."""
    try:
        posted = await _send(desk, tenant, letter)
    except SlackError as error:
        return await _failed(desk, letter.row, error, attempts=letter.row.attempts + 1, now=now)
    ended = await record(desk, letter.row, posted, now)
    await illustrate(desk.posts, tenant.token, posted, letter.content or {})
    return ended


async def _send(desk: Desk, tenant: Tenant, letter: Letter) -> Posted:
    """The message as it stands in Slack then. Raises SlackError."""
    content = letter.content or {}
    if letter.replaced:
        try:
            await desk.posts.replace(tenant.token, letter.replaced, content)
        except SlackError as error:
            if error.code not in GONE_MESSAGE:
                raise
        else:
            return letter.replaced

    async def post(thread_ts: str | None) -> Posted:
        number, broadcast = letter.row.id, letter.row.broadcast
        return await desk.posts.post(
            tenant.token, letter.place, content, delivery_id=number, thread_ts=thread_ts, broadcast=broadcast
        )

    try:
        return await post(letter.thread_ts)
    except SlackError as error:
        if letter.thread_ts is None or error.code not in GONE_THREAD:
            raise
    return await post(None)


async def _resolve(desk: Desk, tenant: Tenant, letter: Letter, now: datetime) -> Outcome | None:
    """Find out what became of an attempt that broke off; None where it has to be made again."""
    row, account = letter.row, letter.account
    since = row.tried_at or row.created_at
    try:
        channel_id = await desk.posts.open_dm(tenant.token, account.user_id) if account else letter.place
        found = await desk.posts.find(tenant.token, channel_id, row.id, since=since, thread_ts=letter.thread_ts)
    except SlackError as error:
        structlog.get_logger("bot").info("history_unreadable", slack=str(error))
        if error.retry_after is not None:
            return await _later(desk, row, error.retry_after, now)
    else:
        return await record(desk, row, found, now) if found else None
    if row.repeatable and row.attempts < ATTEMPTS:
        return None
    return await _end(desk, row, now, state=UNSURE, error=UNKNOWN)


async def _failed(desk: Desk, row: Delivery, error: SlackError, *, attempts: int, now: datetime) -> Outcome:
    """What follows from `error`: another attempt, or the end."""
    structlog.get_logger("bot").warning("post_failed", delivery=row.id, kind=row.kind, slack=str(error))
    pause_length = PAUSES[min(attempts, len(PAUSES)) - 1]
    too_late = now - row.created_at > GIVEN_UP_AFTER
    if not error.refused:
        if too_late:
            return await _end(desk, row, now, state=UNSURE, error=UNKNOWN)
        return await _later(desk, row, pause_length, now)
    async with desk.office.store.writing() as db:
        await deliveries.untry(db, row.id)
    if error.retry_after is not None:
        return await _later(desk, row, error.retry_after, now)
    if error.code.islower() and error.code not in PASSING:  # Slack's own word: it will not change its mind
        return await _end(
            desk, row, now, state=FAILED, error=error.code, lacking=gone(error, in_channel=row.account_id is None)
        )
    if too_late:
        return await _end(desk, row, now, state=FAILED, error=UNREACHABLE)
    return await _later(desk, row, pause_length, now)


async def record(desk: Desk, row: Delivery, posted: Posted, now: datetime) -> Ended:
    """Keep where it is posted, as soon as the database is there. Raises StoreUnavailable after minutes without it."""
    for _ in range(RECORDED_WITHIN):
        with contextlib.suppress(StoreUnavailable):
            return await _record(desk, row, posted, now)
        await asyncio.sleep(1)
    return await _record(desk, row, posted, now)


async def _record(desk: Desk, row: Delivery, posted: Posted, now: datetime) -> Ended:
    async with desk.office.store.writing() as db:
        await deliveries.end(db, row.id, state=POSTED, now=now, ts=posted.ts, channel_id=posted.channel_id)
        if row.edit_of is not None:
            await deliveries.stand_in(db, row, key=row.edit_of, channel_id=posted.channel_id, ts=posted.ts, now=now)
        if row.thread_of is not None:
            await deliveries.use(db, tenant_id=row.tenant_id, key=row.thread_of, now=now)
    return Ended(POSTED, max(timedelta(), now - row.due_at))


async def give_up_post(desk: Desk, delivery_id: int, *, now: datetime) -> Ended | None:
    """Try a post no more that fails for a reason nobody foresaw; None where it had ended before."""
    async with desk.office.store.reading() as db:
        row = await deliveries.find_by_id(db, delivery_id)
    return None if row is None else await _end(desk, row, now, state=FAILED, error=PUZZLING)


async def _end(
    desk: Desk, row: Delivery, now: datetime, *, state: str, error: str, lacking: Gone | None = None
) -> Ended:
    async with desk.office.store.writing() as db:
        ended = await deliveries.end(db, row.id, state=state, now=now, error=error)
        if ended and lacking:
            await desk.enqueue(db, await _pause(desk, db, row, lacking, now), now)
    return Ended(state)


async def _pause(desk: Desk, db: Session, row: Delivery, lacking: Gone, now: datetime) -> Sequence[Delivery]:
    """Pause what the post came of, and give what its owner is told."""
    schedule = None if row.schedule_id is None else await schedules.find_by_id(db, row.schedule_id)
    if schedule is None or schedule.kind not in desk.jobs or row.key.startswith("paused:"):
        return ()
    if lacking is Gone.PERSON and schedule.account_id != row.account_id:
        return ()  # one of many whom it serves: the others still get theirs
    run = Run(
        name=row.run,
        kind=row.kind,
        tenant_id=row.tenant_id,
        team_id=row.team_id,
        due_at=row.due_at,
        schedule_id=schedule.id,
    )
    job = desk.jobs[schedule.kind]
    return await pause(desk.office, db, schedule, job, run, reason=REASONS[lacking], now=now)


async def _later(desk: Desk, row: Delivery, length: timedelta, now: datetime) -> Later:
    async with desk.office.store.writing() as db:
        await deliveries.wait(db, row.id, until=now + length)
    return Later(length)
