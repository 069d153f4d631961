"""Health, metrics and the headers of every answer."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
import structlog
from prometheus_client import CollectorRegistry
from slack_bolt.app.async_app import AsyncApp
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.app import create_app
from tests.dispatcher.conftest import Serve
from tests.serving import serving


@pytest.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    """Somebody who looks at the bot's addresses."""
    async with aiohttp.ClientSession() as session:
        yield session


async def test_a_bot_that_can_serve_says_so(serve: Serve, browser: aiohttp.ClientSession) -> None:
    async with (
        serve([]) as road,
        browser.get(f"{road.url}/healthz") as lives,
        browser.get(f"{road.url}/readyz") as ready,
    ):
        assert (lives.status, ready.status) == (200, 200)
        assert await ready.json() == {"status": "ok", "store": "ok"}


async def test_a_bot_without_its_database_lives_but_is_not_ready(browser: aiohttp.ClientSession) -> None:
    async def broken() -> None:
        raise OSError("the address with its password")

    bolt = AsyncApp(token="xoxb-1", signing_secret="s")
    app = create_app(bolt, signing_secret="s", pages=[], checks={"store": broken}, registry=CollectorRegistry())
    async with serving(app) as url, browser.get(f"{url}/healthz") as lives, browser.get(f"{url}/readyz") as ready:
        assert (lives.status, ready.status) == (200, 503)
        assert await ready.json() == {"status": "failed", "store": "failed"}


async def test_requests_are_counted_by_kind_route_and_outcome(serve: Serve, browser: aiohttp.ClientSession) -> None:
    async with serve([]) as road:
        await road.send.command("/nothing at all")
        async with browser.get(f"{road.url}/metrics") as answered:
            text = await answered.text()
    assert 'bot_requests_total{kind="command",outcome="unknown",route="unknown"} 1.0' in text
    assert 'bot_request_seconds_count{kind="command"} 1.0' in text


@pytest.mark.parametrize("header", ["Forwarded", "Via", "X-Forwarded-For", "X-Real-IP"])
async def test_numbers_are_for_those_who_come_without_a_proxy(
    serve: Serve, browser: aiohttp.ClientSession, header: str
) -> None:
    async with serve([]) as road, browser.get(f"{road.url}/metrics", headers={header: "192.0.2.1"}) as answered:
        assert (answered.status, await answered.text()) == (404, "")


async def test_no_answer_sends_anybody_to_the_host_that_a_request_names(
    serve: Serve, browser: aiohttp.ClientSession
) -> None:
    elsewhere = {"Host": "evil.example"}
    async with serve([]) as road:
        for path in ("/healthz/", "/slack/events/", "//evil.example/"):
            async with browser.get(f"{road.url}{path}", headers=elsewhere, allow_redirects=False) as answered:
                assert answered.status == 404
                assert "evil.example" not in str(answered.headers)


async def test_every_answer_has_the_security_headers(serve: Serve, browser: aiohttp.ClientSession) -> None:
    async with serve([]) as road:
        for path in ("/healthz", "/slack/events", "/nowhere"):
            async with browser.get(f"{road.url}{path}") as answered:
                assert answered.headers["x-content-type-options"] == "nosniff"
                assert answered.headers["x-frame-options"] == "DENY"
                assert "default-src 'none'" in answered.headers["content-security-policy"]


async def test_a_page_that_fails_says_so_with_a_reference(browser: aiohttp.ClientSession) -> None:
    async def page(_: Request) -> Response:
        raise ValueError("what Ann wrote")

    bolt = AsyncApp(token="xoxb-1", signing_secret="s")
    app = create_app(bolt, signing_secret="s", pages=[Route("/page", page)], checks={}, registry=CollectorRegistry())
    with structlog.testing.capture_logs() as entries:
        async with serving(app) as url, browser.get(f"{url}/page") as answered:
            text = await answered.text()
    assert answered.status == 500
    assert answered.headers["x-frame-options"] == "DENY"
    assert str(entries[0]["reference"]) in text
    assert "Ann" not in str(entries)
