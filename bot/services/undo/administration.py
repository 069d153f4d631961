"""Taking back what was administrated: the opposite change, with all that every change goes through."""

from __future__ import annotations

from bot.domain.administration import AdministrationStep, AdministrationSteps
from bot.i18n import N_
from bot.services import administration
from bot.services.change_kinds import PartlyDone
from bot.services.context import Context
from bot.services.elsewhere import within
from bot.services.undo.problems import UndoneHalfway


class UndoneInPart(UndoneHalfway):
    """Some of it was taken back."""

    sentence = N_("{reason}")


class DoneInPart(UndoneHalfway):
    """Of several changes some were done."""

    sentence = N_("Done: {done}. Not done: {left}. {reason}")


async def undo_administration(context: Context, step: AdministrationStep) -> None:
    """Do the step's change, which is the opposite of what was done, there. Raises what `administration.change` does."""
    if step.workspace_id is not None:
        context = await within(context, step.workspace_id)
    try:
        await administration.change(context, step.change)
    except PartlyDone as error:
        raise UndoneInPart(reason=error) from error


async def administrate(context: Context, steps: AdministrationSteps) -> None:
    """Do all of the changes. Raises DoneInPart; what stopped all of them, where none was done."""
    came = await administration.change_all(context, steps.changes, name=steps.name)
    left = [(change.name, why) for change, why in came if why is not None]
    if not left:
        return
    reason = left[0][1]
    done = [change.name for change, why in came if why is None]
    if not done:
        raise reason
    raise DoneInPart(done=", ".join(done), left=", ".join(name for name, _ in left), reason=reason) from reason
