"""What the client's tests start from: a local Toggl or a hostile one, both over real HTTP, and clients of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from typing import Protocol

import pytest
from starlette.types import ASGIApp

from bot.local.toggl import create_app
from bot.local.toggl.local import LocalToggl
from bot.toggl import (
    Cache,
    Credential,
    Endpoints,
    FocusKey,
    Ledger,
    MemoryLedger,
    Patience,
    Toggl,
    TrackToken,
    Workspace,
    open_http,
)
from bot.toggl.transport import Http
from tests.conftest import Clock
from tests.serving import serving

ADMIN: tuple[Credential, ...] = (FocusKey("toggl_sk_admin"), TrackToken("a" * 32))
# Retries at once: what is tested is that and how often they happen.
HURRIED = Patience(attempts=3, total=5, first_pause=0, longest_pause=0.01, jitter=0)


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    """One pool of connections, closed at the end; a server that says nothing is waited for a moment only."""
    async with open_http(timeout=2.0) as opened:
        yield opened


@dataclass
class World:
    """The local Toggl, and a client of it as the admin."""

    local: LocalToggl
    toggl: Toggl
    ws: Workspace
    endpoints: Endpoints
    ledger: MemoryLedger

    def calls(self) -> list[str | None]:
        """The operations called so far."""
        return [call.operation for call in self.local.calls]


@pytest.fixture
async def world(clock: Clock, http: Http) -> AsyncIterator[World]:
    """A local Toggl of the profile `pages`, on a plan that no test spends by accident."""
    app = create_app(clock=clock)
    local: LocalToggl = app.state.toggl
    local.limited = False
    async with serving(app) as address:
        endpoints, ledger = (
            Endpoints(f"{address}/api", f"{address}/api/v9", f"{address}/webhooks/api/v1"),
            MemoryLedger(),
        )

        async def sleep(seconds: float) -> None:
            clock.pass_(seconds=seconds)

        toggl = Toggl(
            http,
            ADMIN,
            endpoints=endpoints,
            ledger=ledger,
            cache=Cache(clock),
            patience=replace(HURRIED, longest_pause=5),
            clock=clock,
            sleep=sleep,
        )
        home = local.workspace()
        yield World(local, toggl, toggl.workspace(home.organization_id, home.id), endpoints, ledger)


@dataclass
class Faced:
    """A client of some other Toggl."""

    toggl: Toggl
    ws: Workspace


class Face(Protocol):
    """`await face(app)`: a client of a Toggl that answers as `app` does."""

    async def __call__(
        self,
        app: ASGIApp,
        *,
        credentials: Sequence[Credential] = ADMIN,
        patience: Patience = HURRIED,
        ledger: Ledger | None = None,
        naps: list[float] | None = None,
    ) -> Faced:
        """Serve `app`; `naps` collects the seconds that the client would have slept for Track's pace."""


@pytest.fixture
async def face(http: Http, clock: Clock) -> AsyncIterator[Face]:
    """Serves Toggls that answer as no Toggl should."""
    async with AsyncExitStack() as stack:

        async def serve(
            app: ASGIApp,
            *,
            credentials: Sequence[Credential] = ADMIN,
            patience: Patience = HURRIED,
            ledger: Ledger | None = None,
            naps: list[float] | None = None,
        ) -> Faced:
            async def sleep(seconds: float) -> None:
                if naps is not None:
                    naps.append(seconds)

            address = await stack.enter_async_context(serving(app))
            endpoints = Endpoints(f"{address}/api", f"{address}/api/v9", f"{address}/webhooks/api/v1")
            toggl = Toggl(
                http,
                credentials,
                endpoints=endpoints,
                ledger=ledger,
                cache=Cache(clock),
                patience=patience,
                clock=clock,
                sleep=sleep,
            )
            return Faced(toggl, toggl.workspace(1, 2))

        yield serve
