"""Rates as they are: whose, in which currency, since when; and setting one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.folding import fold
from bot.domain.matching import match
from bot.domain.projects import NUMBER, Named
from bot.domain.rates import History, Level, NewRate, Outlook, Pay, Sheet, Subject
from bot.services import project_search, rate_changes, tasks
from bot.services.administered import make
from bot.services.context import Context
from bot.services.member_changes import track
from bot.toggl import PaidFeature, TogglError

_SUGGESTIONS = 100


@dataclass(frozen=True, slots=True)
class Saved:
    """The rates after one was set; none where they could not be read again (`unread`)."""

    sheet: Sheet
    unread: bool = False


async def sheet(context: Context, subject: Subject | None, pay: Pay, *, currency: str | None = None) -> Sheet:
    """The rates of `subject`, of the workspace where it is None. One call, two where the `currency` is not known.

    Raises NotConnected, Forbidden, TogglError.
    """
    if subject is None or currency is None:
        here = track(context)
        workspace = await here.settings.get()
        currency = workspace.default_currency or ""
        number = here.track_workspace_id or workspace.id or 0
        whole = Subject(Level.WORKSPACE, number, workspace.name or NUMBER.format(id=number))
        subject = subject or whole
    try:
        return Sheet(subject, pay, currency, await rate_changes.read(context, subject, pay))
    except PaidFeature as error:
        return Sheet(subject, pay, currency, History(), unpaid=error.words)


async def save(context: Context, shown: Outlook, new: NewRate) -> Saved:
    """Set a rate, if the others still are as `shown`, and give what came of it. Four calls.

    Raises what `administration.change` raises: only then nothing was set.
    """
    await make(context, rate_changes.change_of(context, shown, new))
    try:
        return Saved(await sheet(context, shown.subject, shown.pay, currency=shown.currency))
    except TogglError:
        return Saved(Sheet(shown.subject, shown.pay, shown.currency, History()), unread=True)


async def find(context: Context, level: Level, words: str) -> Sequence[Subject]:
    """What of a level `words` may mean, the likeliest first; one where it is clear."""
    found = await suggest(context, level, words)
    exact = [named for named in found if fold(named.name) == fold(words)]
    return [Subject(level, named.id, named.name) for named in (exact if len(exact) == 1 else found)]


async def suggest(context: Context, level: Level, query: str) -> Sequence[Named]:
    """What of a level fits `query`: members by membership, projects, tasks. Of workspaces there is only the one."""
    match level:
        case Level.MEMBER:
            return _fitting(query, await _members(context))
        case Level.PROJECT:
            return [Named(project.id, project.name) for project in await project_search.suggest(context, query)]
        case Level.TASK:
            return [Named(task.id, task.name) for task in await tasks.suggest(context, query)]
    return ()


async def _members(context: Context) -> tuple[Named, ...]:
    """The active members by the number of their membership, by name. Kept for ten minutes."""
    found = [
        Named(user.id, user.name or user.email or NUMBER.format(id=user.id))
        for user in await track(context).members.cached()
        if user.id is not None and not user.inactive
    ]
    return tuple(sorted(found, key=lambda member: fold(member.name)))


def _fitting(query: str, known: Sequence[Named]) -> Sequence[Named]:
    if not query.strip():
        return known[:_SUGGESTIONS]
    found = match(query, known, limit=_SUGGESTIONS)
    return (found.clear,) if found.clear else found.several
