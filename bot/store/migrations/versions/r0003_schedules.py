"""What the clock starts, what came of it, and the processes that do it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _reference(table: str, column: str, to: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}", ondelete=ondelete)


def upgrade() -> None:
    """Add the schedules, the deliveries and the workers."""
    op.create_table(
        "schedules",
        _number("id"),
        _text("kind"),
        _text("key", nullable=True),
        _text("tenant_id"),
        _text("team_id"),
        _number("owner_id", nullable=True),
        _number("account_id", nullable=True),
        _text("channel_id", nullable=True),
        _text("pattern", nullable=True),
        _text("zone"),
        _text("payload"),
        _moment("next_run_at", nullable=True),
        _moment("ran_at", nullable=True),
        _moment("paused_at", nullable=True),
        _text("pause_reason", nullable=True),
        _moment("created_at"),
        _moment("updated_at"),
        _reference("schedules", "account_id", "accounts.id", "CASCADE"),
        _reference("schedules", "owner_id", "accounts.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_schedules"),
        sa.UniqueConstraint("tenant_id", "kind", "key", name="uq_schedules_tenant_id_kind_key"),
        sqlite_autoincrement=True,
    )
    unpaused = sa.text("paused_at IS NULL")
    op.create_index("ix_schedules_account_id", "schedules", ["account_id"])
    op.create_index("ix_schedules_owner_id", "schedules", ["owner_id"])
    op.create_index("ix_schedules_tenant_id_channel_id", "schedules", ["tenant_id", "channel_id"])
    op.create_index("ix_schedules_due", "schedules", ["next_run_at"], sqlite_where=unpaused, postgresql_where=unpaused)
    op.create_table(
        "deliveries",
        _number("id"),
        _text("key"),
        _text("run"),
        _text("kind"),
        _number("schedule_id", nullable=True),
        _text("tenant_id"),
        _text("team_id"),
        _number("account_id", nullable=True),
        _text("channel_id", nullable=True),
        _text("edit_of", nullable=True),
        _text("thread_of", nullable=True),
        sa.Column("broadcast", sa.Boolean(), nullable=False),
        sa.Column("repeatable", sa.Boolean(), nullable=False),
        _moment("due_at"),
        sa.Column("content", sa.Text(), nullable=True),
        _text("state"),
        _number("attempts"),
        _text("ts", nullable=True),
        _text("error", nullable=True),
        _moment("created_at"),
        _moment("not_before"),
        _moment("tried_at", nullable=True),
        _moment("posted_at", nullable=True),
        _moment("used_at"),
        _reference("deliveries", "account_id", "accounts.id", "CASCADE"),
        _reference("deliveries", "schedule_id", "schedules.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("tenant_id", "key", name="uq_deliveries_tenant_id_key"),
        sqlite_autoincrement=True,
    )
    waiting = sa.text("state = 'waiting'")
    op.create_index("ix_deliveries_account_id", "deliveries", ["account_id"])
    op.create_index("ix_deliveries_run", "deliveries", ["run"])
    op.create_index("ix_deliveries_schedule_id", "deliveries", ["schedule_id"])
    op.create_index("ix_deliveries_tenant_id_channel_id_due_at", "deliveries", ["tenant_id", "channel_id", "due_at"])
    op.create_index("ix_deliveries_used_at", "deliveries", ["used_at"])
    op.create_index(
        "ix_deliveries_waiting", "deliveries", ["created_at"], sqlite_where=waiting, postgresql_where=waiting
    )
    op.create_table(
        "workers",
        _text("executor_id"),
        _moment("started_at"),
        _moment("seen_at"),
        _text("taken_by", nullable=True),
        _moment("taken_at", nullable=True),
        sa.PrimaryKeyConstraint("executor_id", name="pk_workers"),
    )


def downgrade() -> None:
    """Drop them, and what is in them."""
    op.drop_table("workers")
    op.drop_table("deliveries")
    op.drop_table("schedules")
