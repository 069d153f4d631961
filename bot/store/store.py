"""Units of work: everything inside one `async with` is read at one time, or written together or not at all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.store import engines, schema
from bot.store.cipher import Cipher
from bot.store.outages import outages_told


class Session(AsyncSession):
    """One unit of work. What was read stays readable after its end; `cipher` opens and seals secrets."""

    def __init__(self, engine: AsyncEngine, cipher: Cipher) -> None:
        # Upserts go past the session: without populate_existing it would answer with rows as it first read them.
        super().__init__(engine, expire_on_commit=False, execution_options={"populate_existing": True})
        self.cipher = cipher


class Store:
    """The bot's memory at `url` (sqlite+aiosqlite or postgresql+psycopg), its secrets sealed by `cipher`."""

    def __init__(self, url: str, cipher: Cipher) -> None:
        self._engines = engines.connect(url)
        self._cipher = cipher

    async def open(self) -> None:
        """Check the tables. Raises SchemaMismatchError where they are not those of this version, StoreUnavailable."""
        with outages_told():
            async with self._engines.readers.connect() as connection:
                await connection.run_sync(schema.check)

    async def check(self) -> None:
        """Check that a running process can go on. Raises SchemaMismatchError, StoreUnavailable."""
        with outages_told():
            async with self._engines.readers.connect() as connection:
                await connection.run_sync(schema.check_in_use)

    async def close(self) -> None:
        """Close every connection."""
        await self._engines.close()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Session]:
        """A unit of work that cannot write. Raises StoreUnavailable."""
        with outages_told():
            async with Session(self._engines.readers, self._cipher) as db:
                yield db

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Session]:
        """A unit of work that is committed at its end, or rolled back on any exception. Raises StoreUnavailable.

        On SQLite one unit writes at a time: await nothing inside but the database, least of all Slack or Toggl.
        """
        with outages_told(writing=True):
            async with Session(self._engines.writers, self._cipher) as db:
                yield db
                await db.commit()

    def __repr__(self) -> str:
        return "<Store>"
