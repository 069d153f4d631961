"""People in a workspace, as each product knows them. Their numbers differ: see each class."""

from bot.toggl.models.answer import Answer, Minutes


class WorkspaceUser(Answer, frozen=True, kw_only=True):
    """A person's membership (Track).

    `id` is the membership's, which PUT, PATCH and DELETE take; `user_id` is the person's. Whoever has the invitation's
    code or address gets in: no repr shows them.
    """

    hidden = frozenset({"invitation_code", "invite_url"})

    id: int | None = None
    user_id: int | None = None
    uid: int | None = None
    workspace_id: int | None = None
    wid: int | None = None
    name: str | None = None
    email: str | None = None
    role: str | None = None
    role_id: int | None = None
    admin: bool | None = None
    workspace_admin: bool | None = None
    organization_admin: bool | None = None
    active: bool | None = None
    inactive: bool | None = None
    at: str | None = None
    avatar_file_name: str | None = None
    group_ids: tuple[int, ...] | None = None
    invitation_code: str | None = None
    invite_url: str | None = None
    is_direct: bool | None = None
    labor_cost: float | None = None
    labor_cost_last_updated: str | None = None
    rate: float | None = None
    rate_last_updated: str | None = None
    timezone: str | None = None
    view_edit_billable_rates: bool | None = None
    view_edit_labor_costs: bool | None = None
    working_hours_in_minutes: Minutes | None = None


class User(Answer, frozen=True, kw_only=True):
    """A person in the workspace (Track). `id` is the person's."""

    id: int | None = None
    email: str | None = None
    fullname: str | None = None
    role: str | None = None
    inactive: bool | None = None
    is_active: bool | None = None
    is_admin: bool | None = None


class OrganizationUser(Answer, frozen=True, kw_only=True):
    """Companion: a person in the organization (Focus). `user_account_id` is `toggl_user_id` elsewhere in Focus."""

    id: int | None = None
    user_account_id: int | None = None
    name: str | None = None
    full_name: str | None = None
    fullname: str | None = None
    email: str | None = None
    role: str | None = None
    role_id: int | None = None

    @property
    def called(self) -> str | None:
        """The name, under whichever of its names it came."""
        return self.name or self.full_name or self.fullname


class Role(Answer, frozen=True, kw_only=True):
    """Companion: a role by the name the API gives it."""

    role_id: int | None = None
    code: str | None = None
    name: str | None = None
    entity: str | None = None
    type: str | None = None


class DayOff(Answer, frozen=True, kw_only=True):
    """Companion: a public holiday, or somebody's time off. Its shape is open: dates as Toggl wrote them."""

    id: int | None = None
    name: str | None = None
    date: str | None = None
    start_date: str | None = None
    end_date: str | None = None
    status: str | None = None
    user_account_id: int | None = None
    toggl_user_id: int | None = None
