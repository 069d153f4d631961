"""The Slack workspaces and organizations where the app is installed, with their bot tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlmodel import col, delete, or_, select, update

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
    plain = row.model_dump(exclude={"id", "bot_token", "refresh_token", "renewing_until"})
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
    values["renewing_until"] = None
    new = insert(db, InstallationRow).values(**values)
    await db.exec(new.on_conflict_do_update(index_elements=["tenant_id"], set_=values))


async def find(db: Session, *, tenant_id: str) -> Installation | None:
    """The installation of `tenant_id`. Raises KeyLost, SealBrokenError."""
    row = await find_row(db, tenant_id=tenant_id)
    return _opened(db, row) if row else None


async def find_row(db: Session, *, tenant_id: str) -> InstallationRow | None:
    """The installation of `tenant_id` with its secrets as they are stored: sealed."""
    return (await db.exec(select(InstallationRow).where(InstallationRow.tenant_id == tenant_id))).first()


async def everyone(db: Session) -> Sequence[InstallationRow]:
    """Every installation, with its secrets as they are stored: sealed."""
    return (await db.exec(select(InstallationRow).order_by(InstallationRow.tenant_id))).all()


async def claim_renewal(db: Session, *, tenant_id: str, expires_at: datetime, now: datetime, until: datetime) -> bool:
    """Whether the caller is the one to renew the token that ends at `expires_at`; nobody else is before `until`."""
    claim = (
        update(InstallationRow)
        .where(col(InstallationRow.tenant_id) == tenant_id)
        .where(col(InstallationRow.token_expires_at) == expires_at)
        .where(or_(col(InstallationRow.renewing_until).is_(None), col(InstallationRow.renewing_until) <= now))
        .values(renewing_until=until)
    )
    return (await db.exec(claim)).rowcount == 1


async def renew(db: Session, installation: Installation, *, expires_at: datetime) -> None:
    """Keep the tokens that Slack gave in exchange for those that end at `expires_at`.

    Nothing is kept where the app was removed or installed anew meanwhile.
    """
    tenant_id = installation.tenant_id
    sealed = {"bot_token": installation.bot_token, "refresh_token": installation.refresh_token}
    values = {name: token and db.cipher.seal(_owner(tenant_id, name), token) for name, token in sealed.items()}
    row = update(InstallationRow).where(col(InstallationRow.tenant_id) == tenant_id)
    row = row.where(col(InstallationRow.token_expires_at) == expires_at)
    await db.exec(row.values(**values, token_expires_at=installation.token_expires_at, renewing_until=None))


async def forget(db: Session, *, tenant_id: str) -> None:
    """Delete the installation; `forget_tenant` also deletes what people there left."""
    await db.exec(delete(InstallationRow).where(col(InstallationRow.tenant_id) == tenant_id))
