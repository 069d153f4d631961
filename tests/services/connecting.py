"""What the tests of connecting start from: a store on each database, the local Toggl, and people in Slack."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from zoneinfo import ZoneInfo

import pytest
from cryptography.fernet import Fernet

from bot.services.connect_form import Filled, Way, read_form
from bot.services.connections import Connections
from bot.services.context import Context, Person
from bot.store import Account, Cipher, Ledger, Store, accounts
from bot.toggl import Cache, Endpoints, Patience, Quota, open_http
from tests.conftest import Clock, ServedToggl

ADMIN_KEY = read_form(Filled(Way.FOCUS_KEY, key="toggl_sk_admin"))
ADMIN_TOKEN = read_form(Filled(Way.TRACK_TOKEN, token="a" * 32))
ADMIN_PASSWORD = read_form(Filled(Way.PASSWORD, email="admin@nordlicht.example", password="admin-password"))
LENA_PASSWORD = read_form(Filled(Way.PASSWORD, email="lena@nordlicht.example", password="lena-password"))
WRONG_KEY = read_form(Filled(Way.FOCUS_KEY, key="toggl_sk_nobody"))

Acting = Callable[[Account], Context]


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """An open store: each test runs on both databases."""
    opened = Store(database_url, Cipher([Fernet.generate_key().decode()]))
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def connections(store: Store, toggl: ServedToggl, clock: Clock) -> AsyncIterator[Connections]:
    """How the local Toggl is reached; people reach the bot at https://bot.example."""
    http = open_http()
    yield Connections(
        http,
        Endpoints(focus=f"{toggl.url}/api", track=f"{toggl.url}/api/v9"),
        Ledger(store, Quota),
        Cache(clock),
        "https://bot.example",
        clock,
        Patience(attempts=1),
    )
    await http.aclose()


@pytest.fixture
async def ann(store: Store, clock: Clock) -> Account:
    """A person in Slack."""
    async with store.writing() as db:
        return await accounts.get_or_create(db, tenant_id="T1", team_id="T1", user_id="UANN", now=clock())


@pytest.fixture
async def bob(store: Store, clock: Clock) -> Account:
    """Another person in the same Slack."""
    async with store.writing() as db:
        return await accounts.get_or_create(db, tenant_id="T1", team_id="T1", user_id="UBOB", now=clock())


@pytest.fixture
def acting(store: Store, connections: Connections, clock: Clock) -> Acting:
    """The context in which a person acts now."""

    def act(account: Account) -> Context:
        person = Person(
            account.id, account.tenant_id, account.team_id, account.user_id, account.locale, ZoneInfo(account.zone)
        )
        return Context(person=person, store=store, now=clock(), connections=connections)

    return act
