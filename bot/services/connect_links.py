"""Links to the connect page: made for one person, good for ten minutes and one form, renewed to their owner alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.errors import UserError
from bot.i18n import N_
from bot.services.connections import Connections
from bot.store import Account as Owner
from bot.store import Store, Ticket, accounts, quotas, tickets

Pending = Mapping[str, Any]
"""What waits for the connection, as plain JSON; only who gave it can read it."""
FRESH_LINKS_EVERY = timedelta(minutes=2)
FRESH_LINKS_AT_ONCE = 2


class LinkGone(UserError):
    """The link was used, or ran out, since its page was opened."""

    sentence = N_("This link is used up. For a new one, type {toggl} connect in Slack.")


class TooManyLinks(UserError):
    """Fresh links were sent a moment ago."""

    sentence = N_("A fresh link went to Slack a moment ago: look there.")


class LinkState(StrEnum):
    """What became of a link."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Link:
    """A link as its visitor finds it. `owner` is the person in Slack it was made for."""

    state: LinkState
    owner: Owner | None = None
    ticket: Ticket | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Invitation:
    """The way to connect: a page at `url`, or, where there is none, a modal for the ticket."""

    ticket_id: int
    url: str | None = field(repr=False)


async def invite(
    store: Store, connections: Connections, *, account_id: int, now: datetime, pending: Pending | None = None
) -> Invitation:
    """A new link for the person, good for ten minutes and one form. `pending` is what runs once they are connected."""
    async with store.writing() as db:
        ticket = await tickets.create(db, account_id=account_id, now=now, pending=pending)
    url = f"{connections.public_url}/connect/{ticket.token}" if connections.public_url else None
    return Invitation(ticket.id, url)


async def find_link(store: Store, token: str, *, now: datetime) -> Link:
    """What became of the link; looking uses nothing up."""
    async with store.reading() as db:
        ticket = await tickets.find(db, token)
        owner = await accounts.find_by_id(db, ticket.account_id) if ticket else None
    if ticket is None or owner is None:
        return Link(LinkState.UNKNOWN)
    if ticket.used_at is not None:
        return Link(LinkState.USED, owner, ticket)
    return Link(LinkState.OPEN if ticket.is_open(now) else LinkState.EXPIRED, owner, ticket)


async def renew(store: Store, connections: Connections, link: Link, *, now: datetime) -> Invitation:
    """A fresh link in the place of an expired one, for its owner's eyes only. Raises LinkGone, TooManyLinks."""
    if link.state is not LinkState.EXPIRED or link.owner is None or link.ticket is None:
        raise LinkGone
    async with store.writing() as db:
        wait = await quotas.reserve(
            db, f"fresh-links:{link.owner.id}", now=now, interval=FRESH_LINKS_EVERY, burst=FRESH_LINKS_AT_ONCE
        )
    if wait:
        raise TooManyLinks
    return await invite(store, connections, account_id=link.owner.id, now=now, pending=link.ticket.pending)
