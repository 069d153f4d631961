"""What a route needs of a person: a connection to Toggl's one product or the other, or an admin's rights."""

from __future__ import annotations

import pytest

from bot.dispatcher import Answer, Command, Needs, Reply, Request, Typeahead
from bot.store import Store, accounts, credentials, workspaces
from bot.toggl import CredentialRefused
from bot.toggl.errors import Trouble
from bot.views.messages import Message
from tests.conftest import Clock
from tests.dispatcher.conftest import Serve
from tests.dispatcher.fake_slack import TEAM, USER


async def show(request: Request) -> Answer:
    context = request.context
    return Reply(Message(f"focus {context.focus is not None}, track {context.track is not None}"))


async def refuse(_: Request) -> Answer:
    raise CredentialRefused(Trouble("get_current_tracking", 401), product="Toggl Focus")


def command(verb: str, needs: Needs) -> Command:
    return Command("track", verb, show, verb, verb, needs=needs)


ROUTES = (
    command("nothing", Needs.NOTHING),
    command("focus", Needs.FOCUS),
    command("track", Needs.TRACK),
    command("rule", Needs.ADMIN),
    Command("track", "refused", refuse, "fails", "fails"),
    Typeahead("refused", refuse),
)


async def connect(store: Store, clock: Clock, kind: str, secret: str) -> None:
    """Store a credential of this kind, and a workspace that both products know."""
    async with store.writing() as db:
        account = await accounts.get_or_create(db, tenant_id=TEAM, team_id=TEAM, user_id=USER, now=clock())
        await credentials.save(
            db, account_id=account.id, kind=kind, secret=secret, label="Ann", fingerprint="0" * 16, now=clock()
        )
        workspace = await workspaces.save(
            db, account_id=account.id, organization_id=1, name="Studio", focus_id=2, track_id=3
        )
        await workspaces.choose(db, account_id=account.id, workspace_id=workspace.id)


async def test_one_of_two_processes_does_what_both_were_sent(serve: Serve, sqlite_store: Store, clock: Clock) -> None:
    done: list[str] = []

    async def start(request: Request) -> Answer:
        done.append(request.text)
        return Reply(Message("Started"))

    routes = (Command("track", "start", start, "start", "start"),)
    await connect(sqlite_store, clock, "focus_key", "toggl_sk_x")
    async with serve(routes) as one, serve(routes) as other:
        answers = [await road.send.command("/track start", trigger_id="13.37") for road in (one, other)]
        assert [answer.status for answer in answers] == [200, 200]
        assert [answer.text for answer in answers][1:] == [""]
        assert len(done) == 1
        await other.send.command("/track start", trigger_id="13.38")
        assert len(done) == 2


@pytest.mark.parametrize(
    ("kind", "secret", "verb", "said"),
    [
        ("focus_key", "toggl_sk_x", "nothing", "focus False, track False"),
        ("focus_key", "toggl_sk_x", "focus", "focus True, track False"),
        ("focus_key", "toggl_sk_x", "track", "Connect first (track track)"),
        ("track_token", "a" * 32, "track", "focus False, track True"),
        ("track_token", "a" * 32, "focus", "Connect first (track focus)"),
        ("focus_key", "toggl_sk_x", "rule", "Connect first (track rule)"),
        ("track_token", "a" * 32, "rule", "Only an admin of your Toggl workspace may do that, so nothing was changed."),
    ],
)
async def test_a_route_runs_for_whom_it_is_for(
    serve: Serve, sqlite_store: Store, clock: Clock, kind: str, secret: str, verb: str, said: str
) -> None:
    await connect(sqlite_store, clock, kind, secret)
    async with serve(ROUTES) as road:
        assert (await road.send.command(f"/track {verb}")).json["text"] == said


async def test_a_credential_that_toggl_refuses_leads_to_connecting_again(
    serve: Serve, sqlite_store: Store, clock: Clock
) -> None:
    await connect(sqlite_store, clock, "focus_key", "toggl_sk_x")
    async with serve(ROUTES) as road:
        answered = await road.send.command("/track refused")
        choices = await road.send.type_ahead("refused", "x")
    assert answered.json["text"] == "Connect again (CredentialRefused, command)"
    assert choices.json == {"options": []}


async def test_disconnecting_counts_with_the_next_command(serve: Serve, sqlite_store: Store, clock: Clock) -> None:
    await connect(sqlite_store, clock, "focus_key", "toggl_sk_x")
    async with serve(ROUTES) as road:
        assert (await road.send.command("/track focus")).json["text"].startswith("focus True")
        async with sqlite_store.writing() as db:
            account = await accounts.find(db, tenant_id=TEAM, user_id=USER)
            assert account is not None
            await accounts.forget(db, account.id)
        assert (await road.send.command("/track focus")).json["text"].startswith("Connect first")
