"""What the workspace demands of entries, asked before Toggl refuses one; and what it lacked where Toggl did."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from bot.domain import constraints as rules
from bot.domain.constraints import Field, Given, Rules
from bot.domain.projects import Named
from bot.domain.tracking import Task
from bot.errors import UserError
from bot.i18n import N_
from bot.services import entry_access, tags
from bot.services.context import Context, NotConnected
from bot.store import workspaces
from bot.toggl import Refused, TogglError

_REQUIRED = "required_fields_missing"
_STOP = "stop_tracking"


class Lacking(UserError):
    """The entry lacks what the workspace demands: `fields`. Nothing was saved."""

    sentence = N_("Your workspace requires more details than this entry has. Nothing was saved.")

    def __init__(self, fields: frozenset[Field]) -> None:
        """Keep what has to be asked."""
        super().__init__()
        self.fields = fields


class RunningLacks(Lacking):
    """The entry that runs lacks it, so that it cannot stop."""

    sentence = N_("Your workspace requires more details than the running entry has. It was not stopped.")


class NoTagKnown(UserError):
    """A tag is demanded, and none is in sight: Toggl lists tags only with the things that have them."""

    sentence = N_(
        "Your workspace requires a tag on every entry, but I cannot see any of its tags. Nothing was saved. Use "
        "a tag in Toggl once, then try again."
    )


async def look(context: Context) -> tuple[str, Rules]:
    """The name of the chosen workspace, and what it demands of every entry now. One call.

    Raises NotConnected, TogglError.
    """
    if context.track is None:
        raise NotConnected
    async with context.store.reading() as db:
        chosen = await workspaces.find_current(
            db, account_id=context.person.account_id, workspace_id=context.workspace_id
        )
    constraints = await context.track.settings.cached_constraints(afresh=True)
    return chosen.name if chosen else "", Rules.of(constraints)


async def check(context: Context, tasks: Collection[Task | None]) -> None:
    """Raise Lacking where entries on `tasks` would lack what is demanded.

    One call an hour, with a Track credential; without one Toggl's own refusal tells.
    """
    if context.track is None or not tasks:
        return
    try:
        constraints = await context.track.settings.cached_constraints()
    except TogglError:
        return  # to ask is a courtesy: Toggl refuses what breaks its rules, and that is shown
    fields = rules.lacking(rules.demanded(constraints), tasks)
    if fields:
        raise Lacking(fields)


@contextmanager
def explained() -> Iterator[None]:
    """Around a change: Toggl's refusal for a missing field becomes Lacking."""
    try:
        yield
    except Refused as refusal:
        if fields := refused_for(refusal):
            raise (RunningLacks if refusal.operation == _STOP else Lacking)(fields) from refusal
        raise


def refused_for(refusal: Exception) -> frozenset[Field]:
    """The fields for whose lack Toggl refused; none where it was for something else."""
    if isinstance(refusal, Refused) and refusal.code.endswith(_REQUIRED):
        return rules.named(refusal.words)
    return frozenset()


async def complete(context: Context, *, task_id: int | None, entry_id: int, given: Given) -> None:
    """Add to an entry what was given. Raises TogglError."""
    await entry_access.patch(context, task_id, entry_id, given.fields)


async def get_tags(context: Context) -> tuple[Named, ...]:
    """The tags to choose from, by name. Raises NoTagKnown."""
    found = await tags.seen(context)
    if not found:
        raise NoTagKnown
    return found[: tags.MOST]
