"""Every change that admins make to a workspace goes through `change`: rights, what others did meanwhile, the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from bot.domain.administration import AdministrationStep, AdministrationSteps, Change, Fields
from bot.domain.audit import Result
from bot.errors import UserError
from bot.i18n import N_
from bot.services import (
    alert_changes,
    audit,
    member_changes,
    rate_changes,
    status_changes,
    track_reminder_changes,
    webhook_changes,
    workspace_changes,
)
from bot.services.asking import AdminNeeded
from bot.services.change_kinds import Kind, Many, PartlyDone
from bot.services.context import Context
from bot.store import workspaces
from bot.store.tables import AuditRow
from bot.toggl import Forbidden, TogglError

__all__ = [
    "KINDS",
    "AdminNeeded",
    "AlreadySo",
    "BeingChanged",
    "ChangedSince",
    "Done",
    "SubjectGone",
    "change",
    "change_all",
]

AT_WORK = timedelta(minutes=1)
"""How long a change is waited for whose process may have ended."""

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        **member_changes.KINDS,
        **status_changes.KINDS,
        **workspace_changes.KINDS,
        **rate_changes.KINDS,
        **alert_changes.KINDS,
        **track_reminder_changes.KINDS,
        **webhook_changes.KINDS,
    }
)
"""Every kind of change, by its name."""


class ChangedSince(UserError):
    """The subject is not as the person's form showed it: `now` is how it is, `differences` has (shown, now) by field.

    Show the form again with what is there now; sent once more, it overwrites knowingly.
    """

    sentence = N_(
        "*{name}* was changed by somebody else since this was shown. Nothing was saved. Look at it as it is now."
    )

    def __init__(self, change: Change, now: Fields) -> None:
        super().__init__(name=change.name)
        self.change = change
        self.now = now
        self.differences = change.differences(now)


class AlreadySo(ChangedSince):
    """It is already as the person wants it: somebody else did it, or the same form was sent twice."""

    sentence = N_("*{name}* is already like that. Nothing had to be changed.")


class SubjectGone(UserError):
    """What was to be changed is not there any more."""

    sentence = N_("*{name}* no longer exists. Nothing was saved.")


class BeingChanged(UserError):
    """Somebody changes the same subject at this very moment."""

    sentence = N_("Somebody else is changing *{name}* right now. Nothing was saved. Try again in a minute.")


@dataclass(frozen=True, slots=True)
class Done:
    """A change as it was done, and the step that takes it back, for `undo.record`; None where Toggl has no inverse."""

    change: Change
    undo: AdministrationStep | None


async def change(context: Context, wanted: Change) -> Done:
    """Do `wanted`, as the person and with their rights, and write down who did what and what came of it.

    Up to three calls: the role, the subject as it is now, the change. Raises AdminNeeded, ChangedSince, SubjectGone,
    BeingChanged, PartlyDone, NotConnected, TogglError; all but PartlyDone, and TogglErrors that may have had an effect,
    mean that nothing was changed.
    """
    kind = KINDS[wanted.kind]
    [attempt] = await audit.begin(context, wanted)
    try:
        done = await _try(context, kind, wanted, attempt)
    except UserError as error:
        known = error.done if isinstance(error, PartlyDone) else wanted
        await audit.end(context, (attempt, known, _result(error), error))
        if isinstance(error, Forbidden):
            raise AdminNeeded(AdministrationStep(wanted, context.workspace_id)) from error
        raise
    await audit.end(context, (attempt, done, Result.DONE, None))
    return Done(done, await _inverse(context, done.opposite(kind.inverse)) if kind.inverse else None)


async def _inverse(context: Context, opposite: Change) -> AdministrationStep:
    """What takes it back, where it was done: the person may choose another workspace meanwhile."""
    async with context.store.reading() as db:
        place = await workspaces.find_current(
            db, account_id=context.person.account_id, workspace_id=context.workspace_id
        )
    return AdministrationStep(opposite, place.id if place else None)


async def change_all(
    context: Context, wanted: Sequence[Change], *, name: str
) -> tuple[tuple[Change, UserError | None], ...]:
    """Do all of `wanted`, of one kind that has `many`: of each, why it was not done, None where it was.

    Otherwise as `change`, whose errors it raises where they stop all of them; nothing was done then. `name` is what
    all of them are about, for a request to an admin.
    """
    kind = KINDS[wanted[0].kind]
    if kind.many is None:
        raise ValueError(wanted[0].kind)
    attempts = await audit.begin(context, *wanted)
    try:
        came = await _try_all(context, kind, kind.many, wanted, attempts)
    except UserError as error:
        result = _result(error)
        await audit.end(context, *((attempt, each, result, error) for attempt, each in _paired(attempts, wanted)))
        if isinstance(error, Forbidden | AdminNeeded):
            raise AdminNeeded(AdministrationSteps(name, tuple(wanted))) from error
        raise
    ends = ((attempt, each, came[each.subject_id]) for attempt, each in _paired(attempts, wanted))
    await audit.end(
        context, *((attempt, each, _result(why) if why else Result.DONE, why) for attempt, each, why in ends)
    )
    return tuple((each, came[each.subject_id]) for each in wanted)


async def _try(context: Context, kind: Kind, wanted: Change, attempt: AuditRow) -> Change:
    if not await kind.may(context, wanted):
        raise AdminNeeded(AdministrationStep(wanted, context.workspace_id))
    if await audit.under_way(context, attempt, within=AT_WORK):
        raise BeingChanged(name=wanted.name)
    if kind.read is not None and (other := _other(wanted, await kind.read(context, wanted))):
        raise other
    return await kind.do(context, wanted) or wanted


async def _try_all(
    context: Context, kind: Kind, many: Many, wanted: Sequence[Change], attempts: Sequence[AuditRow]
) -> Mapping[str, UserError | None]:
    if not await kind.may(context, wanted[0]):
        raise AdminNeeded(None)
    came: dict[str, UserError | None] = {}
    for attempt, each in _paired(attempts, wanted):
        if await audit.under_way(context, attempt, within=AT_WORK):
            came[each.subject_id] = BeingChanged(name=each.name)
    now = await many.read(context, wanted)
    for each in wanted:
        if other := _other(each, now[each.subject_id]):
            came.setdefault(each.subject_id, other)
    left = [each for each in wanted if each.subject_id not in came]
    return {**came, **(await many.do(context, left) if left else {})}


def _other(wanted: Change, now: Fields | None) -> UserError | None:
    """Why `wanted` is not to be done to the subject as it is `now`; None where it is as the person saw it."""
    if now is None:
        return SubjectGone(name=wanted.name)
    if wanted.differences(now):
        return (AlreadySo if wanted.is_so(now) else ChangedSince)(wanted, now)
    return None


def _paired(attempts: Sequence[AuditRow], wanted: Sequence[Change]) -> Iterable[tuple[AuditRow, Change]]:
    return zip(attempts, wanted, strict=True)


def _result(error: UserError) -> Result:
    match error:
        case PartlyDone():
            return Result.PARTLY
        case AdminNeeded() | Forbidden():
            return Result.REFUSED
        case ChangedSince() | SubjectGone():
            return Result.CHANGED
        case TogglError() if error.may_have_had_effect:
            return Result.UNKNOWN
    return Result.FAILED
