"""Whatever a stranger sends to whatever address: never an error of ours."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Mount, Route

from bot import app
from tests.conftest import Clock
from tests.web.test_install import settings_for

SERVER_ERROR = 500
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"]
TYPES = [
    "application/json",
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "text/plain",
    "",
    "\\x00",
]
text = st.text(max_size=60)
names = st.sampled_from(
    """cookie x-slack-signature x-slack-request-timestamp x-slack-retry-num accept-language origin x-forwarded-for
    x-webhook-signature-256 referer range expect content-encoding""".split()  # noqa: SIM905 (a list of eleven lines)
)
headers = st.dictionaries(names, text.map(lambda value: quote(value, safe=" ;=,.*/", errors="replace")), max_size=4)
bodies = st.one_of(
    st.binary(max_size=300),
    st.dictionaries(text, text, max_size=4).map(lambda form: str(httpx.QueryParams(form)).encode()),
    st.recursive(st.none() | st.booleans() | st.integers() | text, lambda inner: st.dictionaries(text, inner)).map(
        lambda content: str(content).replace("'", '"').encode("utf-8", "surrogatepass")
    ),
)


@pytest.fixture
async def bot(tmp_path: Path, clock: Clock) -> AsyncIterator[Starlette]:
    """The whole application, every page of it served; neither Slack nor Toggl answers."""
    nowhere = "http://127.0.0.1:9"
    async with app.composed(settings_for(tmp_path, nowhere, nowhere), clock=clock) as served:
        yield served


def paths(served: Starlette) -> Iterator[str]:
    """Every address, with `{}` where it takes anything."""
    for route in served.routes:
        if isinstance(route, Route):
            yield "/".join("{}" if part.startswith("{") else part for part in route.path.split("/"))
        elif isinstance(route, Mount):
            yield f"{route.path}/{{}}"


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_no_request_of_a_stranger_is_an_error_of_ours(bot: Starlette, data: st.DataObject) -> None:
    known = sorted(paths(bot))
    assert {"/slack/events", "/slack/install", "/slack/oauth_redirect", "/connect/{}", "/healthz"} <= set(known)
    path = data.draw(st.sampled_from([*known, "/{}", "/slack/{}"]))
    query = data.draw(st.dictionaries(st.sampled_from(["code", "state", "error", "team"]), text, max_size=3))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(bot), base_url="https://bot.example") as client:
        answer = await client.request(
            data.draw(st.sampled_from(METHODS)),
            path.format(quote(data.draw(text), safe="", errors="replace")),
            params={name: value.encode("utf-8", "replace") for name, value in query.items()},
            headers=[*data.draw(headers).items(), ("content-type", data.draw(st.sampled_from(TYPES)))],
            content=data.draw(bodies),
        )
    assert answer.status_code < SERVER_ERROR, answer.text
