from __future__ import annotations

from datetime import datetime

from bot.store import Account, Session, Store, accounts, consents, credentials, linked, workspaces


async def connect(db: Session, account: Account, now: datetime, kind: str = "focus_key", focus_id: int = 7) -> None:
    """Give somebody a credential and a workspace."""
    who = f"{account.id}/{kind}"
    await credentials.save(
        db, account_id=account.id, kind=kind, secret="s", label=account.user_id, fingerprint=who, now=now
    )
    await workspaces.save(db, account_id=account.id, organization_id=1, name="Studio", focus_id=focus_id)


async def test_colleagues_are_those_with_the_workspace_and_a_credential_that_works(
    store: Store, ann: Account, bob: Account, now: datetime
) -> None:
    async with store.writing() as db:
        team = {
            user_id: await accounts.get_or_create(db, tenant_id="T1", team_id=team_id, user_id=user_id, now=now)
            for user_id, team_id in (("UEVE", "T1"), ("UELSE", "T2"), ("UNEW", "T1"), ("UREFUSED", "T1"))
        }
        await connect(db, ann, now)
        await connect(db, ann, now, "track_token")
        await connect(db, bob, now)
        await connect(db, team["UEVE"], now, focus_id=8)
        await connect(db, team["UELSE"], now)
        await connect(db, team["UREFUSED"], now)
        refused = team["UREFUSED"].id
        await credentials.mark_refused(db, account_id=refused, fingerprint=f"{refused}/focus_key", now=now)
        await consents.give(db, account_id=bob.id, topic="statistics", now=now)
        await consents.give(db, account_id=ann.id, topic="team", now=now)

        found = await linked.of_workspace(db, tenant_id="T1", team_id="T1", focus_id=7, topic="statistics")

    assert [(one.user_id, one.kind, one.label, one.agreed_at) for one in found] == [
        ("UANN", "focus_key", "UANN", None),
        ("UANN", "track_token", "UANN", None),
        ("UBOB", "focus_key", "UBOB", now),
    ]


async def test_admins_are_those_whom_toggl_last_called_so(
    store: Store, ann: Account, bob: Account, now: datetime
) -> None:
    async with store.writing() as db:
        for account, role in ((ann, "admin"), (bob, "user")):
            await connect(db, account, now)
            row = await workspaces.find_in_focus(db, account_id=account.id, focus_id=7)
            assert row
            await workspaces.set_role(db, workspace_id=row.id, role=role)

        found = await linked.admins(db, tenant_id="T1", team_id="T1", focus_id=7)
        elsewhere = await linked.admins(db, tenant_id="T1", team_id="T1", focus_id=8)

    assert ([account.user_id for account in found], elsewhere) == (["UANN"], [])


async def test_people_are_found_by_their_accounts(store: Store, ann: Account, bob: Account) -> None:
    async with store.reading() as db:
        assert await accounts.user_ids(db, [ann.id, bob.id, 0]) == {ann.id: "UANN", bob.id: "UBOB"}
        assert await accounts.user_ids(db, []) == {}
