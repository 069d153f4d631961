"""Whose Slack it is: the workspace or organization a request comes from, and the token to act there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

import structlog

from bot.clock import Clock, utc_now
from bot.dispatcher.grants import App
from bot.dispatcher.slack import SlackError
from bot.errors import UserError
from bot.i18n import N_
from bot.store import Installation, Store, installations

REMEMBERED: Final = timedelta(minutes=1)
RENEWED_BEFORE_END: Final = timedelta(minutes=30)
"""How early a token is renewed; whoever still uses it meanwhile can."""
RENEWING: Final = timedelta(seconds=30)
"""After how long a renewal that did not come back is tried by another process."""
LOOKED_AGAIN: Final = timedelta(milliseconds=250)


class NotInstalled(UserError):
    """The workspace removed the app, or its installation was never finished."""

    sentence = N_("I am no longer installed in this workspace. Please ask an admin to install me again.")


@dataclass(frozen=True, slots=True)
class Tenant:
    """One installation. `tenant_id` is the enterprise's id where the app serves all of it, else the team's."""

    tenant_id: str
    token: str = field(repr=False)


class Tenants:
    """The installations, each remembered for a minute. With `token`, the app serves one workspace and needs no table.

    `monotonic` gives seconds; `app` renews tokens that end, where the app rotates them.
    """

    def __init__(
        self,
        store: Store,
        *,
        monotonic: Callable[[], float],
        token: str | None = None,
        app: App | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self._store = store
        self._monotonic = monotonic
        self._token = token
        self._app = app
        self._clock = clock
        self._known: dict[str, tuple[float, Tenant]] = {}

    async def get(self, tenant_id: str) -> Tenant:
        """The installation of `tenant_id`. Raises NotInstalled, StoreUnavailable."""
        if self._token is not None:
            return Tenant(tenant_id, self._token)
        now = self._monotonic()
        known = self._known.get(tenant_id)
        if known and known[0] > now:
            return known[1]
        installation = await self._find(tenant_id)
        if installation.token_expires_at and installation.token_expires_at - self._clock() < RENEWED_BEFORE_END:
            installation = await self._renewed(installation)
        tenant = Tenant(tenant_id, installation.bot_token)
        self._known[tenant_id] = (now + REMEMBERED.total_seconds(), tenant)
        return tenant

    def forget(self, tenant_id: str) -> None:
        """Look the installation up again next time: it was made anew or removed."""
        self._known.pop(tenant_id, None)

    async def _find(self, tenant_id: str) -> Installation:
        async with self._store.reading() as db:
            installation = await installations.find(db, tenant_id=tenant_id)
        if installation is None:
            self._known.pop(tenant_id, None)
            raise NotInstalled
        return installation

    async def _renewed(self, installation: Installation) -> Installation:
        """The installation with the next token; with the one it has where another process is at it."""
        expires_at, refresh_token = installation.token_expires_at, installation.refresh_token
        if self._app is None or expires_at is None or refresh_token is None:
            return installation
        now = self._clock()
        async with self._store.writing() as db:
            mine = await installations.claim_renewal(
                db, tenant_id=installation.tenant_id, expires_at=expires_at, now=now, until=now + RENEWING
            )
        if not mine:
            return installation if expires_at > now else await self._awaited(installation)
        try:
            tokens = await self._app.renew(refresh_token)
        except SlackError as error:
            structlog.get_logger("bot").error("token_not_renewed", tenant=installation.tenant_id, code=error.code)
            if expires_at > now:
                return installation
            raise NotInstalled from error
        renewed = replace(
            installation,
            bot_token=tokens.bot_token,
            refresh_token=tokens.refresh_token or refresh_token,
            token_expires_at=now + tokens.lifetime if tokens.lifetime else None,
        )
        async with self._store.writing() as db:
            await installations.renew(db, renewed, expires_at=expires_at)
        return await self._find(installation.tenant_id)

    async def _awaited(self, installation: Installation) -> Installation:
        """The installation once another process has renewed its token. Raises NotInstalled where none does in time."""
        for _ in range(RENEWING // LOOKED_AGAIN):
            await asyncio.sleep(LOOKED_AGAIN.total_seconds())
            found = await self._find(installation.tenant_id)
            if found.token_expires_at != installation.token_expires_at:
                return found
        raise NotInstalled
