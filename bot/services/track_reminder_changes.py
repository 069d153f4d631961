"""How Toggl's own track reminders are made, changed and deleted there."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from bot.domain.administration import Change, Fields
from bot.domain.track_reminders import TrackReminder, reminders_of
from bot.errors import UserError
from bot.i18n import N_
from bot.services import reminder_rows
from bot.services.change_kinds import Kind
from bot.services.context import Context
from bot.services.member_changes import track
from bot.toggl import TogglError
from bot.toggl.lookup import LOST, look_up

CREATE, EDIT, DELETE = "reminder.create", "reminder.edit", "reminder.delete"

_EVERY = frozenset(TrackReminder(every=0, hours=0).fields)


class ThereAlready(UserError):
    """The same reminder exists: it was sent twice, or somebody else made it."""

    sentence = N_("There is already a reminder like this. Nothing was created.")


async def read(context: Context) -> tuple[TrackReminder, ...]:
    """The workspace's reminders as Toggl has them now. One call. Raises Forbidden, PaidFeature, TogglError."""
    return reminders_of(await track(context).reminders.list())


async def _read(context: Context, change: Change) -> Fields | None:
    found = [reminder for reminder in await read(context) if str(reminder.id) == change.subject_id]
    return found[0].fields if found else None


async def _create(context: Context, change: Change) -> Change:
    new = TrackReminder.read(change.after or {})
    if _same(new, await read(context)):
        raise ThereAlready
    made = await _made(context, new)
    await _read_soon(context)
    return msgspec.structs.replace(change, subject_id=str(made.id), after=made.fields)


async def _edit(context: Context, change: Change) -> Change:
    now = await _whole(context, change)
    after = TrackReminder.read({**now, **change.fields})
    answer = await track(context).reminders.update(int(change.subject_id), **after.sent)
    await _read_soon(context)
    # As Toggl took it: it may show whole hours only.
    return msgspec.structs.replace(change, before=now, after=(TrackReminder.of(answer) or after).fields)


async def _delete(context: Context, change: Change) -> Change:
    now = await _whole(context, change)
    await track(context).reminders.delete(int(change.subject_id))
    await _read_soon(context)
    return msgspec.structs.replace(change, before=now)


async def _read_soon(context: Context) -> None:
    """Whom they mean is planned anew, so that people are reminded as they say now."""
    async with context.store.writing() as db:
        await reminder_rows.read_soon(db, account_id=context.person.account_id, now=context.now)


async def _whole(context: Context, change: Change) -> dict[str, Any]:
    """All fields as they are: read again where the change tells only some, for Toggl takes a reminder as a whole."""
    before = change.before or {}
    return before if set(before) == _EVERY else dict(await _read(context, change) or before)


async def _made(context: Context, new: TrackReminder) -> TrackReminder:
    """The reminder that Toggl made of `new`; looked for where the answer was lost. Raises TogglError."""

    async def find() -> TrackReminder | None:
        return _same(new, await read(context))

    try:
        answer = await track(context).reminders.create(**new.sent)
    except LOST as lost:
        return await look_up(lost, find)
    made = TrackReminder.of(answer)
    with contextlib.suppress(TogglError):  # it is made, whatever its look-up says
        made = made or await find()
    return made or new


def _same(new: TrackReminder, known: tuple[TrackReminder, ...]) -> TrackReminder | None:
    """The one of `known` that is like `new`."""
    return next((other for other in known if new.like(other)), None)


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        CREATE: Kind(_create, inverse=DELETE),
        EDIT: Kind(_edit, _read, inverse=EDIT),
        DELETE: Kind(_delete, _read, inverse=CREATE),
    }
)
