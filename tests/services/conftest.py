"""What use cases are tested with: a connected person's context at a real local Toggl."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest

from bot.services.connections import Connections
from bot.services.context import Context, Person
from bot.store import Store, accounts
from bot.toggl import Cache, Endpoints, FocusKey, MemoryLedger, Toggl, open_http
from tests.conftest import Clock, ServedToggl
from tests.services.projecting import BERLIN, people  # noqa: F401 (a fixture is found by its name)

MEMBER = "toggl_sk_member"


@pytest.fixture
async def member(clock: Clock, toggl: ServedToggl, sqlite_store: Store) -> AsyncIterator[Callable[[], Context]]:
    """The seeded member, connected with a Focus key, in a channel; each call gives a context at the clock's now."""
    async with sqlite_store.writing() as db:
        account = await accounts.get_or_create(db, tenant_id="T1", team_id="T1", user_id="U1", now=clock())
    http, cache, ledger = open_http(), Cache(clock), MemoryLedger()
    endpoints = Endpoints(focus=f"{toggl.url}/api", track=f"{toggl.url}/api/v9")
    place = toggl.workspace()
    client = Toggl(http, [FocusKey(MEMBER)], endpoints=endpoints, ledger=ledger, cache=cache, clock=clock)
    context = Context(
        person=Person(account.id, "T1", "T1", "U1", "en-US", BERLIN),
        store=sqlite_store,
        now=clock(),
        connections=Connections(http, endpoints, ledger, cache),
        channel_id="C1",
        focus=client.workspace(place.organization_id, place.id),
    )
    yield lambda: replace(context, now=clock())
    await http.aclose()
