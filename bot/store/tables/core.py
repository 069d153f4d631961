"""Installations, people and what belongs to them."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlmodel import Field

from bot.store.columns import Moment, Sealed
from bot.store.tables.base import AUTOINCREMENT, Table


class InstallationRow(Table, table=True):
    """The app in one Slack workspace, or in a whole organization: then `tenant_id` is the enterprise's id."""

    __tablename__ = "installations"
    __table_args__ = (UniqueConstraint("tenant_id"), AUTOINCREMENT)

    id: int = Field(default=None, primary_key=True)
    tenant_id: str
    team_id: str | None = None
    enterprise_id: str | None = None
    is_enterprise_install: bool = False
    app_id: str | None = None
    bot_id: str | None = None
    bot_user_id: str | None = None
    bot_token: str = Field(sa_type=Sealed, repr=False)
    refresh_token: str | None = Field(default=None, sa_type=Sealed, repr=False)
    token_expires_at: datetime | None = Field(default=None, sa_type=Moment)
    scopes: str = ""
    installer_user_id: str | None = None
    installed_at: datetime = Field(sa_type=Moment)
    renewing_until: datetime | None = Field(default=None, sa_type=Moment)


class OAuthState(Table, table=True):
    """That somebody began to install the app in their browser; it comes back from Slack once, within ten minutes."""

    __tablename__ = "oauth_states"

    state_hash: str = Field(primary_key=True)
    expires_at: datetime = Field(sa_type=Moment, index=True)


class Account(Table, table=True):
    """A person in Slack, from their first contact on. `zone` is IANA, `workspace_id` the Toggl workspace they chose."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("tenant_id", "user_id"), AUTOINCREMENT)

    id: int = Field(default=None, primary_key=True)
    tenant_id: str
    team_id: str
    user_id: str
    locale: str
    zone: str
    profile_read_at: datetime | None = Field(default=None, sa_type=Moment)
    workspace_id: int | None = Field(
        default=None,
        index=True,
        # The two tables point at each other: this constraint comes last.
        sa_column_args=[
            ForeignKey("workspaces.id", name="fk_accounts_workspace_id", ondelete="SET NULL", use_alter=True)
        ],
    )
    created_at: datetime = Field(sa_type=Moment)
    home_opened_at: datetime | None = Field(default=None, sa_type=Moment)


class Workspace(Table, table=True):
    """A Toggl workspace that a person can use. It may have another id in each product."""

    __tablename__ = "workspaces"
    __table_args__ = (
        UniqueConstraint("account_id", "focus_id"),
        UniqueConstraint("account_id", "track_id"),
        AUTOINCREMENT,
    )

    id: int = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="accounts.id", ondelete="CASCADE")
    organization_id: int = Field(sa_type=BigInteger)
    focus_id: int | None = Field(default=None, sa_type=BigInteger)
    track_id: int | None = Field(default=None, sa_type=BigInteger)
    name: str
    role: str | None = None


class CredentialRow(Table, table=True):
    """What a person signs in to Toggl with, at most one of each kind."""

    __tablename__ = "credentials"
    __table_args__ = (UniqueConstraint("account_id", "kind"), AUTOINCREMENT)

    id: int = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="accounts.id", ondelete="CASCADE")
    kind: str
    secret: str = Field(sa_type=Sealed, repr=False)
    label: str
    fingerprint: str
    created_at: datetime = Field(sa_type=Moment)
    refused_at: datetime | None = Field(default=None, sa_type=Moment)


class Channel(Table, table=True):
    """What was set for one Slack channel."""

    __tablename__ = "channels"
    __table_args__ = (UniqueConstraint("tenant_id", "channel_id"), AUTOINCREMENT)

    id: int = Field(default=None, primary_key=True)
    tenant_id: str
    channel_id: str
    default_project_id: int | None = Field(default=None, sa_type=BigInteger)
    default_project_name: str | None = None
    set_by_user_id: str | None = None
    updated_at: datetime | None = Field(default=None, sa_type=Moment)


class TicketRow(Table, table=True):
    """A one-time link to the connect page, and later the offer that waits for the person's confirmation."""

    __tablename__ = "connect_tickets"
    __table_args__ = (UniqueConstraint("token_hash"), AUTOINCREMENT)

    id: int = Field(default=None, primary_key=True)
    token_hash: str
    account_id: int = Field(foreign_key="accounts.id", ondelete="CASCADE", index=True)
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment, index=True)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    pending: str | None = Field(default=None, sa_type=Sealed, repr=False)
    offer: str | None = Field(default=None, sa_type=Sealed, repr=False)
    confirmed_at: datetime | None = Field(default=None, sa_type=Moment)
    attempts: int = 0


class UndoAction(Table, table=True):
    """How to take one change back, once. `id` travels in the Undo button."""

    __tablename__ = "undo_actions"
    __table_args__ = (Index(None, "account_id", "created_at"),)

    id: str = Field(primary_key=True)
    account_id: int = Field(foreign_key="accounts.id", ondelete="CASCADE")
    kind: str
    payload: str
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment, index=True)
    used_at: datetime | None = Field(default=None, sa_type=Moment)


class Receipt(Table, table=True):
    """What a person was told of one of their last changes: `text` is mrkdwn, `undo_id` takes it back while it can."""

    __tablename__ = "receipts"
    __table_args__ = AUTOINCREMENT

    id: int = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="accounts.id", ondelete="CASCADE", index=True)
    undo_id: str | None = None
    text: str
    created_at: datetime = Field(sa_type=Moment)


class Consent(Table, table=True):
    """That a person agreed to something others can see, such as `team`: what they are tracking now."""

    __tablename__ = "consents"
    __table_args__ = (UniqueConstraint("account_id", "topic"), AUTOINCREMENT)

    id: int = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="accounts.id", ondelete="CASCADE")
    topic: str
    agreed_at: datetime = Field(sa_type=Moment)


class QuotaRow(Table, table=True):
    """What Toggl last said is left for one credential in one organization, and when its next call is due."""

    __tablename__ = "quotas"

    key: str = Field(primary_key=True)
    remaining: int | None = None
    resets_at: datetime | None = Field(default=None, sa_type=Moment)
    # GCRA's theoretical arrival time in microseconds since 1970: SQL arithmetic on it is the same on both databases.
    arrival_us: int | None = Field(default=None, sa_type=BigInteger)


class SeenEvent(Table, table=True):
    """An event of Slack's that was already acted on: Slack sends an event again when the answer was slow."""

    __tablename__ = "seen_events"

    event_id: str = Field(primary_key=True)
    seen_at: datetime = Field(sa_type=Moment, index=True)
