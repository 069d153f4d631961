"""The account, the choice of a workspace, and forgetting it all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.fernet import Fernet
from sqlmodel import select

from bot.domain.account import Product
from bot.local.toggl import create_app
from bot.services import account, connect, connect_links
from bot.services.account import NoSuchWorkspace, WorkspaceGone
from bot.services.connect_form import Attempt
from bot.services.connections import Connections, open_toggl
from bot.services.context import Context, NotConnected
from bot.store import Account, Cipher, KeyLost, Store
from bot.store.tables import Account as AccountRow
from bot.store.tables import CredentialRow, TicketRow, UndoAction, Workspace
from bot.toggl import CredentialRefused, Endpoints
from tests.conftest import Clock, ServedToggl
from tests.services.connecting import ADMIN_KEY, ADMIN_PASSWORD, ADMIN_TOKEN, Acting
from tests.serving import serving


async def linked(context: Context, attempt: Attempt) -> connect.Connected:
    """Connect, as from a modal."""
    return await connect.connect_here(context, 0, attempt)


async def test_nothing_linked_is_not_connected(ann: Account, acting: Acting) -> None:
    for ask in (account.get_account, account.disconnect):
        with pytest.raises(NotConnected):
            await ask(acting(ann))


async def test_the_account_says_what_is_left_of_the_hour(ann: Account, acting: Acting, toggl: ServedToggl) -> None:
    toggl.spend_quota("admin", remaining=20)
    await linked(acting(ann), ADMIN_KEY)
    allowance = (await account.get_account(acting(ann))).allowance
    assert allowance is not None
    assert 10 < allowance.remaining < 20


async def test_a_workspace_is_found_by_a_part_of_its_name(ann: Account, acting: Acting) -> None:
    await linked(acting(ann), ADMIN_PASSWORD)
    assert [found.name for found in await account.find_workspaces(acting(ann), "labs")] == ["Nordlicht Labs"]
    assert len(await account.find_workspaces(acting(ann), "nordlicht")) == 2
    with pytest.raises(NoSuchWorkspace):
        await account.find_workspaces(acting(ann), "zzz")


async def test_commands_act_in_the_chosen_workspace(
    ann: Account, acting: Acting, store: Store, connections: Connections
) -> None:
    await linked(acting(ann), ADMIN_PASSWORD)
    assert (await open_toggl(store, connections, account_id=ann.id)).focus is None
    (labs,) = await account.find_workspaces(acting(ann), "labs")
    assert (await account.choose_workspace(acting(ann), labs.id)).chosen == labs
    opened = await open_toggl(store, connections, account_id=ann.id)
    assert opened.focus is not None
    assert opened.focus.workspace_id == labs.focus_id


async def test_nobody_chooses_anothers_workspace(ann: Account, bob: Account, acting: Acting) -> None:
    await linked(acting(ann), ADMIN_KEY)
    chosen = (await account.get_account(acting(ann))).chosen
    assert chosen is not None
    with pytest.raises(WorkspaceGone):
        await account.choose_workspace(acting(bob), chosen.id)


async def test_choosing_what_only_the_other_product_knows_says_that_both_are_one(
    ann: Account, acting: Acting, connections: Connections, clock: Clock
) -> None:
    app = create_app(clock=clock, shared_ids=False)
    async with serving(app) as url:
        endpoints = Endpoints(focus=f"{url}/api", track=f"{url}/api/v9")
        context = replace(acting(ann), connections=replace(connections, endpoints=endpoints))
        await linked(context, ADMIN_KEY)
        await linked(context, ADMIN_TOKEN)
    before = await account.get_account(context)
    assert before.chosen is not None
    assert before.chosen.products == {Product.FOCUS}
    assert len(before.workspaces) == 3
    (studio,) = await account.find_workspaces(context, "studio")
    after = await account.choose_workspace(context, studio.id)
    assert after.chosen is not None
    assert after.chosen.products == frozenset(Product)
    assert after.chosen.name == "Nordlicht Studio"
    assert after.chosen.focus_id == before.chosen.focus_id
    assert len(after.workspaces) == 2


async def test_disconnecting_forgets_everything_at_once(
    ann: Account, acting: Acting, store: Store, connections: Connections, clock: Clock
) -> None:
    await linked(acting(ann), ADMIN_PASSWORD)
    await connect_links.invite(store, connections, account_id=ann.id, now=clock())
    forgotten = await account.disconnect(acting(ann))
    assert len(forgotten.credentials) == 1
    assert len(forgotten.workspaces) == 2
    async with store.reading() as db:
        for table in (AccountRow, CredentialRow, Workspace, TicketRow, UndoAction):
            assert (await db.exec(select(table))).all() == []
    opened = await open_toggl(store, connections, account_id=ann.id)
    assert (opened.focus, opened.track) == (None, None)


async def test_a_lost_key_is_no_obstacle_to_connecting_again_or_leaving(
    ann: Account, acting: Acting, connections: Connections, database_url: str
) -> None:
    await linked(acting(ann), ADMIN_KEY)
    elsewhere = Store(database_url, Cipher([Fernet.generate_key().decode()]))
    await elsewhere.open()
    context = replace(acting(ann), store=elsewhere)
    with pytest.raises(KeyLost):
        await open_toggl(elsewhere, connections, account_id=ann.id)
    assert (await account.get_account(context)).credentials
    await linked(context, ADMIN_KEY)
    assert (await open_toggl(elsewhere, connections, account_id=ann.id)).focus is not None
    await linked(acting(ann), ADMIN_KEY)
    assert (await account.disconnect(context)).credentials
    await elsewhere.close()


async def test_a_refused_credential_is_left_aside_and_told_of_once(
    ann: Account, acting: Acting, store: Store, connections: Connections, toggl: ServedToggl
) -> None:
    await linked(acting(ann), ADMIN_KEY)
    await linked(acting(ann), ADMIN_TOKEN)
    opened = await open_toggl(store, connections, account_id=ann.id)
    assert opened.focus is not None
    toggl.person("admin").focus_key = "toggl_sk_revoked"
    with pytest.raises(CredentialRefused) as refusal:
        await opened.focus.tracking.current()
    assert await account.mark_refused(acting(ann), refusal.value)
    assert not await account.mark_refused(acting(ann), refusal.value)
    after = await account.get_account(acting(ann))
    assert after.products == {Product.TRACK}
    opened = await open_toggl(store, connections, account_id=ann.id)
    assert opened.focus is None
    assert opened.track is not None
