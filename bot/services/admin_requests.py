"""Ask an admin: what Toggl does not let a person do, an admin of the workspace does for them, or declines."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from bot.domain.administration import AdministrationStep, Change
from bot.domain.audit import Reason, Result
from bot.errors import UserError
from bot.i18n import N_
from bot.services import audit
from bot.services.asked import Askable, described
from bot.services.context import Context, Person
from bot.store import Session, Store, accounts, schedules, workspaces
from bot.store import admin_requests as rows
from bot.store.admin_requests import State
from bot.store.tables import Account, AdminRequest, Workspace

OFFERED_FOR = timedelta(hours=1)
EXPIRES_AFTER = timedelta(days=2)
LEFT_ALONE = timedelta(minutes=10)
"""How long what an admin allowed may take before nobody knows any more whether it was done."""
KIND = "admin_request"
"""The kind of the work with which admins and the asker are told."""


class OfferGone(UserError):
    """The button to ask was pressed before, or too late."""

    sentence = N_("You have already asked for that, or it was too long ago. Nothing was sent.")


class AskedAlready(UserError):
    """The same request of theirs waits for the admins."""

    sentence = N_("You have already asked for exactly that, and no admin has decided yet. Nothing new was sent.")


class NobodyToAsk(UserError):
    """No admin of the workspace is connected."""

    sentence = N_(
        "No admin of this workspace has connected Toggl here, so there is nobody to ask. "
        "Ask an admin to type `{toggl} connect`."
    )


@dataclass(frozen=True, slots=True)
class Request:
    """A request as people see it. `user_id` asks, `decided_by` decided (ids in Slack); `why` not all was done."""

    id: str
    change: Change
    state: State
    user_id: str
    workspace: str
    expires_at: datetime
    decided_by: str | None = None
    why: Reason | None = None


async def offer(
    store: Store, person: Person, step: msgspec.Struct | None, *, now: datetime, workspace_id: int | None = None
) -> str | None:
    """Keep that the person may ask for `step`, for an hour; the id of what they would ask. None where nobody could.

    `workspace_id` is the store's number of the person's workspace that it is about, unless the step names one; None
    for the chosen one.
    """
    if not isinstance(step, Askable):
        return None
    if isinstance(step, AdministrationStep):
        workspace_id = step.workspace_id or workspace_id
        step = msgspec.structs.replace(step, workspace_id=None)  # an admin has their own row of it
    async with store.writing() as db:
        chosen = await workspaces.find_current(db, account_id=person.account_id, workspace_id=workspace_id)
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
    """Send what was offered to the admins: the request, and how many they are.

    Raises OfferGone, AskedAlready, NobodyToAsk.
    """
    person, now = context.person, context.now
    async with context.store.writing() as db:
        row = await rows.ask(db, request_id, account_id=person.account_id, now=now, expires_at=now + EXPIRES_AFTER)
        if row is None:
            raise OfferGone
        if await rows.is_asked(db, row, now=now):
            raise AskedAlready
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
        asked = await as_request(db, row)
        await audit.note(db, await stamp(db, row, person), asked.change, Result.ASKED, now=now)
    return asked, len(admins)


async def find(store: Store, request_id: str, *, now: datetime) -> Request | None:
    """The request as it stands: expired where nobody decided in time, unknown where the process ended over it."""
    async with store.writing() as db:
        expired = await rows.expire(db, request_id, now=now)
        await rows.give_up(db, request_id, before=now - LEFT_ALONE)
        row = await rows.find(db, request_id)
        if row is None:
            return None
        found = await as_request(db, row)
        asker = await accounts.find_by_id(db, row.account_id) if expired else None
        if asker is not None:
            await audit.note(db, await stamp(db, row, asker), found.change, Result.EXPIRED, now=now)
    return found


async def find_place(db: Session, row: AdminRequest, *, account_id: int) -> Workspace | None:
    """The admin's own row of the request's workspace."""
    theirs = await workspaces.for_account(db, account_id=account_id)
    for place in theirs:
        same = {place.focus_id, place.track_id} & {row.focus_id, row.track_id} - {None}
        if place.organization_id == row.organization_id and same:
            return place
    return None


async def tell(db: Session, row: AdminRequest, team_id: str, *, now: datetime) -> None:
    """Let the asker and the admins be told now."""
    await schedules.ensure(db, kind=KIND, key=row.id, tenant_id=row.tenant_id, team_id=team_id, due_at=now, now=now)


async def as_request(db: Session, row: AdminRequest) -> Request:
    """The request as people see it."""
    asker: Account | None = await accounts.find_by_id(db, row.account_id)
    place = await find_place(db, row, account_id=row.account_id) if asker else None
    step: Askable = msgspec.json.decode(row.step, type=Askable)
    return Request(
        id=row.id,
        change=described(step),
        state=State(row.state),
        user_id=row.user_id,
        workspace=place.name if place else "",
        expires_at=row.expires_at,
        decided_by=row.decided_by_user_id,
        why=Reason.load(row.reason),
    )


async def stamp(db: Session, row: AdminRequest, who: Person | Account) -> audit.Stamp:
    """What the log says of a step of the request that `who` took."""
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
