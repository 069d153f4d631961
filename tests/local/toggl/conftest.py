"""A local Toggl behind real HTTP, and clients with the credentials of its people."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
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
class Server:
    """A served local Toggl: its object, its address, and clients by handle."""

    toggl: LocalToggl
    address: str
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
        key = self.toggl.person(handle).focus_key
        return self._client("/api", headers={"Authorization": f"Bearer {key}"})

    def track(self, handle: str = "admin") -> httpx.AsyncClient:
        """A client of Track with this person's token; paths are below `/api/v9`."""
        return self._client("/api/v9", auth=(self.toggl.person(handle).track_token, "api_token"))

    def anybody(self, **client: Any) -> httpx.AsyncClient:
        """A client with whatever is given."""
        return self._client("", **client)

    def _client(self, prefix: str, **client: Any) -> httpx.AsyncClient:
        made = httpx.AsyncClient(base_url=self.address + prefix, **client)
        self.clients.append(made)
        return made


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def options() -> dict[str, Any]:
    """What `create_app` is given besides the clock; a test module overrides it."""
    return {}


@pytest.fixture
async def server(clock: Callable[[], datetime], options: dict[str, Any]) -> AsyncIterator[Server]:
    app = create_app(clock=clock, **options)
    async with serving(app) as address:
        here = Server(app.state.toggl, address)
        yield here
        for client in here.clients:
            await client.aclose()
