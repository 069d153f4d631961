"""Alembic's entry: runs revisions on the connection it is given, and compares only our own tables."""

from __future__ import annotations

from alembic import context

from bot.store.tables import Table


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Another program's tables in the same database, such as the job engine's, are not ours to drop."""
    return kind != "table" or name in Table.metadata.tables


def _run() -> None:
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=Table.metadata,
        include_name=_is_ours,
        render_as_batch=True,  # SQLite cannot alter a column: Alembic copies the table instead
    )
    with context.begin_transaction():
        context.run_migrations()


_run()
