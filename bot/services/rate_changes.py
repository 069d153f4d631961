"""How a rate is read and set in Toggl. Setting one has no inverse there: another rate corrects it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal

from bot.domain.administration import Change, Fields
from bot.domain.rates import History, Level, NewRate, Outlook, Pay, Sheet, Since, Subject
from bot.services.change_kinds import Kind
from bot.services.connections import open_client
from bot.services.context import Context
from bot.services.member_changes import track
from bot.services.roles import is_admin
from bot.toggl import Forbidden, NotFound, Refused

CREATE = "rate.create"
_NO_SUCH_LEVEL = "invalid level"

_LEVELS: Mapping[Level, Literal["workspace", "workspace_user", "project", "task"]] = MappingProxyType(
    {
        Level.WORKSPACE: "workspace",
        Level.MEMBER: "workspace_user",
        Level.PROJECT: "project",
        Level.TASK: "task",
    }
)
_TYPES: Mapping[Pay, Literal["billable_rates", "labor_costs"]] = MappingProxyType(
    {Pay.BILLABLE: "billable_rates", Pay.LABOUR: "labor_costs"}
)
_MODES: Mapping[str, Literal["start-today", "override-current", "override-all"]] = MappingProxyType(
    {Since.TODAY.value: "start-today", Since.CURRENT.value: "override-current", Since.ALL.value: "override-all"}
)


async def read(context: Context, subject: Subject, pay: Pay) -> History:
    """The rates as Toggl has them now. One call, two where it takes the other of its two words for members."""
    rates, kind = track(context).rates, _TYPES[pay]
    try:
        return History.of(await rates.list(_LEVELS[subject.level], subject.id, type=kind))
    except Refused as error:
        if subject.level is not Level.MEMBER or _NO_SUCH_LEVEL not in error.words.casefold():
            raise
        return History.of(await rates.list("user", subject.id, type=kind))


def change_of(context: Context, shown: Outlook, new: NewRate) -> Change:
    """Setting `new` where this was `shown`, as plain data: amounts are texts such as `125.00 EUR`."""
    start = new.start(context.person.zone)
    subject = shown.subject
    return Change(
        kind=CREATE,
        subject_id=f"{subject.level}:{subject.id}:{shown.pay}",
        name=subject.name,
        before=_fields(shown),
        after={
            "amount": _money(new.amount, shown.currency),
            "since": start.isoformat() if start else new.since.value,
        },
    )


async def _read(context: Context, change: Change) -> Fields:
    currency = str((change.after or {}).get("amount", "")).partition(" ")[2]
    subject, pay = _subject(change)
    history = await read(context, subject, pay)
    return _fields(Outlook.of(Sheet(subject, pay, currency, history), context.now))


async def _do(context: Context, change: Change) -> None:
    subject, pay = _subject(change)
    # All of it, not only what differs: the amount may be the old one, counting from another day.
    after = change.after or {}
    amount, since = Decimal(str(after["amount"]).partition(" ")[0]), str(after["since"])
    given: dict[str, Any] = {"mode": _MODES[since]} if since in _MODES else {"start": since}
    await track(context).rates.create(
        amount=amount, level=_LEVELS[subject.level], level_id=subject.id, type=_TYPES[pay], **given
    )


def _fields(outlook: Outlook) -> dict[str, Any]:
    current = outlook.current
    return {"amount": _money(current.amount, outlook.currency) if current else None, "history": outlook.mark}


def _money(amount: Decimal, currency: str) -> str:
    return f"{amount} {currency}".rstrip()


def _subject(change: Change) -> tuple[Subject, Pay]:
    level, number, pay = change.subject_id.split(":")
    return Subject(Level(level), int(number), change.name), Pay(pay)


async def _may(context: Context, change: Change) -> bool:
    """Whether the person is an admin, or their own membership has the right to such rates. One call, or three."""
    if await is_admin(context):
        return True
    client = await open_client(context.store, context.connections, account_id=context.person.account_id)
    try:
        me = await client.get_me()
    except (Forbidden, NotFound):
        return False
    own = next((user for user in await track(context).members.afresh() if me.id in {user.user_id, user.uid}), None)
    if own is None or me.id is None:
        return False
    _, pay = _subject(change)
    return bool(own.view_edit_billable_rates if pay is Pay.BILLABLE else own.view_edit_labor_costs)


KINDS: Mapping[str, Kind] = MappingProxyType({CREATE: Kind(_do, _read, may=_may)})
