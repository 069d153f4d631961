"""The Toggl workspaces of a person, and which of them they chose."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import false
from sqlmodel import col, delete, or_, select, update

from bot.store.store import Session
from bot.store.tables import Account, Workspace


async def save(
    db: Session,
    *,
    account_id: int,
    organization_id: int,
    name: str,
    focus_id: int | None = None,
    track_id: int | None = None,
    role: str | None = None,
) -> Workspace:
    """Keep a workspace by its id in Focus, in Track, or in both; one that is known by either id is brought up to date.

    Where Focus and Track turn out to speak of the same workspace, the two rows become one.
    Raises NoResultFound when the account was forgotten.
    """
    # Locked, so that two savings of one person's workspaces come one after the other.
    account = (await db.exec(select(Account).where(Account.id == account_id).with_for_update())).one()
    kept, *others = await _known(db, account_id, focus_id=focus_id, track_id=track_id) or [
        Workspace(account_id=account_id, organization_id=organization_id, name=name)
    ]
    for other in others:
        focus_id, track_id = focus_id or other.focus_id, track_id or other.track_id
        if account.workspace_id == other.id:
            account.workspace_id = kept.id
        await db.delete(other)
        await db.flush()
    kept.organization_id, kept.name, kept.role = organization_id, name, role or kept.role
    kept.focus_id, kept.track_id = focus_id or kept.focus_id, track_id or kept.track_id
    db.add(kept)
    await db.flush()
    return kept


async def _known(db: Session, account_id: int, *, focus_id: int | None, track_id: int | None) -> Sequence[Workspace]:
    same = [col(Workspace.focus_id) == focus_id] if focus_id is not None else []
    same += [col(Workspace.track_id) == track_id] if track_id is not None else []
    known = select(Workspace).where(Workspace.account_id == account_id, or_(false(), *same))
    return (await db.exec(known.order_by(col(Workspace.id)))).all()


async def choose(db: Session, *, account_id: int, workspace_id: int) -> bool:
    """Make `workspace_id` the one that the person's commands act in. False if it is not one of theirs."""
    theirs = select(Workspace.id).where(Workspace.id == workspace_id, Workspace.account_id == account_id).exists()
    chosen = update(Account).where(col(Account.id) == account_id, theirs).values(workspace_id=workspace_id)
    return (await db.exec(chosen)).rowcount == 1


async def find_chosen(db: Session, *, account_id: int) -> Workspace | None:
    """The workspace the person chose."""
    chosen = select(Workspace).join(Account, col(Account.workspace_id) == col(Workspace.id))
    return (await db.exec(chosen.where(Account.id == account_id))).first()


async def find_current(db: Session, *, account_id: int, workspace_id: int | None) -> Workspace | None:
    """The person's workspace `workspace_id`; for None, the one they chose."""
    if workspace_id is None:
        return await find_chosen(db, account_id=account_id)
    theirs = select(Workspace).where(Workspace.id == workspace_id, Workspace.account_id == account_id)
    return (await db.exec(theirs)).first()


async def set_role(db: Session, *, workspace_id: int, role: str | None) -> None:
    """Keep what Toggl last called the person in one of their workspaces."""
    await db.exec(update(Workspace).where(col(Workspace.id) == workspace_id).values(role=role))


async def find_in_focus(db: Session, *, account_id: int, focus_id: int) -> Workspace | None:
    """The person's workspace with this number in Focus."""
    theirs = select(Workspace).where(Workspace.account_id == account_id, Workspace.focus_id == focus_id)
    return (await db.exec(theirs)).first()


async def for_account(db: Session, *, account_id: int) -> Sequence[Workspace]:
    """The person's workspaces, by name."""
    theirs = select(Workspace).where(Workspace.account_id == account_id)
    return (await db.exec(theirs.order_by(col(Workspace.name), col(Workspace.id)))).all()


async def forget(db: Session, *, account_id: int, workspace_id: int) -> None:
    """Delete one workspace of the person's; if it was the chosen one, none is chosen."""
    await db.exec(delete(Workspace).where(col(Workspace.id) == workspace_id, col(Workspace.account_id) == account_id))
