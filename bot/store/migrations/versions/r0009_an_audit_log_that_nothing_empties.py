"""An audit log that is neither emptied nor written over, by statements that ask no trigger for single rows."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# INSERT OR REPLACE deletes the row that is in its way without firing what guards against deletion.
SQLITE = """CREATE TRIGGER audit_log_not_replaced BEFORE INSERT ON audit_log
    WHEN EXISTS (SELECT 1 FROM audit_log WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"""
POSTGRESQL = """CREATE TRIGGER audit_log_not_emptied BEFORE TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION guard_audit_log()"""


def upgrade() -> None:
    """Guard against that, too."""
    op.execute(SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL)


def downgrade() -> None:
    """Guard against single changes only."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_log_not_replaced")
    else:
        op.execute("DROP TRIGGER audit_log_not_emptied ON audit_log")
