"""What a change made: from its answer, or looked up where the answer was empty or lost."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

from bot.toggl.calls import Received
from bot.toggl.errors import AnswerLost, TogglError, Trouble, Unavailable, UnreadableReceipt

T = TypeVar("T")
Lost = AnswerLost | UnreadableReceipt
LOST = (AnswerLost, UnreadableReceipt)
Find = Callable[[], Awaitable[T | None]]
# How far Toggl's clock and ours may differ when `created_at` tells a new thing from an old one of the same name.
SKEW = timedelta(minutes=2)
_log = logging.getLogger(__name__)


async def created(answer: Awaitable[Received], model: type[T], find: Find[T] | None) -> T | None:
    """The thing that the creation behind `answer` made.

    `find` looks for it and gives None where it is not there; no `find` means that no look-up can see it. Gives None
    where it was made and cannot be shown. Raises as `look_up` where the answer was lost.
    """
    try:
        received = await answer
        if not received.empty and getattr(made := received.object(model), "id", None) is not None:
            return made
    except LOST as lost:
        return await look_up(lost, find)
    try:
        return None if find is None else await find()
    except TogglError as error:
        # It is made. An error of the look-up would say of the creation what is true of the look-up alone.
        _log.info("what %s made could not be looked up: %r", received.operation.name, error)
        return None


async def look_up(lost: Lost, find: Find[T] | None) -> T:
    """What `find` finds of the change whose answer was `lost`.

    Raises Unavailable where its absence proves that nothing was saved, and `lost` itself where it proves nothing: Toggl
    may still be at it, has said yes, or cannot be asked.
    """
    if find is None:
        raise lost
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


def surely_new(created_at: datetime | None, asked_at: datetime) -> bool:
    """As `is_new`, of something that else is what was asked for. Raises AnswerLost where Toggl does not say its age."""
    if created_at is None:
        raise AnswerLost(Trouble("", words="Toggl does not say when it was made"), ended=False)
    return is_new(created_at, asked_at)


def is_new(created_at: datetime | None, asked_at: datetime) -> bool:
    """Whether something made at `created_at` can be what was asked for at `asked_at`."""
    return created_at is not None and created_at >= asked_at - SKEW
