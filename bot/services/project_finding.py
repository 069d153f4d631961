"""From what was seen of projects to what is kept of it and what channels are told: in one unit of work."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from bot.domain.project_snapshots import Created, Deleted, Renamed, Snapshot, updates
from bot.domain.project_updates import Told
from bot.services import project_routing
from bot.services.project_rounds import Round, Vanished
from bot.services.project_routing import Change
from bot.store import Session, project_updates, subscriptions
from bot.store.project_updates import Seen

_SKEW = timedelta(minutes=2)
"""How far Toggl's clock and ours may differ."""


@dataclass(frozen=True, slots=True)
class Looker:
    """Whose credential saw it, in which workspace (Focus's number)."""

    tenant_id: str
    account_id: int
    workspace_id: int


def compared(
    known: Mapping[int, Snapshot], seen: Mapping[int, Seen], found: Round, *, since: datetime | None, rotates: bool
) -> list[Change]:
    """What changed since it was kept; everything is new and nothing happened where nothing was kept yet.

    `since` is when the first look was, None for this one. `rotates`: not all members are asked for in every round.
    """
    changes = [
        change
        for number in sorted(found.projects)
        if (change := _seen(number, known.get(number), seen.get(number), found, since, rotates=rotates))
    ]
    return changes + [_vanished(number, known[number], seen[number], why) for number, why in found.vanished.items()]


async def keep(
    db: Session, looker: Looker, changes: Iterable[Change], *, now: datetime, noted: Collection[int] = ()
) -> Sequence[Change]:
    """Keep what was seen, and let channels be told of it; those of the changes that nobody else kept first.

    `noted` are projects whose change is told by somebody else: they stay as they are kept.
    """
    kept = [change for change in changes if change.project_id not in noted and await _kept(db, looker, change, now)]
    for change in kept:
        await _rename(db, looker, change)
    shown = [change for change in kept if change.told or change.shows]
    if shown:
        await project_routing.tell(db, looker.tenant_id, looker.account_id, looker.workspace_id, shown, now=now)
    return kept


def _seen(
    number: int,
    before: Snapshot | None,
    kept: Seen | None,
    found: Round,
    since: datetime | None,
    *,
    rotates: bool,
) -> Change | None:
    project, members = found.projects[number], found.members.get(number)
    members_at = found.at if rotates and members is not None else kept.members_at if kept else None
    state = kept.state if kept else None
    if before is None:
        new = (Told(Created()),) if _is_new(found.created_at.get(number), since) else ()
        return Change(number, None, state, Snapshot.of(project, members=members), new, members_at)
    after = before.seen(project, members=members)
    told = tuple(Told(update) for update in updates(before, after))
    if not told and before.shown == after.shown and members_at == (kept.members_at if kept else None):
        return None
    return Change(number, before, state, after, told, members_at)


def _vanished(number: int, before: Snapshot, kept: Seen, why: Vanished) -> Change:
    """A private project that is not found may be hidden: nothing more is said of it then."""
    hidden = why is Vanished.FORBIDDEN or (why is Vanished.NOT_FOUND and before.project.fields.private)
    if hidden:
        return Change(number, before, kept.state, None)
    gone = Told(Deleted(after=True, sure=why is Vanished.DELETED))
    return Change(number, before, kept.state, before.lost(), (gone,))


def _is_new(created_at: datetime | None, since: datetime | None) -> bool:
    """Whether a project that was never seen is new, and not only new to the person."""
    return since is not None and (created_at is None or created_at >= since - _SKEW)


async def _kept(db: Session, looker: Looker, change: Change, now: datetime) -> bool:
    if change.after is None:
        await project_updates.drop_snapshots(
            db,
            account_id=looker.account_id,
            workspace_id=looker.workspace_id,
            project_ids=[change.project_id],
        )
        return True
    return await project_updates.replace(
        db,
        account_id=looker.account_id,
        workspace_id=looker.workspace_id,
        project_id=change.project_id,
        before=change.kept,
        state=msgspec.json.encode(change.after).decode(),
        members_at=change.members_at,
        now=now,
    )


async def _rename(db: Session, looker: Looker, change: Change) -> None:
    for told in change.told:
        if isinstance(told.update, Renamed) and change.after is not None:
            await subscriptions.rename_project(
                db,
                workspace_id=looker.workspace_id,
                project_id=change.project_id,
                name=told.update.after,
                private=change.after.project.fields.private,
            )
