"""What a kind of administrative change has to say of itself, for `services.administration` to do it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.administration import Change, Fields
from bot.errors import UserError
from bot.services.context import Context
from bot.services.roles import is_admin

Read = Callable[[Context, Change], Awaitable[Fields | None]]
"""The subject as Toggl has it now, afresh, under the names that `before` uses; None where it is gone."""
Do = Callable[[Context, Change], Awaitable[Change | None]]
"""Do it in Toggl: `change.fields` are to have their new values.

Gives the change as it was done where that says more, as with the id of something new (`msgspec.structs.replace`); None
where it is as it was given. Raises TogglError, PartlyDone.
"""

May = Callable[[Context, Change], Awaitable[bool]]
"""Whether Toggl says, now, that the person may do it. Raises NotConnected, TogglError."""


async def admins(context: Context, change: Change) -> bool:
    """Only admins may."""
    del change
    return await is_admin(context)


async def whom_toggl_lets(context: Context, change: Change) -> bool:
    """Nobody's role is asked for: Toggl's own answer tells, or what is read before."""
    del context, change
    return True


class PartlyDone(UserError):
    """Some of it was done and some was not; the subclasses say which. `done` is what was, as the log keeps it."""

    def __init__(self, done: Change, **values: object) -> None:
        super().__init__(**values)
        self.done = done


@dataclass(frozen=True, slots=True)
class Many:
    """How several changes of one kind are done together, by `administration.change_all`.

    `read` gives each subject by its id as it is now; `do` says of each, by the same ids, why it was not done, None
    where it was. `do` raises a TogglError where none was done.
    """

    read: Callable[[Context, Sequence[Change]], Awaitable[Mapping[str, Fields | None]]]
    do: Callable[[Context, Sequence[Change]], Awaitable[Mapping[str, UserError | None]]]


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of change is done. `inverse` is the kind that takes it back; None where Toggl has no inverse.

    Without `read` there is nothing to compare with, as for what is new. `may` asks for the right, each time.
    """

    do: Do
    read: Read | None = None
    inverse: str | None = None
    may: May = admins
    many: Many | None = None
