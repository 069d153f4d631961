"""The states of installations under way: each given out once, and taken back once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlmodel import col, delete

from bot.store.store import Session
from bot.store.tables import OAuthState

VALID_FOR = timedelta(minutes=10)
"""How long a person may take to allow the installation; Slack's codes live as long."""


async def issue(db: Session, *, now: datetime) -> str:
    """A new state, of which only a hash is stored."""
    state = secrets.token_urlsafe(32)
    db.add(OAuthState(state_hash=_hash(state), expires_at=now + VALID_FOR))
    return state


async def take(db: Session, state: str, *, now: datetime) -> bool:
    """Whether `state` was given out, is not too old, and comes back for the first time."""
    mine = delete(OAuthState).where(col(OAuthState.state_hash) == _hash(state))
    taken = (await db.exec(mine.returning(col(OAuthState.expires_at)))).first()
    return taken is not None and taken[0] > now


async def prune(db: Session, *, now: datetime) -> int:
    """Forget the states that expired, and give their number."""
    return (await db.exec(delete(OAuthState).where(col(OAuthState.expires_at) <= now))).rowcount


def _hash(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()
