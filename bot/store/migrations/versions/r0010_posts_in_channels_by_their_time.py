"""Posts in channels by their time, so that the history of a large workspace is read at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_NAME = "ix_deliveries_in_channels"
_IN_CHANNELS = sa.text("account_id IS NULL")


def upgrade() -> None:
    """Make the change."""
    op.create_index(
        _NAME, "deliveries", ["tenant_id", "due_at"], sqlite_where=_IN_CHANNELS, postgresql_where=_IN_CHANNELS
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_index(_NAME, "deliveries")
