"""How alerts on projects are made, changed and deleted in Toggl, which cannot change one: it is made anew."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from bot.domain.administration import Change, Fields
from bot.domain.alerts import Alert, alerts_of
from bot.errors import UserError
from bot.i18n import N_
from bot.services.change_kinds import Kind, PartlyDone
from bot.services.context import Context
from bot.services.member_changes import track
from bot.toggl import TogglError
from bot.toggl.lookup import LOST, look_up

CREATE, EDIT, DELETE = "alert.create", "alert.edit", "alert.delete"
_EVERY = frozenset(Alert(project_id=0, kind="", unit="").fields)


class AlertThereAlready(UserError):
    """The same alert exists: it was sent twice, or somebody else made it."""

    sentence = N_("*{name}* already has an alert like this. Nothing was created.")


class OldOneStays(PartlyDone):
    """The changed alert was made, the one before could not be deleted."""

    sentence = N_("The new alert on *{name}* was created, but the old one could not be deleted: {reason}")


async def read(context: Context) -> tuple[Alert, ...]:
    """The workspace's alerts as Toggl has them now. One call. Raises Forbidden, NotFound, TogglError."""
    return alerts_of(await track(context).alerts.list())


async def _read(context: Context, change: Change) -> Fields | None:
    found = [alert for alert in await read(context) if str(alert.id) == change.subject_id]
    return found[0].fields if found else None


async def _create(context: Context, change: Change) -> Change:
    new = Alert.read(change.after or {})
    if _same(new, await read(context)):
        raise AlertThereAlready(name=change.name)
    made = await _made(context, new)
    return msgspec.structs.replace(change, subject_id=str(made.id), after=made.fields)


async def _edit(context: Context, change: Change) -> Change:
    now = await _whole(context, change)
    made = await _made(context, Alert.read({**now, **change.fields}))
    done = msgspec.structs.replace(change, subject_id=str(made.id), before=now, after=made.fields)
    try:
        await track(context).alerts.delete(int(change.subject_id))
    except TogglError as error:
        raise OldOneStays(done, name=change.name, reason=error) from error
    return done


async def _delete(context: Context, change: Change) -> Change:
    now = await _whole(context, change)
    await track(context).alerts.delete(int(change.subject_id))
    return msgspec.structs.replace(change, before=now)


async def _whole(context: Context, change: Change) -> dict[str, Any]:
    """All fields as they are: read again where the change tells only some, for Toggl makes an alert as a whole."""
    before = change.before or {}
    return before if set(before) == _EVERY else dict(await _read(context, change) or before)


async def _made(context: Context, new: Alert) -> Alert:
    """The alert that Toggl makes of `new`; looked for where the answer is lost. Raises TogglError."""

    async def find() -> Alert | None:
        return _same(new, await read(context))

    try:
        answer = await track(context).alerts.create(new.sent)
    except LOST as lost:
        return await look_up(lost, find)
    made = Alert.of(answer)
    with contextlib.suppress(TogglError):  # it is made, whatever its look-up says
        made = made or await find()
    return made or new


def _same(new: Alert, known: tuple[Alert, ...]) -> Alert | None:
    """The one of `known` that is like `new`."""
    return next((other for other in known if new.like(other)), None)


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        CREATE: Kind(_create, inverse=DELETE),
        EDIT: Kind(_edit, _read, inverse=EDIT),
        DELETE: Kind(_delete, _read, inverse=CREATE),
    }
)
