from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from bot.store import Installation, SealBrokenError, Store, installations
from bot.store.tables import InstallationRow


@pytest.fixture
def installed(now: datetime) -> Installation:
    """The app in the workspace T1, of the enterprise E1."""
    return Installation(
        tenant_id="T1",
        team_id="T1",
        enterprise_id="E1",
        app_id="A1",
        bot_id="B1",
        bot_user_id="UBOT",
        bot_token="xoxb-one",
        refresh_token="xoxe-one",
        token_expires_at=now + timedelta(hours=12),
        scopes="chat:write,commands",
        installer_user_id="UANN",
        installed_at=now,
    )


async def _save(store: Store, *several: Installation) -> None:
    async with store.writing() as db:
        for installation in several:
            await installations.save(db, installation)


async def test_an_installation_comes_back_as_it_was_saved(store: Store, installed: Installation) -> None:
    plain = replace(installed, tenant_id="T2", refresh_token=None, token_expires_at=None)
    await _save(store, installed, plain)
    async with store.reading() as db:
        assert await installations.find(db, tenant_id="T1") == installed
        assert await installations.find(db, tenant_id="T2") == plain
        assert await installations.find(db, tenant_id="T3") is None


async def test_installing_again_replaces_everything(store: Store, installed: Installation) -> None:
    again = replace(installed, bot_token="xoxb-two", refresh_token=None, scopes="commands", bot_id=None)
    await _save(store, installed, again)
    async with store.reading() as db:
        assert await installations.find(db, tenant_id="T1") == again


async def test_a_forgotten_installation_is_gone(store: Store, installed: Installation) -> None:
    await _save(store, installed, replace(installed, tenant_id="T2"))
    async with store.writing() as db:
        await installations.forget(db, tenant_id="T1")
        assert await installations.find(db, tenant_id="T1") is None
        assert await installations.find(db, tenant_id="T2") is not None


async def test_a_token_moved_to_another_workspace_is_noticed(store: Store, installed: Installation) -> None:
    await _save(store, installed)
    async with store.writing() as db:
        row = (await db.exec(select(InstallationRow))).one()
        row.tenant_id = "T2"
    async with store.reading() as db:
        with pytest.raises(SealBrokenError):
            await installations.find(db, tenant_id="T2")


def test_an_installation_shows_no_token(installed: Installation) -> None:
    assert "xox" not in repr(installed)


async def test_one_of_several_renews_a_token_that_ends(store: Store, installed: Installation, now: datetime) -> None:
    await _save(store, installed)
    ends = installed.token_expires_at
    assert ends is not None
    soon = now + timedelta(seconds=30)

    async def claim(at: datetime, expires_at: datetime) -> bool:
        async with store.writing() as db:
            return await installations.claim_renewal(
                db, tenant_id="T1", expires_at=expires_at, now=at, until=at + timedelta(seconds=30)
            )

    assert sorted(await asyncio.gather(*(claim(now, ends) for _ in range(4)))) == [False, False, False, True]
    assert await claim(soon, ends)  # the first never came back
    later = ends + timedelta(hours=12)
    async with store.writing() as db:
        renewed = replace(installed, bot_token="xoxe.xoxb-2", refresh_token="xoxe-1-2", token_expires_at=later)
        await installations.renew(db, renewed, expires_at=ends)
        assert await installations.find(db, tenant_id="T1") == renewed
    assert not await claim(soon, ends)  # somebody who still knows the old token
    assert await claim(soon, later)


async def test_an_installation_made_anew_is_not_overwritten_by_a_renewal_of_the_last_one(
    store: Store, installed: Installation
) -> None:
    ends = installed.token_expires_at
    assert ends is not None
    await _save(store, installed)
    later = ends + timedelta(minutes=1)
    again = replace(installed, bot_token="xoxe.xoxb-3", refresh_token="xoxe-1-3", token_expires_at=later)
    await _save(store, again)
    async with store.writing() as db:
        await installations.renew(db, replace(installed, bot_token="xoxe.xoxb-2"), expires_at=ends)
        assert await installations.find(db, tenant_id="T1") == again
