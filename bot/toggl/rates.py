"""Rates: what an hour is billed and what it costs, by workspace, member, project or task."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal, Unpack

from bot.toggl.lookup import LOST, look_up, surely_new
from bot.toggl.models.admin_requests import NewRate
from bot.toggl.models.rules import Rate
from bot.toggl.operations import CREATE_RATE, LIST_RATES
from bot.toggl.scope import Scope

RateLevel = Literal["workspace", "project", "task", "user", "workspace_user", "project_user"]
RateType = Literal["billable_rates", "labor_costs"]


class Rates:
    """`ws.rates`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def list(
        self,
        level: RateLevel,
        level_id: int,
        *,
        type: RateType | None = None,  # noqa: A002 (Toggl's word)
    ) -> tuple[Rate, ...]:
        """All rates of one thing, past ones too. The page names the level `user`, its errors `workspace_user`."""
        received = await self._scope.call(LIST_RATES, query={"type": type}, level=level, level_id=level_id)
        return received.array(Rate)

    async def create(self, **rate: Unpack[NewRate]) -> None:
        """Set a rate. Toggl answers 201 without a body; `list` shows what came of it.

        If the answer is lost, the rate is looked for; raises Unavailable where it was not set, AnswerLost where that is
        unknown.
        """
        asked_at = self._scope.now

        async def find() -> Rate | None:
            kind: RateType = "billable_rates" if rate["type"] == "billable_rates" else "labor_costs"
            there = await self.list(rate["level"], rate["level_id"], type=kind)
            same = (known for known in there if known.amount == rate["amount"] and not known.deleted_at)
            return next((known for known in same if surely_new(_moment(known.created_at), asked_at)), None)

        try:
            await self._scope.call(CREATE_RATE, body=rate)
        except LOST as lost:
            await look_up(lost, find)


def _moment(text: str | None) -> datetime | None:
    """A moment as Track wrote it; None where it cannot be read."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
