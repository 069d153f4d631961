"""The seeded company, the same for the same time and seed: people, projects, tasks, and what hangs on them.

Credentials, by handle (`admin`, `member`, `lena`…): Focus key `toggl_sk_<handle>`, e-mail `<handle>@nordlicht.example`
with password `<handle>-password`; Track token 32 × `a` for the admin, 32 × `b` for the member, for the others the
first 32 hex digits of the SHA-256 of the handle.
"""

from __future__ import annotations

import functools
import hashlib
import random
from datetime import date, datetime, timedelta

import msgspec

from bot.local.toggl import company_hours
from bot.local.toggl import company_names as names
from bot.local.toggl.records import (
    Alert,
    Constraints,
    DayOff,
    FixedFee,
    Member,
    Named,
    Organization,
    Person,
    Plan,
    Project,
    Rate,
    Reminder,
    Settings,
    State,
    Status,
    Task,
    Workspace,
)

FIRST_ID = 7_000_001
_TOKENS = {"admin": "a" * 32, "member": "b" * 32}
_COLORS = ("#0b83d9", "#9e5bd9", "#d94182", "#e36a00", "#bf7000", "#2da608", "#06a893", "#c9806b", "#465bb3", "#566614")


def state(
    now: datetime, seed: int, *, shared_ids: bool = True, people: tuple[names.Somebody, ...] = names.PEOPLE
) -> State:
    """The company at `now` (aware, UTC). Without `shared_ids` the products number their workspaces differently."""
    company = _Company(now, seed, people)
    company.found(shared_ids=shared_ids)
    main, second = company.state.workspaces.values()
    company.work(main, names.PROJECTS)
    company.work(second, names.LABS_PROJECTS)
    company.rates_and_reminders(main)
    company.days_off()
    if people is names.THE_DEMOS:
        company.invite(names.INVITED, main)
    for somebody in people:
        person = company.people[somebody.handle]
        if somebody.handle != names.DEACTIVATED:
            tasks = company.tasks_of(person, main)
            always = somebody.handle in _TOKENS
            company_hours.fill(company.state, person, tasks, now, seed, always=always)
    return company.state


@functools.lru_cache(maxsize=2)
def encoded(now: datetime, seed: int, *, shared_ids: bool, people: tuple[names.Somebody, ...]) -> bytes:
    """The same as JSON, remembered: reading it is several times faster, and tests found the company often."""
    return msgspec.json.encode(state(now, seed, shared_ids=shared_ids, people=people))


class _Company:
    """A state while it is put together."""

    def __init__(self, now: datetime, seed: int, who: tuple[names.Somebody, ...]) -> None:
        self.now = now
        self.who = who
        self.long_ago = (now - timedelta(days=400)).replace(microsecond=0)
        self.dice = random.Random(seed)  # noqa: S311 (a story, not a secret)
        self.state = State(next_id=FIRST_ID)
        self.people: dict[str, Person] = {}
        self.groups: dict[str, Named] = {}

    def new_id(self) -> int:
        """The next number."""
        self.state.next_id += 1
        return self.state.next_id - 1

    def found(self, *, shared_ids: bool) -> None:
        """The organization, both workspaces, the people and their groups."""
        organization = Organization(id=self.new_id(), name=names.ORGANIZATION, plan="premium")
        self.state.organizations[organization.id] = organization
        main = self._workspace(organization, names.MAIN_WORKSPACE, "premium", shared_ids=shared_ids)
        second = self._workspace(organization, names.SECOND_WORKSPACE, "free", shared_ids=shared_ids)
        for name in names.GROUPS:
            group = Named(id=self.new_id(), workspace_id=main.id, name=name)
            self.groups[name] = self.state.groups[group.id] = group
        for somebody in self.who:
            person = self._person(somebody, organization, main)
            self._member(somebody, person, main)
            if somebody.handle in names.ALSO_IN_SECOND_WORKSPACE:
                self._member(somebody, person, second)

    def invite(self, somebody: names.Somebody, workspace: Workspace) -> None:
        """Somebody who has not accepted yet."""
        organization = self.state.organizations[workspace.organization_id]
        self._member(somebody, self._person(somebody, organization, workspace), workspace)
        member = list(self.state.members.values())[-1]
        member.accepted = False

    def work(self, workspace: Workspace, projects: tuple[names.Work, ...]) -> None:
        """Statuses, tags, clients, projects and tasks of a workspace."""
        is_main = workspace.name == names.MAIN_WORKSPACE
        for position, (name, emoji, kind, default) in enumerate(names.STATUSES, start=1):
            if default or is_main:
                status = Status(
                    id=self.new_id(), workspace_id=workspace.id, name=name, emoji=emoji, position=position,
                    type=kind, default=default, created_at=self.long_ago, updated_at=self.long_ago,
                )  # fmt: skip
                self.state.statuses[status.id] = status
        for name, color in names.TAGS if is_main else ():
            tag = Named(id=self.new_id(), workspace_id=workspace.id, name=name, color=color)
            self.state.tags[tag.id] = tag
        clients = {name: Named(id=self.new_id(), workspace_id=workspace.id, name=name)
                   for name in dict.fromkeys(work.client for work in projects if work.client)}  # fmt: skip
        self.state.clients.update({client.id: client for client in clients.values()})
        made: dict[str, Project] = {}
        for work in projects:
            made[work.name] = self._project(workspace, work, clients, made)
            for name in work.tasks:
                self._task(workspace, made[work.name], name)

    def _workspace(self, organization: Organization, name: str, plan: Plan, *, shared_ids: bool) -> Workspace:
        number = self.new_id()
        workspace = Workspace(
            id=number,
            track_id=number if shared_ids else self.new_id(),
            organization_id=organization.id,
            name=name,
            plan=plan,
            settings=Settings(default_currency="EUR", projects_private_by_default=False),
            constraints=Constraints(),
            updated_at=self.long_ago,
        )
        self.state.workspaces[number] = workspace
        return workspace

    def _person(self, somebody: names.Somebody, organization: Organization, main: Workspace) -> Person:
        handle = somebody.handle
        person = Person(
            id=self.new_id(),
            focus_id=self.new_id(),
            handle=handle,
            name=somebody.name,
            email=f"{handle}@nordlicht.example",
            password=f"{handle}-password",
            focus_key=f"toggl_sk_{handle}",
            track_token=_TOKENS.get(handle, hashlib.sha256(handle.encode()).hexdigest()[:32]),
            zone=somebody.zone,
            organization_id=organization.id,
            current_workspace_id=main.id,
            organization_admin=handle == names.ORGANIZATION_ADMIN,
        )
        self.people[handle] = self.state.people[person.id] = person
        return person

    def _member(self, somebody: names.Somebody, person: Person, workspace: Workspace) -> None:
        is_main = workspace.name == names.MAIN_WORKSPACE
        member = Member(
            id=self.new_id(),
            workspace_id=workspace.id,
            person_id=person.id,
            role=somebody.role,
            updated_at=self.long_ago,
            group_ids=[self.groups[somebody.group].id] if is_main else [],
            inactive=somebody.handle == names.DEACTIVATED,
            working_hours_in_minutes=somebody.minutes,
            rate=float(self.dice.choice((85, 95, 110, 120))) if is_main else None,
            labor_cost=float(self.dice.choice((38, 44, 52))) if is_main else None,
        )
        self.state.members[member.id] = member

    def _project(
        self, workspace: Workspace, work: names.Work, clients: dict[str, Named], made: dict[str, Project]
    ) -> Project:
        creator = self.people[self.dice.choice(("admin", "lena", "grace", "sofia"))]
        start = (self.now - timedelta(days=self.dice.randrange(30, 200))).date()
        private = "private" in work.marks
        team = self.dice.sample([person for person in self.people if person != names.DEACTIVATED], 4)
        members = ["admin", "sofia"] if private else team
        project = Project(
            id=self.new_id(),
            workspace_id=workspace.id,
            name=work.name,
            toggl_user_id=self.people["admin"].focus_id if private else creator.focus_id,
            client_id=clients[work.client].id if work.client else None,
            color=self.dice.choice(_COLORS),
            start_date=start,
            end_date=start + timedelta(days=self.dice.randrange(90, 300)) if work.hours else None,
            estimated_mins=work.hours * 60 if work.hours else None,
            fixed_fee=FixedFee(amount=float(work.hours or 10) * 100, currency="EUR") if "fee" in work.marks else None,
            parent_project_id=made[work.parent].id if work.parent else None,
            pinned="pinned" in work.marks,
            private=private,
            billable=work.client is not None,
            users={self.people[handle].focus_id: place == 0 for place, handle in enumerate(members)},
            created_at=self.long_ago,
            updated_at=self.long_ago,
            archived_at=self.now - timedelta(days=20) if "archived" in work.marks else None,
        )
        if not private and self.groups and work.client:
            project.groups[self.groups[self.dice.choice(names.GROUPS)].id] = False
        self.state.projects[project.id] = project
        return project

    def _task(self, workspace: Workspace, project: Project, name: str) -> None:
        statuses = [status for status in self.state.statuses.values() if status.workspace_id == workspace.id]
        tags = [tag.id for tag in self.state.tags.values() if tag.workspace_id == workspace.id]
        assignees = sorted(project.users)
        task = Task(
            id=self.new_id(),
            workspace_id=workspace.id,
            name=name,
            toggl_user_id=project.toggl_user_id,
            status_id=self.dice.choice(statuses[:3] or statuses).id,
            project_id=project.id,
            assignee_user_ids=[self.dice.choice(assignees)] if assignees else [],
            estimated_mins=self.dice.choice((None, 60, 120, 240, 480, 960)),
            billable=project.billable,
            position=len(self.state.tasks) + 1,
            priority=self.dice.choice(("none", "none", "low", "medium", "high")),
            tag_ids=[self.dice.choice(tags)] if tags and self.dice.random() < 0.3 else [],  # noqa: PLR2004 (a chance)
            pinned=name == "Write report",
            created_at=self.long_ago,
            updated_at=self.long_ago,
            archived_at=project.archived_at,
        )
        self.state.tasks[task.id] = task

    def rates_and_reminders(self, workspace: Workspace) -> None:
        """A rate at every level, two alerts, a daily and a weekly reminder."""
        admin = self.people["admin"]
        project = next(project for project in self.state.projects.values() if project.name == "Booking App")
        member = next(member for member in self.state.members.values() if member.person_id == self.people["lena"].id)
        task = next(task for task in self.state.tasks.values() if task.name == "Payment provider")
        member.rate = 110.0
        for level, level_id, amount in (
            ("workspace", workspace.track_id, 95.0),
            ("workspace_user", member.id, 110.0),
            ("project", project.id, 120.0),
            ("task", task.id, 130.0),
        ):
            rate = Rate(
                id=self.new_id(), workspace_id=workspace.id, level=level, level_id=level_id, type="billable_rates",
                amount=amount, creator_id=admin.id, start=self.long_ago, created_at=self.long_ago,
                updated_at=self.long_ago, mode="override-all",
            )  # fmt: skip
            self.state.rates[rate.id] = rate
        for threshold in (80, 100):
            alert = Alert(
                id=self.new_id(),
                workspace_id=workspace.id,
                fields={
                    "object_type": 1, "project_id": project.id, "receivers": 1, "source_kind": "estimate",
                    "threshold_type": "percentage", "thresholds": [threshold],
                },
            )  # fmt: skip
            self.state.alerts[alert.id] = alert
        everybody = [person.id for handle, person in self.people.items() if handle != names.DEACTIVATED]
        for frequency, threshold, users, groups in ((1, 6, [], ["Design"]), (7, 30, everybody, [])):
            reminder = Reminder(
                id=self.new_id(), workspace_id=workspace.id, frequency=frequency, threshold=float(threshold),
                created_at=self.long_ago, user_ids=users, group_ids=[self.groups[name].id for name in groups],
            )  # fmt: skip
            self.state.reminders[reminder.id] = reminder

    def days_off(self) -> None:
        """The fixed holidays of this year and the next, and somebody on holiday."""
        organization_id = next(iter(self.state.organizations))
        fixed = ((1, 1, "New Year"), (5, 1, "Labour Day"), (12, 25, "Christmas Day"), (12, 26, "Boxing Day"))
        days = [
            (date(year, month, day), name) for year in (self.now.year, self.now.year + 1) for month, day, name in fixed
        ]
        for when, name in days:
            off = DayOff(id=self.new_id(), organization_id=organization_id, name=name, start_date=when, end_date=when)
            self.state.days_off[off.id] = off
        first = self.now.date() + timedelta(days=3)
        away = DayOff(
            id=self.new_id(), organization_id=organization_id, name="Vacation", start_date=first,
            end_date=first + timedelta(days=6), toggl_user_id=self.people["emil"].focus_id,
        )  # fmt: skip
        self.state.days_off[away.id] = away

    def tasks_of(self, person: Person, workspace: Workspace) -> list[Task]:
        """About seven tasks on which a person spends their time."""
        private = {project.id for project in self.state.projects.values() if project.private}
        every = [
            task for task in self.state.tasks.values()
            if task.workspace_id == workspace.id and task.archived_at is None and task.project_id not in private
        ]  # fmt: skip
        dice = random.Random(person.handle)  # noqa: S311 (as above)
        usual = [task for task in every if task.name in {"Stand-up", "Write report", "Plan the week"}]
        return usual + dice.sample(every, 6)
