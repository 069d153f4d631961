"""What channels follow of projects, how each is told, and which projects it does not want to hear of."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from bot.store.columns import Moment
from bot.store.tables.base import AUTOINCREMENT, Table


class Subscription(Table, table=True):
    """A channel follows a project of a Toggl workspace; 0 for all of them. `account_id` is who looks for it.

    `organization_id` and `workspace_id` are Focus's numbers. `modes` is JSON by event, of what was chosen for this one
    alone. `private`: somebody agreed to private projects being shown in the channel.
    """

    __tablename__ = "subscriptions"
    __table_args__ = (
        UniqueConstraint("tenant_id", "channel_id", "workspace_id", "project_id"),
        Index(None, "tenant_id", "workspace_id", "project_id"),
        AUTOINCREMENT,
    )

    id: int = Field(default=None, primary_key=True)
    tenant_id: str
    team_id: str
    channel_id: str
    account_id: int | None = Field(default=None, foreign_key="accounts.id", ondelete="SET NULL", index=True)
    organization_id: int = Field(sa_type=BigInteger)
    workspace_id: int = Field(sa_type=BigInteger)
    project_id: int = Field(sa_type=BigInteger)
    project_name: str = ""
    modes: str = "{}"
    private: bool = False
    paused_at: datetime | None = Field(default=None, sa_type=Moment)
    pause_reason: str | None = None
    created_at: datetime = Field(sa_type=Moment)
    updated_at: datetime = Field(sa_type=Moment)


class ChannelUpdates(Table, table=True):
    """How a channel is told of project updates, complete from its first subscription on: `settings` is JSON.

    `account_id` is who set it last.
    """

    __tablename__ = "channel_updates"
    __table_args__ = (UniqueConstraint("tenant_id", "channel_id"), AUTOINCREMENT)

    id: int = Field(default=None, primary_key=True)
    tenant_id: str
    team_id: str
    channel_id: str
    settings: str
    account_id: int | None = Field(default=None, foreign_key="accounts.id", ondelete="SET NULL", index=True)
    updated_at: datetime = Field(sa_type=Moment)


class Mute(Table, table=True):
    """A project that a channel does not want to hear of, whatever it follows. `account_id` is who muted it."""

    __tablename__ = "mutes"
    __table_args__ = (UniqueConstraint("tenant_id", "channel_id", "project_id"), AUTOINCREMENT)

    id: int = Field(default=None, primary_key=True)
    tenant_id: str
    channel_id: str
    project_id: int = Field(sa_type=BigInteger)
    project_name: str = ""
    account_id: int | None = Field(default=None, foreign_key="accounts.id", ondelete="SET NULL", index=True)
    created_at: datetime = Field(sa_type=Moment)
