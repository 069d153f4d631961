"""Projects as they were last seen, what channels are still to be told of them, and where Track sends its signs."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from bot.store.columns import Moment, Sealed
from bot.store.tables.base import AUTOINCREMENT, Table


class ProjectSnapshot(Table, table=True):
    """A project as a person's credential last saw it: `state` is JSON. `workspace_id` is Focus's number.

    `members_at` is when its members were last asked for, where they are not asked for in every round.
    """

    __tablename__ = "project_snapshots"
    __table_args__ = (UniqueConstraint("account_id", "workspace_id", "project_id"), AUTOINCREMENT)

    id: int = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="accounts.id", ondelete="CASCADE")
    workspace_id: int = Field(sa_type=BigInteger)
    project_id: int = Field(sa_type=BigInteger)
    state: str
    members_at: datetime | None = Field(default=None, sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)


class ProjectUpdate(Table, table=True):
    """What a channel is still to be told of a project; it goes when it is told.

    `how` is update (something happened: `content` is JSON), card (its card has to be brought up to date) or notice (a
    subscription rests: `content` is why). `by_user_id` did it through the bot. `account_id` is whose credential saw it.
    """

    __tablename__ = "project_updates"
    __table_args__ = (Index(None, "tenant_id", "channel_id"), AUTOINCREMENT)

    id: int = Field(default=None, primary_key=True)
    tenant_id: str
    channel_id: str
    subscription_id: int = Field(foreign_key="subscriptions.id", ondelete="CASCADE", index=True)
    account_id: int | None = Field(default=None, foreign_key="accounts.id", ondelete="CASCADE", index=True)
    workspace_id: int = Field(sa_type=BigInteger)
    project_id: int = Field(sa_type=BigInteger)
    how: str
    content: str = ""
    by_user_id: str | None = None
    found_at: datetime = Field(sa_type=Moment)


class Webhook(Table, table=True):
    """An address to which Track sends what happens in a workspace. `id` is in the address, and hard to guess.

    `workspace_id` is Focus's number, `subscription_id` Track's of the subscription; None until Track has told it.
    """

    __tablename__ = "webhooks"
    __table_args__ = (UniqueConstraint("tenant_id", "workspace_id"),)

    id: str = Field(primary_key=True)
    tenant_id: str
    account_id: int = Field(foreign_key="accounts.id", ondelete="CASCADE", index=True)
    organization_id: int = Field(sa_type=BigInteger)
    workspace_id: int = Field(sa_type=BigInteger)
    subscription_id: int | None = Field(default=None, sa_type=BigInteger)
    secret: str = Field(sa_type=Sealed, repr=False)
    created_at: datetime = Field(sa_type=Moment)
    validated_at: datetime | None = Field(default=None, sa_type=Moment)
    heard_at: datetime | None = Field(default=None, sa_type=Moment)
