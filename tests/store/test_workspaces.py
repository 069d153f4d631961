from __future__ import annotations

import asyncio

import pytest
from sqlalchemy.exc import NoResultFound

from bot.store import Account, Store, Workspace, accounts, workspaces

BEYOND_32_BITS = 4_000_000_000


async def _save(store: Store, person: Account, **fields: int | str) -> Workspace:
    given: dict[str, object] = {"organization_id": 1, "name": "Acme", **fields}
    async with store.writing() as db:
        return await workspaces.save(db, account_id=person.id, **given)  # type: ignore[arg-type]  # a test's shorthand


async def _all(store: Store, person: Account) -> list[Workspace]:
    async with store.reading() as db:
        return list(await workspaces.for_account(db, account_id=person.id))


async def test_workspaces_are_listed_by_name(store: Store, ann: Account, bob: Account) -> None:
    beta = await _save(store, ann, name="Beta", focus_id=BEYOND_32_BITS, organization_id=BEYOND_32_BITS)
    acme = await _save(store, ann, name="Acme", track_id=8, role="admin")
    await _save(store, bob, focus_id=BEYOND_32_BITS)
    assert await _all(store, ann) == [acme, beta]


@pytest.mark.parametrize("product", ["focus_id", "track_id"])
async def test_saving_a_known_workspace_brings_it_up_to_date(store: Store, ann: Account, product: str) -> None:
    first = await _save(store, ann, role="member", **{product: 7})
    second = await _save(store, ann, name="Acme Ltd", organization_id=2, **{product: 7})
    assert await _all(store, ann) == [second]
    assert (second.id, second.name, second.organization_id, second.role) == (first.id, "Acme Ltd", 2, "member")


@pytest.mark.parametrize("product", ["focus_id", "track_id"])
async def test_workspaces_that_lack_the_other_products_id_are_not_taken_for_one(
    store: Store, ann: Account, product: str
) -> None:
    await _save(store, ann, **{product: 7})
    await _save(store, ann, **{product: 8})
    assert [getattr(workspace, product) for workspace in await _all(store, ann)] == [7, 8]


async def test_two_rows_that_turn_out_to_be_one_workspace_become_one_and_stay_chosen(
    store: Store, ann: Account
) -> None:
    focus = await _save(store, ann, focus_id=7)
    track = await _save(store, ann, track_id=8, role="admin")
    async with store.writing() as db:
        await workspaces.choose(db, account_id=ann.id, workspace_id=track.id)
    both = await _save(store, ann, focus_id=7, track_id=8, role="admin")
    assert (both.id, both.focus_id, both.track_id) == (focus.id, 7, 8)
    assert await _all(store, ann) == [both]
    async with store.reading() as db:
        assert await workspaces.find_chosen(db, account_id=ann.id) == both


async def test_savings_at_once_keep_one_row(store: Store, ann: Account) -> None:
    await asyncio.gather(*(_save(store, ann, focus_id=7) for _ in range(6)))
    assert len(await _all(store, ann)) == 1


async def test_the_chosen_workspace_is_found(store: Store, ann: Account) -> None:
    async with store.reading() as db:
        assert await workspaces.find_chosen(db, account_id=ann.id) is None
    workspace = await _save(store, ann, focus_id=7)
    async with store.writing() as db:
        assert await workspaces.choose(db, account_id=ann.id, workspace_id=workspace.id)
        assert await workspaces.find_chosen(db, account_id=ann.id) == workspace


async def test_somebody_elses_workspace_cannot_be_chosen(store: Store, ann: Account, bob: Account) -> None:
    theirs = await _save(store, bob, focus_id=7)
    async with store.writing() as db:
        assert not await workspaces.choose(db, account_id=ann.id, workspace_id=theirs.id)
        assert await workspaces.find_chosen(db, account_id=ann.id) is None


async def test_forgetting_the_chosen_workspace_leaves_none_chosen(store: Store, ann: Account, bob: Account) -> None:
    workspace = await _save(store, ann, focus_id=7)
    async with store.writing() as db:
        await workspaces.choose(db, account_id=ann.id, workspace_id=workspace.id)
        await workspaces.forget(db, account_id=bob.id, workspace_id=workspace.id)
        assert await workspaces.find_chosen(db, account_id=ann.id) == workspace
        await workspaces.forget(db, account_id=ann.id, workspace_id=workspace.id)
    async with store.reading() as db:
        found = await accounts.find_by_id(db, ann.id)
    assert found is not None
    assert found.workspace_id is None


async def test_a_forgotten_person_gets_no_workspace(store: Store, ann: Account) -> None:
    async with store.writing() as db:
        await accounts.forget(db, ann.id)
    with pytest.raises(NoResultFound):
        await _save(store, ann, focus_id=7)
