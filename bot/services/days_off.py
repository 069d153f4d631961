"""Whether somebody works on a day at all, as far as Toggl tells: public holidays and time off are companions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

from bot.domain.account import Identity
from bot.domain.days_off import Off, Stretch, off_on, stretches
from bot.services.context import Context
from bot.store import credentials
from bot.toggl import Forbidden, NotFound, PaidFeature, Refused, UnreadableAnswer, models

_NOT_TOLD = (Forbidden, NotFound, PaidFeature, Refused, UnreadableAnswer)
"""Companions may be closed or answer in a shape that nobody knows: then a day is like any other."""


async def off_work(context: Context, day: date) -> Off | None:
    """Why the person does not work on `day`, if so. At most three calls, kept for an hour.

    Raises CredentialRefused, and TogglErrors that pass: it is better to ask again than to disturb on a holiday.
    """
    holidays = await _listed(context.toggl.days_off.list_public_holidays, Off.HOLIDAY)
    if off_on(day, holidays, None):
        return Off.HOLIDAY
    away = [each for each in await _listed(context.toggl.days_off.list_time_off, Off.AWAY) if each.user_id]
    if not any(stretch.first <= day <= stretch.last for stretch in (*away, *holidays)):
        return None
    return off_on(day, (*away, *holidays), await _number(context))


async def _listed(ask: Callable[[], Awaitable[tuple[models.DayOff, ...]]], off: Off) -> tuple[Stretch, ...]:
    try:
        return stretches(await ask(), off)
    except _NOT_TOLD:
        return ()


async def _number(context: Context) -> int | None:
    """The person's number in Focus: their entries carry it, and else the list of people, by name and address."""
    recent = await context.toggl.time_entries.recent()
    number = next((entry.toggl_user_id for entry in recent.data if entry.toggl_user_id), None)
    if number is not None:
        return number
    async with context.store.reading() as db:
        stored = await credentials.summaries(db, account_id=context.person.account_id)
    labels = {credential.label for credential in stored if credential.label}
    try:
        users = await context.toggl.members.list_organization_users()
    except _NOT_TOLD:
        return None
    same = {
        user.user_account_id
        for user in users
        if user.user_account_id and Identity(user.called or "", user.email or "").label in labels
    }
    return same.pop() if len(same) == 1 else None
