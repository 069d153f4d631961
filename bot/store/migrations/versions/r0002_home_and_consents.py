"""What the App Home shows of one's last changes, whether it is on somebody's screen, and what people agreed to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the receipts, the consents, and when a Home was opened."""
    op.add_column("accounts", sa.Column("home_opened_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "receipts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("undo_id", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_receipts_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_receipts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_receipts_account_id", "receipts", ["account_id"])
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_consents_account_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
        sa.UniqueConstraint("account_id", "topic", name="uq_consents_account_id_topic"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Drop them, and what is in them."""
    op.drop_table("consents")
    op.drop_table("receipts")
    op.drop_column("accounts", "home_opened_at")
