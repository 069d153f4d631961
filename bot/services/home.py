"""The App Home: what it shows, and what was told of the last changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.account import Account
from bot.domain.days import day_bounds, today, total
from bot.domain.home import Home, Receipt, Tracked
from bot.domain.tracking import Project, recent_tasks
from bot.services import account as accounts
from bot.services import entries, reminders
from bot.services.context import Context, NotConnected
from bot.store import accounts as people
from bot.store import receipts
from bot.toggl import CredentialRefused, Forbidden, NotFound, Spending, TogglError

LIVE = timedelta(hours=1)
"""How long after it was last opened a Home is kept up to date: Slack asks for it again whenever it is opened."""
_DAYS = 7


async def note_opened(context: Context) -> None:
    """The person looks at their Home now."""
    async with context.store.writing() as db:
        await people.note_home_opened(db, account_id=context.person.account_id, now=context.now)


async def note_change(context: Context, said: str) -> bool:
    """Keep what was told (mrkdwn) of a change, and say whether the Home has to show it at once.

    Somebody who has just been forgotten gets their Home as a stranger sees it.
    """
    async with context.store.writing() as db:
        account = await people.find_by_id(db, context.person.account_id)
        if account is None:
            return True
        if said:
            undo_id = next(filter(None, reversed(context.changes)), None)
            await receipts.add(db, account_id=account.id, text=said, undo_id=undo_id, now=context.now)
    return account.home_opened_at is not None and context.now - account.home_opened_at < LIVE


async def read(context: Context, *, first_weekday: int) -> Home:
    """The Home as it is now: nothing is asked of Toggl with warm caches, two calls with cold ones.

    A week begins on `first_weekday` (0 is Monday). Where Toggl does not answer, the rest is shown with its `problem`.
    """
    home = Home(await _account(context), await _receipts(context), reminders=await reminders.mine(context))
    if context.focus is None:
        return home
    try:
        return replace(home, tracked=await _tracked(context, first_weekday), account=await _account(context))
    except CredentialRefused as refusal:
        await accounts.mark_refused(context, refusal)
        return replace(home, account=await _account(context), problem=refusal)
    except TogglError as problem:
        return replace(home, problem=problem)


def unasked(context: Context) -> Context:
    """The same, for what nobody asked for: it leaves the last calls of the hour to the person."""
    return replace(context, focus=context.focus and context.focus.spending(Spending.JOB))


async def _account(context: Context) -> Account:
    try:
        return await accounts.get_account(context)
    except NotConnected:
        return Account()


async def _receipts(context: Context) -> tuple[Receipt, ...]:
    async with context.store.reading() as db:
        found = await receipts.latest(db, account_id=context.person.account_id, now=context.now)
    return tuple(Receipt(row.text, row.created_at, row.undo_id if usable else None) for row, usable in found)


async def _tracked(context: Context, first_weekday: int) -> Tracked:
    zone = context.person.zone
    now_day = today(context.now, zone)
    first = now_day - timedelta(days=(now_day.weekday() - first_weekday) % _DAYS)
    days = [first + timedelta(days=number) for number in range(_DAYS)]
    end = day_bounds(days[-1], zone)[1]
    week = await entries.between(context, day_bounds(first, zone)[0], end)
    recent = await entries.read(context)
    lengths = tuple((day, total(week, day_bounds(day, zone), now=context.now)) for day in days)
    return Tracked(
        running=entries.running(recent),
        days=lengths,
        today=dict(lengths)[now_day],
        recents=recent_tasks(recent),
        pinned=await _pinned(context),
    )


async def _pinned(context: Context) -> tuple[Project, ...]:
    """The pinned ones among the projects that pickers keep; none where this person may not list projects."""
    try:
        page = await context.toggl.projects.cached()
    except (Forbidden, NotFound):
        return ()
    pinned: Sequence[Project | None] = [Project.of(project) for project in page.data if project.pinned]
    return tuple(project for project in pinned if project)
