"""People: one account for each person in Slack, from their first contact until they leave."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlmodel import col, delete, func, select, update

from bot.store.store import Session
from bot.store.tables import Account, Channel, InstallationRow
from bot.store.upserts import insert


async def find(db: Session, *, tenant_id: str, user_id: str) -> Account | None:
    """The account of `user_id` in `tenant_id`."""
    return (await db.exec(select(Account).where(Account.tenant_id == tenant_id, Account.user_id == user_id))).first()


async def find_by_id(db: Session, account_id: int) -> Account | None:
    """The account `account_id`, unless it was forgotten since."""
    return await db.get(Account, account_id)


async def user_ids(db: Session, account_ids: Collection[int]) -> Mapping[int, str]:
    """The ids in Slack of those of these accounts that are there."""
    found = await db.exec(select(Account.id, Account.user_id).where(col(Account.id).in_(account_ids)))
    return dict(found.all())


async def count(db: Session, *, tenant_id: str, team_id: str) -> int:
    """How many people of one Slack workspace are known here."""
    theirs = select(func.count()).select_from(Account).where(Account.tenant_id == tenant_id, Account.team_id == team_id)
    return (await db.exec(theirs)).one()


async def get_or_create(
    db: Session,
    *,
    tenant_id: str,
    team_id: str,
    user_id: str,
    now: datetime,
    locale: str = "en-US",
    zone: str = "UTC",
) -> Account:
    """The person's account, made at `now` if this is their first contact; of several at once, one makes it."""
    new = insert(db, Account).values(
        tenant_id=tenant_id, team_id=team_id, user_id=user_id, locale=locale, zone=zone, created_at=now
    )
    await db.exec(new.on_conflict_do_nothing(index_elements=["tenant_id", "user_id"]))
    return (await db.exec(select(Account).where(Account.tenant_id == tenant_id, Account.user_id == user_id))).one()


async def update_profile(db: Session, *, account_id: int, locale: str, zone: str, now: datetime) -> None:
    """Keep what Slack said at `now` of the person's language (`en-US`) and IANA time zone."""
    await db.exec(
        update(Account).where(col(Account.id) == account_id).values(locale=locale, zone=zone, profile_read_at=now)
    )


async def note_home_opened(db: Session, *, account_id: int, now: datetime) -> None:
    """Keep that the person looked at their App Home at `now`."""
    await db.exec(update(Account).where(col(Account.id) == account_id).values(home_opened_at=now))


async def forget(db: Session, account_id: int) -> None:
    """Delete the person with everything that is theirs: credentials, workspaces, tickets, what could be undone.

    What they set for others stays, without their name.
    """
    person = await find_by_id(db, account_id)
    if person is None:
        return
    for table, column in (
        (Channel, col(Channel.set_by_user_id)),
        (InstallationRow, col(InstallationRow.installer_user_id)),
    ):
        theirs = update(table).where(col(table.tenant_id) == person.tenant_id, column == person.user_id)
        await db.exec(theirs.values({column: None}))
    await db.exec(delete(Account).where(col(Account.id) == account_id))
