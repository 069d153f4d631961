"""The state of the local Toggl, with the look-ups that its operations need."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from bot.local.toggl.records import (
    Entry,
    Member,
    Person,
    Project,
    State,
    Status,
    StatusType,
    Task,
    Workspace,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


DEFAULT_STATUSES: tuple[tuple[str, str, StatusType], ...] = (
    ("To do", "📋", "todo"),
    ("In progress", "🚧", "in_progress"),
    ("Blocked", "⛔", "blocked"),
    ("Done", "✅", "done"),
)


class World:
    """All records, and indexes that are made anew when a state is loaded."""

    def __init__(self, state: State) -> None:
        self.state = state
        self._entries_of: defaultdict[tuple[int, int], dict[int, Entry]] = defaultdict(dict)
        for entry in state.entries.values():
            self._entries_of[entry.workspace_id, entry.toggl_user_id][entry.id] = entry
        self._by_focus_id = {person.focus_id: person for person in state.people.values()}
        self._by_track_id = {workspace.track_id: workspace for workspace in state.workspaces.values()}

    def new_id(self) -> int:
        """The next number; every table draws from the same row, so that numbers of two kinds never agree."""
        number = self.state.next_id
        self.state.next_id += 1
        return number

    def add_entry(self, entry: Entry) -> Entry:
        """Keep `entry`, and where to find it."""
        self.state.entries[entry.id] = entry
        self._entries_of[entry.workspace_id, entry.toggl_user_id][entry.id] = entry
        return entry

    def add_workspace(self, workspace: Workspace) -> None:
        """Keep `workspace`, to be found by either product's number."""
        self.state.workspaces[workspace.id] = workspace
        self._by_track_id[workspace.track_id] = workspace

    def add_default_statuses(self, workspace: Workspace, now: datetime) -> None:
        """Give a new workspace the four statuses that no workspace is without."""
        for position, (name, emoji, kind) in enumerate(DEFAULT_STATUSES, start=1):
            status = Status(
                id=self.new_id(),
                workspace_id=workspace.id,
                name=name,
                emoji=emoji,
                position=position,
                type=kind,
                default=True,
                created_at=now,
                updated_at=now,
            )
            self.state.statuses[status.id] = status

    def entries(self, workspace_id: int, focus_id: int) -> Iterator[Entry]:
        """The undeleted entries of one person in one workspace, oldest number first."""
        return (entry for entry in self._entries_of[workspace_id, focus_id].values() if entry.deleted_at is None)

    def find_running(self, workspace_id: int, focus_id: int) -> Entry | None:
        """The entry that runs for this person in this workspace."""
        return next((entry for entry in self.entries(workspace_id, focus_id) if entry.duration is None), None)

    def find_person(self, focus_id: int) -> Person | None:
        """The person whose `toggl_user_id` this is."""
        return self._by_focus_id.get(focus_id)

    def find_track_workspace(self, track_id: int) -> Workspace | None:
        """The workspace that has this number in Track."""
        return self._by_track_id.get(track_id)

    def members(self, workspace_id: int) -> Iterator[Member]:
        """Everybody who was not removed from the workspace, deactivated ones included."""
        return (
            member
            for member in self.state.members.values()
            if member.workspace_id == workspace_id and member.deleted_at is None
        )

    def find_member(self, workspace_id: int, person_id: int) -> Member | None:
        """How this person (Track number) belongs to the workspace."""
        return next((member for member in self.members(workspace_id) if member.person_id == person_id), None)

    def workspaces_of(self, person: Person) -> list[Workspace]:
        """Where the person is an active member."""
        return [
            self.state.workspaces[member.workspace_id]
            for member in self.state.members.values()
            if member.person_id == person.id and member.deleted_at is None and not member.inactive
        ]

    def sees_project(self, member: Member, project: Project) -> bool:
        """Whether a project is open to the member: public, theirs, one they or their group belong to, or an admin."""
        focus_id = self.state.people[member.person_id].focus_id
        return (
            not project.private
            or member.role == "admin"
            or project.toggl_user_id == focus_id
            or focus_id in project.users
            or any(group in project.groups for group in member.group_ids)
        )

    def manages_project(self, member: Member, project: Project) -> bool:
        """Whether the member may change a project: admins, its managers, its creator; project leads any they see."""
        focus_id = self.state.people[member.person_id].focus_id
        return (
            member.role == "admin"
            or project.toggl_user_id == focus_id
            or project.users.get(focus_id, False)
            or any(project.groups.get(group, False) for group in member.group_ids)
            or (member.role == "projectlead" and self.sees_project(member, project))
        )

    def sees_task(self, member: Member, task: Task) -> bool:
        """Whether a task is open to the member: by its project, and by its own privacy."""
        focus_id = self.state.people[member.person_id].focus_id
        if task.private and focus_id != task.toggl_user_id and focus_id not in task.assignee_user_ids:
            return False
        project = self.state.projects.get(task.project_id) if task.project_id else None
        return project is None or self.sees_project(member, project)
