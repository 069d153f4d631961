from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.services import team
from bot.services.connections import closed
from bot.services.context import Context
from bot.store import accounts, consents, credentials, workspaces
from bot.toggl import FocusKey, fingerprint
from tests.conftest import Clock, ServedToggl

Member = Callable[[], Context]


async def joined(
    context: Context, toggl: ServedToggl, user_id: str, key: str | None, *, agrees: bool = True, team_id: str = "T1"
) -> None:
    """Somebody else in Slack, connected with `key` if there is one."""
    place = toggl.workspace()
    async with context.store.writing() as db:
        account = await accounts.get_or_create(db, tenant_id="T1", team_id=team_id, user_id=user_id, now=context.now)
        if key:
            kind, secret = closed(FocusKey(key))
            await credentials.save(
                db,
                account_id=account.id,
                kind=kind,
                secret=secret,
                label="",
                fingerprint=fingerprint(FocusKey(key)),
                now=context.now,
            )
            workspace = await workspaces.save(
                db,
                account_id=account.id,
                organization_id=place.organization_id,
                name=place.name,
                focus_id=place.id,
                track_id=place.id,
            )
            await workspaces.choose(db, account_id=account.id, workspace_id=workspace.id)
        if agrees:
            await consents.give(db, account_id=account.id, topic=team.TOPIC, now=context.now)


def asked(toggl: ServedToggl) -> list[str]:
    """The operations called since the last look."""
    seen = [str(call.operation) for call in toggl.calls]
    toggl.calls.clear()
    return seen


async def test_who_agreed_is_shown_with_their_task_and_the_others_are_counted(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    await joined(member(), toggl, "UADMIN", "toggl_sk_admin")
    await joined(member(), toggl, "USECRET", "toggl_sk_member", agrees=False)
    await joined(member(), toggl, "UNEW", None)
    await joined(member(), toggl, "UELSEWHERE", "toggl_sk_admin", team_id="T2")
    toggl.start_elsewhere("admin", "Write report", at=clock() - timedelta(minutes=20))
    shown = await team.look(member())
    [mate] = shown.people
    assert mate.user_id == "UADMIN"
    assert mate.running
    assert mate.running.task
    assert mate.running.task.name == "Write report"
    assert (shown.hidden, shown.unasked, shown.mine) == (2, 0, None)  # the asker knows that of themselves


async def test_each_costs_one_of_their_own_calls_a_minute_and_one_more_for_the_name(
    member: Member, toggl: ServedToggl, clock: Clock
) -> None:
    await joined(member(), toggl, "UADMIN", "toggl_sk_admin")
    await team.look(member())
    assert asked(toggl) == ["get_current_tracking"]
    await team.look(member())
    assert asked(toggl) == []
    clock.pass_(seconds=61)
    toggl.start_elsewhere("admin", "Write report", at=clock())
    await team.look(member())
    assert asked(toggl) == ["get_current_tracking", "list_time_entries"]


async def test_nobodys_last_calls_are_spent_by_others(member: Member, toggl: ServedToggl, clock: Clock) -> None:
    await joined(member(), toggl, "UADMIN", "toggl_sk_admin")
    toggl.spend_quota("admin", remaining=10)
    assert (await team.look(member())).people  # nobody knew yet how few are left
    clock.pass_(seconds=61)
    toggl.calls.clear()
    shown = await team.look(member())
    assert asked(toggl) == []
    assert (shown.people, shown.unasked) == ((), 1)


async def test_a_refused_credential_counts_as_not_connected_and_keeps_nobody_else_from_being_shown(
    member: Member, toggl: ServedToggl
) -> None:
    await joined(member(), toggl, "UADMIN", "toggl_sk_admin")
    await joined(member(), toggl, "UREVOKED", "toggl_sk_revoked")
    shown = await team.look(member())
    assert [mate.user_id for mate in shown.people] == ["UADMIN"]
    assert (shown.hidden, shown.unasked) == (1, 0)


async def test_agreeing_shows_the_person_until_they_take_it_back(member: Member, toggl: ServedToggl) -> None:
    await joined(member(), toggl, "U1", "toggl_sk_member", agrees=False)
    assert (await team.look(member())).people == ()
    await team.agree(member())
    shown = await team.look(member())
    assert [mate.user_id for mate in shown.people] == ["U1"]
    assert shown.mine == member().now
    await team.withdraw(member())
    assert (await team.look(member())).people == ()
