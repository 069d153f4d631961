"""Workspaces as Toggl Track knows them, with their rules and figures, and what tells a workspace's organization.

Track states no format for its timestamps: they are kept as Toggl wrote them.
"""

from decimal import Decimal

from bot.toggl.models.answer import Answer, Minutes, Seconds


class Constraints(Answer, frozen=True, kw_only=True):
    """What a time entry must have before Toggl takes it; they count only while `time_entry_constraints_enabled`."""

    description_present: bool | None = None
    project_present: bool | None = None
    tag_present: bool | None = None
    task_present: bool | None = None
    time_entry_constraints_enabled: bool | None = None


class CsvUpload(Answer, frozen=True, kw_only=True):
    """The last import."""

    at: str | None = None
    log_id: int | None = None


class CardDetails(Answer, frozen=True, kw_only=True):
    """The card a subscription is paid with."""

    hidden = frozenset({"card_number", "holder_name", "expiry_date"})

    added_at: str | None = None
    card_number: str | None = None
    card_type: str | None = None
    creator_id: int | None = None
    creator_name: str | None = None
    expiry_date: str | None = None
    holder_name: str | None = None


class ContactDetail(Answer, frozen=True, kw_only=True):
    """Whom an invoice goes to."""

    hidden = frozenset({"contact_email", "vat_number"})

    company_address: str | None = None
    company_city: str | None = None
    company_name: str | None = None
    contact_detail_id: int | None = None
    contact_email: str | None = None
    contact_person: str | None = None
    country_id: int | None = None
    country_subdivision_id: int | None = None
    created_at: str | None = None
    customer_id: int | None = None
    is_eu_resident: bool | None = None
    updated_at: str | None = None
    user_id: int | None = None
    vat_number: str | None = None
    vat_number_valid: bool | None = None
    vat_number_validated_at: str | None = None
    zip_code: str | None = None


class PaymentDetails(Answer, frozen=True, kw_only=True):
    """How a subscription is paid."""

    hidden = frozenset({"reference"})

    created_at: str | None = None
    currency: str | None = None
    customer_id: int | None = None
    payment_type: str | None = None
    reference: str | None = None
    user_id: int | None = None


class SubscriptionPeriod(Answer, frozen=True, kw_only=True):
    """One period of a subscription."""

    created_at: str | None = None
    finished_on: str | None = None
    started_on: str | None = None
    subscription_id: int | None = None
    subscription_period_id: int | None = None
    trial: bool | None = None
    user_count: int | None = None


class Subscription(Answer, frozen=True, kw_only=True):
    """What a workspace has bought."""

    auto_renew: bool | None = None
    card_details: CardDetails | None = None
    company_id: int | None = None
    contact_detail: ContactDetail | None = None
    created_at: str | None = None
    currency: str | None = None
    customer_id: int | None = None
    deleted_at: str | None = None
    last_pricing_plan_id: int | None = None
    organization_id: int | None = None
    payment_details: PaymentDetails | None = None
    pricing_plan_id: int | None = None
    renewal_at: str | None = None
    subscription_id: int | None = None
    subscription_period: SubscriptionPeriod | None = None
    workspace_id: int | None = None


class TrackWorkspace(Answer, frozen=True, kw_only=True):
    """A workspace. `role` is the asker's: `admin`, `user`, `projectlead` or `teamlead`.

    `api_token` and `ical_url` let anybody in who knows them; no repr shows them.
    """

    hidden = frozenset({"api_token", "ical_url"})

    id: int | None = None
    organization_id: int | None = None
    name: str | None = None
    role: str | None = None
    admin: bool | None = None
    permissions: tuple[str, ...] | str | None = None
    api_token: str | None = None
    at: str | None = None
    business_ws: bool | None = None
    csv_upload: CsvUpload | None = None
    default_currency: str | None = None
    default_hourly_rate: Decimal | None = None
    hide_start_end_times: bool | None = None
    ical_enabled: bool | None = None
    ical_url: str | None = None
    last_modified: str | None = None
    limit_public_project_data: bool | None = None
    logo_url: str | None = None
    max_data_retention_days: int | None = None
    only_admins_may_create_projects: bool | None = None
    only_admins_may_create_tags: bool | None = None
    only_admins_see_team_dashboard: bool | None = None
    premium: bool | None = None
    profile: int | None = None
    projects_billable_by_default: bool | None = None
    projects_enforce_billable: bool | None = None
    projects_private_by_default: bool | None = None
    rate_last_updated: str | None = None
    reports_collapse: bool | None = None
    rounding: int | None = None
    rounding_minutes: Minutes | None = None
    subscription: Subscription | None = None
    suspended_at: str | None = None
    te_constraints: Constraints | None = None
    working_hours_in_minutes: Minutes | None = None


class StatisticsAdmin(Answer, frozen=True, kw_only=True):
    """An admin of the workspace."""

    name: str | None = None
    user_id: int | None = None


class Statistics(Answer, frozen=True, kw_only=True):
    """The workspace's admins, and how many members and groups it has."""

    admins: tuple[StatisticsAdmin, ...] | None = None
    groups_count: int | None = None
    members_count: int | None = None


class WorkspaceContext(Answer, frozen=True, kw_only=True):
    """Companion: which organization a workspace belongs to."""

    organization_id: int | None = None
    workspace_id: int | None = None


class MySettings(Answer, frozen=True, kw_only=True):
    """Companion: one's settings in Focus, as far as needed."""

    current_workspace_id: int | None = None


class Me(Answer, frozen=True, kw_only=True):
    """Companion: who one is in Track, as far as needed. `id` is what a reminder's `user_ids` mean."""

    hidden = frozenset({"api_token"})

    id: int | None = None
    email: str | None = None
    fullname: str | None = None
    timezone: str | None = None
    default_workspace_id: int | None = None
    beginning_of_week: int | None = None
    api_token: str | None = None


class QuotaLeft(Answer, frozen=True, kw_only=True):
    """Companion: what is left of one organization's hourly calls."""

    organization_id: int | None = None
    remaining: int | None = None
    resets_in_secs: Seconds | None = None
    total: int | None = None
