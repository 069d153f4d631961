"""`INSERT … ON CONFLICT`, which SQLite and PostgreSQL write alike but SQLAlchemy keeps in two places."""

from __future__ import annotations

from sqlalchemy.dialects import postgresql, sqlite

from bot.store.store import Session
from bot.store.tables import Table

Insert = sqlite.Insert | postgresql.Insert


def insert(db: Session, table: type[Table]) -> Insert:
    """An insert into `table` in the dialect of `db`, that has `on_conflict_do_nothing` and `on_conflict_do_update`."""
    if db.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
