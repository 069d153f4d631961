"""Every change can be taken back for half an hour, once."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

import msgspec

from bot.domain.administration import AdministrationStep, AdministrationSteps
from bot.domain.tracking import Entry
from bot.errors import UserError
from bot.services import project_notes
from bot.services.context import Context
from bot.services.undo import (
    administration,
    entries,
    log,
    projects,
    reminders,
    requested,
    statistics,
    subscriptions,
    timer,
)
from bot.services.undo.problems import AlreadyUndone, ChangedMeanwhile, NothingToUndo, UndoneHalfway
from bot.services.undo.project_news import news_of
from bot.services.undo.project_steps import (
    DefaultProjectUndo,
    ProjectChangeUndo,
    ProjectCreateUndo,
    ProjectEditUndo,
    ProjectMembersUndo,
    ProjectStep,
)
from bot.services.undo.requested import LogForStep, NewProjectStep
from bot.services.undo.steps import (
    ArchiveUndo,
    ChangeUndo,
    DeleteUndo,
    LogUndo,
    MoveStartUndo,
    RemindersUndo,
    RestoreUndo,
    StartUndo,
    StatisticsScheduleUndo,
    Step,
    StopUndo,
)
from bot.services.undo.subscription_steps import ChannelSettingsUndo, MuteUndo, SubscriptionUndo
from bot.store import Session
from bot.store import undo as rows
from bot.toggl import TogglError

VALID_FOR = timedelta(minutes=30)

INVERSES: Mapping[type[Step], Callable[[Context, Any], Awaitable[Entry | None]]] = MappingProxyType(
    {
        StartUndo: timer.undo_start,
        StopUndo: timer.undo_stop,
        MoveStartUndo: timer.undo_move_start,
        LogUndo: log.undo_log,
        ChangeUndo: entries.undo_change,
        ArchiveUndo: entries.undo_archive,
        DeleteUndo: entries.undo_delete,
        RestoreUndo: entries.undo_restore,
        ProjectChangeUndo: projects.undo_change,
        ProjectCreateUndo: projects.undo_create,
        ProjectEditUndo: projects.undo_edit,
        ProjectMembersUndo: projects.undo_members,
        DefaultProjectUndo: projects.undo_default,
        SubscriptionUndo: subscriptions.undo_subscription,
        ChannelSettingsUndo: subscriptions.undo_settings,
        MuteUndo: subscriptions.undo_mute,
        RemindersUndo: reminders.undo_reminders,
        StatisticsScheduleUndo: statistics.undo_removal,
        AdministrationStep: administration.undo_administration,
        AdministrationSteps: administration.administrate,
        NewProjectStep: requested.new_project,
        LogForStep: requested.log_for,
    }
)
"""How each kind of change is taken back. The timer that runs now comes back, where there is one."""


class Undone(msgspec.Struct, frozen=True):
    """What taking a change back left: the timer that runs now, if any, and the entry that is gone or was put back."""

    step: Step
    running: Entry | None


async def record(context: Context, step: Step) -> str:
    """Keep `step` for half an hour and give the id by which a button can ask for it."""
    undo_id = secrets.token_urlsafe(12)
    async with context.store.writing() as db:
        await rows.add(
            db,
            id=undo_id,
            account_id=context.person.account_id,
            kind=str(type(step).__struct_config__.tag),
            payload=msgspec.json.encode(step).decode(),
            created_at=context.now,
            expires_at=context.now + VALID_FOR,
        )
        await _tell(db, context, step)
    context.note_change(undo_id)
    return undo_id


async def tell(context: Context, step: ProjectStep, *, undone: bool = False) -> None:
    """Let who follows the project know of the change, or (`undone`) of its being taken back."""
    async with context.store.writing() as db:
        await _tell(db, context, step, undone=undone)


async def standing(context: Context, *kinds: type[Step]) -> tuple[Step, ...]:
    """The person's changes of these kinds that are still kept and were not taken back, oldest first."""
    tags = [str(kind.__struct_config__.tag) for kind in kinds]
    async with context.store.reading() as db:
        found = await rows.of_kinds(db, tags, account_id=context.person.account_id)
    return tuple(msgspec.json.decode(row.payload, type=Step) for row in found if row.used_at is None)


async def latest(context: Context) -> Undone:
    """Take the person's last change back. Raises NothingToUndo, and what `perform` raises.

    One that was changed elsewhere since is left aside then, so that the next call reaches the one before it.
    """
    async with context.store.reading() as db:
        row = await rows.latest(db, account_id=context.person.account_id, now=context.now)
    if row is None:
        raise NothingToUndo
    try:
        return await perform(context, row.id)
    except ChangedMeanwhile:
        async with context.store.writing() as db:
            await rows.claim(db, row.id, account_id=context.person.account_id, now=context.now)
        raise


async def do(context: Context, step: Step) -> Entry | None:
    """Do what the step takes back, or what was asked for with it. Raises ChangedMeanwhile and the like, TogglError."""
    return await INVERSES[type(step)](context, step)


async def perform(context: Context, undo_id: str) -> Undone:
    """Take the change `undo_id` back, once. Raises AlreadyUndone, ChangedMeanwhile, UndoneHalfway, TogglError."""
    async with context.store.writing() as db:
        row = await rows.claim(db, undo_id, account_id=context.person.account_id, now=context.now)
    if row is None:
        raise AlreadyUndone
    step = msgspec.json.decode(row.payload, type=Step)
    try:
        running = await do(context, step)
    except UserError as error:
        if isinstance(error, UndoneHalfway) or (isinstance(error, TogglError) and error.may_have_had_effect):
            context.note_change()
        else:
            async with context.store.writing() as db:
                await rows.release(db, undo_id)
        raise
    if isinstance(step, ProjectStep):
        await tell(context, step, undone=True)
    context.note_change()
    return Undone(step=step, running=running)


async def _tell(db: Session, context: Context, step: Step, *, undone: bool = False) -> None:
    news = news_of(step, undone=undone) if isinstance(step, ProjectStep) else None
    if news is not None:
        await project_notes.note(db, context, *news)
