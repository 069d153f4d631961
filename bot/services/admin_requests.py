"""Ask an admin: what Toggl does not let a person do, an admin of the workspace does for them, or declines."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import msgspec

from bot.domain.administration import AdministrationStep, Change
from bot.domain.audit import Result
from bot.domain.projects import Change as ProjectChange
from bot.errors import UserError
from bot.i18n import N_, mention
from bot.services import audit, projects, undo
from bot.services.administration import ChangedSince, SubjectGone
from bot.services.asked import Askable, described, opposite, same_subject
from bot.services.asking import AdminNeeded
from bot.services.connections import open_toggl
from bot.services.context import Context, NotConnected, Person
from bot.services.roles import NotAdmin, is_admin
from bot.store import Session, Store, accounts, schedules, workspaces
from bot.store import admin_requests as rows
from bot.store.admin_requests import State
from bot.store.tables import Account, AdminRequest, Workspace
from bot.toggl import NotFound, TogglError

OFFERED_FOR = timedelta(hours=1)
EXPIRES_AFTER = timedelta(days=2)
LEFT_ALONE = timedelta(minutes=10)
"""How long what an admin allowed may take before nobody knows any more whether it was done."""
KIND = "admin_request"
"""The kind of the work with which admins and the asker are told."""


class TooLate(UserError):
    """The request was decided, or has expired."""

    sentence = N_("This request was already decided, or is too old. Nothing was changed.")


class OfferGone(UserError):
    """The button to ask was pressed before, or too late."""

    sentence = N_("You asked for that already, or too long ago. Nothing was sent.")


class NobodyToAsk(UserError):
    """No admin of the workspace is connected."""

    sentence = N_(
        "No admin of this workspace has connected Toggl here, so there is nobody to ask. "
        "Ask an admin to type `{toggl} connect`."
    )


class ElsewhereConnected(UserError):
    """The admin has not connected the workspace that the request is about."""

    sentence = N_("Your Toggl account here is not connected to that workspace any more. Nothing was changed.")


class Outdated(UserError):
    """What was asked for is not there any more, or was changed since."""

    sentence = N_("*{name}* was changed or is gone since this was asked, so nothing was done. {who} is told.")


@dataclass(frozen=True, slots=True)
class Request:
    """A request as people see it. `user_id` asks, `decided_by` decided (ids in Slack); `admins` are accounts."""

    id: str
    change: Change
    state: State
    user_id: str
    workspace: str
    expires_at: datetime
    decided_by: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What was done for whom, and what takes it back, if anything."""

    request: Request
    undo_id: str | None


async def offer(store: Store, person: Person, step: msgspec.Struct | None, *, now: datetime) -> str | None:
    """Keep that the person may ask for `step`, for an hour; the id of what they would ask. None where nobody could."""
    if not isinstance(step, Askable):
        return None
    async with store.writing() as db:
        chosen = await workspaces.find_chosen(db, account_id=person.account_id)
        if chosen is None:
            return None
        request = AdminRequest(
            id=secrets.token_urlsafe(12),
            account_id=person.account_id,
            tenant_id=person.tenant_id,
            user_id=person.user_id,
            organization_id=chosen.organization_id,
            focus_id=chosen.focus_id,
            track_id=chosen.track_id,
            step=msgspec.json.encode(step).decode(),
            state=State.OFFERED,
            created_at=now,
            expires_at=now + OFFERED_FOR,
        )
        if not await rows.admins(db, request):
            return None
        await rows.add(db, request)
    return request.id


async def ask(context: Context, request_id: str) -> tuple[Request, int]:
    """Send what was offered to the admins: the request, and how many they are. Raises OfferGone, NobodyToAsk."""
    person, now = context.person, context.now
    async with context.store.writing() as db:
        row = await rows.ask(db, request_id, account_id=person.account_id, now=now, expires_at=now + EXPIRES_AFTER)
        if row is None:
            raise OfferGone
        admins = [account.id for account in await rows.admins(db, row)]
        if not admins:
            raise NobodyToAsk
        await schedules.ensure(
            db,
            kind=KIND,
            key=row.id,
            tenant_id=person.tenant_id,
            team_id=person.team_id,
            due_at=now,
            now=now,
            payload={"request": row.id, "admins": admins},
            account_id=person.account_id,
        )
        asked = await _request(db, row)
        await audit.note(db, await _stamp(db, row, person), asked.change, Result.ASKED, now=now)
    return asked, len(admins)


async def decline(context: Context, request_id: str) -> Request:
    """Decline it, for all admins. Raises TooLate, NotAdmin, ElsewhereConnected."""
    await _as_admin(context, request_id)
    async with context.store.writing() as db:
        row = await _decide(db, context, request_id, State.DECLINED)
        declined = await _request(db, row)
        stamp = await _stamp(db, row, context.person)
        await audit.note(db, stamp, declined.change, Result.DECLINED, now=context.now)
        await _tell(db, row, context.person.team_id, now=context.now)
    return declined


async def allow(context: Context, request_id: str) -> Allowed:
    """Do it with the admin's own credential and rights, once.

    Raises TooLate, NotAdmin, ElsewhereConnected, Outdated; a TogglError gives the request back to all admins, unless
    it may have had an effect.
    """
    own, row = await _as_admin(context, request_id)
    async with context.store.writing() as db:
        row = await _decide(db, context, request_id, State.DECIDING)
        await _tell(db, row, context.person.team_id, now=context.now + LEFT_ALONE)
    step: Askable = msgspec.json.decode(row.step, type=Askable)
    try:
        await _do(own, step)
    except UserError as error:
        state, why = _ended(error, described(step), row)
        await _settle(context, row, state)
        raise why from error
    await _settle(context, row, State.ALLOWED)
    back = opposite(step)
    undo_id = await undo.record(own, back) if back else None
    async with context.store.reading() as db:
        return Allowed(await _request(db, await rows.get(db, request_id)), undo_id)


async def find(store: Store, request_id: str, *, now: datetime) -> Request | None:
    """The request as it stands: expired where nobody decided in time, unknown where the process ended over it."""
    async with store.writing() as db:
        expired = await rows.expire(db, request_id, now=now)
        await rows.give_up(db, request_id, before=now - LEFT_ALONE)
        row = await rows.find(db, request_id)
        if row is None:
            return None
        found = await _request(db, row)
        asker = await accounts.find_by_id(db, row.account_id) if expired else None
        if asker is not None:
            await audit.note(db, await _stamp(db, row, asker), found.change, Result.EXPIRED, now=now)
    return found


async def _as_admin(context: Context, request_id: str) -> tuple[Context, AdminRequest]:
    """The admin in the workspace that the request is about, their role read again."""
    async with context.store.reading() as db:
        row = await rows.find(db, request_id)
        if row is None or row.tenant_id != context.person.tenant_id or row.state != State.ASKED:
            raise TooLate
        place = await _place(db, row, account_id=context.person.account_id)
    if place is None or row.account_id == context.person.account_id:
        raise ElsewhereConnected
    opened = await open_toggl(
        context.store, context.connections, account_id=context.person.account_id, workspace_id=place.id
    )
    own = replace(
        context,
        focus=opened.focus,
        track=opened.track,
        workspace_id=place.id,
        asked_by=row.user_id,
        roles=[],
    )
    if own.track is None:
        raise NotConnected
    if not await is_admin(own):
        raise NotAdmin
    return own, row


async def _place(db: Session, row: AdminRequest, *, account_id: int) -> Workspace | None:
    """The admin's own row of the request's workspace."""
    theirs = await workspaces.for_account(db, account_id=account_id)
    for place in theirs:
        same = {place.focus_id, place.track_id} & {row.focus_id, row.track_id} - {None}
        if place.organization_id == row.organization_id and same:
            return place
    return None


async def _decide(db: Session, context: Context, request_id: str, state: State) -> AdminRequest:
    person = context.person
    row = await rows.decide(
        db, request_id, tenant_id=person.tenant_id, user_id=person.user_id, state=state, now=context.now
    )
    if row is None:
        raise TooLate
    return row


async def _do(own: Context, step: Askable) -> None:
    """Do it, and write it down: administrative changes write their own lines."""
    if isinstance(step, AdministrationStep):
        await undo.do(own, step)
        return
    change = described(step)
    [attempt] = await audit.begin(own, change)
    try:
        await _require_same(own, step)
        await undo.do(own, step)
    except UserError as error:
        await audit.end(own, (attempt, change, _result(error), error))
        raise
    await audit.end(own, (attempt, change, Result.DONE, None))


async def _require_same(own: Context, step: Askable) -> None:
    """Raise ChangedMeanwhile where a project is not the one any more that was shown to the asker."""
    if isinstance(step, undo.ProjectChangeUndo) and step.change.opposite is not ProjectChange.RESTORE:
        now = await projects.get(own, step.project_id)
        if not same_subject(step, now):
            raise undo.ChangedMeanwhile(task=step.name)


_OVER = (undo.ChangedMeanwhile, ChangedSince, SubjectGone, NotFound)


def _ended(error: UserError, change: Change, row: AdminRequest) -> tuple[State, UserError]:
    """Where the request is after `error`, and what the admin is told."""
    if isinstance(error, _OVER):
        return State.OUTDATED, Outdated(name=change.name, who=mention(row.user_id))
    if isinstance(error, undo.UndoneHalfway) or (isinstance(error, TogglError) and error.may_have_had_effect):
        return State.UNKNOWN, error
    return State.ASKED, NotAdmin() if isinstance(error, AdminNeeded) else error


def _result(error: UserError) -> Result:
    if isinstance(error, _OVER):
        return Result.CHANGED
    if isinstance(error, undo.UndoneHalfway):
        return Result.PARTLY
    return Result.UNKNOWN if isinstance(error, TogglError) and error.may_have_had_effect else Result.FAILED


async def _settle(context: Context, row: AdminRequest, state: State) -> None:
    async with context.store.writing() as db:
        await rows.settle(db, row.id, state=state)
        if state is not State.ASKED:
            await _tell(db, row, context.person.team_id, now=context.now)


async def _tell(db: Session, row: AdminRequest, team_id: str, *, now: datetime) -> None:
    """Let the asker and the admins be told now."""
    await schedules.ensure(db, kind=KIND, key=row.id, tenant_id=row.tenant_id, team_id=team_id, due_at=now, now=now)


async def _request(db: Session, row: AdminRequest) -> Request:
    asker: Account | None = await accounts.find_by_id(db, row.account_id)
    place = await _place(db, row, account_id=row.account_id) if asker else None
    step: Askable = msgspec.json.decode(row.step, type=Askable)
    return Request(
        id=row.id,
        change=described(step),
        state=State(row.state),
        user_id=row.user_id,
        workspace=place.name if place else "",
        expires_at=row.expires_at,
        decided_by=row.decided_by_user_id,
        reason=row.reason,
    )


async def _stamp(db: Session, row: AdminRequest, who: Person | Account) -> audit.Stamp:
    account_id = who.account_id if isinstance(who, Person) else who.id
    return audit.Stamp(
        tenant_id=row.tenant_id,
        team_id=who.team_id,
        user_id=who.user_id,
        who=await audit.label(db, account_id),
        asked_by_user_id=row.user_id,
        organization_id=row.organization_id,
        focus_id=row.focus_id,
        track_id=row.track_id,
    )
