"""The roles there are, with the numbers by which both products name them."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from bot.local.toggl.records import WorkspaceRole


class Role(NamedTuple):
    """A role; `entity` says of what."""

    role_id: int
    code: str
    name: str
    entity: Literal["workspace", "project"]
    type: str = "system"


ROLES = (
    Role(1101, "admin", "Admin", "workspace"),
    Role(1102, "user", "Member", "workspace"),
    Role(1103, "projectlead", "Project lead", "workspace"),
    Role(1104, "teamlead", "Team lead", "workspace"),
    Role(1201, "project_manager", "Project manager", "project"),
    Role(1202, "project_member", "Project member", "project"),
)
PROJECT_MANAGER, PROJECT_MEMBER = 1201, 1202
WORKSPACE_ROLES: tuple[WorkspaceRole, ...] = get_args(WorkspaceRole)
WORKSPACE_ROLE_IDS: dict[WorkspaceRole, int] = {
    code: next(role.role_id for role in ROLES if role.code == code) for code in WORKSPACE_ROLES
}
