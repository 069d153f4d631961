"""What use cases about projects are tested with: an admin and a member at one local Toggl, with both products."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.domain.projects import Named, Project
from bot.local.toggl.records import Project as Kept
from bot.services import project_search
from bot.services.connections import Connections
from bot.services.context import Context, Person
from bot.store import Store, accounts
from bot.toggl import Cache, Endpoints, FocusKey, MemoryLedger, Toggl, TrackToken, open_http
from tests.conftest import Clock, ServedToggl

BERLIN = ZoneInfo("Europe/Berlin")
People = Callable[[str], Context]
KEYS = {"admin": (FocusKey("toggl_sk_admin"), TrackToken("a" * 32)), "member": (FocusKey("toggl_sk_member"),)}


@pytest.fixture
async def people(clock: Clock, toggl: ServedToggl, sqlite_store: Store) -> AsyncIterator[People]:
    """`people("admin")`, connected to both products, and `people("member")`, to Focus only; at the clock's now."""
    http, ledger, place = open_http(), MemoryLedger(), toggl.workspace()
    endpoints = Endpoints(focus=f"{toggl.url}/api", track=f"{toggl.url}/api/v9")
    contexts = {}
    for who, keys in KEYS.items():
        cache = Cache(clock)
        async with sqlite_store.writing() as db:
            account = await accounts.get_or_create(db, tenant_id="T1", team_id="T1", user_id=who, now=clock())
        workspace = Toggl(http, keys, endpoints=endpoints, ledger=ledger, cache=cache, clock=clock).workspace(
            place.organization_id, place.id, place.track_id
        )
        contexts[who] = Context(
            person=Person(account.id, "T1", "T1", who, "en-US", BERLIN),
            store=sqlite_store,
            now=clock(),
            connections=Connections(http, endpoints, ledger, cache),
            channel_id="C1",
            focus=workspace,
            track=workspace if len(keys) > 1 else None,
        )
    yield lambda who: replace(contexts[who], now=clock(), changes=[])
    await http.aclose()


def kept(toggl: ServedToggl, name: str) -> Kept:
    """The project of this name as the local Toggl keeps it, deleted or not. Raises LookupError."""
    for project in toggl.world.state.projects.values():
        if project.name == name:
            return project
    raise LookupError(name)


async def named(context: Context, name: str) -> Project:
    """The project that is called so. Raises AssertionError."""
    found = (await project_search.find(context, name)).clear
    assert found, name
    return found


def subject(project: Project) -> Named:
    """The project as buttons know it."""
    return Named(project.id, project.name)
