"""What an entry's form was filled with, and what was changed in it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.dispatcher import Request
from bot.domain.durations import parse_duration
from bot.domain.entry_details import Details
from bot.domain.entry_reference import Reference
from bot.domain.tracking import Task
from bot.services import tasks
from bot.services.entry_changes import Filled
from bot.views import entry_form
from bot.views.choices import read_task
from bot.views.ids import Blocks
from bot.views.project_answers import read_named
from bot.views.project_inputs import named_options


def remembered(entry: Details) -> dict[str, Any]:
    """What a form needs back: which entry it is, how it was, and what its fields were filled with."""
    return {"entry": Reference.of(entry.entry).value(), "seen": entry.mark, "was": _comparable(_values(entry))}


def _values(entry: Details) -> dict[str, Any]:
    """The values that the form of `entry` has when nobody changes anything."""
    values: dict[str, Any] = {Blocks.START: entry.start.timestamp(), Blocks.TYPE: entry.type}
    if entry.end is not None:
        values[Blocks.END] = entry.end.timestamp()
    if entry.extras is not None:
        values[Blocks.DESCRIPTION] = entry.extras.description
        values[Blocks.BILLABLE] = [entry_form.BILLABLE] if entry.extras.billable else []
        values[Blocks.TAGS] = [option.value for option in named_options(entry.tags)]
    return values


def _comparable(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values short and alike for what looks alike in a form: pickers know no seconds."""
    minutes: dict[str, int] = {
        name: int(values[name] // 60) for name in (Blocks.START, Blocks.END) if values.get(name) is not None
    }
    description = (values.get(Blocks.DESCRIPTION) or "").strip()
    return {
        **minutes,
        Blocks.TYPE: values.get(Blocks.TYPE),
        Blocks.DESCRIPTION: zlib.crc32(description.encode()),
        Blocks.BILLABLE: bool(values.get(Blocks.BILLABLE)),
        Blocks.TAGS: zlib.crc32(repr(sorted(read_named(tag).id for tag in values.get(Blocks.TAGS) or ())).encode()),
    }


async def filled(request: Request, reference: Reference) -> Filled:
    """What was changed in the form. Raises NotUnderstood."""
    values = {block.partition(":")[0]: value for block, value in request.values.items()}
    sent, was = _comparable(values), request.data["was"]
    new = {name: values[name] for name in sent if name in values and sent[name] != was.get(name)}
    length, chosen = values.get(Blocks.LENGTH), values.get(Blocks.TASK)
    task: Task | None = read_task(chosen) if chosen else None
    if task and task.id == reference.task_id:
        task = None
    return Filled(
        task=await tasks.recognize(request.context, task) if task else None,
        start=_moment(new.get(Blocks.START)),
        end=_moment(new.get(Blocks.END)),
        length=parse_duration(length) if length else None,
        type=new.get(Blocks.TYPE),
        description=(new[Blocks.DESCRIPTION] or "") if Blocks.DESCRIPTION in new else None,
        billable=bool(new[Blocks.BILLABLE]) if Blocks.BILLABLE in new else None,
        tags=tuple(map(read_named, new[Blocks.TAGS] or ())) if Blocks.TAGS in new else None,
    )


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
