"""Connecting a person to Toggl."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from sqlmodel import select

from bot.domain.account import CredentialKind, Product
from bot.services import connect, connect_links
from bot.services.account import get_account
from bot.services.connect import AlreadyAnswered, TriedTooFast, TriedTooOften
from bot.services.connect_form import Field, Filled, SecretRefused, Way, read_form
from bot.services.connect_links import LinkGone, LinkState, TooManyLinks
from bot.services.connections import Connections, open_toggl
from bot.store import Account, Ledger, Store, accounts, tickets
from bot.store.tables import CredentialRow, TicketRow
from bot.toggl import Quota, Unavailable
from tests.conftest import Clock, ServedToggl
from tests.services.connecting import ADMIN_KEY, ADMIN_PASSWORD, ADMIN_TOKEN, LENA_PASSWORD, WRONG_KEY, Acting

TYPED = {"command": "track", "text": "start rep"}


async def link(
    store: Store, connections: Connections, account: Account, clock: Clock, pending: connect_links.Pending | None = None
) -> str:
    """The token in a fresh link of the person's."""
    invitation = await connect_links.invite(store, connections, account_id=account.id, now=clock(), pending=pending)
    assert invitation.url is not None
    return invitation.url.removeprefix("https://bot.example/connect/")


async def test_a_link_is_good_for_ten_minutes_and_looking_uses_nothing_up(
    store: Store, connections: Connections, ann: Account, clock: Clock
) -> None:
    token = await link(store, connections, ann, clock)
    for _ in range(3):
        found = await connect_links.find_link(store, token, now=clock())
        assert found.state is LinkState.OPEN
        assert found.owner == ann
    clock.pass_(minutes=9, seconds=59)
    assert (await connect_links.find_link(store, token, now=clock())).state is LinkState.OPEN
    clock.pass_(seconds=1)
    assert (await connect_links.find_link(store, token, now=clock())).state is LinkState.EXPIRED


async def test_an_unknown_link_is_said_to_be_unknown(store: Store, clock: Clock) -> None:
    assert (await connect_links.find_link(store, "x" * 43, now=clock())).state is LinkState.UNKNOWN


async def test_a_credential_counts_only_after_its_owner_confirms(
    store: Store, connections: Connections, ann: Account, clock: Clock, acting: Acting
) -> None:
    token = await link(store, connections, ann, clock, TYPED)
    offered = await connect.submit(store, connections, token, LENA_PASSWORD, now=clock())
    assert offered.proof.identity.label == "Lena Brandt (lena@nordlicht.example)"
    assert [workspace.name for workspace in offered.proof.workspaces] == ["Nordlicht Studio"]
    async with store.reading() as db:
        assert (await db.exec(select(CredentialRow))).all() == []
    connected = await connect.confirm(acting(ann), offered.ticket_id)
    assert connected.account.label == "Lena Brandt (lena@nordlicht.example)"
    assert connected.account.chosen is not None
    assert connected.pending == TYPED
    opened = await open_toggl(store, connections, account_id=ann.id)
    assert opened.focus is not None
    assert opened.track is not None


async def test_no_secret_is_readable_in_the_database(
    store: Store, connections: Connections, ann: Account, clock: Clock, acting: Acting
) -> None:
    token = await link(store, connections, ann, clock, TYPED)
    offered = await connect.submit(store, connections, token, LENA_PASSWORD, now=clock())
    async with store.reading() as db:
        ticket = (await db.exec(select(TicketRow))).one()
        kept = f"{ticket.token_hash} {ticket.offer} {ticket.pending}"
    assert token not in kept
    assert "lena" not in kept
    assert "start rep" not in kept
    await connect.confirm(acting(ann), offered.ticket_id)
    async with store.reading() as db:
        ticket = (await db.exec(select(TicketRow))).one()
        credential = (await db.exec(select(CredentialRow))).one()
    assert (ticket.offer, ticket.pending) == (None, None)
    assert "lena-password" not in credential.secret


async def test_a_link_takes_one_form(store: Store, connections: Connections, ann: Account, clock: Clock) -> None:
    token = await link(store, connections, ann, clock)
    await connect.submit(store, connections, token, ADMIN_KEY, now=clock())
    assert (await connect_links.find_link(store, token, now=clock())).state is LinkState.USED
    with pytest.raises(LinkGone):
        await connect.submit(store, connections, token, ADMIN_KEY, now=clock())


async def test_of_two_forms_at_the_same_time_one_is_taken(
    store: Store, connections: Connections, ann: Account, clock: Clock
) -> None:
    token = await link(store, connections, ann, clock)
    results = await asyncio.gather(
        *(connect.submit(store, connections, token, ADMIN_KEY, now=clock()) for _ in range(3)), return_exceptions=True
    )
    assert [type(result) for result in results].count(connect.Offered) == 1
    assert [type(result) for result in results].count(LinkGone) == 2


async def test_a_refused_credential_leaves_nothing_behind_and_the_link_usable(
    store: Store, connections: Connections, ann: Account, clock: Clock
) -> None:
    token = await link(store, connections, ann, clock)
    with pytest.raises(SecretRefused) as refused:
        await connect.submit(store, connections, token, WRONG_KEY, now=clock())
    assert refused.value.field is Field.KEY
    async with store.reading() as db:
        assert (await db.exec(select(TicketRow))).one().offer is None
    offered = await connect.submit(store, connections, token, ADMIN_KEY, now=clock())
    assert offered.owner == ann


async def test_a_link_is_used_up_by_too_many_refused_credentials(
    store: Store, connections: Connections, ann: Account, clock: Clock
) -> None:
    token = await link(store, connections, ann, clock)
    for _ in range(tickets.MAX_ATTEMPTS - 1):
        with pytest.raises(SecretRefused):
            await connect.submit(store, connections, token, WRONG_KEY, now=clock())
    with pytest.raises(TriedTooOften):
        await connect.submit(store, connections, token, WRONG_KEY, now=clock())
    assert (await connect_links.find_link(store, token, now=clock())).state is LinkState.USED


async def test_more_credentials_than_anybody_has_are_not_tried_through_however_many_links(
    store: Store, connections: Connections, toggl: ServedToggl, ann: Account, clock: Clock
) -> None:
    async def tried() -> None:
        token = await link(store, connections, ann, clock)
        await connect.submit(store, connections, token, WRONG_KEY, now=clock())

    for _ in range(connect.TRIES_AT_ONCE):
        with pytest.raises(SecretRefused):
            await tried()
    asked = len(toggl.calls)
    for _ in range(3):
        with pytest.raises(TriedTooFast):
            await tried()
    assert len(toggl.calls) == asked
    clock.pass_(minutes=3)
    with pytest.raises(SecretRefused):
        await tried()


async def test_toggl_being_down_leaves_the_link_usable(
    store: Store, connections: Connections, toggl: ServedToggl, ann: Account, clock: Clock
) -> None:
    token = await link(store, connections, ann, clock)
    toggl.fail(status=503)
    with pytest.raises(Unavailable):
        await connect.submit(store, connections, token, ADMIN_KEY, now=clock())
    assert (await connect_links.find_link(store, token, now=clock())).state is LinkState.OPEN


async def test_disconnecting_while_the_form_is_tried_wins(
    store: Store, connections: Connections, ann: Account, clock: Clock
) -> None:
    class Leaving(Ledger[Quota]):
        """The person disconnects in the middle of the first call to Toggl."""

        async def read(self, key: str) -> Quota | None:
            async with store.writing() as db:
                await accounts.forget(db, ann.id)
            return await super().read(key)

    token = await link(store, connections, ann, clock)
    leaving = replace(connections, ledger=Leaving(store, Quota))
    with pytest.raises(LinkGone):
        await connect.submit(store, leaving, token, ADMIN_KEY, now=clock())
    async with store.reading() as db:
        assert (await db.exec(select(TicketRow))).all() == []


async def test_confirming_twice_is_answered(
    store: Store, connections: Connections, ann: Account, clock: Clock, acting: Acting
) -> None:
    offered = await connect.submit(
        store, connections, await link(store, connections, ann, clock), ADMIN_KEY, now=clock()
    )
    await connect.confirm(acting(ann), offered.ticket_id)
    with pytest.raises(AlreadyAnswered) as answered:
        await connect.confirm(acting(ann), offered.ticket_id)
    assert answered.value.confirmed
    with pytest.raises(AlreadyAnswered) as answered:
        await connect.decline(acting(ann), offered.ticket_id)
    assert answered.value.confirmed
    assert (await get_account(acting(ann))).credentials


async def test_what_is_declined_is_forgotten(
    store: Store, connections: Connections, ann: Account, clock: Clock, acting: Acting
) -> None:
    offered = await connect.submit(
        store, connections, await link(store, connections, ann, clock), ADMIN_KEY, now=clock()
    )
    await connect.decline(acting(ann), offered.ticket_id)
    async with store.reading() as db:
        assert (await db.exec(select(TicketRow))).all() == []
    for answer in (connect.confirm, connect.decline):
        with pytest.raises(AlreadyAnswered) as answered:
            await answer(acting(ann), offered.ticket_id)
        assert not answered.value.confirmed


async def test_a_credential_that_nobody_confirms_in_time_never_counts(
    store: Store, connections: Connections, ann: Account, clock: Clock, acting: Acting
) -> None:
    offered = await connect.submit(
        store, connections, await link(store, connections, ann, clock), ADMIN_KEY, now=clock()
    )
    clock.pass_(minutes=10)
    with pytest.raises(AlreadyAnswered) as answered:
        await connect.confirm(acting(ann), offered.ticket_id)
    assert not answered.value.confirmed


async def test_nobody_else_can_confirm_or_decline(
    store: Store, connections: Connections, ann: Account, bob: Account, clock: Clock, acting: Acting
) -> None:
    offered = await connect.submit(
        store, connections, await link(store, connections, ann, clock), ADMIN_KEY, now=clock()
    )
    for answer in (connect.confirm, connect.decline):
        with pytest.raises(AlreadyAnswered):
            await answer(acting(bob), offered.ticket_id)
    assert (await connect.confirm(acting(ann), offered.ticket_id)).account.credentials


async def test_with_several_workspaces_what_was_typed_waits_for_the_choice(
    store: Store, connections: Connections, ann: Account, clock: Clock, acting: Acting
) -> None:
    token = await link(store, connections, ann, clock, TYPED)
    offered = await connect.submit(store, connections, token, ADMIN_PASSWORD, now=clock())
    connected = await connect.confirm(acting(ann), offered.ticket_id)
    assert connected.account.chosen is None
    assert connected.pending is None
    assert connected.choice is not None
    labs = next(w for w in connected.account.workspaces if w.name == "Nordlicht Labs")
    chosen = await connect.choose_first(acting(ann), connected.choice, labs.id)
    assert chosen.account.chosen == labs
    assert chosen.pending == TYPED
    with pytest.raises(AlreadyAnswered):
        await connect.choose_first(acting(ann), connected.choice, labs.id)


async def test_a_second_credential_completes_the_first(
    store: Store, connections: Connections, ann: Account, clock: Clock, acting: Acting
) -> None:
    for attempt in (ADMIN_KEY, ADMIN_TOKEN):
        token = await link(store, connections, ann, clock)
        offered = await connect.submit(store, connections, token, attempt, now=clock())
        connected = await connect.confirm(acting(ann), offered.ticket_id)
    account = connected.account
    assert [credential.kind for credential in account.credentials] == [
        CredentialKind.FOCUS_KEY,
        CredentialKind.TRACK_TOKEN,
    ]
    assert account.missing == ()
    assert account.chosen is not None
    assert account.chosen.name == "Nordlicht Studio"
    assert account.chosen.products == frozenset(Product)
    assert [workspace.name for workspace in account.workspaces] == ["Nordlicht Labs", "Nordlicht Studio"]


async def test_another_persons_credential_takes_its_predecessors_workspaces_away(
    store: Store, connections: Connections, ann: Account, clock: Clock, acting: Acting
) -> None:
    for attempt in (ADMIN_PASSWORD, LENA_PASSWORD):
        token = await link(store, connections, ann, clock)
        offered = await connect.submit(store, connections, token, attempt, now=clock())
        connected = await connect.confirm(acting(ann), offered.ticket_id)
    assert [workspace.name for workspace in connected.account.workspaces] == ["Nordlicht Studio"]
    assert connected.account.chosen == connected.account.workspaces[0]


async def test_a_modal_connects_at_once(
    store: Store, connections: Connections, ann: Account, clock: Clock, acting: Acting
) -> None:
    invitation = await connect_links.invite(store, connections, account_id=ann.id, now=clock(), pending=TYPED)
    connected = await connect.connect_here(acting(ann), invitation.ticket_id, LENA_PASSWORD)
    assert connected.account.chosen is not None
    assert connected.pending == TYPED
    with pytest.raises(AlreadyAnswered):
        await connect.connect_here(acting(ann), invitation.ticket_id, LENA_PASSWORD)


async def test_a_fresh_link_takes_the_place_of_an_expired_one_but_not_again_and_again(
    store: Store, connections: Connections, ann: Account, clock: Clock
) -> None:
    token = await link(store, connections, ann, clock, TYPED)
    with pytest.raises(LinkGone):
        await connect_links.renew(
            store, connections, await connect_links.find_link(store, token, now=clock()), now=clock()
        )
    clock.pass_(minutes=10)
    expired = await connect_links.find_link(store, token, now=clock())
    for _ in range(connect_links.FRESH_LINKS_AT_ONCE):
        fresh = await connect_links.renew(store, connections, expired, now=clock())
        assert fresh.url is not None
    async with store.reading() as db:
        renewed = await tickets.find_by_id(db, fresh.ticket_id, account_id=ann.id)
    assert renewed is not None
    assert renewed.pending == TYPED
    with pytest.raises(TooManyLinks):
        await connect_links.renew(store, connections, expired, now=clock())


async def test_a_token_pasted_into_the_field_of_the_key_is_taken_for_what_it_is(
    store: Store, connections: Connections, ann: Account, clock: Clock
) -> None:
    attempt = read_form(Filled(Way.FOCUS_KEY, key="a" * 32))
    offered = await connect.submit(store, connections, await link(store, connections, ann, clock), attempt, now=clock())
    assert offered.proof.identity.email == "admin@nordlicht.example"
