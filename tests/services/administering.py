"""Somebody of each role in a workspace, connected, at a real local Toggl."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import msgspec

from bot.domain.administration import Change
from bot.local.toggl.records import State
from bot.local.toggl.world import World
from bot.services import members
from bot.services.connections import Connections, open_toggl
from bot.services.context import Context, Person
from bot.store import Store, accounts, credentials, workspaces
from bot.toggl import Cache, Endpoints, FocusKey, MemoryLedger, TrackToken, fingerprint, open_http
from tests.conftest import Clock, ServedToggl

ADMIN, PROJECT_LEAD, TEAM_LEAD, USER = "admin", "lena", "tom", "member"
GUEST = "noor"
"""Somebody with an account and a credential who is not, or not any more, in this workspace."""
NOT_CONNECTED = "nobody"
ROLES = (NOT_CONNECTED, GUEST, USER, TEAM_LEAD, PROJECT_LEAD, ADMIN)
SUBJECT = "emil"


@dataclass(frozen=True)
class Stage:
    """The local Toggl, and each role's context by the name of who has it."""

    toggl: ServedToggl
    clock: Clock
    contexts: Mapping[str, Context]

    def membership(self, handle: str = SUBJECT) -> int:
        """The number of somebody's membership in the workspace."""
        state, place = self.toggl.world.state, self.toggl.workspace()
        person = next(person for person in state.people.values() if person.handle == handle)
        return next(
            member.id
            for member in state.members.values()
            if (member.person_id, member.workspace_id) == (person.id, place.id)
        )

    def state(self) -> bytes:
        """Everything that Toggl keeps, to be compared."""
        return msgspec.json.encode(self.toggl.world.state)

    def reset(self, state: bytes) -> None:
        """Let Toggl be as it was when `state` was taken; nobody remembers anything else."""
        self.toggl.world = World(msgspec.json.decode(state, type=State))
        for context in self.contexts.values():
            context.connections.cache.drop()

    def fresh(self, role: str) -> Context:
        """Another request of theirs: the role is asked for again."""
        return replace(self.contexts[role], now=self.clock(), roles=[], changes=[])

    async def shown(self, handle: str = SUBJECT) -> Change:
        """A member as an admin's form shows them, as a change of nothing."""
        member = await members.get(self.contexts[ADMIN], self.membership(handle))
        return Change(
            kind="member.edit", subject_id=str(member.membership), name=member.name, before=member.shown(), after={}
        )


@asynccontextmanager
async def staged(clock: Clock, toggl: ServedToggl, store: Store) -> AsyncIterator[Stage]:
    """Somebody of each role, connected, but for the one who is not."""
    place = toggl.workspace()
    http, cache, ledger = open_http(), Cache(clock), MemoryLedger()
    endpoints = Endpoints(focus=f"{toggl.url}/api", track=f"{toggl.url}/api/v9")
    connections = Connections(http, endpoints, ledger, cache, clock=clock)
    contexts = {}
    for role in ROLES:
        async with store.writing() as db:
            account = await accounts.get_or_create(db, tenant_id="T1", team_id="T1", user_id=f"U{role}", now=clock())
            if role != NOT_CONNECTED:
                person = next(person for person in toggl.world.state.people.values() if person.handle == role)
                for kind, credential, secret in (
                    ("focus_key", FocusKey(person.focus_key), person.focus_key),
                    ("track_token", TrackToken(person.track_token), person.track_token),
                ):
                    await credentials.save(
                        db,
                        account_id=account.id,
                        kind=kind,
                        secret=secret,
                        label=role,
                        fingerprint=fingerprint(credential),
                        now=clock(),
                    )
                kept = await workspaces.save(
                    db,
                    account_id=account.id,
                    organization_id=place.organization_id,
                    name=place.name,
                    focus_id=place.id,
                    track_id=place.track_id,
                )
                await workspaces.choose(db, account_id=account.id, workspace_id=kept.id)
        opened = await open_toggl(store, connections, account_id=account.id)
        contexts[role] = Context(
            person=Person(account.id, "T1", "T1", f"U{role}", "en-US", ZoneInfo("Europe/Berlin")),
            store=store,
            now=clock(),
            connections=connections,
            channel_id="C1",
            focus=opened.focus,
            track=opened.track,
        )
    stage = Stage(toggl, clock, contexts)
    toggl.world.state.members[stage.membership(GUEST)].deleted_at = clock()
    yield stage
    await http.aclose()
