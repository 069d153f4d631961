"""The first tables: installations, people and their Toggl connections, channels, undo, quotas, seen events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _sealed(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _of_account(table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    constraint = sa.ForeignKeyConstraint(
        ["account_id"], ["accounts.id"], name=f"fk_{table}_account_id", ondelete="CASCADE"
    )
    return sa.Column("account_id", sa.Integer(), nullable=False), constraint


def _numbered(table: str, *parts: sa.schema.SchemaItem) -> None:
    key = sa.PrimaryKeyConstraint("id", name=f"pk_{table}")
    op.create_table(table, sa.Column("id", sa.Integer(), nullable=False), *parts, key, sqlite_autoincrement=True)


def upgrade() -> None:
    """Create every table."""
    _numbered(
        "installations",
        _text("tenant_id"),
        _text("team_id", nullable=True),
        _text("enterprise_id", nullable=True),
        sa.Column("is_enterprise_install", sa.Boolean(), nullable=False),
        _text("app_id", nullable=True),
        _text("bot_id", nullable=True),
        _text("bot_user_id", nullable=True),
        _sealed("bot_token"),
        _sealed("refresh_token", nullable=True),
        _moment("token_expires_at", nullable=True),
        _text("scopes"),
        _text("installer_user_id", nullable=True),
        _moment("installed_at"),
        sa.UniqueConstraint("tenant_id", name="uq_installations_tenant_id"),
    )
    chosen = ("fk_accounts_workspace_id", ["workspace_id"], ["workspaces.id"], ["id"])
    _numbered(
        "accounts",
        _text("tenant_id"),
        _text("team_id"),
        _text("user_id"),
        _text("locale"),
        _text("zone"),
        _moment("profile_read_at", nullable=True),
        sa.Column("workspace_id", sa.Integer(), nullable=True),
        _moment("created_at"),
        sa.UniqueConstraint("tenant_id", "user_id", name="uq_accounts_tenant_id_user_id"),
        # SQLite takes a reference to a table that is still to come, and cannot add one later; PostgreSQL skips it here.
        sa.ForeignKeyConstraint(chosen[1], chosen[2], name=chosen[0], ondelete="SET NULL", use_alter=True),
    )
    op.create_index("ix_accounts_workspace_id", "accounts", ["workspace_id"])
    _numbered(
        "workspaces",
        *_of_account("workspaces"),
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("focus_id", sa.BigInteger(), nullable=True),
        sa.Column("track_id", sa.BigInteger(), nullable=True),
        _text("name"),
        _text("role", nullable=True),
        sa.UniqueConstraint("account_id", "focus_id", name="uq_workspaces_account_id_focus_id"),
        sa.UniqueConstraint("account_id", "track_id", name="uq_workspaces_account_id_track_id"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.create_foreign_key(chosen[0], "accounts", "workspaces", chosen[1], chosen[3], ondelete="SET NULL")
    _numbered(
        "credentials",
        *_of_account("credentials"),
        _text("kind"),
        _sealed("secret"),
        _text("label"),
        _text("fingerprint"),
        _moment("created_at"),
        _moment("refused_at", nullable=True),
        sa.UniqueConstraint("account_id", "kind", name="uq_credentials_account_id_kind"),
    )
    _numbered(
        "channels",
        _text("tenant_id"),
        _text("channel_id"),
        sa.Column("default_project_id", sa.BigInteger(), nullable=True),
        _text("default_project_name", nullable=True),
        _text("set_by_user_id", nullable=True),
        _moment("updated_at", nullable=True),
        sa.UniqueConstraint("tenant_id", "channel_id", name="uq_channels_tenant_id_channel_id"),
    )
    _numbered(
        "connect_tickets",
        _text("token_hash"),
        *_of_account("connect_tickets"),
        _moment("created_at"),
        _moment("expires_at"),
        _moment("used_at", nullable=True),
        _sealed("pending", nullable=True),
        _sealed("offer", nullable=True),
        _moment("confirmed_at", nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.UniqueConstraint("token_hash", name="uq_connect_tickets_token_hash"),
    )
    op.create_index("ix_connect_tickets_account_id", "connect_tickets", ["account_id"])
    op.create_index("ix_connect_tickets_expires_at", "connect_tickets", ["expires_at"])
    op.create_table(
        "undo_actions",
        _text("id"),
        *_of_account("undo_actions"),
        _text("kind"),
        _text("payload"),
        _moment("created_at"),
        _moment("expires_at"),
        _moment("used_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_undo_actions"),
    )
    op.create_index("ix_undo_actions_account_id_created_at", "undo_actions", ["account_id", "created_at"])
    op.create_index("ix_undo_actions_expires_at", "undo_actions", ["expires_at"])
    op.create_table(
        "quotas",
        _text("key"),
        sa.Column("remaining", sa.Integer(), nullable=True),
        _moment("resets_at", nullable=True),
        sa.Column("arrival_us", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_quotas"),
    )
    op.create_table(
        "seen_events",
        _text("event_id"),
        _moment("seen_at"),
        sa.PrimaryKeyConstraint("event_id", name="pk_seen_events"),
    )
    op.create_index("ix_seen_events_seen_at", "seen_events", ["seen_at"])


def downgrade() -> None:
    """Drop every table, and what is in them."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("fk_accounts_workspace_id", "accounts", type_="foreignkey")
    for table in (
        "seen_events", "quotas", "undo_actions", "connect_tickets", "channels", "credentials", "workspaces", "accounts",
        "installations",
    ):  # fmt: skip
        op.drop_table(table)
