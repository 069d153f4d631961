"""An administrative change that is made and can be taken back."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.administration import Change
from bot.services import administration, undo
from bot.services.context import Context


@dataclass(frozen=True, slots=True)
class Changed:
    """What was done, and what takes it back; None where Toggl has no inverse."""

    change: Change
    undo_id: str | None


async def make(context: Context, wanted: Change) -> Changed:
    """Do `wanted` and keep how it is undone. Raises what `administration.change` raises."""
    done = await administration.change(context, wanted)
    if done.undo is None:
        context.note_change()
        return Changed(done.change, None)
    return Changed(done.change, await undo.record(context, done.undo))
