"""The statuses of tasks: look at them, make, change, move, delete and restore one; each change to be undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from bot.domain import statuses as domain
from bot.domain.administration import Change
from bot.domain.audit import Result
from bot.domain.matching import Matches, match
from bot.domain.statuses import Deleted, Status, Type
from bot.errors import UserError
from bot.i18n import N_
from bot.services import administration, undo
from bot.services.context import Context
from bot.services.entry_changes import NothingToSave
from bot.services.status_changes import CREATE, DELETE, EDIT, RESTORE, SUBJECT
from bot.store import audit as log
from bot.store import workspaces
from bot.store.tables import AuditRow
from bot.toggl import Forbidden, NotFound, PaidFeature, TogglError
from bot.toggl.paging import LARGEST_PAGE

_LOOKED_THROUGH = 200
"""Changes of statuses that are looked through for deleted ones."""
_OFFERED = 20


class StatusGone(UserError):
    """The status is not there any more."""

    sentence = N_("That status no longer exists: somebody deleted it in Toggl.")


class AtTheEnd(UserError):
    """There is nothing to change places with."""

    sentence = N_("*{name}* is already the first or the last of its type. Nothing was changed.")


class NothingDeleted(UserError):
    """No status that was deleted here is called so."""

    sentence = N_(
        "No status called “{words}” was deleted here in the last year. Toggl does not list deleted ones: if you "
        "know its number, type `{toggl} statuses restore 12345`."
    )


@dataclass(frozen=True, slots=True)
class Listing:
    """The statuses there are, and whether Toggl has more than it gives at once."""

    statuses: tuple[Status, ...]
    more: bool = False

    def find(self, status_id: int) -> Status:
        """One of them. Raises StatusGone."""
        found = next((status for status in self.statuses if status.id == status_id), None)
        if found is None:
            raise StatusGone
        return found


@dataclass(frozen=True, slots=True)
class Seen:
    """How a form showed a status; `after` is the number of the one in front of it."""

    name: str
    emoji: str
    position: int
    after: int | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """What Toggl saves together."""
        return {name: getattr(self, name) for name in domain.SAVED}


@dataclass(frozen=True, slots=True)
class Done:
    """A change that was made, the status and all others as they are now, and what takes it back.

    `in_vain` tells of a move that did not lead to the order that was meant.
    """

    change: Change
    status: Status | None
    """None where it is gone, or Toggl does not show it."""
    listing: Listing | None
    """None where Toggl did not show them after it."""
    undo_id: str | None
    in_vain: bool = False


async def list_statuses(context: Context, *, afresh: bool = True) -> Listing:
    """The statuses in order. One call, none within ten minutes unless `afresh`. Raises TogglError."""
    page = await context.toggl.statuses.cached(afresh=afresh)
    there = (Status.of(answer) for answer in page.data if answer.deleted_at is None)
    return Listing(domain.in_order(filter(None, there)), more=len(page.data) >= LARGEST_PAGE)


async def get(context: Context, status_id: int) -> Status:
    """The status as it is now. One call. Raises StatusGone, TogglError."""
    try:
        answer = await context.toggl.statuses.get(status_id)
    except NotFound:
        raise StatusGone from None
    status = Status.of(answer)
    if status is None or answer.deleted_at is not None:
        raise StatusGone
    return status


async def count_tasks(context: Context, status_id: int) -> int | None:
    """How many tasks have the status; None where Toggl does not tell. One call, to a companion."""
    try:
        page = await context.toggl.tasks.list(status_id=status_id, per_page=1)
    except (Forbidden, NotFound, PaidFeature):
        return None
    return page.total


async def create(context: Context, *, name: str, emoji: str, after: int | None) -> Done:
    """Make a status behind the one with the number `after`, or in front of all that are to do. Three to five calls.

    Raises what `administration.change` raises.
    """
    there = await list_statuses(context, afresh=False)
    position = domain.position_after(there.statuses, after, Type.TODO)
    fields = {"name": name, "emoji": emoji, "position": position}
    return await _do(context, Change(kind=CREATE, name=name, after=fields))


async def save(context: Context, status_id: int, seen: Seen, *, name: str, emoji: str, after: int | None) -> Done:
    """Save the form of a status that was `seen` so; `after` as in `create`, within its type. Four calls.

    Raises StatusGone, NothingToSave, and what `administration.change` raises.
    """
    position = seen.position
    if after != seen.after:
        there = await list_statuses(context, afresh=False)
        position = domain.position_after(there.statuses, after, there.find(status_id).type)
    wanted = {"name": name, "emoji": emoji, "position": position}
    if wanted == seen.fields:
        raise NothingToSave
    change = Change(kind=EDIT, subject_id=str(status_id), name=seen.name, before=seen.fields, after=wanted)
    return await _do(context, change)


async def move(context: Context, status_id: int, *, seen: int, up: bool) -> Done:
    """Let a status that was `seen` at a position change places with its neighbour. Four calls.

    Raises StatusGone, AtTheEnd, and what `administration.change` raises.
    """
    there = await list_statuses(context, afresh=False)
    status = there.find(status_id)
    step = domain.step(there.statuses, status, up=up)
    if step is None:
        raise AtTheEnd(name=status.name)
    shown = {**step.status.saved, **({"position": seen} if step.status is status else {})}
    wanted = {**step.status.saved, "position": step.position}
    change = Change(kind=EDIT, subject_id=str(step.status.id), name=step.status.name, before=shown, after=wanted)
    done = await _do(context, change)
    if done.listing is None:
        return done
    now = done.listing.find(status_id)
    return replace(
        done, status=now, in_vain=not domain.is_stepped(there.statuses, done.listing.statuses, status, up=up)
    )


async def delete(context: Context, status_id: int, seen: Seen) -> Done:
    """Delete a status that was `seen` so. Four calls. Raises what `administration.change` raises."""
    return await _do(
        context, Change(kind=DELETE, subject_id=str(status_id), name=seen.name, before=seen.fields, after=None)
    )


async def restore(context: Context, deleted: Deleted) -> Done:
    """Bring a deleted status back. Three calls. Raises what `administration.change` raises."""
    fields = {"name": deleted.name, "emoji": deleted.emoji}
    return await _do(context, Change(kind=RESTORE, subject_id=str(deleted.id), name=deleted.name, after=fields))


async def deleted(context: Context, listing: Listing) -> tuple[Deleted, ...]:
    """Who is gone of those that were deleted here, by anybody, within a year; the newest first. No call."""
    there = {str(status.id) for status in listing.statuses}
    found: dict[int, Deleted] = {}
    for row in await _log(context):
        if row.kind == DELETE and row.result == Result.DONE and row.subject_id not in there:
            fields = msgspec.json.decode(row.before or "{}", type=dict[str, Any])
            found.setdefault(int(row.subject_id), Deleted(int(row.subject_id), row.name, fields.get("emoji", "")))
    return tuple(found.values())[:_OFFERED]


async def find_deleted(context: Context, words: str) -> Matches[Deleted]:
    """The deleted statuses that `words` may mean; a number in full is one, too. At most one call.

    Raises NothingDeleted.
    """
    gone = await deleted(context, await list_statuses(context, afresh=False))
    number = words.strip().lstrip("#")
    if number.isdecimal() and len(number) < len(str(2**63)):
        known = {each.id: each for each in gone}
        return Matches(clear=known.get(int(number)) or Deleted(int(number), f"#{int(number)}"))
    if not words.strip():
        return Matches(several=gone)
    found = match(words, gone, limit=_OFFERED)
    if not found.clear and not found.several:
        raise NothingDeleted(words=words)
    return found


async def _log(context: Context) -> Sequence[AuditRow]:
    """What was done to statuses of the chosen workspace here, the newest first."""
    async with context.store.reading() as db:
        chosen = await workspaces.find_current(
            db, account_id=context.person.account_id, workspace_id=context.workspace_id
        )
        if chosen is None:
            return ()
        wanted = log.Filter(
            organization_id=chosen.organization_id,
            focus_id=chosen.focus_id,
            track_id=chosen.track_id,
            subject=SUBJECT,
        )
        newest = [named.id for named in await log.names(db, wanted)][:_LOOKED_THROUGH]
        return await log.find(db, newest)


async def _do(context: Context, wanted: Change) -> Done:
    made = await administration.change(context, wanted)
    undo_id = await undo.record(context, made.undo) if made.undo and made.change.subject_id else None
    if undo_id is None:
        context.note_change()
    try:
        listing = await list_statuses(context)
    except TogglError:
        listing = None  # it is done: an error of looking again would say otherwise
    shown = listing.statuses if listing else ()
    status = next((each for each in shown if str(each.id) == made.change.subject_id), None)
    return Done(made.change, status, listing, undo_id)
