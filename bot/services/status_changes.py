"""How a status is made, changed, deleted and brought back in Toggl."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from bot.domain.administration import Change, Fields
from bot.domain.statuses import SAVED, Status
from bot.errors import UserError
from bot.i18n import N_
from bot.services.change_kinds import Kind, admins
from bot.services.context import Context
from bot.toggl import Forbidden, NotFound

SUBJECT = "status"
CREATE = "status.create"
EDIT = "status.edit"
DELETE = "status.delete"
RESTORE = "status.restore"
_DEFAULT = "default"
"""What Toggl's refusal says of the statuses that no workspace is without."""


class DefaultKept(UserError):
    """Toggl refuses to delete one of its own."""

    sentence = N_(
        "*{name}* is one of the default statuses that Toggl gives every workspace, and nobody can delete those. "
        "Nothing was changed."
    )


class DefaultUnchanged(UserError):
    """Toggl refuses to change one of its own."""

    sentence = N_(
        "*{name}* is one of the default statuses that Toggl gives every workspace, and nobody can change those "
        "in yours. Nothing was changed. To change the order, move the others."
    )


async def read(context: Context, change: Change) -> Fields | None:
    """The status as it is now. One call."""
    try:
        answer = await context.toggl.statuses.get(int(change.subject_id))
    except NotFound:
        return None
    status = Status.of(answer)
    return status.saved if status and answer.deleted_at is None else None


async def _read_deletable(context: Context, change: Change) -> Fields | None:
    """The same; its place does not matter to whoever deletes it, and moves when another one does."""
    now = await read(context, change)
    return None if now is None else {**now, "position": (change.before or {}).get("position")}


async def _create(context: Context, change: Change) -> Change:
    """One call, two where Toggl answers without it."""
    made = await context.toggl.statuses.create(**_whole(change))
    return msgspec.structs.replace(change, subject_id=str(made.id) if made and made.id is not None else "")


async def _edit(context: Context, change: Change) -> None:
    """One call, two where the change does not know all that Toggl saves together."""
    wanted = {**(change.before or {}), **change.fields}
    if len(wanted) < len(SAVED):
        wanted = {**(await read(context, change) or {}), **wanted}
    try:
        await context.toggl.statuses.update(int(change.subject_id), **wanted)
    except Forbidden as refusal:
        if _DEFAULT in refusal.words.casefold():
            raise DefaultUnchanged(name=change.name) from refusal
        raise


async def _delete(context: Context, change: Change) -> None:
    try:
        await context.toggl.statuses.delete(int(change.subject_id))
    except Forbidden as refusal:
        if _DEFAULT in refusal.words.casefold():
            raise DefaultKept(name=change.name) from refusal
        raise


async def _restore(context: Context, change: Change) -> None:
    await context.toggl.statuses.restore(int(change.subject_id))


def _whole(change: Change) -> dict[str, Any]:
    return {name: (change.after or {})[name] for name in SAVED}


async def _may(context: Context, change: Change) -> bool:
    """Whether Track calls the person an admin; to whom has connected Focus alone, Focus itself says it."""
    return context.track is None or await admins(context, change)


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        CREATE: Kind(_create, inverse=DELETE, may=_may),
        EDIT: Kind(_edit, read=read, inverse=EDIT, may=_may),
        DELETE: Kind(_delete, read=_read_deletable, inverse=RESTORE, may=_may),
        RESTORE: Kind(_restore, inverse=DELETE, may=_may),
    }
)
