"""The whole road of a sign: somebody changes a project in Toggl, Track posts it to the bot, and the bot looks."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from typing import Any

import httpx
import msgspec
import pytest

from bot.services.project_watching import POLL
from bot.store import webhooks
from bot.store.tables import Schedule
from bot.store.webhooks import Webhook
from bot.toggl.webhooks import is_signed
from bot.views.ids import Actions
from tests.handlers.test_project_updates import said, worked
from tests.road import Road, shown
from tests.services.projecting import kept

NAME = "Booking App"


@pytest.fixture
async def me(road: Road) -> Road:
    """An admin of the Toggl workspace whose channel follows a project."""
    road.toggl.limited = False
    await road.connect("admin", track=True)
    await road.command(f"/project subscribe {NAME}")
    await worked(road)
    return road


async def set_up(me: Road) -> Webhook:
    """Set the webhook up, and wait for Track's question whether the address is ours."""
    done = await me.command("/project webhook on")
    assert done.text.startswith("Done. Webhook for project changes"), done.text
    await me.toggl.deliveries.settled()
    return await found(me)


async def found(me: Road) -> Webhook:
    async with me.store.reading() as db:
        webhook = await webhooks.of_workspace(db, tenant_id="T0NORDLICHT", workspace_id=me.toggl.workspace().id)
    assert webhook is not None
    return webhook


async def poll(me: Road) -> Schedule:
    async with me.store.reading() as db:
        [schedule] = await webhooks.polls(db, await found(me), kind=POLL)
    return schedule


async def elsewhere(me: Road, path: str, **body: Any) -> None:
    """Call Focus as Toggl's own app would."""
    place = me.toggl.workspace()
    home = f"{me.toggl.url}/api/organizations/{place.organization_id}/workspaces/{place.id}/projects"
    headers = {"Authorization": "Bearer toggl_sk_admin"}
    async with httpx.AsyncClient() as http:
        answer = await http.patch(f"{home}/{kept(me.toggl, NAME).id}{path}", headers=headers, json=body or None)
    assert answer.is_success, answer.text
    await me.toggl.deliveries.settled()


async def deliver(me: Road, webhook_id: str, body: bytes, signature: str) -> httpx.Response:
    """Post something to the webhook's address, as anybody can."""
    async with httpx.AsyncClient() as http:
        headers = [(b"X-Webhook-Signature-256", signature.encode("latin-1")), (b"Content-Type", b"application/json")]
        return await http.post(f"{me.bot_url}/toggl/webhooks/{webhook_id}", content=body, headers=headers)


def signed(body: bytes, secret: str) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def event(me: Road, **more: Any) -> bytes:
    told = {
        "event_id": 1,
        "timestamp": me.clock().isoformat(),
        "metadata": {"action": "updated", "model": "project"},
        "payload": {},
    }
    return msgspec.json.encode(told | more)


def test_the_signature_of_toggls_own_example_is_right() -> None:
    """The PING, its secret and its signature as Toggl's documentation shows them; a byte more is wrong."""
    moment = "2022-06-25T03:58:10.207820267Z"
    body = (
        f'{{"event_id":0,"created_at":"{moment}","creator_id":6,"metadata":{{"request_type":"POST","event_user_id":6}},'
        f'"payload":"ping","subscription_id":6,"timestamp":"{moment}","url_callback":"https://callback-url.com"}}'
    ).encode()
    shown_there = "sha256=bf829606cda0ca6923defb5ca70a43135adc7e8887486a201a19cb50ca6006b1"
    assert is_signed(body, "PGuRrhCFajIyEvFlreKL", shown_there)
    assert not is_signed(body + b" ", "PGuRrhCFajIyEvFlreKL", shown_there)


async def test_a_change_in_toggl_is_told_within_seconds(me: Road) -> None:
    webhook = await set_up(me)
    assert webhook.validated_at is not None and webhook.subscription_id is not None
    await elsewhere(me, "", name="Booking 2.0")
    me.clock.pass_(seconds=10)
    await worked(me)
    assert said(me)[-1].text.startswith("*Booking 2.0*")
    [delivered] = [one for one in me.toggl.deliveries.done if one.body["payload"] != "ping"]
    assert delivered.status == 200


async def test_a_delivery_that_comes_twice_is_one_sign(me: Road) -> None:
    webhook = await set_up(me)
    body = event(me)
    before = (await poll(me)).next_run_at
    assert (await deliver(me, webhook.id, body, signed(body, webhook.secret))).status_code == 200
    after = (await poll(me)).next_run_at
    assert before and after and after < before
    me.clock.pass_(seconds=10)
    await worked(me)
    due = (await poll(me)).next_run_at
    assert (await deliver(me, webhook.id, body, signed(body, webhook.secret))).status_code == 200
    assert (await poll(me)).next_run_at == due


@pytest.mark.parametrize("model", ["time_entry", "tag", "client", None, 7])
async def test_what_concerns_no_project_is_no_sign(me: Road, model: Any) -> None:
    webhook = await set_up(me)
    due = (await poll(me)).next_run_at
    body = event(me, metadata={"model": model})
    assert (await deliver(me, webhook.id, body, signed(body, webhook.secret))).status_code == 200
    assert (await poll(me)).next_run_at == due


async def test_what_toggl_did_not_sign_has_no_effect(me: Road) -> None:
    webhook = await set_up(me)
    due, body = (await poll(me)).next_run_at, event(me)
    old = event(me, timestamp=(me.clock() - timedelta(days=2)).isoformat())
    answers = [
        await deliver(me, webhook.id, body, signature)
        for signature in ("", "sha256=", "\xe9", signed(body, "other"), signed(body + b" ", webhook.secret))
    ]
    assert [answer.status_code for answer in answers] == [401] * 5
    assert (await deliver(me, "nobody", body, signed(body, webhook.secret))).status_code == 404
    assert (await deliver(me, webhook.id, old, signed(old, webhook.secret))).status_code == 400
    for nonsense in (b"", b"[]", b"{", b'{"timestamp": 7}', b"\xff", b"1" * 300_000):
        answer = await deliver(me, webhook.id, nonsense, signed(nonsense, webhook.secret))
        assert answer.status_code in {400, 413}
    assert (await poll(me)).next_run_at == due


async def test_its_state_is_told_and_it_is_ended_and_set_up_again(me: Road) -> None:
    none = await me.command("/project webhook")
    assert "Toggl does not tell me when a project changes" in shown(none)
    first = await set_up(me)
    there = await me.command("/project webhook")
    assert "Toggl Track tells me when a project changes" in shown(there)
    again = await me.command("/project webhook on")
    assert again.text == "This workspace already has this webhook. Nothing was changed."
    me.clock.pass_(minutes=1)
    ended = await me.command("/project webhook off")
    assert ended.text.startswith("Done. Ending the webhook"), ended.text
    assert me.toggl.world.state.subscriptions == {}
    assert (await deliver(me, first.id, b"{}", "")).status_code == 404
    me.clock.pass_(minutes=1)
    await me.pressed(ended, "undo")
    await me.toggl.deliveries.settled()
    assert (await found(me)).id != first.id


async def test_where_the_plan_has_none_left_nothing_is_kept(me: Road) -> None:
    me.toggl.fail("create_subscription", status=400, body="maximum number of subscriptions (1) reached")
    refused = await me.command("/project webhook on")
    assert "maximum number of subscriptions (1) reached" in refused.text
    async with me.store.reading() as db:
        kept_one = await webhooks.of_workspace(db, tenant_id="T0NORDLICHT", workspace_id=me.toggl.workspace().id)
    assert kept_one is None


async def test_members_cannot_set_it_up(road: Road) -> None:
    await road.connect("member", track=True)
    refused = await road.command("/project webhook on")
    assert "Ask an admin" in str(refused.blocks) or "admin" in refused.text
    assert road.toggl.world.state.subscriptions == {}


async def test_one_whose_answer_was_lost_counts_and_is_ended_by_its_address(me: Road) -> None:
    me.toggl.fail("create_subscription", drop="after")
    lost = await me.command("/project webhook on")
    assert "may or may not have been saved" in lost.text
    await me.toggl.deliveries.settled()
    webhook = await found(me)
    assert webhook.subscription_id is None and webhook.validated_at is not None
    me.clock.pass_(minutes=5)
    ended = await me.command("/project webhook off")
    assert ended.text.startswith("Done. Ending the webhook"), ended.text
    assert me.toggl.world.state.subscriptions == {}


def left_behind(me: Road) -> list[str]:
    """What the subscriptions are called that Toggl has."""
    return [one.description for one in me.toggl.world.state.subscriptions.values()]


async def test_it_ends_in_toggl_when_its_owner_disconnects(me: Road) -> None:
    await set_up(me)
    asked = await me.command("/toggl disconnect")
    assert "The webhook that you set up" in shown(asked)
    gone = await me.pressed(asked, Actions.DISCONNECT)
    assert "webhook" not in shown(gone)
    assert me.toggl.world.state.subscriptions == {}


async def test_whoever_disconnects_while_toggl_is_away_is_told_what_stays_there(me: Road) -> None:
    """And the next admin gets the room it took."""
    me.toggl.set_plan("free")
    await set_up(me)
    me.toggl.fail("delete_subscription", status=503)
    asked = await me.command("/toggl disconnect")
    gone = await me.pressed(asked, Actions.DISCONNECT)
    assert "Toggl did not let me end the webhook that you set up." in shown(gone)
    [before] = left_behind(me)
    me.toggl.faults.clear()
    await me.connect("admin", track=True)
    me.clock.pass_(minutes=1)
    await set_up(me)
    [after] = left_behind(me)
    assert before != after


async def test_a_webhook_that_is_not_ours_is_left_alone(me: Road) -> None:
    """Where it takes the last one of the plan that is said."""
    me.toggl.set_plan("free")
    await set_up(me)
    [one] = me.toggl.world.state.subscriptions.values()
    one.url_callback = "https://elsewhere.example/toggl/webhooks/x"
    async with me.store.writing() as db:
        await webhooks.forget(db, (await found(me)).id)
    me.clock.pass_(minutes=1)
    refused = await me.command("/project webhook on")
    assert "maximum number of subscriptions" in refused.text
    assert list(me.toggl.world.state.subscriptions) == [one.id]
