"""Taking back what was administrated: the opposite change, with all that every change goes through."""

from __future__ import annotations

from bot.domain.administration import AdministrationStep
from bot.i18n import N_
from bot.services import administration
from bot.services.change_kinds import PartlyDone
from bot.services.context import Context
from bot.services.undo.problems import UndoneHalfway


class UndoneInPart(UndoneHalfway):
    """Some of it was taken back."""

    sentence = N_("{reason}")


async def undo_administration(context: Context, step: AdministrationStep) -> None:
    """Do the step's change, which is the opposite of what was done. Raises what `administration.change` raises."""
    try:
        await administration.change(context, step.change)
    except PartlyDone as error:
        raise UndoneInPart(reason=error) from error
