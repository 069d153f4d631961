from __future__ import annotations

from datetime import datetime, timedelta

from bot.store import Account, Session, Store, deliveries, schedules
from bot.store.deliveries import Run


async def note(
    db: Session,
    now: datetime,
    name: str,
    *,
    kind: str = "k",
    team_id: str = "T1",
    channel_id: str | None = None,
    account_id: int | None = None,
) -> None:
    """Something that was left out, and is kept in the history under its name as the reason."""
    run = Run(name=name, kind=kind, tenant_id="T1", team_id=team_id, due_at=now)
    await deliveries.note(db, run, state="skipped", error=name, now=now, channel_id=channel_id, account_id=account_id)


async def test_a_person_sees_what_is_theirs_what_was_said_here_and_what_is_open_to_all(
    store: Store, ann: Account, bob: Account, now: datetime
) -> None:
    async with store.writing() as db:
        await note(db, now, "mine", account_id=ann.id, channel_id="D1")
        await note(db, now + timedelta(hours=1), "here", channel_id="C1")
        await note(db, now + timedelta(hours=2), "open", kind="stats", channel_id="C2")
        await note(db, now, "there", channel_id="C2")
        await note(db, now, "his", account_id=bob.id, channel_id="D2")
        await note(db, now, "his statistics", account_id=bob.id, kind="stats", channel_id="D2")
        await note(db, now, "nowhere", kind="stats")
        await note(db, now, "elsewhere", kind="stats", channel_id="C3", team_id="T2")

        found = await deliveries.seen_by(
            db, tenant_id="T1", team_id="T1", account_id=ann.id, channel_id="C1", kinds=("stats",)
        )
        alone = await deliveries.seen_by(
            db, tenant_id="T1", team_id="T1", account_id=ann.id, channel_id=None, kinds=("stats",)
        )
        newest = await deliveries.seen_by(
            db, tenant_id="T1", team_id="T1", account_id=ann.id, channel_id="C1", kinds=("stats",), limit=1
        )

    assert [row.error for row in found] == ["open", "here", "mine"]
    assert [row.error for row in alone] == ["open", "mine"]
    assert [row.error for row in newest] == ["open"]


async def test_schedules_of_a_team_are_those_of_one_kind_there(store: Store, now: datetime) -> None:
    async with store.writing() as db:
        for kind, team_id in (("stats", "T1"), ("stats", "T2"), ("digest", "T1"), ("stats", "T1")):
            await schedules.add(db, kind=kind, tenant_id="T1", team_id=team_id, due_at=now, now=now)
        found = await schedules.of_team(db, tenant_id="T1", team_id="T1", kind="stats")

    assert [row.id for row in found] == sorted(row.id for row in found)
    assert [(row.kind, row.team_id) for row in found] == [("stats", "T1")] * 2
