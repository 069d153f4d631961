from __future__ import annotations

import pytest
from sqlalchemy import text

from bot.store import engines


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("nonsense", "cannot be read"),
        ("mysql://bot:hunter2@db/bot", "must start with"),
        ("postgresql://bot:hunter2@db/bot", "must start with"),
        ("sqlite+aiosqlite://", "needs a file"),
        ("sqlite+aiosqlite:///:memory:", "needs a file"),
    ],
)
def test_an_address_that_will_not_do_is_refused_without_showing_its_password(url: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem) as caught:
        engines.connect(url)
    assert "hunter2" not in str(caught.value)


async def test_sqlite_is_durable_checked_and_patient_and_only_writers_write(sqlite_url: str) -> None:
    connected = engines.connect(sqlite_url)
    for engine, only_reads in ((connected.writers, 0), (connected.readers, 1)):
        async with engine.connect() as connection:
            settings = {
                name: await connection.scalar(text(f"PRAGMA {name}"))
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "query_only")
            }
        assert settings == {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "busy_timeout": engines.BUSY_MS,
            "query_only": only_reads,
        }
    await connected.close()


@pytest.mark.postgres
async def test_postgresql_gives_up_on_locks_and_statements_in_seconds(postgres_url: str) -> None:
    connected = engines.connect(postgres_url)
    async with connected.writers.connect() as connection:
        limits = {
            name: await connection.scalar(text(f"SHOW {name}"))
            for name in ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")
        }
    await connected.close()
    assert limits == {"lock_timeout": "5s", "statement_timeout": "10s", "idle_in_transaction_session_timeout": "1min"}


@pytest.mark.postgres
async def test_options_in_the_address_win_over_ours(postgres_url: str) -> None:
    connected = engines.connect(postgres_url + "&options=-c%20lock_timeout%3D1234")
    async with connected.writers.connect() as connection:
        assert await connection.scalar(text("SHOW lock_timeout")) == "1234ms"
        assert await connection.scalar(text("SHOW statement_timeout")) == "10s"
    await connected.close()
