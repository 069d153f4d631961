"""Who asks: a person's account, and the language and time zone that Slack knows of them."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.dispatcher.slack import Profile, Slack, SlackError
from bot.dispatcher.tenants import Tenant
from bot.services import schedule_zones
from bot.services.context import Person
from bot.store import Account, Store, accounts

FRESH = timedelta(hours=1)
"""How long a profile is believed: somebody who lands in another zone is read in it an hour later at most."""
REMEMBERED = timedelta(minutes=1)
PATIENCE = timedelta(seconds=1)
"""How long a request waits for the profile; what is stored, or UTC, serves it otherwise."""
MOST_REMEMBERED = 10_000
UTC = "UTC"


class People:
    """The people who talk to the bot. `monotonic` gives seconds."""

    def __init__(self, store: Store, slack: Slack, *, monotonic: Callable[[], float]) -> None:
        self._store = store
        self._slack = slack
        self._monotonic = monotonic
        self._seen: OrderedDict[tuple[str, str], tuple[float, Person]] = OrderedDict()
        self._unanswered: dict[tuple[str, str], float] = {}

    def find_recent(self, tenant_id: str, user_id: str) -> Person | None:
        """The person as they were within the last minute, without asking anybody.

        Good for their language only: their account may have been forgotten since.
        """
        seen = self._seen.get((tenant_id, user_id))
        return seen[1] if seen and seen[0] > self._monotonic() else None

    async def get(self, tenant: Tenant, team_id: str, user_id: str, *, now: datetime) -> Person:
        """The person's account, made at their first contact. Raises StoreUnavailable."""
        async with self._store.reading() as db:
            account = await accounts.find(db, tenant_id=tenant.tenant_id, user_id=user_id)
        if account is None or account.profile_read_at is None or now - account.profile_read_at > FRESH:
            account = await self._refreshed(account, tenant, team_id, user_id, now)
        person = Person(
            account_id=account.id,
            tenant_id=tenant.tenant_id,
            team_id=team_id,
            user_id=user_id,
            locale=account.locale,
            zone=_zone(account.zone),
        )
        self._remember(person)
        return person

    async def _refreshed(
        self, account: Account | None, tenant: Tenant, team_id: str, user_id: str, now: datetime
    ) -> Account:
        profile = await self._find_profile(tenant, user_id)
        if account is not None and profile is None:
            return account
        async with self._store.writing() as db:
            account = await accounts.get_or_create(
                db, tenant_id=tenant.tenant_id, team_id=team_id, user_id=user_id, now=now
            )
            if profile is None:
                return account
            zone = _zone(profile.zone or account.zone).key
            await schedule_zones.follow(db, account.id, before=account.zone, zone=zone, now=now)
            account.locale = profile.locale or account.locale
            account.zone = zone
            account.profile_read_at = now
            db.add(account)
        return account

    async def _find_profile(self, tenant: Tenant, user_id: str) -> Profile | None:
        """What Slack says; None where it does not answer in time, and for a minute after that nobody asks again."""
        key = (tenant.tenant_id, user_id)
        if self._unanswered.get(key, 0) > self._monotonic():
            return None
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                return await self._slack.get_profile(tenant.token, user_id)
        except (SlackError, TimeoutError):
            if len(self._unanswered) >= MOST_REMEMBERED:
                self._unanswered.clear()
            self._unanswered[key] = self._monotonic() + REMEMBERED.total_seconds()
            return None

    def _remember(self, person: Person) -> None:
        key = (person.tenant_id, person.user_id)
        self._seen[key] = (self._monotonic() + REMEMBERED.total_seconds(), person)
        self._seen.move_to_end(key)
        if len(self._seen) > MOST_REMEMBERED:
            self._seen.popitem(last=False)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(UTC)
