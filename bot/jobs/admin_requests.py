"""Tells the admins what somebody asks of them, and everybody what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.i18n import N_, Translator
from bot.jobs.job import Due, Office, Outgoing, Prepared
from bot.services import admin_requests
from bot.services.admin_requests import Request
from bot.store import Account, accounts
from bot.store.admin_requests import State
from bot.views import admin_requests as views

GONE = N_("The request no longer exists.")
_WAITING = frozenset({State.ASKED, State.DECIDING})


async def tell(office: Office, due: Due) -> Prepared:
    """Ask the admins; once it is over, show that in the same messages, and tell the asker."""
    settings = due.schedule.settings
    request = await admin_requests.find(office.store, settings["request"], now=due.now)
    if request is None:
        return Prepared(skipped=GONE)
    async with office.store.reading() as db:
        found = [await accounts.find_by_id(db, account_id) for account_id in settings["admins"]]
        asker = None if due.schedule.account_id is None else await accounts.find_by_id(db, due.schedule.account_id)
    admins = [account for account in found if account is not None]
    if request.state in _WAITING:
        again = request.expires_at if request.state is State.ASKED else due.now + timedelta(minutes=1)
        return Prepared(posts=_asked(office, due, request, admins), again_at=again)
    return Prepared(posts=_ended(office, due, request, admins, asker))


def _asked(office: Office, due: Due, request: Request, admins: Sequence[Account]) -> tuple[Outgoing, ...]:
    return tuple(
        Outgoing(key=_key(request, admin), account_id=admin.id, message=views.request(_t(office, due, admin), request))
        for admin in admins
    )


def _ended(
    office: Office, due: Due, request: Request, admins: Sequence[Account], asker: Account | None
) -> tuple[Outgoing, ...]:
    closed = [
        Outgoing(
            key=f"{_key(request, admin)}:end",
            edit_of=_key(request, admin),
            account_id=admin.id,
            message=views.closed(_t(office, due, admin), request),
        )
        for admin in admins
        # Whoever allowed it sees that already, with an Undo.
        if request.state is not State.ALLOWED or admin.user_id != request.decided_by
    ]
    if asker is None:
        return tuple(closed)
    answer = views.answered(_t(office, due, asker), request)
    return (*closed, Outgoing(key=f"request:{request.id}:answer", account_id=asker.id, message=answer))


def _key(request: Request, admin: Account) -> str:
    return f"request:{request.id}:{admin.id}"


def _t(office: Office, due: Due, account: Account) -> Translator:
    return office.translator(account.locale, zone=ZoneInfo(account.zone), now=due.now)
