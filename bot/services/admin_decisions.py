"""Deciding what somebody asked of the admins: *Allow* does it with the admin's own account, *Decline* ends it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import msgspec

from bot.domain.administration import AdministrationStep, AdministrationSteps, Change
from bot.domain.audit import Reason, Result
from bot.domain.projects import Change as ProjectChange
from bot.errors import UserError
from bot.i18n import N_, mention
from bot.services import audit, projects, undo
from bot.services.admin_requests import LEFT_ALONE, Request, as_request, find_place, stamp, tell
from bot.services.administration import ChangedSince, SubjectGone
from bot.services.asked import Askable, described, opposite, same_subject
from bot.services.asking import AdminNeeded
from bot.services.context import Context, NotConnected
from bot.services.elsewhere import within
from bot.services.roles import NotAdmin, is_admin
from bot.store import Session
from bot.store import admin_requests as rows
from bot.store.admin_requests import State
from bot.store.tables import AdminRequest
from bot.toggl import NotFound, TogglError


class TooLate(UserError):
    """The request was decided, or has expired."""

    sentence = N_("This request was already decided, or is too old. Nothing was changed.")


class ElsewhereConnected(UserError):
    """The admin has not connected the workspace that the request is about."""

    sentence = N_("Your Toggl account here is not connected to that workspace any more. Nothing was changed.")


class Outdated(UserError):
    """What was asked for is not there any more, or was changed since."""

    sentence = N_("*{name}* has been changed or deleted since the request, so nothing was done. {who} will be told.")


@dataclass(frozen=True, slots=True)
class Allowed:
    """What was done for whom, and what takes it back, if anything."""

    request: Request
    undo_id: str | None


async def decline(context: Context, request_id: str) -> Request:
    """Decline it, for all admins. Raises TooLate, NotAdmin, ElsewhereConnected."""
    await _as_admin(context, request_id)
    async with context.store.writing() as db:
        row = await _decide(db, context, request_id, State.DECLINED)
        declined = await as_request(db, row)
        by = await stamp(db, row, context.person)
        await audit.note(db, by, declined.change, Result.DECLINED, now=context.now)
        await tell(db, row, context.person.team_id, now=context.now)
    return declined


async def allow(context: Context, request_id: str) -> Allowed:
    """Do it with the admin's own credential and rights, once.

    Raises TooLate, NotAdmin, ElsewhereConnected, Outdated; a TogglError gives the request back to all admins, unless
    it may have had an effect.
    """
    own, row = await _as_admin(context, request_id)
    async with context.store.writing() as db:
        row = await _decide(db, context, request_id, State.DECIDING)
        await tell(db, row, context.person.team_id, now=context.now + LEFT_ALONE)
    step: Askable = msgspec.json.decode(row.step, type=Askable)
    try:
        await _do(own, step)
    except UserError as error:
        state, why = _ended(error, described(step), row)
        await _settle(context, row, state, why)
        raise why from error
    await _settle(context, row, State.ALLOWED)
    back = opposite(step)
    undo_id = await undo.record(own, back) if back else None
    if isinstance(step, undo.ProjectMembersUndo):
        await undo.tell(own, step, undone=True)
    async with context.store.reading() as db:
        return Allowed(await as_request(db, await rows.get(db, request_id)), undo_id)


async def _as_admin(context: Context, request_id: str) -> tuple[Context, AdminRequest]:
    """The admin in the workspace that the request is about, their role read again."""
    async with context.store.reading() as db:
        row = await rows.find(db, request_id)
        if row is None or row.tenant_id != context.person.tenant_id or row.state != State.ASKED:
            raise TooLate
        place = await find_place(db, row, account_id=context.person.account_id)
    if place is None or row.account_id == context.person.account_id:
        raise ElsewhereConnected
    own = replace(await within(context, place.id), asked_by=row.user_id)
    if own.track is None:
        raise NotConnected
    if not await is_admin(own):
        raise NotAdmin
    return own, row


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
    if isinstance(step, AdministrationStep | AdministrationSteps):
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
        return State.OUTDATED, Outdated(name=error.values.get("name", change.name), who=mention(row.user_id))
    if isinstance(error, undo.UndoneHalfway):
        return State.PARTLY, error
    if isinstance(error, TogglError) and error.may_have_had_effect:
        return State.UNKNOWN, error
    return State.ASKED, NotAdmin() if isinstance(error, AdminNeeded) else error


def _result(error: UserError) -> Result:
    if isinstance(error, _OVER):
        return Result.CHANGED
    if isinstance(error, undo.UndoneHalfway):
        return Result.PARTLY
    return Result.UNKNOWN if isinstance(error, TogglError) and error.may_have_had_effect else Result.FAILED


async def _settle(context: Context, row: AdminRequest, state: State, why: UserError | None = None) -> None:
    reason = Reason.of(why).dump() if why and state is State.PARTLY else ""
    async with context.store.writing() as db:
        await rows.settle(db, row.id, state=state, reason=reason)
        if state is not State.ASKED:
            await tell(db, row, context.person.team_id, now=context.now)
