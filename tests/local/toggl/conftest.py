"""A local Toggl behind real HTTP, and clients with the credentials of its people."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from bot.local.toggl import LocalToggl, create_app
from tests.serving import serving

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that stands until it is told."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class Place:
    """A local Toggl: its object, where it answers, and clients by handle."""

    toggl: LocalToggl
    address: str = "http://toggl"
    transport: httpx.AsyncBaseTransport | None = None
    clients: list[httpx.AsyncClient] = field(default_factory=list)

    @property
    def ids(self) -> dict[str, int]:
        workspace = self.toggl.workspace()
        return {"organization_id": workspace.organization_id, "workspace_id": workspace.id}

    @property
    def workspace(self) -> str:
        """The path of the main workspace below a product's prefix."""
        return "/organizations/{organization_id}/workspaces/{workspace_id}".format_map(self.ids)

    def focus(self, handle: str = "admin") -> httpx.AsyncClient:
        """A client of Focus with this person's key; paths are below `/api`."""
        return self.anybody("/api", headers={"Authorization": f"Bearer {self.toggl.person(handle).focus_key}"})

    def track(self, handle: str = "admin") -> httpx.AsyncClient:
        """A client of Track with this person's token; paths are below `/api/v9`."""
        return self.anybody("/api/v9", auth=(self.toggl.person(handle).track_token, "api_token"))

    def webhooks(self, handle: str = "admin") -> httpx.AsyncClient:
        """A client of Track's webhooks; paths are below `/webhooks/api/v1`."""
        return self.anybody("/webhooks/api/v1", auth=(self.toggl.person(handle).track_token, "api_token"))

    def anybody(self, prefix: str = "", **client: Any) -> httpx.AsyncClient:
        """A client with whatever is given."""
        made = httpx.AsyncClient(base_url=self.address + prefix, transport=self.transport, **client)
        self.clients.append(made)
        return made

    async def close(self) -> None:
        for client in self.clients:
            await client.aclose()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def options() -> dict[str, Any]:
    """What `create_app` is given besides the clock; a test module overrides it."""
    return {}


@pytest.fixture
async def here(clock: Clock, options: dict[str, Any]) -> AsyncIterator[Place]:
    """A local Toggl called in this process: what it answers does not depend on the server in front of it."""
    app = create_app(clock=clock, **options)
    place = Place(app.state.toggl, transport=httpx.ASGITransport(app))
    yield place
    await place.close()


@pytest.fixture
async def server(clock: Clock, options: dict[str, Any]) -> AsyncIterator[Place]:
    """A local Toggl behind real HTTP."""
    app = create_app(clock=clock, **options)
    async with serving(app) as address:
        place = Place(app.state.toggl, address)
        yield place
        await place.close()
