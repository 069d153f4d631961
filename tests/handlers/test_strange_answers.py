"""Toggl as no page shows it: whatever its answers hold, every verb is answered, and Slack takes what is said."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Any

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.testing import capture_logs

from bot.local.toggl import create_app as create_local_toggl
from tests.conftest import Clock, ServedToggl
from tests.road import Road
from tests.serving import serving

Odd = Callable[[str, Any], Any]
"""What stands in an answer instead of a value, by the name of its field."""
_KEPT = re.compile(r"(^|_)(ids?|uid|wid|name|start|duration|type|role|page|per_page|current_workspace_id)$")
_NUMBER = re.compile(r"(^|_)(ids?|uid|wid|page|per_page|total|user_ids|group_ids|tag_ids)$")
_HOSTILE = "<!channel> *b* `c` & \u202e\u05d0\u05d1\u202c \U0001f469\u200d\U0001f467 {name} %s \n> " * 2


def _is_number(name: str, value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and not _NUMBER.search(name)


def _is_time(value: Any) -> bool:
    return isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value) is not None


ODD: Mapping[str, Odd] = {
    "null": lambda name, value: value if _KEPT.search(name) else None,
    "huge": lambda name, value: 2**64 if _is_number(name, value) else value,
    "negative": lambda name, value: -7 if _is_number(name, value) else value,
    "never": lambda _, value: "0001-01-01T00:00:00Z" if _is_time(value) else value,
    "hostile": lambda _, value: _HOSTILE if isinstance(value, str) and not _is_time(value) else value,
}
MESSAGES = (
    "/track", "/track list", "/track list last month", "/track report last week", "/track report by day", "/track team",
    "/project", "/project list all", "/project show relaunch", "/project subscriptions", "/toggl account",
    "/toggl constraints", "/toggl stats last week", "/toggl quota", "/toggl audit", "/track undo",
)  # fmt: skip
FORMS = ("/toggl members", "/toggl statuses", "/toggl settings", "/toggl rates", "/toggl alerts", "/toggl reminders")


class OddToggl:
    """A Toggl whose every JSON answer is made odd on its way."""

    def __init__(self, toggl: ASGIApp, odd: Odd) -> None:
        self._toggl, self._odd = toggl, odd

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._toggl(scope, receive, send)
            return
        head: Message = {}
        content = b""

        async def changed(message: Message) -> None:
            nonlocal head, content
            if message["type"] == "http.response.start":
                head = message
                return
            content += message.get("body", b"")
            if not message.get("more_body"):
                await self._send(head, content, send)

        await self._toggl(scope, receive, changed)

    async def _send(self, head: Message, content: bytes, send: Send) -> None:
        if head["status"] < 300 and content:
            content = json.dumps(self._walk("", json.loads(content))).encode()
        headers = [header for header in head["headers"] if header[0].lower() != b"content-length"]
        length = [] if head["status"] == 204 else [(b"content-length", str(len(content)).encode())]
        await send({**head, "headers": [*headers, *length]})
        await send({"type": "http.response.body", "body": content})

    def _walk(self, name: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._walk(key, part) for key, part in value.items()}
        if isinstance(value, list):
            return [self._walk(name, part) for part in value]
        return self._odd(name, value)


@pytest.fixture(params=sorted(ODD))
def odd(request: pytest.FixtureRequest) -> Odd:
    """What is odd about this Toggl."""
    return ODD[request.param]


@pytest.fixture
async def toggl(clock: Clock, odd: Odd) -> AsyncIterator[ServedToggl]:
    """The seeded company, told in an odd way."""
    app = create_local_toggl(profile="2026-08", clock=clock)
    async with serving(OddToggl(app, odd)) as url:
        served: ServedToggl = app.state.toggl
        served.url = url
        yield served


@pytest.fixture
def surprises() -> Iterator[list[Any]]:
    """What the bot did not expect; there is none, also after what was acknowledged is done (the road ends before)."""
    with capture_logs() as logs:
        found: list[Any] = []
        yield found
        found += [entry for entry in logs if entry["log_level"] in {"error", "critical"}]
    assert found == []


async def test_every_look_is_answered(surprises: list[Any], road: Road) -> None:
    """The road itself holds that Slack refused nothing."""
    assert not surprises
    await road.connect("admin", track=True)
    for text in MESSAGES:
        road.clock.pass_(seconds=20)
        answer = await road.command(text)
        assert "omething went wrong" not in answer.text, text
    for text in FORMS:
        road.clock.pass_(seconds=20)
        assert (await road.slack.run_command(road.person, road.channel, text)).ok
        opened = road.slack.world.modals[road.person][-1]
        await road.slack.until(lambda was=opened.hash: road.slack.world.modals[road.person][-1].hash != was, timeout=30)  # type: ignore[misc]  # bound in the loop
        filled = road.slack.world.modals[road.person].pop()
        assert "omething went wrong" not in str(filled.blocks), text
