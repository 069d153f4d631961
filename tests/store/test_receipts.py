from __future__ import annotations

from datetime import datetime, timedelta

from bot.store import Account, Store, receipts, undo


async def test_the_last_receipts_come_newest_first_and_older_ones_are_forgotten(
    store: Store, ann: Account, bob: Account, now: datetime
) -> None:
    async with store.writing() as db:
        await receipts.add(db, account_id=bob.id, text="Bob's", undo_id=None, now=now)
        for number in range(receipts.KEPT + 2):
            await receipts.add(db, account_id=ann.id, text=f"Change {number}", undo_id=None, now=now)
    async with store.reading() as db:
        mine = await receipts.latest(db, account_id=ann.id, now=now)
        theirs = await receipts.latest(db, account_id=bob.id, now=now)
    assert [receipt.text for receipt, _ in mine] == [f"Change {number}" for number in (6, 5, 4, 3, 2)]
    assert [receipt.text for receipt, _ in theirs] == ["Bob's"]


async def test_a_receipt_says_whether_its_change_can_still_be_taken_back(
    store: Store, ann: Account, now: datetime
) -> None:
    async with store.writing() as db:
        for undo_id, minutes in (("fresh", 30), ("used", 30), ("late", 0)):
            until = now + timedelta(minutes=minutes)
            await undo.add(
                db, id=undo_id, account_id=ann.id, kind="stop", payload="{}", created_at=now, expires_at=until
            )
            await receipts.add(db, account_id=ann.id, text=undo_id, undo_id=undo_id, now=now)
        await receipts.add(db, account_id=ann.id, text="none", undo_id=None, now=now)
        await undo.claim(db, "used", account_id=ann.id, now=now)
        found = await receipts.latest(db, account_id=ann.id, now=now)
    assert [(receipt.text, usable) for receipt, usable in found] == [
        ("none", False),
        ("late", False),
        ("used", False),
        ("fresh", True),
    ]
