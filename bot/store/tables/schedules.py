"""Work that the clock starts, the posts that came of it, and the processes that do it."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from bot.store.columns import Moment, Sealed
from bot.store.tables.base import AUTOINCREMENT, Table

WAITING = "waiting"
POSTED = "posted"
SKIPPED = "skipped"
FAILED = "failed"
UNSURE = "unsure"


class Schedule(Table, table=True):
    """Work of one `kind`: at the times of `pattern` in `zone` (IANA), or once where there is none.

    `owner_id` is the account that made it, `account_id` the person it serves. `next_run_at` is None while a one-shot is
    being done. `pause_reason` is a sentence without places, to be translated where it is shown. `ran_at` is the due
    time that was prepared last.
    """

    __tablename__ = "schedules"
    __table_args__ = (
        UniqueConstraint("tenant_id", "kind", "key"),
        Index(
            "ix_schedules_due",
            "next_run_at",
            sqlite_where=text("paused_at IS NULL"),
            postgresql_where=text("paused_at IS NULL"),
        ),
        Index(None, "tenant_id", "channel_id"),
        AUTOINCREMENT,
    )

    id: int = Field(default=None, primary_key=True)
    kind: str
    key: str | None = None
    tenant_id: str
    team_id: str
    owner_id: int | None = Field(default=None, foreign_key="accounts.id", ondelete="SET NULL", index=True)
    account_id: int | None = Field(default=None, foreign_key="accounts.id", ondelete="CASCADE", index=True)
    channel_id: str | None = None
    pattern: str | None = None
    zone: str = "UTC"
    payload: str = "{}"
    next_run_at: datetime | None = Field(default=None, sa_type=Moment)
    ran_at: datetime | None = Field(default=None, sa_type=Moment)
    paused_at: datetime | None = Field(default=None, sa_type=Moment)
    pause_reason: str | None = None
    created_at: datetime = Field(sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)

    @property
    def settings(self) -> dict[str, Any]:
        """The payload, read."""
        read: dict[str, Any] = json.loads(self.payload)
        return read


class Delivery(Table, table=True):
    """One post: what waits to be posted, and what became of it.

    `run` names the schedule's run it came of. `key` is never posted twice in a tenant. `state` is waiting, posted,
    skipped (nothing was to be posted; `error` says why), failed, or unsure (it may have been posted, and is not
    repeated). `error` is a sentence to translate, or Slack's own word. `content` goes once it is posted.
    `not_before` is when its turn comes, as far as the pace allows. `tried_at` is when an attempt began of which the end
    is not known. `used_at` is when it was last posted, edited or answered in its thread.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        Index(
            "ix_deliveries_waiting",
            "created_at",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(None, "tenant_id", "channel_id", "due_at"),
        Index(
            "ix_deliveries_in_channels",
            "tenant_id",
            "due_at",
            sqlite_where=text("account_id IS NULL"),
            postgresql_where=text("account_id IS NULL"),
        ),
        AUTOINCREMENT,
    )

    id: int = Field(default=None, primary_key=True)
    key: str
    run: str = Field(index=True)
    kind: str
    schedule_id: int | None = Field(default=None, foreign_key="schedules.id", ondelete="SET NULL", index=True)
    tenant_id: str
    team_id: str
    account_id: int | None = Field(default=None, foreign_key="accounts.id", ondelete="CASCADE", index=True)
    channel_id: str | None = None
    edit_of: str | None = None
    thread_of: str | None = None
    broadcast: bool = False
    repeatable: bool = True
    due_at: datetime = Field(sa_type=Moment)
    content: str | None = Field(default=None, sa_type=Sealed, repr=False)
    state: str = WAITING
    attempts: int = 0
    ts: str | None = None
    error: str | None = None
    created_at: datetime = Field(sa_type=Moment)
    not_before: datetime = Field(sa_type=Moment)
    tried_at: datetime | None = Field(default=None, sa_type=Moment)
    posted_at: datetime | None = Field(default=None, sa_type=Moment)
    used_at: datetime = Field(sa_type=Moment, index=True)


class Worker(Table, table=True):
    """A process that does scheduled work. One that was not seen for a while is dead: `taken_by` takes its work over."""

    __tablename__ = "workers"

    executor_id: str = Field(primary_key=True)
    started_at: datetime = Field(sa_type=Moment)
    seen_at: datetime = Field(sa_type=Moment)
    taken_by: str | None = None
    taken_at: datetime | None = Field(default=None, sa_type=Moment)
