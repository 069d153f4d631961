from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import NoResultFound
from sqlmodel import select

from bot.store import Account, NewTicket, SealBrokenError, Store, Ticket, tickets
from bot.store.tables import TicketRow

PENDING = {"text": "start Write report", "channel_id": "C1", "response_url": "https://slack.example/answer"}
OFFER = {"kind": "focus_key", "secret": "toggl_sk_admin", "workspaces": [{"focus_id": 7, "name": "Acme"}]}
NEARLY = timedelta(microseconds=1)


@pytest.fixture
async def link(store: Store, ann: Account, now: datetime) -> NewTicket:
    """A link of Ann's."""
    async with store.writing() as db:
        return await tickets.create(db, account_id=ann.id, now=now, pending=PENDING)


@pytest.fixture
async def offered(store: Store, link: NewTicket, now: datetime) -> NewTicket:
    """Ann's link after its form was sent with a good credential."""
    await _claim(store, link, now)
    await _offer(store, link, now)
    return link


async def _claim(store: Store, link: NewTicket, now: datetime) -> Ticket | None:
    async with store.writing() as db:
        return await tickets.claim(db, link.token, now=now)


async def _offer(store: Store, link: NewTicket, now: datetime, offer: Mapping[str, Any] = OFFER) -> None:
    async with store.writing() as db:
        await tickets.offer(db, link.id, offer=offer, now=now)


async def _confirm(store: Store, link: NewTicket, person: Account, now: datetime) -> Ticket | None:
    async with store.writing() as db:
        return await tickets.confirm(db, link.id, account_id=person.id, now=now)


async def _find(store: Store, link: NewTicket) -> Ticket | None:
    async with store.reading() as db:
        return await tickets.find(db, link.token)


async def test_looking_at_a_link_uses_nothing_up(store: Store, ann: Account, now: datetime, link: NewTicket) -> None:
    for _ in range(2):
        found = await _find(store, link)
        assert found is not None
        assert found.is_open(now)
        assert (found.account_id, found.pending, found.offer, found.attempts) == (ann.id, PENDING, None, 0)


async def test_a_link_that_was_never_made_is_not_found(store: Store, link: NewTicket) -> None:
    async with store.reading() as db:
        assert await tickets.find(db, link.token + "x") is None
        assert await tickets.find(db, "") is None


async def test_a_link_is_not_found_by_what_is_stored(store: Store, link: NewTicket) -> None:
    async with store.reading() as db:
        row = (await db.exec(select(TicketRow))).one()
        assert link.token not in str(row.model_dump())
        assert await tickets.find(db, row.token_hash) is None


async def test_of_many_who_send_the_form_at_once_one_is_heard(store: Store, now: datetime, link: NewTicket) -> None:
    claims = await asyncio.gather(*(_claim(store, link, now) for _ in range(8)))
    (heard,) = [claim for claim in claims if claim]
    assert (heard.pending, heard.used_at, heard.attempts) == (PENDING, now, 1)
    assert not heard.is_open(now)


async def test_a_link_cannot_be_used_after_ten_minutes(store: Store, now: datetime, link: NewTicket) -> None:
    assert link.expires_at == now + timedelta(minutes=10)
    assert await _claim(store, link, link.expires_at) is None
    assert await _claim(store, link, link.expires_at - NEARLY) is not None


async def test_a_refused_credential_lets_the_form_be_sent_again_a_few_times(
    store: Store, now: datetime, link: NewTicket
) -> None:
    again = []
    for _ in range(tickets.MAX_ATTEMPTS):
        assert await _claim(store, link, now) is not None
        async with store.writing() as db:
            again.append(await tickets.release(db, link.id))
    assert again == [True] * (tickets.MAX_ATTEMPTS - 1) + [False]
    assert await _claim(store, link, now) is None


async def test_a_link_with_an_offer_cannot_be_opened_again(store: Store, now: datetime, offered: NewTicket) -> None:
    async with store.writing() as db:
        assert not await tickets.release(db, offered.id)
    assert await _claim(store, offered, now) is None


async def test_of_many_confirmations_at_once_one_gets_the_offer(
    store: Store, ann: Account, now: datetime, offered: NewTicket
) -> None:
    confirmations = await asyncio.gather(*(_confirm(store, offered, ann, now) for _ in range(8)))
    (confirmed,) = [confirmation for confirmation in confirmations if confirmation]
    assert (confirmed.offer, confirmed.pending, confirmed.confirmed_at) == (OFFER, PENDING, now)


async def test_a_confirmed_offer_leaves_no_credential_behind(
    store: Store, ann: Account, now: datetime, offered: NewTicket
) -> None:
    await _confirm(store, offered, ann, now)
    left = await _find(store, offered)
    assert left is not None
    assert (left.offer, left.pending, left.confirmed_at) == (None, None, now)


async def test_a_ticket_is_confirmed_once_even_if_another_offer_is_put_on_it(
    store: Store, ann: Account, now: datetime, offered: NewTicket
) -> None:
    assert await _confirm(store, offered, ann, now) is not None
    await _offer(store, offered, now)
    assert await _confirm(store, offered, ann, now) is None


async def test_nobody_else_can_confirm_or_decline(
    store: Store, ann: Account, bob: Account, now: datetime, offered: NewTicket
) -> None:
    assert await _confirm(store, offered, bob, now) is None
    async with store.writing() as db:
        await tickets.decline(db, offered.id, account_id=bob.id)
        assert await tickets.find_by_id(db, offered.id, account_id=bob.id) is None
        assert await tickets.find_by_id(db, offered.id, account_id=ann.id) is not None


async def test_an_offer_can_be_confirmed_for_ten_minutes_from_when_it_was_made(
    store: Store, ann: Account, now: datetime, link: NewTicket
) -> None:
    made = now + timedelta(minutes=9)
    await _claim(store, link, made)
    await _offer(store, link, made)
    assert await _confirm(store, link, ann, made + tickets.VALID_FOR) is None
    assert await _confirm(store, link, ann, made + tickets.VALID_FOR - NEARLY) is not None


async def test_without_an_offer_there_is_nothing_to_confirm(
    store: Store, ann: Account, now: datetime, link: NewTicket
) -> None:
    assert await _confirm(store, link, ann, now) is None


async def test_a_declined_ticket_is_gone(store: Store, ann: Account, now: datetime, offered: NewTicket) -> None:
    async with store.writing() as db:
        await tickets.decline(db, offered.id, account_id=ann.id)
    assert await _find(store, offered) is None
    with pytest.raises(NoResultFound):
        await _offer(store, offered, now)


async def test_an_expired_ticket_loses_its_credential_at_once_and_is_gone_after_a_day(
    store: Store, ann: Account, now: datetime, offered: NewTicket
) -> None:
    async with store.writing() as db:
        fresh = await tickets.create(db, account_id=ann.id, now=now + timedelta(minutes=5), pending=PENDING)
        assert await tickets.expire(db, now=now + tickets.VALID_FOR) == 0
        expired, kept = await tickets.find(db, offered.token), await tickets.find(db, fresh.token)
        assert expired is not None
        assert kept is not None
        assert (expired.offer, expired.pending, kept.pending) == (None, PENDING, PENDING)
        assert await tickets.expire(db, now=now + tickets.VALID_FOR + tickets.REMEMBERED_FOR) == 1
        assert await tickets.find(db, offered.token) is None
        assert await tickets.find(db, fresh.token) is not None


async def test_a_ticket_moved_to_another_person_is_noticed(
    store: Store, bob: Account, now: datetime, offered: NewTicket
) -> None:
    async with store.writing() as db:
        row = (await db.exec(select(TicketRow))).one()
        row.account_id = bob.id
    with pytest.raises(SealBrokenError):
        await _confirm(store, offered, bob, now)


async def test_a_ticket_shows_neither_token_nor_secrets(store: Store, offered: NewTicket) -> None:
    shown = repr(offered) + repr(await _find(store, offered))
    assert offered.token not in shown
    assert "toggl_sk_admin" not in shown
    assert "slack.example" not in shown
