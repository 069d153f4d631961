"""Whatever is sent to Slack's endpoint: never a 500, and no effect unless Slack signed it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.signature import SignatureVerifier

from bot.dispatcher import Action, Answer, Command, Event, Needs, Reply, Request, Submission, Typeahead
from bot.views.messages import Message
from bot.web.guard import BODY_LIMIT, RejectedError, read_body, read_request
from tests.dispatcher.conftest import Road, Serve
from tests.dispatcher.fake_slack import TEAM, USER, modal, sign

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@pytest.fixture
def acted() -> list[Request]:
    """The requests that a handler saw."""
    return []


@pytest.fixture
async def road(serve: Serve, acted: list[Request]) -> AsyncIterator[Road]:
    """A bot with a route of each kind."""

    async def act(request: Request) -> Answer:
        acted.append(request)
        return Reply(Message("acted"))

    routes = (
        Command("track", "go", act, "goes", "go", needs=Needs.NOTHING),
        Action("go", act, needs=Needs.NOTHING),
        Submission("go", act, needs=Needs.NOTHING),
        Typeahead("go", act, needs=Needs.NOTHING),
        Event("go", act),
    )
    async with serve(routes) as road:
        yield road


def headers(body: bytes, *, content_type: str = FORM, age: int = 0, secret: str | None = None) -> dict[str, str]:
    then = int(time.time()) - age
    signature = sign(body, then, secret) if secret else sign(body, then)
    return {"content-type": content_type, "x-slack-request-timestamp": str(then), "x-slack-signature": signature}


def wrapped(payload: Any) -> bytes:
    return urlencode({"payload": json.dumps(payload)}).encode()


def go() -> bytes:
    return urlencode({"command": "/track", "text": "go", "user_id": USER, "team_id": TEAM}).encode()


async def test_what_slack_signed_acts(road: Road, acted: list[Request]) -> None:
    assert (await road.send.raw(go(), headers(go()))).status == 200
    assert len(acted) == 1


async def test_what_nobody_or_somebody_else_signed_or_long_ago_is_401(road: Road, acted: list[Request]) -> None:
    body = go()
    unsigned = await road.send.raw(body, {"content-type": FORM})
    other = await road.send.raw(body, headers(body, secret="another"))
    stale = await road.send.raw(body, headers(body, age=301))
    changed = await road.send.raw(body + b"&text=more", headers(body))
    assert [unsigned.status, other.status, stale.status, changed.status] == [401] * 4
    assert not acted


@pytest.mark.parametrize("body", [b"{", b"[]", b"a=&" * 1000, b"", b"ssl_check=1&" * 100])
async def test_what_nobody_signed_is_not_even_read(road: Road, body: bytes) -> None:
    assert (await road.send.raw(body, {"content-type": JSON})).status == 401
    assert (await road.send.raw(body, {**headers(body), "x-slack-signature": "v0=0"})).status == 401


@pytest.mark.parametrize(
    ("changed", "body"),
    [
        ({"x-slack-request-timestamp": "soon"}, go()),
        ({"x-slack-request-timestamp": "-1"}, go()),
        ({"x-slack-request-timestamp": "9" * 400}, go()),
        ({"x-slack-signature": "v0=ä"}, go()),
        ({"content-type": "text/plain"}, go()),
        ({"content-type": ""}, go()),
        ({"content-type": JSON}, b"\xff\xfe"),
        ({"content-type": JSON}, b"{"),
        ({"content-type": JSON}, b""),
        ({"content-type": JSON}, b"[" * 100_000),
        ({"content-type": JSON}, b"[]"),
        ({"content-type": JSON}, b"7"),
        ({"content-type": JSON}, b'{"type":"event_callback"}'),
        ({"content-type": JSON}, b'{"type":"event_callback","event":[],"event_id":"E","team_id":"T"}'),
        ({"content-type": JSON}, b'{"type":"event_callback","event":{"type":"go"},"event_id":7,"team_id":"T"}'),
        ({"content-type": JSON}, b'{"type":"event_callback","event":{"type":"go"},"authorizations":7}'),
        ({"content-type": JSON}, b'{"type":"url_verification","challenge":7}'),
        ({"content-type": JSON}, b'{"type":"something_new"}'),
        ({"content-type": JSON}, b'{"type":["block_actions"]}'),
        ({}, b""),
        ({}, b"\xff"),
        ({}, b"command=%FF"),
        ({}, b"command=/track"),
        ({}, b"command=track&user_id=U&team_id=T"),
        ({}, b"command=/track&text=%00&user_id=U&team_id=T"),
        ({}, b"payload="),
        ({}, b"payload={"),
        ({}, b"payload=[]"),
        ({}, wrapped({"type": "block_actions", "user": {"id": USER, "team_id": TEAM}, "actions": []})),
        ({}, wrapped({"type": "block_actions", "user": {"id": USER, "team_id": TEAM}})),
        ({}, wrapped({"type": "block_actions", "user": {"id": USER, "team_id": TEAM}, "actions": [7]})),
        ({}, wrapped({"type": "block_actions", "user": USER, "team": 5, "actions": [{"action_id": "go"}]})),
        ({}, wrapped({"type": "block_actions", "user": {"id": USER}, "actions": [{"action_id": "go"}]})),
        ({}, wrapped({"type": "view_submission", "user": {"id": USER, "team_id": TEAM}, "view": None})),
        (
            {},
            wrapped(
                {"type": "view_submission", "user": {"id": USER, "team_id": TEAM}, "view": modal("go", metadata="7")}
            ),
        ),
        (
            {},
            wrapped(
                {
                    "type": "view_submission",
                    "user": {"id": USER, "team_id": TEAM},
                    "view": modal("go", metadata="[" * 3000),
                }
            ),
        ),
        ({}, b'payload={"type":"shortcut","callback_id":"\\ud800","user":{"id":"U","team_id":"T"}}'),
    ],
)
async def test_what_slack_would_not_send_is_400_though_it_is_signed(
    road: Road, acted: list[Request], changed: dict[str, str], body: bytes
) -> None:
    sent = {**headers(body), **changed}
    answered = await road.send.raw(body, sent)
    assert answered.status == 400
    assert not acted
    with pytest.raises(RejectedError):  # the guard itself sees it, not only the net behind it
        read_request(sent, body)


async def test_a_body_over_a_megabyte_is_413_announced_or_not(road: Road, acted: list[Request]) -> None:
    body = b"text=" + b"x" * BODY_LIMIT
    announced = await road.send.raw(body, headers(body))

    async def parts() -> AsyncIterator[bytes]:
        for _ in range(12):
            yield b"x" * 100_000

    async with road.send.session.post(f"{road.url}/slack/events", data=parts(), headers=headers(b"")) as streamed:
        assert streamed.status == 413
    assert announced.status == 413
    assert not acted


async def test_a_body_in_parts_is_put_together(road: Road, acted: list[Request]) -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield go()[:10]
        yield go()[10:]

    async with road.send.session.post(f"{road.url}/slack/events", data=parts(), headers=headers(go())) as answered:
        assert answered.status == 200
    assert len(acted) == 1


async def test_slacks_handshakes_are_answered(road: Road) -> None:
    probe = await road.send.raw(b"ssl_check=1&token=x", {"content-type": FORM})
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"}).encode()
    challenge = await road.send.signed(body, JSON)
    assert probe.status == 200
    assert challenge.json == {"challenge": "abc"}


async def test_what_a_person_may_type_is_not_mistaken_for_garbage(road: Road) -> None:
    for typed in (r"go \u0000 \ud800", "go payload=1", "go 🎉 ü", "go \N{BOM}", '{"go": 1}'):
        assert (await road.send.command(f"/track {typed}")).status == 200


async def test_other_methods_and_paths_are_refused(road: Road) -> None:
    async with road.send.session.get(f"{road.url}/slack/events") as answered:
        assert answered.status == 405
    async with road.send.session.get(f"{road.url}/nowhere") as answered:
        assert answered.status == 404


async def test_a_body_that_never_ends_is_408() -> None:
    async def receive() -> dict[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    with pytest.raises(RejectedError) as rejected:
        await read_body({"headers": []}, receive, patience=timedelta(milliseconds=20))
    assert rejected.value.status == 408


LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
SHAPES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
)
FIELDS = st.sampled_from(
    [
        *("type", "user", "team", "view", "actions", "event", "event_id", "team_id", "enterprise", "authorizations"),
        *("action_id", "callback_id", "value", "container", "channel", "message", "state", "response_url", "command"),
        *("is_enterprise_install", "response_urls", "user_id", "trigger_id", "challenge", "ssl_check", "payload"),
    ]
)
TYPES = st.sampled_from(
    [
        *("block_actions", "view_submission", "view_closed", "block_suggestion", "shortcut", "message_action"),
        *("event_callback", "url_verification"),
    ]
)
USERS = st.fixed_dictionaries({"id": st.just(USER), "team_id": st.just(TEAM)}) | SHAPES
BODIES = st.builds(
    lambda fields, kind, user, view: {**fields, "type": kind, "user": user, "view": view},
    st.dictionaries(FIELDS, SHAPES, max_size=6),
    TYPES | SHAPES,
    USERS,
    st.just(modal("go")) | SHAPES,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=200) | BODIES.map(wrapped) | BODIES.map(lambda body: json.dumps(body).encode()))
async def test_no_signed_body_whatever_its_shape_is_a_500(road: Road, raw: bytes) -> None:
    for content_type in (FORM, JSON):
        answered = await road.send.raw(raw, headers(raw, content_type=content_type))
        assert answered.status in {200, 400}


HEADER_TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=30)


@given(
    raw=st.binary(max_size=100),
    sent=st.dictionaries(
        st.sampled_from(["content-type", "x-slack-signature", "x-slack-request-timestamp"]), HEADER_TEXT, max_size=3
    ),
)
def test_no_header_makes_the_guard_fail(raw: bytes, sent: dict[str, str]) -> None:
    for verifier in (None, SignatureVerifier("s")):
        with contextlib.suppress(RejectedError):
            read_request(sent, raw, verifier)
