from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.store import Account, Store, accounts, admin_requests, workspaces
from bot.store.admin_requests import State
from tests.store.administration import NOW, request_row

LATER = NOW + timedelta(days=1)


async def test_of_all_who_decide_one_does(store: Store, ann: Account) -> None:
    async with store.writing() as db:
        await admin_requests.add(db, request_row(ann, expires_at=LATER))

    async def decide(number: int) -> bool:
        state = State.DECLINED if number % 2 else State.DECIDING
        async with store.writing() as db:
            row = await admin_requests.decide(db, "request", tenant_id="T1", user_id=f"U{number}", state=state, now=NOW)
        return row is not None

    assert sum(await asyncio.gather(*map(decide, range(6)))) == 1


@pytest.mark.parametrize(
    ("tenant_id", "state", "after"),
    [("T2", State.ASKED, timedelta()), ("T1", State.OFFERED, timedelta()), ("T1", State.ASKED, timedelta(days=1))],
)
async def test_what_is_elsewhere_not_asked_or_too_old_is_not_decided(
    store: Store, ann: Account, tenant_id: str, state: State, after: timedelta
) -> None:
    async with store.writing() as db:
        await admin_requests.add(db, request_row(ann, expires_at=LATER, state=state))
        decided = await admin_requests.decide(
            db, "request", tenant_id=tenant_id, user_id="U1", state=State.DECIDING, now=NOW + after
        )
    assert decided is None


async def test_what_was_given_back_can_be_decided_again(store: Store, ann: Account) -> None:
    async with store.writing() as db:
        await admin_requests.add(db, request_row(ann, expires_at=LATER))
    for _ in range(2):
        async with store.writing() as db:
            decided = await admin_requests.decide(
                db, "request", tenant_id="T1", user_id="U1", state=State.DECIDING, now=NOW
            )
            assert decided is not None
            await admin_requests.settle(db, "request", state=State.ASKED)
            assert (await admin_requests.get(db, "request")).decided_by_user_id is None


async def test_the_admins_are_those_of_the_same_workspaces_in_slack_and_toggl(
    store: Store, ann: Account, bob: Account
) -> None:
    async with store.writing() as db:
        other = await accounts.get_or_create(db, tenant_id="T1", team_id="T1", user_id="UCY", now=NOW)
        stranger = await accounts.get_or_create(db, tenant_id="T2", team_id="T2", user_id="UDEE", now=NOW)
        for account, number, role in (
            (ann, 2, "admin"), (bob, 2, "admin"), (other, 2, "user"), (stranger, 2, "admin"), (other, 9, "admin"),
        ):  # fmt: skip
            await workspaces.save(
                db, account_id=account.id, organization_id=1, name="Studio", focus_id=number, role=role
            )
        found = await admin_requests.admins(db, request_row(ann))
    assert [account.user_id for account in found] == ["UBOB"]


async def test_what_an_ended_process_was_doing_is_unknown_after_a_while(store: Store, ann: Account) -> None:
    async with store.writing() as db:
        await admin_requests.add(db, request_row(ann, state=State.DECIDING, decided_at=NOW))
        await admin_requests.give_up(db, "request", before=NOW - timedelta(seconds=1))
        assert (await admin_requests.get(db, "request")).state == State.DECIDING
        await admin_requests.give_up(db, "request", before=NOW)
        assert (await admin_requests.get(db, "request")).state == State.UNKNOWN
