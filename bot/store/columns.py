"""Column types that mean the same on SQLite and PostgreSQL: moments in UTC, and sealed secrets."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from bot.store.cipher import SealedText


class Moment(TypeDecorator[datetime]):
    """An aware datetime: kept in UTC, read back aware and in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """`value` in UTC. Raises ValueError for one without a zone: which moment it means is unknown."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """What was stored, aware: SQLite keeps no zone, PostgreSQL answers in the session's."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Sealed(TypeDecorator[str]):
    """A secret, sealed by the Cipher. Key rotation finds these columns by this type."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """`value` itself. Raises TypeError for plain text: forgetting to seal must not go unseen."""
        if value is not None and not isinstance(value, SealedText):
            raise TypeError("only sealed text may be stored in this column")
        return value

    def process_result_value(self, value: str | None, _dialect: Dialect) -> str | None:
        """What was stored, marked as sealed."""
        return None if value is None else SealedText(value)
