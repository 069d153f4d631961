"""Looking for changes with one person's credential in one workspace: when, how much, and what is kept of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from bot.domain.poll_share import SMALLEST_PLAN, Share, barred_until, charged, next_round
from bot.domain.subscriptions import Following, Mode, Paused, ProjectEvent
from bot.services import project_finding, project_rounds
from bot.services.context import Context
from bot.services.following import following_of, settings_of
from bot.services.project_finding import Looker
from bot.services.project_rounds import Round, Wanted
from bot.services.project_routing import rest
from bot.services.project_watching import CHANGED, POLL, POST
from bot.store import Session, Store, project_updates, schedules, subscriptions
from bot.store.tables import Schedule
from bot.toggl import CredentialMissing, CredentialRefused, Forbidden, NotFound, QuotaSpent, RateLimited, TogglError

TROUBLED = timedelta(minutes=5)
"""After Toggl could not be asked, or made no sense."""
RESTORABLE = timedelta(days=30)
"""How long a deleted project is looked for: it goes on where it comes back by then."""
_BREATH = timedelta(seconds=5)
_ROUNDS_AN_HOUR = 6
"""So many rounds should fit into the share of an hour, however many members there are to ask for."""

Keep = Callable[[Session], Awaitable[None]]


class Assignment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a poll's schedule holds: whose credential looks where, since when, and what it may spend.

    `organization` and `workspace` are Focus's numbers.
    """

    account: int
    organization: int
    workspace: int
    since: datetime | None = None
    share: Share | None = None

    @classmethod
    def of(cls, schedule: Schedule) -> Assignment:
        """The schedule's payload, read. Raises msgspec.ValidationError."""
        return msgspec.convert(schedule.settings, type=cls)

    def payload(self) -> Mapping[str, Any]:
        """As the schedule keeps it."""
        kept: dict[str, Any] = msgspec.to_builtins(self)
        return kept


@dataclass(frozen=True, slots=True)
class Polled:
    """What came of it: what is to be written, and when to look again; None where nobody needs it any more."""

    keep: Keep
    again_at: datetime | None


async def _nothing(_: Session) -> None:
    """Write nothing."""


async def followed(store: Store, schedule: Schedule, *, now: datetime) -> tuple[Following, ...]:
    """What needs this credential in this workspace: what does not rest, or waits for a deleted project to come back.

    What belongs to a channel that cannot be posted in any more rests from now on: who subscribed it was told so.
    """
    assignment = Assignment.of(schedule)
    async with store.reading() as db:
        rows = await subscriptions.of_poll(
            db,
            account_id=assignment.account,
            workspace_id=assignment.workspace,
            or_paused=Paused.GONE,
            since=now - RESTORABLE,
        )
        known = [following_of(row) for row in rows]
        lost = await project_updates.resting(
            db, tenant_id=schedule.tenant_id, kind=POST, channel_ids={one.channel_id for one in known}
        )
    if lost:
        async with store.writing() as db:
            ids = [one.id for one in known if one.channel_id in lost]
            await subscriptions.pause(db, ids, reason=Paused.NOT_IN_CHANNEL, now=now)
    return tuple(one for one in known if one.channel_id not in lost)


async def poll(context: Context, schedule: Schedule, following: Sequence[Following]) -> Polled:
    """Look once, if the share of the quota allows it. Raises NotConnected, CredentialRefused, CredentialMissing."""
    now, assignment = context.now, Assignment.of(schedule)
    barred = barred_until(assignment.share, now=now) if assignment.since else None
    if barred is not None:
        return Polled(_nothing, barred)
    async with context.store.reading() as db:
        seen = await project_updates.snapshots(db, account_id=assignment.account, workspace_id=assignment.workspace)
        parts = await _parts(db, schedule, assignment)
        wanted = await _wanted(db, following, len(seen), assignment.share, now)
    known = project_rounds.read(seen)
    try:
        found = await project_rounds.look(context, known, seen, wanted)
    except (CredentialMissing, CredentialRefused):
        raise
    except (Forbidden, NotFound):
        return Polled(_lost(schedule, following, now), None)
    except QuotaSpent as spent:
        return Polled(_nothing, max(spent.resets_at, now) + _BREATH)
    except TogglError as error:
        share = await _share(context, assignment, assignment.share.cost if assignment.share else 1, parts)
        pause = timedelta(seconds=error.retry_after) if isinstance(error, RateLimited) else TROUBLED
        return Polled(_share_kept(schedule, assignment, share, now), max(now + pause, next_round(share, now=now)))
    rotates = len(wanted.members) > wanted.most_members
    changes = project_finding.compared(known, seen, found, since=assignment.since, rotates=rotates)
    absent = [one for one in following if not one.everything and _absent(one.project_id, known, found)]
    share = await _share(context, assignment, found.calls, parts)
    looker = Looker(schedule.tenant_id, assignment.account, assignment.workspace)
    keep_share = _share_kept(schedule, msgspec.structs.replace(assignment, since=assignment.since or now), share, now)

    async def keep(db: Session) -> None:
        noted = await _noted(db, looker)
        await project_finding.keep(db, looker, changes, now=now, noted=noted)
        await rest(db, absent, Paused.LOST_SIGHT, now=now)
        await keep_share(db)

    return Polled(keep, next_round(share, now=now))


def end(schedule: Schedule) -> Keep:
    """Nobody needs this credential to look there any more: forget what it saw, and the schedule."""
    assignment = Assignment.of(schedule)

    async def keep(db: Session) -> None:
        await project_updates.forget_snapshots(db, account_id=assignment.account, workspace_id=assignment.workspace)
        await schedules.remove(db, schedule.id)

    return keep


async def end_with_this_run(db: Session, schedule: Schedule, *, now: datetime) -> None:
    """The same for a run that posts something: the schedule stays until that is stored."""
    assignment = Assignment.of(schedule)
    await project_updates.forget_snapshots(db, account_id=assignment.account, workspace_id=assignment.workspace)
    await schedules.change(db, schedule.id, now=now, pattern=None, next_run_at=None)


def orphan(schedule: Schedule, *, now: datetime) -> Keep:
    """The person is not known any more: what followed with their credential rests, and its channels are told."""
    assignment = Assignment.of(schedule)

    async def keep(db: Session) -> None:
        rows = await project_updates.followers(db, tenant_id=schedule.tenant_id, workspace_id=assignment.workspace)
        left = [following_of(row) for row in rows if row[1] is None]
        await rest(db, [one for one in left if one.paused is None], Paused.DISCONNECTED, now=now)
        await schedules.remove(db, schedule.id)

    return keep


async def sign(db: Session, schedule: Schedule, *, now: datetime) -> None:
    """Something changed there, Track says: look as soon as the share allows it, and once for several signs."""
    assignment = Assignment.of(schedule)
    soon = max(now + _BREATH, barred_until(assignment.share, now=now) or now)
    if schedule.paused_at is None and (schedule.next_run_at is None or schedule.next_run_at > soon):
        await schedules.change(db, schedule.id, now=now, next_run_at=soon)


async def charge(db: Session, looker: Looker, *, calls: int, now: datetime) -> None:
    """Count what was asked for a single change too: the next looks come later for it."""
    key = f"{looker.account_id}:{looker.workspace_id}"
    schedule = await schedules.find(db, tenant_id=looker.tenant_id, kind=POLL, key=key)
    assignment = Assignment.of(schedule) if schedule else None
    if schedule is None or assignment is None or assignment.share is None or assignment.share.resets_at <= now:
        return
    share = msgspec.structs.replace(assignment.share, spent=assignment.share.spent + calls)
    await schedules.change(db, schedule.id, now=now, payload=msgspec.structs.replace(assignment, share=share).payload())


def _lost(schedule: Schedule, following: Sequence[Following], now: datetime) -> Keep:
    """The person may not see the workspace any more."""

    async def keep(db: Session) -> None:
        await rest(db, following, Paused.LOST_SIGHT, now=now)
        await end(schedule)(db)

    return keep


async def _parts(db: Session, schedule: Schedule, assignment: Assignment) -> int:
    """How many polls share the quota of the credential in the organization, this one among them."""
    rows = await project_updates.sharing(db, tenant_id=schedule.tenant_id, kind=POLL, account_id=assignment.account)
    return max(1, sum(1 for row in rows if Assignment.of(row).organization == assignment.organization))


async def _share(context: Context, assignment: Assignment, cost: int, parts: int) -> Share:
    """What is left of the share after a round of `cost` calls."""
    quota = await context.toggl.quota()
    return charged(
        assignment.share,
        cost=cost,
        remaining=quota.remaining if quota else None,
        resets_at=quota.resets_at if quota else None,
        now=context.now,
        parts=parts,
    )


def _share_kept(schedule: Schedule, assignment: Assignment, share: Share, now: datetime) -> Keep:
    after = msgspec.structs.replace(assignment, share=share)

    async def keep(db: Session) -> None:
        await schedules.change(db, schedule.id, now=now, payload=after.payload())

    return keep


async def _wanted(
    db: Session, following: Sequence[Following], projects: int, share: Share | None, now: datetime
) -> Wanted:
    """What matters to those who follow, within what a round may take."""
    everything = any(one.everything for one in following)
    channels = {one.channel_id for one in following}
    rows = (
        await project_updates.settings_of_channels(db, tenant_id=following[0].tenant_id, channel_ids=channels)
        if following
        else {}
    )
    members = {
        one.project_id
        for one in following
        if not one.everything
        and one.mode(ProjectEvent.MEMBERS, settings_of(rows.get(one.channel_id), ZoneInfo("UTC"))) is not Mode.OFF
    }
    calls = share.calls // share.parts if share else SMALLEST_PLAN // 10
    most = max(1, calls // _ROUNDS_AN_HOUR - project_rounds.pages(projects))
    left = share.left(now=now) if share else calls
    return Wanted(None if everything else {one.project_id for one in following}, members, most, left)


async def _noted(db: Session, looker: Looker) -> Collection[int]:
    """Projects whose change was made through the bot, and is about to be told."""
    rows = await project_updates.pending(db, tenant_id=looker.tenant_id, kind=CHANGED, account_id=looker.account_id)
    return {row.settings["project"] for row in rows if row.settings.get("workspace") == looker.workspace_id}


def _absent(project_id: int, known: Mapping[int, object], found: Round) -> bool:
    return project_id not in known and project_id not in found.projects
