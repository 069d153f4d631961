"""What was changed in a Toggl workspace through the bot, and what people asked its admins to do."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from bot.store.columns import Moment
from bot.store.tables.base import AUTOINCREMENT, Table


class AuditRow(Table, table=True):
    """One administrative change: two rows, one when it begins and one with what came of it, of the same `attempt`.

    The database itself refuses to change a row, and to delete one but within `store.audit`. Who did it is named by
    their id in Slack, not by their account: the log outlasts that. `before` and `after` are JSON, null where there was
    nothing; `reason` is why nothing or not all was done, plain text.
    """

    __tablename__ = "audit_log"
    __table_args__ = (
        Index(None, "organization_id", "at"),
        Index(None, "attempt"),
        Index(None, "subject", "subject_id"),
        AUTOINCREMENT,
    )

    id: int = Field(default=None, primary_key=True)
    attempt: str
    at: datetime = Field(sa_type=Moment, index=True)
    tenant_id: str = Field(index=True)
    team_id: str
    user_id: str
    who: str
    asked_by_user_id: str | None = None
    organization_id: int = Field(sa_type=BigInteger)
    focus_id: int | None = Field(default=None, sa_type=BigInteger)
    track_id: int | None = Field(default=None, sa_type=BigInteger)
    kind: str
    subject: str
    subject_id: str
    name: str
    before: str | None = None
    after: str | None = None
    result: str
    reason: str = ""


class AuditErasure(Table, table=True):
    """While a unit of work has a row here, and only then, the database lets it delete from the audit log."""

    __tablename__ = "audit_erasures"
    __table_args__ = AUTOINCREMENT

    id: int = Field(default=None, primary_key=True)


class AdminRequest(Table, table=True):
    """Something that Toggl did not allow a person to do, for an admin of the workspace to do with their own rights.

    `step` is JSON of a step of `services.undo`: what is to be done. `id` travels in buttons.
    """

    __tablename__ = "admin_requests"

    id: str = Field(primary_key=True)
    account_id: int = Field(foreign_key="accounts.id", ondelete="CASCADE", index=True)
    tenant_id: str
    user_id: str
    organization_id: int = Field(sa_type=BigInteger)
    focus_id: int | None = Field(default=None, sa_type=BigInteger)
    track_id: int | None = Field(default=None, sa_type=BigInteger)
    step: str
    state: str
    created_at: datetime = Field(sa_type=Moment)
    asked_at: datetime | None = Field(default=None, sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment, index=True)
    decided_by_user_id: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    reason: str = ""
