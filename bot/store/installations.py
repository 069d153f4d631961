"""The Slack workspaces and organizations where the app is installed, with their bot tokens."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlmodel import col, delete, select

from bot.store.store import Session
from bot.store.tables import InstallationRow
from bot.store.upserts import insert


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """One installation. `tenant_id` is the enterprise's id when it is for the whole organization, else the team's."""

    tenant_id: str
    bot_token: str = field(repr=False)
    installed_at: datetime
    team_id: str | None = None
    enterprise_id: str | None = None
    is_enterprise_install: bool = False
    app_id: str | None = None
    bot_id: str | None = None
    bot_user_id: str | None = None
    scopes: str = ""
    installer_user_id: str | None = None
    refresh_token: str | None = field(default=None, repr=False)
    token_expires_at: datetime | None = None


def _owner(tenant_id: str, column: str) -> str:
    return f"installation:{tenant_id}:{column}"


def _opened(db: Session, row: InstallationRow) -> Installation:
    plain = row.model_dump(exclude={"id", "bot_token", "refresh_token"})
    return Installation(
        **plain,
        bot_token=db.cipher.open(_owner(row.tenant_id, "bot_token"), row.bot_token),
        refresh_token=row.refresh_token and db.cipher.open(_owner(row.tenant_id, "refresh_token"), row.refresh_token),
    )


async def save(db: Session, installation: Installation) -> None:
    """Keep `installation`, in the place of an earlier one of the same tenant."""
    values = asdict(installation)
    for column in ("bot_token", "refresh_token"):
        if values[column] is not None:
            values[column] = db.cipher.seal(_owner(installation.tenant_id, column), values[column])
    new = insert(db, InstallationRow).values(**values)
    await db.exec(new.on_conflict_do_update(index_elements=["tenant_id"], set_=values))


async def find(db: Session, *, tenant_id: str) -> Installation | None:
    """The installation of `tenant_id`. Raises KeyLost, SealBrokenError."""
    row = await find_row(db, tenant_id=tenant_id)
    return _opened(db, row) if row else None


async def find_row(db: Session, *, tenant_id: str) -> InstallationRow | None:
    """The installation of `tenant_id` with its secrets as they are stored: sealed."""
    return (await db.exec(select(InstallationRow).where(InstallationRow.tenant_id == tenant_id))).first()


async def find_for(db: Session, *, team_id: str | None, enterprise_id: str | None) -> Installation | None:
    """The installation that serves a request from this team: that of its whole organization before its own."""
    names = [name for name in (team_id, enterprise_id) if name]
    rows = select(InstallationRow).where(col(InstallationRow.tenant_id).in_(names))
    row = (await db.exec(rows.order_by(col(InstallationRow.is_enterprise_install).desc()))).first()
    return _opened(db, row) if row else None


async def forget(db: Session, *, tenant_id: str) -> None:
    """Delete the installation; `forget_tenant` also deletes what people there left."""
    await db.exec(delete(InstallationRow).where(col(InstallationRow.tenant_id) == tenant_id))
