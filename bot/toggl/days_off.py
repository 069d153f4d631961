"""Companions: days on which nobody is to be reminded. Their shape is open, their answer may be 403 or 404."""

from __future__ import annotations

from bot.toggl.cache import RULES
from bot.toggl.models.members import DayOff
from bot.toggl.models.page import Page
from bot.toggl.operations import LIST_PUBLIC_HOLIDAYS, LIST_TIME_OFF, Operation
from bot.toggl.paging import LARGEST_PAGE, every
from bot.toggl.scope import Scope


class DaysOff:
    """`ws.days_off`. Both lists are kept for an hour, and cost a call for every hundred days."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def list_public_holidays(self) -> tuple[DayOff, ...]:
        """Companion: the organization's public holidays."""
        return await self._list(LIST_PUBLIC_HOLIDAYS)

    async def list_time_off(self) -> tuple[DayOff, ...]:
        """Companion: who is away when."""
        return await self._list(LIST_TIME_OFF)

    async def _list(self, operation: Operation) -> tuple[DayOff, ...]:
        async def fetch(page: int) -> Page[DayOff]:
            return (await self._scope.call(operation, query={"page": page, "per_page": LARGEST_PAGE})).page(DayOff)

        async def load() -> tuple[DayOff, ...]:
            return tuple([day async for day in every(fetch)])

        return await self._scope.cached(operation, RULES, load)
