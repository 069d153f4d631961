"""Find the one entry that a command means among the person's recent ones, or among those they deleted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.entry_details import Details
from bot.domain.entry_words import pick
from bot.domain.quotes import unquote
from bot.errors import UserError
from bot.i18n import N_
from bot.services import undo
from bot.services.context import Context


class NoSuchEntry(UserError):
    """None of the recent entries fits the words."""

    sentence = N_(
        "No entry of the last 14 days matches “{text}”. Try `last`, a time at which it ran, or words of its "
        "task; `{track} list` shows older ones, each with its menu."
    )


class NoEntries(UserError):
    """There is no recent entry at all."""

    sentence = N_("There is no such entry in the last 14 days. `{track} list last month` shows older ones.")


class NothingDeleted(UserError):
    """Nothing that was deleted through the bot is remembered."""

    sentence = N_(
        "I know of no entry that you deleted here lately, and Toggl does not list deleted ones. What you deleted "
        "in Toggl itself can be restored there."
    )


@dataclass(frozen=True, slots=True)
class Found:
    """The entry that is meant, or several that may be, newest first."""

    clear: Details | None
    several: tuple[Details, ...]


def anyone(_: Details) -> bool:
    """Every entry comes into question."""
    return True


async def find(context: Context, text: str | None, *, among: Callable[[Details], bool] = anyone) -> Found:
    """The entry that `text` means, of the recent ones that `among` lets through. At most one call.

    Raises NoSuchEntry, NoEntries.
    """
    page = await context.toggl.time_entries.recent()
    answers = (Details.of(answer) for answer in page.data if answer.deleted_at is None)
    entries = tuple(entry for entry in answers if entry and among(entry))
    if not entries:
        raise NoEntries
    return _found(context, text, entries)


async def find_deleted(context: Context, text: str | None) -> Found:
    """The same among the entries that were deleted here; nothing said is the last one. Raises NothingDeleted."""
    return _found(context, text, await list_deleted(context))


async def list_deleted(context: Context) -> tuple[Details, ...]:
    """All entries that were deleted here and not restored, the last deleted first. Raises NothingDeleted."""
    gone = await _deleted(context)
    if not gone:
        raise NothingDeleted
    return tuple(gone.values())


async def get_deleted(context: Context, entry_id: int) -> Details:
    """The entry with this number that was deleted here. Raises NothingDeleted."""
    gone = (await _deleted(context)).get(entry_id)
    if gone is None:
        raise NothingDeleted
    return gone


async def _deleted(context: Context) -> dict[int, Details]:
    """What was deleted here and not restored, by id, the last deleted first."""
    gone: dict[int, Details] = {}
    for step in await undo.standing(context, undo.DeleteUndo, undo.RestoreUndo):
        if isinstance(step, undo.DeleteUndo):
            gone = {**{entry.id: entry for entry in step.entries}, **gone}
        elif isinstance(step, undo.RestoreUndo):
            gone = {entry_id: entry for entry_id, entry in gone.items() if entry_id not in _ids(step)}
    return gone


def _ids(step: undo.RestoreUndo) -> set[int]:
    return {entry.id for entry in step.entries}


def _found(context: Context, text: str | None, entries: tuple[Details, ...]) -> Found:
    picked = pick(text, entries, now=context.now, zone=context.person.zone)
    if not picked:
        raise NoSuchEntry(text=unquote(text or ""))
    return Found(picked[0], ()) if len(picked) == 1 else Found(None, picked)
