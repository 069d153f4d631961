"""After a lost answer: ask whether Toggl did it, and say what that proves."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

from bot.toggl.errors import AnswerLost, TogglError, Unavailable, UnreadableReceipt

T = TypeVar("T")
Lost = AnswerLost | UnreadableReceipt
# How far Toggl's clock and ours may differ when `created_at` tells a new thing from an old one of the same name.
SKEW = timedelta(minutes=2)


async def look_up(lost: Lost, find: Callable[[], Awaitable[T | None]]) -> T:
    """What `find` finds of the change whose answer was `lost`.

    Raises Unavailable where its absence proves that nothing was saved, and `lost` itself where it proves nothing: Toggl
    may still be at it, has said yes, or cannot be asked.
    """
    try:
        found = await find()
    except TogglError:
        raise lost from None
    if found is not None:
        return found
    if isinstance(lost, AnswerLost) and lost.ended:
        raise Unavailable(lost.trouble) from lost
    raise lost


def same_second(left: datetime | None, right: datetime | None) -> bool:
    """Whether both are the same moment as far as Toggl keeps it: to the second."""
    if left is None or right is None:
        return left is right
    return left.replace(microsecond=0) == right.replace(microsecond=0)


def is_new(created_at: datetime | None, asked_at: datetime) -> bool:
    """Whether something made at `created_at` can be what was asked for at `asked_at`."""
    return created_at is not None and created_at >= asked_at - SKEW
