"""The way in: `Toggl` is one person, `Workspace` that person in one workspace."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Unpack

from bot.clock import utc_now
from bot.toggl.alerts import Alerts
from bot.toggl.cache import Cache
from bot.toggl.credentials import Credential
from bot.toggl.days_off import DaysOff
from bot.toggl.endpoints import Endpoints
from bot.toggl.errors import Refused
from bot.toggl.lookup import LOST, look_up
from bot.toggl.members import Members
from bot.toggl.models.admin_requests import NewWorkspace
from bot.toggl.models.workspaces import Me, MySettings, QuotaLeft, TrackWorkspace, WorkspaceContext
from bot.toggl.operations import (
    CREATE_WORKSPACE,
    GET_CURRENT_TRACKING,
    GET_ME,
    GET_MY_QUOTA,
    GET_MY_SETTINGS,
    GET_WORKSPACE,
    GET_WORKSPACE_CONTEXT,
    LIST_MY_WORKSPACES,
    SEARCH_WORKSPACES,
    Product,
)
from bot.toggl.projects import Projects
from bot.toggl.quota import Ledger, MemoryLedger, Quota, Spending
from bot.toggl.rates import Rates
from bot.toggl.reminders import Reminders
from bot.toggl.scope import Scope
from bot.toggl.statuses import Statuses
from bot.toggl.tasks import Tasks
from bot.toggl.time_entries import TimeEntries
from bot.toggl.tracking import Tracking
from bot.toggl.transport import Http, Patience, Transport
from bot.toggl.webhooks import Webhooks
from bot.toggl.workspaces import WorkspaceSettings


class Workspace:
    """One person in one workspace. Cheap: made for each use, while http, ledger and cache live long."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.tracking = Tracking(scope)
        self.time_entries = TimeEntries(scope)
        self.tasks = Tasks(scope)
        self.projects = Projects(scope)
        self.statuses = Statuses(scope)
        self.members = Members(scope)
        self.settings = WorkspaceSettings(scope)
        self.rates = Rates(scope)
        self.alerts = Alerts(scope)
        self.reminders = Reminders(scope)
        self.days_off = DaysOff(scope)
        self.webhooks = Webhooks(scope)

    @property
    def organization_id(self) -> int | None:
        """The organization whose quota is spent."""
        return self._scope.organization_id

    @property
    def workspace_id(self) -> int | None:
        """The workspace's id in Focus."""
        return self._scope.workspace_id

    @property
    def track_workspace_id(self) -> int | None:
        """The workspace's id in Track."""
        return self._scope.track_workspace_id

    async def quota(self, product: Product = Product.FOCUS) -> Quota | None:
        """What Toggl last said is left of this hour's calls, without a call; None if it said nothing yet.

        Raises CredentialMissing.
        """
        return await self._scope.quota(GET_CURRENT_TRACKING if product is Product.FOCUS else GET_WORKSPACE)

    def spending(self, spending: Spending) -> Workspace:
        """The same workspace on behalf of a person or of a job."""
        return Workspace(dataclasses.replace(self._scope, spending=spending))


class Toggl:
    """One person, by all credentials they have. `http`, `ledger` and `cache` are shared by all people of a process.

    `changing` is told the name of each operation that changes something, as it is sent.
    """

    def __init__(  # noqa: PLR0913 (what a process shares, given once, all by name)
        self,
        http: Http,
        credentials: Sequence[Credential],
        *,
        endpoints: Endpoints | None = None,
        ledger: Ledger | None = None,
        cache: Cache | None = None,
        patience: Patience | None = None,
        clock: Callable[[], datetime] = utc_now,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        changing: Callable[[str], None] = lambda _: None,
    ) -> None:
        transport = Transport(
            http,
            credentials,
            endpoints=endpoints or Endpoints(),
            ledger=ledger or MemoryLedger(),
            patience=patience or Patience(),
            clock=clock,
            sleep=sleep,
            changing=changing,
        )
        self._scope = Scope(transport, cache or Cache(clock))

    def workspace(self, organization_id: int, workspace_id: int, track_workspace_id: int | None = None) -> Workspace:
        """A workspace by its ids. `track_workspace_id` where the two products number it differently."""
        return Workspace(
            dataclasses.replace(
                self._scope,
                organization_id=organization_id,
                workspace_id=workspace_id,
                track_workspace_id=workspace_id if track_workspace_id is None else track_workspace_id,
            )
        )

    async def search_workspaces(self, term: str | None = None) -> tuple[TrackWorkspace, ...]:
        """Workspaces one can see. `term` is sent as `name`: how the search parameter is called is open."""
        return (await self._scope.call(SEARCH_WORKSPACES, query={"name": term})).array(TrackWorkspace)

    async def get_workspace(self, workspace_id: int) -> TrackWorkspace:
        """One workspace by its Track id, where its organization is not known yet. Raises NotFound."""
        return (await self._scope.call(GET_WORKSPACE, workspace_id=workspace_id)).object(TrackWorkspace)

    async def create_workspace(self, organization_id: int, **workspace: Unpack[NewWorkspace]) -> TrackWorkspace:
        """Make a workspace in an organization. If the answer is lost, the one of that name there is looked up.

        Raises Unavailable where it was not made, AnswerLost where that is unknown.
        """

        async def find() -> TrackWorkspace | None:
            found = await self._list_workspaces()
            named = (one for one in found if one.name == workspace["name"])
            return next((one for one in named if one.organization_id == organization_id), None)

        try:
            received = await self._scope.call(CREATE_WORKSPACE, body=workspace, organization_id=organization_id)
            return received.object(TrackWorkspace)
        except LOST as lost:
            return await look_up(lost, find)

    async def _list_workspaces(self) -> tuple[TrackWorkspace, ...]:
        """All one can see; without a search term, whose name is open, the search may refuse."""
        try:
            return await self.search_workspaces()
        except Refused:
            return await self.list_my_workspaces()

    async def get_me(self) -> Me:
        """Companion: who the Track credential belongs to."""
        return (await self._scope.call(GET_ME)).object(Me)

    async def list_my_workspaces(self) -> tuple[TrackWorkspace, ...]:
        """Companion: one's workspaces in Track, with their organizations."""
        return (await self._scope.call(LIST_MY_WORKSPACES)).array(TrackWorkspace)

    async def get_my_quota(self) -> tuple[QuotaLeft, ...]:
        """Companion: what Track says is left of each organization's calls."""
        return (await self._scope.call(GET_MY_QUOTA)).array(QuotaLeft)

    async def get_my_settings(self) -> MySettings:
        """Companion: one's settings in Focus, with the workspace one uses."""
        return (await self._scope.call(GET_MY_SETTINGS)).object(MySettings)

    async def get_workspace_context(self, workspace_id: int) -> WorkspaceContext:
        """Companion: the organization of a Focus workspace; may be forbidden."""
        return (await self._scope.call(GET_WORKSPACE_CONTEXT, workspace_id=workspace_id)).object(WorkspaceContext)
