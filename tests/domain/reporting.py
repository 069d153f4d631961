"""Entries for reports, told in a line: `line("2026-11-12 09:00", hours=1, project="Website")`."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal
from zlib import crc32
from zoneinfo import ZoneInfo

from bot.domain.report_lines import Line
from bot.domain.tracking import Entry, Task

BERLIN = ZoneInfo("Europe/Berlin")
_ids: Iterator[int] = itertools.count(1)


def local(told: str) -> datetime:
    """A moment by the clocks of Berlin."""
    return datetime.fromisoformat(told).replace(tzinfo=BERLIN)


def line(  # noqa: PLR0913 (each says one thing of the entry)
    start: str,
    *,
    hours: float | None = 1,
    project: str | None = "Website",
    task: str = "Write",
    status: str | None = None,
    block: int | None = None,
    kind: Literal["activity", "break"] = "activity",
    client: str | None = None,
    description: str | None = None,
    private: bool = False,
) -> Line:
    """An entry of so many hours; None: it runs."""
    project_id = crc32(project.encode()) if project else None
    task_id = crc32(task.encode())
    entry = Entry(
        id=next(_ids),
        started_at=local(start),
        length=None if hours is None else timedelta(hours=hours),
        task_id=task_id,
        task=Task(task_id, task, project_id, project, client),
        type=kind,
    )
    return Line(entry, crc32(status.encode()) if status else None, status, block, description, private)
