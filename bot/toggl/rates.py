"""Rates: what an hour is billed and what it costs, by workspace, member, project or task."""

from __future__ import annotations

from typing import Literal, Unpack

from bot.toggl.models.admin_requests import NewRate
from bot.toggl.models.rules import Rate
from bot.toggl.operations import CREATE_RATE, LIST_RATES
from bot.toggl.scope import Scope

RateLevel = Literal["workspace", "project", "task", "user", "workspace_user", "project_user"]


class Rates:
    """`ws.rates`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def list(
        self,
        level: RateLevel,
        level_id: int,
        *,
        type: Literal["billable_rates", "labor_costs"] | None = None,  # noqa: A002 (Toggl's word)
    ) -> tuple[Rate, ...]:
        """All rates of one thing, past ones too. The page names the level `user`, its errors `workspace_user`."""
        received = await self._scope.call(LIST_RATES, query={"type": type}, level=level, level_id=level_id)
        return received.array(Rate)

    async def create(self, **rate: Unpack[NewRate]) -> None:
        """Set a rate. Toggl answers 201 without a body; `list` shows what came of it."""
        await self._scope.call(CREATE_RATE, body=rate)
