"""Quota and pace: what is kept of them, and who is let through."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.toggl import (
    MemoryLedger,
    Patience,
    Quota,
    QuotaReserved,
    QuotaSpent,
    RateLimited,
    Spending,
    fingerprint,
)
from bot.toggl.models import Page
from tests.conftest import Clock
from tests.toggl.conftest import ADMIN, Face
from tests.toggl.fakes import Scripted, answer

SPENT: dict[str, Any] = {"X_Toggl_Quota_Remaining": "0", "X_Toggl_Quota_Resets_In": "600"}


async def test_what_is_left_is_kept_per_credential_and_organization(face: Face, clock: Clock) -> None:
    ledger = MemoryLedger()
    left: dict[str, Any] = {"X_Toggl_Quota_Remaining": "7", "X_Toggl_Quota_Resets_In": "600"}
    faced = await face(Scripted(answer({"data": []}, **left)), ledger=ledger)
    await faced.ws.projects.list()
    assert await faced.ws.quota() == Quota(7, clock() + timedelta(seconds=600))
    assert await ledger.read(f"{fingerprint(ADMIN[0])}:1") == await faced.ws.quota()
    assert await faced.toggl.workspace(9, 2).quota() is None


async def test_a_spent_quota_is_not_asked_again_before_it_resets(face: Face, clock: Clock) -> None:
    toggl = Scripted(answer(b"", 402, **SPENT), answer({"data": []}))
    faced = await face(toggl)
    for _ in range(3):
        with pytest.raises(QuotaSpent, match=r"It resets in 10 min\.") as caught:
            await faced.ws.projects.list()
        assert caught.value.resets_at == clock() + timedelta(seconds=600)
    assert len(toggl.requests) == 1
    clock.pass_(seconds=600)
    await faced.ws.projects.list()
    assert len(toggl.requests) == 2


async def test_a_job_leaves_the_peoples_reserve_and_a_person_may_spend_it(face: Face) -> None:
    left: dict[str, Any] = {"X_Toggl_Quota_Remaining": "15", "X_Toggl_Quota_Resets_In": "600"}
    toggl = Scripted(answer({"data": []}, **left))
    faced = await face(toggl)
    job = faced.ws.spending(Spending.JOB)
    await job.projects.list()
    with pytest.raises(QuotaReserved):
        await job.projects.list()
    await faced.ws.projects.list()
    assert len(toggl.requests) == 2


async def test_a_person_is_not_refused_because_a_job_asked_first(face: Face) -> None:
    """Both want the same list at once: the job's fetch stops at the reserve, the person's goes on."""
    left: dict[str, Any] = {"X_Toggl_Quota_Remaining": "15", "X_Toggl_Quota_Resets_In": "600"}
    faced = await face(Scripted(answer({"data": [{"id": 1}]}, **left)))
    await faced.ws.projects.list()
    job, person = await asyncio.gather(
        faced.ws.spending(Spending.JOB).statuses.cached(), faced.ws.statuses.cached(), return_exceptions=True
    )
    assert isinstance(job, QuotaReserved)
    assert isinstance(person, Page)


async def test_tracks_pace_is_kept_by_waiting_and_focus_has_none(face: Face) -> None:
    naps: list[float] = []
    faced = await face(Scripted(answer([])), naps=naps, patience=Patience())
    for _ in range(7):
        await faced.ws.members.list()
    for _ in range(7):
        await faced.ws.statuses.list()
    assert naps == [1, 2]


async def test_a_slot_too_far_away_is_refused_without_a_call(face: Face) -> None:
    toggl = Scripted(answer([]))
    faced = await face(toggl, naps=[], patience=Patience(longest_pause=1))
    for _ in range(6):
        await faced.ws.members.list()
    with pytest.raises(RateLimited, match=r"Try again in 2 s\."):
        await faced.ws.members.list()
    assert len(toggl.requests) == 6


async def test_a_ledger_in_trouble_does_not_make_a_change_look_undone(
    face: Face, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(MemoryLedger):
        async def record(self, key: str, *, remaining: int, resets_at: datetime) -> None:
            raise OSError(f"disk full at {key} {remaining} {resets_at}")

    faced = await face(Scripted(answer(b"", 204, **SPENT)), ledger=Broken())
    with caplog.at_level(logging.ERROR):
        await faced.ws.projects.archive(5)
    assert "could not be recorded" in caplog.text
