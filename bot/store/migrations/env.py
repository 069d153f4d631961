"""Alembic's entry: runs revisions on the connection that the configuration carries."""

from __future__ import annotations

from alembic import context

from bot.store.migrations import is_ours, spell
from bot.store.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    include_name=is_ours,
    render_item=spell,
    render_as_batch=True,  # SQLite cannot alter a column: Alembic copies the table instead
)
with context.begin_transaction():
    context.run_migrations()
