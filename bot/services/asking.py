"""What Toggl does not let a person do, and an admin could do for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from bot.errors import UserError
from bot.i18n import N_
from bot.toggl import Forbidden


class AdminNeeded(UserError):
    """Toggl does not let the person do this; an admin can: `step` says what, None where nobody can be asked for it.

    The dispatcher adds the button with which the person asks.
    """

    sentence = N_("Toggl does not allow you to do this. Nothing was saved. An admin of the workspace can.")

    def __init__(self, step: msgspec.Struct | None) -> None:
        super().__init__()
        self.step = step


@contextmanager
def askable(step: msgspec.Struct) -> Iterator[None]:
    """Where Toggl forbids what is done inside, `step`, which does the same, can be asked of an admin."""
    try:
        yield
    except Forbidden as error:
        raise AdminNeeded(step) from error
