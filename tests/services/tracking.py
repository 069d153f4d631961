"""The seeded member and their tasks, for what people do with time."""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.tracking import Task
from bot.services import tasks
from bot.services.context import Context
from tests.conftest import ServedToggl

WHO = "member"
Member = Callable[[], Context]


async def named(context: Context, name: str) -> Task:
    """The task that this name means beyond doubt."""
    found = (await tasks.find(context, name)).clear
    assert found is not None
    return found


async def warmed(context: Context, toggl: ServedToggl, *names: str) -> list[Task]:
    """The tasks of these names, with everything kept that the first commands of a day read."""
    found = [await named(context, name) for name in names]
    toggl.calls.clear()
    return found
