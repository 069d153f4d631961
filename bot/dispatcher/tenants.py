"""Whose Slack it is: the workspace or organization a request comes from, and the token to act there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.errors import UserError
from bot.i18n import N_
from bot.store import Store, installations

REMEMBERED = timedelta(minutes=1)


class NotInstalled(UserError):
    """The workspace removed the app, or its installation was never finished."""

    sentence = N_("I am not installed in this workspace any more. Please ask an admin to install me again.")


@dataclass(frozen=True, slots=True)
class Tenant:
    """One installation. `tenant_id` is the enterprise's id where the app serves all of it, else the team's."""

    tenant_id: str
    token: str = field(repr=False)


class Tenants:
    """The installations, each remembered for a minute. With `token`, the app serves one workspace and needs no table.

    `monotonic` gives seconds.
    """

    def __init__(self, store: Store, *, monotonic: Callable[[], float], token: str | None = None) -> None:
        self._store = store
        self._monotonic = monotonic
        self._token = token
        self._known: dict[str, tuple[float, Tenant]] = {}

    async def get(self, tenant_id: str) -> Tenant:
        """The installation of `tenant_id`. Raises NotInstalled, StoreUnavailable."""
        if self._token is not None:
            return Tenant(tenant_id, self._token)
        now = self._monotonic()
        known = self._known.get(tenant_id)
        if known and known[0] > now:
            return known[1]
        async with self._store.reading() as db:
            installation = await installations.find(db, tenant_id=tenant_id)
        if installation is None:
            self._known.pop(tenant_id, None)
            raise NotInstalled
        tenant = Tenant(tenant_id, installation.bot_token)
        self._known[tenant_id] = (now + REMEMBERED.total_seconds(), tenant)
        return tenant

    def forget(self, tenant_id: str) -> None:
        """Look the installation up again next time: it was made anew or removed."""
        self._known.pop(tenant_id, None)
