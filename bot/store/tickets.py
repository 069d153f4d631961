"""One-time links to the connect page: made, used once, their finding offered, and confirmed by the person in Slack."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, delete, select, update

from bot.store.store import Session
from bot.store.tables import TicketRow

VALID_FOR = timedelta(minutes=10)
"""How long a link can be used, and then how long an offer can be confirmed."""
REMEMBERED_FOR = timedelta(days=1)
"""How long an expired ticket is known for one, so that its page can offer a new one; the credential goes at once."""
MAX_ATTEMPTS = 5
"""How often a link may be tried with credentials that Toggl refuses."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One link. `pending` is what the person had typed and where; `offer` what was found, waiting for confirmation."""

    id: int
    account_id: int
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    confirmed_at: datetime | None
    attempts: int
    pending: Mapping[str, Any] | None = field(repr=False)
    offer: Mapping[str, Any] | None = field(repr=False)

    def is_open(self, now: datetime) -> bool:
        """Whether the form may still be sent."""
        return self.used_at is None and self.expires_at > now


@dataclass(frozen=True, slots=True)
class NewTicket:
    """A ticket just made. `token` belongs into the link and is stored nowhere."""

    id: int
    token: str = field(repr=False)
    expires_at: datetime


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _owner(account_id: int, token_hash: str, column: str) -> str:
    # With the account, or a ticket's row could be moved to another person and hand them the credential.
    return f"account:{account_id}:ticket:{token_hash}:{column}"


def _opened(db: Session, row: TicketRow) -> Ticket:
    def unseal(column: str, sealed: str | None) -> Mapping[str, Any] | None:
        if sealed is None:
            return None
        content: Mapping[str, Any] = json.loads(db.cipher.open(_owner(row.account_id, row.token_hash, column), sealed))
        return content

    return Ticket(
        id=row.id,
        account_id=row.account_id,
        created_at=row.created_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
        confirmed_at=row.confirmed_at,
        attempts=row.attempts,
        pending=unseal("pending", row.pending),
        offer=unseal("offer", row.offer),
    )


async def create(db: Session, *, account_id: int, now: datetime, pending: Mapping[str, Any] | None = None) -> NewTicket:
    """A new link for the person, good for VALID_FOR. `pending` (JSON) comes back with the ticket, kept sealed."""
    token = secrets.token_urlsafe(32)
    token_hash = _hash(token)
    sealed = pending and db.cipher.seal(_owner(account_id, token_hash, "pending"), json.dumps(dict(pending)))
    row = TicketRow(
        token_hash=token_hash, account_id=account_id, created_at=now, expires_at=now + VALID_FOR, pending=sealed or None
    )
    db.add(row)
    await db.flush()
    return NewTicket(row.id, token, row.expires_at)


async def find(db: Session, token: str) -> Ticket | None:
    """The ticket of a link, whatever its state; looking uses nothing up."""
    row = (await db.exec(select(TicketRow).where(TicketRow.token_hash == _hash(token)))).first()
    return _opened(db, row) if row else None


async def find_by_id(db: Session, ticket_id: int, *, account_id: int) -> Ticket | None:
    """The person's ticket, whatever its state."""
    theirs = select(TicketRow).where(TicketRow.id == ticket_id, TicketRow.account_id == account_id)
    row = (await db.exec(theirs)).first()
    return _opened(db, row) if row else None


async def claim(db: Session, token: str, *, now: datetime) -> Ticket | None:
    """Use the link up, for sending its form: of all who send it, one gets the ticket. None if it is used or too old."""
    usable = update(TicketRow).where(
        col(TicketRow.token_hash) == _hash(token),
        col(TicketRow.used_at).is_(None),
        col(TicketRow.expires_at) > now,
    )
    claimed = usable.values(used_at=now, attempts=TicketRow.attempts + 1).returning(TicketRow)
    row = (await db.exec(claimed)).scalars().first()
    return _opened(db, row) if row else None


async def release(db: Session, ticket_id: int) -> bool:
    """Let the form be sent again, because Toggl refused what was in it. False once it was tried MAX_ATTEMPTS times."""
    again = update(TicketRow).where(
        col(TicketRow.id) == ticket_id, col(TicketRow.offer).is_(None), col(TicketRow.attempts) < MAX_ATTEMPTS
    )
    return (await db.exec(again.values(used_at=None))).rowcount == 1


async def offer(db: Session, ticket_id: int, *, offer: Mapping[str, Any], now: datetime) -> None:
    """Keep what was found (JSON, sealed: it holds the credential) until the person confirms it, for VALID_FOR.

    Raises NoResultFound when the ticket is gone, as after the person was forgotten.
    """
    row = (await db.exec(select(TicketRow).where(TicketRow.id == ticket_id))).one()
    row.offer = db.cipher.seal(_owner(row.account_id, row.token_hash, "offer"), json.dumps(dict(offer)))
    row.used_at, row.expires_at = row.used_at or now, now + VALID_FOR
    await db.flush()


async def confirm(db: Session, ticket_id: int, *, account_id: int, now: datetime) -> Ticket | None:
    """Accept the offer: of all who confirm it, one gets it. None if it is too late or another's.

    The secrets leave the table at once.
    """
    waiting = update(TicketRow).where(
        col(TicketRow.id) == ticket_id,
        col(TicketRow.account_id) == account_id,
        col(TicketRow.offer).is_not(None),
        col(TicketRow.confirmed_at).is_(None),
        col(TicketRow.expires_at) > now,
    )
    row = (await db.exec(waiting.values(confirmed_at=now).returning(TicketRow))).scalars().first()
    if row is None:
        return None
    confirmed = _opened(db, row)
    await db.exec(update(TicketRow).where(col(TicketRow.id) == ticket_id).values(pending=None, offer=None))
    return confirmed


async def decline(db: Session, ticket_id: int, *, account_id: int) -> None:
    """The person says that it was not they who sent the form: the ticket goes with all that is in it."""
    await db.exec(delete(TicketRow).where(col(TicketRow.id) == ticket_id, col(TicketRow.account_id) == account_id))


async def expire(db: Session, *, now: datetime) -> int:
    """Wipe the credentials from expired tickets, delete those that expired a day ago, and give their number."""
    await db.exec(update(TicketRow).where(col(TicketRow.expires_at) <= now).values(offer=None))
    return (await db.exec(delete(TicketRow).where(col(TicketRow.expires_at) <= now - REMEMBERED_FOR))).rowcount
