from __future__ import annotations

from datetime import datetime

from bot.store import Store, channels


async def test_a_channel_where_nothing_was_set_has_no_default_project(store: Store) -> None:
    async with store.reading() as db:
        channel = await channels.get(db, tenant_id="T1", channel_id="C1")
    assert (channel.channel_id, channel.default_project_id, channel.default_project_name) == ("C1", None, None)


async def test_the_default_project_is_kept_with_who_set_it_and_can_be_taken_away(store: Store, now: datetime) -> None:
    for project_id, name, user_id in ((4_000_000_000, "Website", "UANN"), (None, None, "UBOB")):
        async with store.writing() as db:
            await channels.set_default_project(
                db,
                tenant_id="T1",
                channel_id="C1",
                project_id=project_id,
                project_name=name,
                user_id=user_id,
                now=now,
            )
        async with store.reading() as db:
            channel = await channels.get(db, tenant_id="T1", channel_id="C1")
        assert (channel.default_project_id, channel.default_project_name) == (project_id, name)
        assert (channel.set_by_user_id, channel.updated_at) == (user_id, now)


async def test_the_same_channel_id_in_another_workspace_is_another_channel(store: Store, now: datetime) -> None:
    async with store.writing() as db:
        await channels.set_default_project(
            db, tenant_id="T1", channel_id="C1", project_id=7, project_name="Website", user_id="UANN", now=now
        )
        assert (await channels.get(db, tenant_id="T2", channel_id="C1")).default_project_id is None
