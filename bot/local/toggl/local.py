"""The local Toggl as an object: what tests do to it, and the control API of the same names."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from bot.local.toggl import company
from bot.local.toggl.call import Event, Profile
from bot.local.toggl.calls import Calls
from bot.local.toggl.company_names import PEOPLE, Somebody
from bot.local.toggl.deliveries import Deliveries
from bot.local.toggl.entry_shapes import entry_shape
from bot.local.toggl.faults import Fault, Faults
from bot.local.toggl.quota import CALLS_PER_HOUR, Allowance, LeakyBucket, Quotas
from bot.local.toggl.records import Entry, Person, Plan, State, Task, Workspace
from bot.local.toggl.routes import OPERATION_IDS
from bot.local.toggl.storage import Storage
from bot.local.toggl.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


BURST = 5
_DEMANDED = ("description", "project", "tag", "task")


class LocalToggl:
    """The state and the switches of one local Toggl.

    `profile` is the field of behaviour; `echoes` lets creations and changes whose page shows no body answer the object;
    `limited` turns Track's leaky bucket on; `clock` gives the time, `shift` is added to it.
    """

    def __init__(
        self,
        *,
        profile: Profile,
        clock: Callable[[], datetime],
        data: Path | None,
        seed: int,
        echoes: bool,
        shared_ids: bool,
        people: tuple[Somebody, ...] = PEOPLE,
    ) -> None:
        self.profile = profile
        self.echoes = echoes
        self.limited = True
        self.shift = timedelta()
        self.calls = Calls()
        self.faults = Faults()
        self.deliveries = Deliveries()
        self.quotas = Quotas()
        self.bucket = LeakyBucket(BURST)
        self._clock = clock
        self._seed = seed
        self._shared_ids = shared_ids
        self._people = people
        self.storage = Storage(data)
        state = self.storage.load()
        self.world = World(state) if state is not None else self._founded()
        if state is None:
            self.changed()

    def now(self) -> datetime:
        """The time here, in UTC."""
        return self._clock().astimezone(UTC) + self.shift

    def new_trace_id(self) -> str:
        """A fresh trace id of a refusal."""
        return secrets.token_hex(16)

    def changed(self, events: Sequence[Event] = ()) -> None:
        """Something changed: keep it, and let webhooks know of `events`."""
        self.deliveries.send(events, self.world, self.now())
        self.storage.save_soon(lambda: self.world.state)

    def reset(self) -> None:
        """Start anew: the seeded company, no calls, no faults, full quotas."""
        self.shift = timedelta()
        self.world = self._founded()
        self.calls.clear()
        self.faults.clear()
        self.quotas = Quotas()
        self.bucket = LeakyBucket(self.bucket.burst)
        self.changed()

    def _founded(self) -> World:
        encoded = company.encoded(self.now(), self._seed, shared_ids=self._shared_ids, people=self._people)
        return World(msgspec.json.decode(encoded, type=State))

    def person(self, who: str) -> Person:
        """The person with this handle, e-mail or name. Raises LookupError."""
        for person in self.world.state.people.values():
            if who in {person.handle, person.email, person.name}:
                return person
        raise LookupError(f"nobody here is {who!r}")

    def workspace(self, name: str | None = None) -> Workspace:
        """The workspace of this name; without one the main workspace. Raises LookupError."""
        for workspace in self.world.state.workspaces.values():
            if name is None or workspace.name == name:
                return workspace
        raise LookupError(f"no workspace is called {name!r}")

    def task(self, name: str) -> Task:
        """The first task of this name. Raises LookupError."""
        for task in self.world.state.tasks.values():
            if task.name == name and task.deleted_at is None:
                return task
        raise LookupError(f"no task is called {name!r}")

    def fail(self, operation: str | None = None, **fault: Any) -> None:
        """Let the next call (`times`) of an operation fail; see `Fault` for what can happen. Raises LookupError."""
        self.add_fault(Fault(operation=operation, **fault))

    def add_fault(self, fault: Fault) -> None:
        """Let something go wrong. Raises LookupError for an operation that is not here: it would wait for ever."""
        if fault.operation is not None and fault.operation not in OPERATION_IDS:
            raise LookupError(f"no operation is called {fault.operation!r}")
        self.faults.add(fault)

    def left(self, person: Person, organization_id: int) -> tuple[int, Allowance]:
        """The calls an hour of a person in an organization, and what is left of them."""
        total = CALLS_PER_HOUR[self.world.state.organizations[organization_id].plan]
        return total, self.quotas.peek((person.id, organization_id), total, self.now())

    def spend_quota(self, who: str, *, remaining: int = 0, me: bool = False) -> None:
        """Leave a person `remaining` calls of this hour: in the organization, or (`me`) of Track's `/me…`."""
        person = self.person(who)
        if me:
            self.quotas.leave((person.id, 0), 30, remaining, self.now())
            return
        total, _ = self.left(person, person.organization_id)
        self.quotas.leave((person.id, person.organization_id), total, remaining, self.now())

    def set_plan(self, plan: Plan, workspace: str | None = None) -> None:
        """Put a workspace, and the quota of its organization, on another plan."""
        changed = self.workspace(workspace)
        changed.plan = plan
        self.world.state.organizations[changed.organization_id].plan = plan

    def demand(self, *fields: str, workspace: str | None = None) -> None:
        """Make a workspace demand of every entry `description`, `project`, `tag` or `task`; nothing: demand nothing.

        Raises LookupError for anything else.
        """
        if unknown := set(fields).difference(_DEMANDED):
            raise LookupError(f"no entry can be without {', '.join(sorted(unknown))}")
        constraints = self.workspace(workspace).constraints
        for field in _DEMANDED:
            setattr(constraints, f"{field}_present", field in fields)
        constraints.time_entry_constraints_enabled = bool(fields)

    def running(self, who: str, workspace: str | None = None) -> Entry | None:
        """What runs for a person."""
        return self.world.find_running(self.workspace(workspace).id, self.person(who).focus_id)

    def entries(self, who: str, workspace: str | None = None) -> list[Entry]:
        """A person's undeleted entries, latest start first."""
        found = self.world.entries(self.workspace(workspace).id, self.person(who).focus_id)
        return sorted(found, key=lambda entry: entry.start, reverse=True)

    def start_elsewhere(self, who: str, task: str, *, at: datetime | None = None) -> Entry:
        """Start a timer on the task of this name as in Toggl's own app; what runs is stopped first."""
        found, person, start = self.task(task), self.person(who), (at or self.now()).astimezone(UTC)
        if self.world.find_running(found.workspace_id, person.focus_id) is not None:
            self.stop_elsewhere(who, at=start)
        return self.add_entry(who, task, start=start)

    def stop_elsewhere(self, who: str, *, at: datetime | None = None) -> Entry:
        """Stop a person's timer as in Toggl's own app. Raises LookupError when none runs."""
        running = self.running(who)
        if running is None:
            raise LookupError(f"nothing runs for {who!r}")
        end = (at or self.now()).astimezone(UTC)
        running.duration = max(0, (end - running.start) // timedelta(seconds=1))
        running.updated_at = self.now()
        self._changed_elsewhere("updated", running)
        return running

    def add_entry(self, who: str, task: str, *, start: datetime, duration: timedelta | None = None) -> Entry:
        """Put an entry there; without a `duration` it runs."""
        found, person = self.task(task), self.person(who)
        entry = Entry(
            id=self.world.new_id(),
            workspace_id=found.workspace_id,
            toggl_user_id=person.focus_id,
            task_id=found.id,
            project_id=found.project_id,
            type="activity",
            start=start.astimezone(UTC),
            duration=None if duration is None else duration // timedelta(seconds=1),
            timezone=person.zone,
            created_at=self.now(),
            updated_at=self.now(),
        )
        self.world.add_entry(entry)
        self._changed_elsewhere("created", entry)
        return entry

    def _changed_elsewhere(self, action: str, entry: Entry) -> None:
        shown = entry_shape(entry, self.world, self.profile)
        self.changed([Event(action, "time_entry", entry.workspace_id, shown)])
