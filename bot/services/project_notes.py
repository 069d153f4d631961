"""Changes of projects that were made through the bot: noted with the change, told at once, with who made them."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

import msgspec

from bot.domain.project_news import Deed, Did, New, News, after, is_private, told
from bot.domain.project_snapshots import Passed, Snapshot, Update
from bot.domain.project_updates import Told
from bot.domain.projects import Change as Deeds
from bot.domain.projects import Project
from bot.domain.subscriptions import Following, Paused
from bot.services import project_finding, project_polls, project_rounds
from bot.services.context import Context
from bot.services.following import following_of
from bot.services.project_finding import Looker
from bot.services.project_polls import Keep, Polled
from bot.services.project_rounds import Vanished
from bot.services.project_routing import Change
from bot.services.project_watching import CHANGED
from bot.store import Session, project_updates, schedules
from bot.store.tables import Schedule
from bot.toggl import CredentialMissing, CredentialRefused, QuotaSpent, TogglError

AGAIN = timedelta(minutes=1)
"""After Toggl could not be asked."""


async def note(db: Session, context: Context, project_id: int, did: Did) -> None:
    """Let everybody whose channel follows the project be told what the person did to it, as soon as this counts."""
    place = context.toggl
    if place.organization_id is None or place.workspace_id is None:
        return
    tenant_id = context.person.tenant_id
    rows = await project_updates.followers(db, tenant_id=tenant_id, workspace_id=place.workspace_id)
    concerned = [one for one in map(following_of, rows) if _concerned(one, project_id, did)]
    lookers = {one.account_id for one in concerned if one.account_id is not None}
    news = News(
        organization=place.organization_id,
        workspace=place.workspace_id,
        project=project_id,
        by=context.person.user_id,
        did=did,
    )
    for account_id in sorted(lookers):
        await schedules.add(
            db,
            kind=CHANGED,
            key=secrets.token_urlsafe(9),
            tenant_id=tenant_id,
            team_id=context.person.team_id,
            owner_id=account_id,
            payload=msgspec.to_builtins(news),
            due_at=context.now,
            now=context.now,
        )


async def settle(context: Context, schedule: Schedule) -> Polled:
    """Find out what one credential sees of the change. No call where everybody may see it and it was seen before.

    Raises NotConnected, CredentialRefused, CredentialMissing.
    """
    news = read(schedule)
    looker = Looker(schedule.tenant_id, context.person.account_id, news.workspace)
    async with context.store.reading() as db:
        seen = await project_updates.snapshots(
            db, account_id=looker.account_id, workspace_id=looker.workspace_id, project_ids=[news.project]
        )
    kept = seen.get(news.project)
    before = project_rounds.read(seen).get(news.project)
    calls = 1 if _asks(news, before) else 0
    try:
        now = await _look(context, news, before)
    except (CredentialMissing, CredentialRefused):
        raise
    except QuotaSpent as spent:
        return Polled(_nothing, max(spent.resets_at, context.now) + AGAIN)
    except TogglError:
        return Polled(_nothing, context.now + AGAIN)
    if now is None:
        return Polled(_nothing, None)
    found = told(news.did, before)
    snapshot = None if isinstance(now, Vanished) else now
    change = Change(
        news.project,
        before,
        kept.state if kept else None,
        snapshot,
        tuple(Told(update, _doer(news, update)) for update in found) if snapshot else (),
        kept.members_at if kept else None,
    )
    return Polled(_keep(schedule, looker, change, calls, context.now), None)


def read(schedule: Schedule) -> News:
    """What was done. Raises msgspec.ValidationError."""
    return msgspec.convert(schedule.settings, type=News)


def _doer(news: News, update: Update) -> str | None:
    """Who did it; a milestone that another estimate has passed is nobody's deed."""
    return None if isinstance(update, Passed) else news.by


async def _nothing(_: Session) -> None:
    """Write nothing."""


async def _look(context: Context, news: News, before: Snapshot | None) -> Snapshot | Vanished | None:
    """The project now, as far as the person sees it; None where it was never seen, and is gone."""
    if not _asks(news, before):
        if before is not None:
            return after(news.did, before)
        return Snapshot.of(news.did.project) if isinstance(news.did, New) else None
    now = await project_rounds.look_at(context, news.project)
    if isinstance(now, Project):
        return Snapshot.of(now) if before is None else after(news.did, before)
    return now if before is not None else None


def _asks(news: News, before: Snapshot | None) -> bool:
    """Whether Toggl has to be asked what the person sees: where it may be private, or was never seen."""
    if news.did == Deed(Deeds.DELETE):
        return False
    if before is None:
        return is_private(news.did) or not isinstance(news.did, New)
    return before.project.fields.private or is_private(news.did)


def _keep(schedule: Schedule, looker: Looker, change: Change, calls: int, now: datetime) -> Keep:
    async def keep(db: Session) -> None:
        if calls:
            await project_polls.charge(db, looker, calls=calls, now=now)
        kept = await project_finding.keep(db, looker, [change], now=now)
        if not kept and schedule.key is not None:
            # Somebody else kept what they saw first: compare with that.
            await schedules.ensure(
                db,
                kind=CHANGED,
                key=schedule.key,
                tenant_id=schedule.tenant_id,
                team_id=schedule.team_id,
                due_at=now,
                now=now,
            )

    return keep


def _concerned(one: Following, project_id: int, did: Did) -> bool:
    """Whether the channel may have to be told: also where it rests because the project was deleted, and is back."""
    if one.project_id not in {0, project_id}:
        return False
    back = did == Deed(Deeds.RESTORE) and one.paused is Paused.GONE
    return one.paused is None or back
