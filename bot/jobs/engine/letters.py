"""A post that waits, with everything that was read for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.dispatcher.posting import Posted
from bot.store import Account, KeyLost, SealBrokenError, Session, accounts, deliveries
from bot.store.tables import Delivery
from bot.store.tables.schedules import WAITING


@dataclass(frozen=True, slots=True)
class Letter:
    """A post. `content` is None where it cannot be read any more.

    `original` is what it replaces, `parent` what it answers. `superseded` tells that a later post waits to replace the
    same message.
    """

    row: Delivery
    content: Mapping[str, Any] | None = field(repr=False)
    account: Account | None
    original: Delivery | None
    parent: Delivery | None
    superseded: bool

    @property
    def place(self) -> str:
        """Where it goes: a person's id stands for their DM."""
        return self.account.user_id if self.account else self.row.channel_id or ""

    @property
    def replaced(self) -> Posted | None:
        """The message that it replaces, if there is one."""
        return _posted(self.original)

    @property
    def thread_ts(self) -> str | None:
        """The thread that it belongs into, if there is one."""
        parent = _posted(self.parent)
        return parent.ts if parent else None

    @property
    def early(self) -> bool:
        """Whether a post that it refers to still waits."""
        return any(
            other is not None and other.state == WAITING and other.id < self.row.id
            for other in (self.original, self.parent)
        )


async def find_letter(db: Session, delivery_id: int) -> Letter | None:
    """The post with this number; None where it does not wait any more."""
    row = await deliveries.find_by_id(db, delivery_id)
    if row is None or row.state != WAITING:
        return None
    try:
        content = deliveries.content(db, row)
    except (KeyLost, SealBrokenError, LookupError):
        content = None
    return Letter(
        row=row,
        content=content,
        account=None if row.account_id is None else await accounts.find_by_id(db, row.account_id),
        original=await _find(db, row, row.edit_of),
        parent=await _find(db, row, row.thread_of),
        superseded=row.edit_of is not None and await deliveries.replaced_by_newer(db, row),
    )


async def _find(db: Session, row: Delivery, key: str | None) -> Delivery | None:
    return None if key is None else await deliveries.find(db, tenant_id=row.tenant_id, key=key)


def _posted(row: Delivery | None) -> Posted | None:
    if row is None or row.ts is None or row.channel_id is None:
        return None
    return Posted(row.channel_id, row.ts)
