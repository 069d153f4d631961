"""The vocabulary of tests that walk the whole road: a clock, a local Toggl, a store."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Generator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography.fernet import Fernet
from hypothesis import settings

from bot.dispatcher import people, slack
from bot.local.toggl import LocalToggl
from bot.local.toggl import create_app as create_local_toggl
from bot.local.toggl.call import Profile
from bot.store import Cipher, Store
from bot.toggl import transport
from tests import leaks
from tests.browser import MISSING, async_browser, browser, chromium, find_chromium  # noqa: F401 (fixtures are found by name)
from tests.serving import serving
from tests.store.postgres import (  # noqa: F401 (the same: one server and one migration for a process's tests)
    database_url,
    empty_database_url,
    migrated_postgres,
    migrated_sqlite,
    postgres,
    postgres_url,
    sqlite_url,
)

settings.register_profile("any machine", deadline=None)  # how long an example takes says nothing of what it shows
settings.load_profile("any machine")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it loudly where the tests in a browser were left out."""
    if find_chromium() is None:
        terminalreporter.write_sep("!", MISSING, red=True, bold=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """No test may leave a secret in what it logs, nor in a database."""
    report = yield
    leaks.hold(item, report)
    return report


@pytest.fixture(scope="session", autouse=True)
def unhurried() -> Iterator[None]:
    """Whoever is called may take as long as a busy machine needs; tests of a limit set their own."""
    minute = timedelta(minutes=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transport, "TIMEOUT", httpx.Timeout(minute.total_seconds()))
        patch.setattr(slack, "CALL_TIMEOUT", minute)
        patch.setattr(slack, "CONNECT_TIMEOUT", minute)
        patch.setattr(people, "PATIENCE", minute)
        yield


class Clock:
    """The time in a test: it stands still until the test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The time now, in UTC."""
        return self.now

    def pass_(self, **length: float) -> None:
        """Let some time pass, for example `minutes=30`."""
        self.now += timedelta(**length)


@pytest.fixture
def clock() -> Clock:
    """A Thursday noon in Berlin."""
    return Clock(datetime(2026, 11, 12, 11, 0, tzinfo=UTC))


@pytest.fixture(params=["pages"])
def profile(request: pytest.FixtureRequest) -> Profile:
    """Which of Toggl's behaviours the local Toggl shows."""
    chosen: Profile = request.param
    return chosen


class ServedToggl(LocalToggl):
    """A local Toggl with its address."""

    url: str


@pytest.fixture
async def toggl(clock: Clock, profile: Profile) -> AsyncIterator[ServedToggl]:
    """A local Toggl at `toggl.url`, its seeded company and its switches."""
    app = create_local_toggl(profile=profile, clock=clock)
    async with serving(app) as url:
        served = app.state.toggl
        served.url = url
        yield served


@pytest.fixture
async def sqlite_store(tmp_path: Path, migrated_sqlite: Path) -> AsyncIterator[Store]:  # noqa: F811 (the fixture)
    """A store of its own on SQLite."""
    copy = shutil.copy(migrated_sqlite, tmp_path / "bot.sqlite3")
    store = Store(f"sqlite+aiosqlite:///{copy}", Cipher([Fernet.generate_key().decode()]))
    await store.open()
    yield store
    await store.close()
