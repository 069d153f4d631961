"""The connect page, over real HTTP."""

from __future__ import annotations

import asyncio
import re
from collections.abc import MutableMapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlmodel import select
from starlette.applications import Starlette
from starlette.requests import Request

from bot.parts import assembled
from bot.services import connect_links
from bot.store import Account, tickets
from bot.store.tables import CredentialRow, TicketRow
from bot.views.messages import Message
from bot.web.connect import ConnectPage
from bot.web.forms import UnreadableFormError, read_form
from bot.web.logging import QUIET
from tests.handlers.connecting import Page, Road, button, link
from tests.serving import serving

KEY = {"way": "focus_key", "key": "toggl_sk_admin"}
WRONG = {"way": "focus_key", "key": "toggl_sk_nobody"}


async def reach_nobody(account: Account, message: Message) -> None:
    """Slack, out of reach."""
    del account, message


def error_at(page: str, field: str) -> str:
    """The error that is linked to a field."""
    described = re.search(rf'id="{field}"[^>]*aria-describedby="([^"]+)"[^>]*aria-invalid="true"', page, re.DOTALL)
    assert described is not None, page
    error = re.search(rf'id="{described.group(1).split()[0]}">([^<]+)<', page)
    assert error is not None
    return error.group(1)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_looking_uses_nothing_up(road: Road, method: str) -> None:
    page = await road.page()
    for _ in range(3):
        assert (await road.browser.request(method, page.url)).status_code == 200
    assert (await page.send(**KEY)).status_code == 200


async def test_the_page_loads_nothing_from_elsewhere_and_is_kept_nowhere(road: Road) -> None:
    response = await (await road.page()).open()
    assert response.headers["content-security-policy"] == (
        "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    )
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "http://" not in response.text.replace("https://focus.toggl.com", "")
    for path in re.findall(r'(?:href|src)="([^"]+)"', response.text):
        loaded = await road.browser.get(response.url.join(path))
        assert loaded.status_code == 200
        assert loaded.headers["x-content-type-options"] == "nosniff"


async def test_every_secret_is_masked_and_every_field_labelled(road: Road) -> None:
    page = (await (await road.page()).open()).text
    for field in ("key", "token", "password"):
        assert re.search(rf'<input id="{field}" name="{field}" type="password"[^>]*autocomplete="off"', page, re.DOTALL)
    inputs = re.findall(r'<input id="(\w+)"', page)
    assert inputs == ["key", "token", "email", "password", "address"]
    for field in inputs:
        assert f'<label for="{field}">' in page
        assert f'id="{field}-hint"' in page
    assert "<script>" not in page
    assert "style=" not in page


@pytest.mark.parametrize(
    "fields",
    [
        KEY,
        {"way": "track_token", "token": "a" * 32},
        {"way": "password", "email": "admin@nordlicht.example", "password": "admin-password"},
    ],
)
async def test_each_way_leads_to_the_question_in_slack(road: Road, fields: dict[str, str]) -> None:
    response = await (await road.page()).send(**fields)
    assert response.status_code == 200
    assert "Almost there: confirm in Slack" in response.text
    assert 'href="https://example.slack.com/archives/D0001/p1"' in response.text
    question = road.slack.of("chat.postMessage")[-1].sent
    assert question["channel"] == "D0001"
    assert question["text"].startswith("Connected as *Astrid Holm (admin@nordlicht.example)* in *")
    assert button(question, "Confirm")
    assert button(question, "Not me")
    async with road.store.reading() as db:
        assert (await db.exec(select(CredentialRow))).all() == []


async def test_a_refused_credential_shows_the_form_again_with_the_error_at_its_field(road: Road) -> None:
    page = await road.page()
    response = await page.send(way="password", email="ann@x.example", password="pass-word-1", address="")
    assert response.status_code == 422
    assert error_at(response.text, "password") == (
        "Toggl does not accept this. Was it copied completely, and is it still valid?"
    )
    assert "pass-word-1" not in response.text
    assert 'value="ann@x.example"' in response.text
    assert re.search(r'value="password" checked', response.text)
    assert road.slack.of("chat.postMessage") == []
    assert (await page.send(**KEY)).status_code == 200


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "key"),
        ({"way": "focus_key", "key": "abc"}, "key"),
        ({"way": "nonsense"}, "key"),
        ({"way": "track_token", "token": "xyz"}, "token"),
        ({"way": "password", "password": "p"}, "email"),
        ({"way": "password", "email": "a@b.example"}, "password"),
        ({**KEY, "address": "https://example.org"}, "address"),
    ],
)
async def test_a_field_filled_in_wrongly_costs_no_attempt(road: Road, fields: dict[str, str], field: str) -> None:
    page = await road.page()
    for _ in range(tickets.MAX_ATTEMPTS + 1):
        response = await page.send(**fields)
        assert response.status_code == 422
        assert error_at(response.text, field)
    assert len(road.toggl.calls) == 0
    assert (await page.send(**KEY)).status_code == 200


async def test_too_many_refused_credentials_use_the_link_up(road: Road) -> None:
    page = await road.page()
    for _ in range(tickets.MAX_ATTEMPTS - 1):
        assert (await page.send(**WRONG)).status_code == 422
    assert (await page.send(**WRONG)).status_code == 410
    assert (await page.open()).status_code == 410


async def test_where_toggl_does_not_tell_the_workspace_its_address_is_asked_for(road: Road) -> None:
    studio = road.toggl.workspace("Nordlicht Studio")
    road.toggl.fail("get_workspace_context", status=403, times=2)
    page = await road.page()
    response = await page.send(**KEY)
    assert response.status_code == 422
    assert "Paste the address of your Toggl page" in error_at(response.text, "address")
    assert '<details class="more" open>' in response.text
    address = f"https://focus.toggl.com/{studio.organization_id}/workspaces/{studio.id}/timer"
    assert (await page.send(**KEY, address=address)).status_code == 200


async def test_toggl_being_down_is_said_above_the_form(road: Road) -> None:
    page = await road.page()
    road.toggl.fail(status=503)
    response = await page.send(**KEY)
    assert response.status_code == 503
    assert '<p class="alert" role="alert">Toggl cannot be reached right now. Nothing was saved.' in response.text
    assert (await page.send(**KEY)).status_code == 200


async def test_a_spent_quota_says_when_it_resets(road: Road) -> None:
    page = await road.page()
    road.toggl.fail(status=402, headers={"X-Toggl-Quota-Remaining": "0", "X-Toggl-Quota-Resets-In": "600"})
    response = await page.send(**KEY)
    assert response.status_code == 422
    assert "It resets in 10 min." in response.text


async def test_a_second_form_is_told_that_the_link_was_used(road: Road) -> None:
    page = await road.page()
    csrf = page.csrf
    assert (await page.send(**KEY)).status_code == 200
    again = await road.browser.post(page.url, data={"csrf": csrf, **KEY})
    assert again.status_code == 410
    assert "This link has been used" in again.text
    assert (await page.open()).status_code == 410
    assert len(road.slack.of("chat.postMessage")) == 1


async def test_an_expired_link_offers_a_fresh_one_to_its_owner_alone(road: Road) -> None:
    page = await road.page()
    csrf = page.csrf
    road.clock.pass_(minutes=10)
    late = await road.browser.post(page.url, data={"csrf": csrf, **KEY})
    assert late.status_code == 410
    assert "This link has expired" in late.text
    assert len(road.toggl.calls) == 0
    assert (await page.open()).status_code == 410
    sent = await page.send(fresh="1")
    assert sent.status_code == 200
    assert "Check Slack" in sent.text
    message = road.slack.of("chat.postMessage")[-1].sent
    fresh = link(message)
    assert fresh != page.url
    assert fresh.rpartition("/")[2] not in sent.text
    fresh_page = Page(road.browser, fresh)
    await fresh_page.open()
    assert (await fresh_page.send(**KEY)).status_code == 200


async def test_fresh_links_are_not_sent_again_and_again(road: Road) -> None:
    page = await road.page()
    road.clock.pass_(minutes=10)
    for _ in range(connect_links.FRESH_LINKS_AT_ONCE):
        await page.open()
        assert (await page.send(fresh="1")).status_code == 200
    await page.open()
    assert (await page.send(fresh="1")).status_code == 429
    assert len(road.slack.of("chat.postMessage")) == connect_links.FRESH_LINKS_AT_ONCE


async def test_a_link_that_never_was_says_so(road: Road) -> None:
    for token in ("x" * 43, "x", "%00", "%ff", "x" * 5000):
        response = await road.browser.get(f"{road.url}/connect/{token}")
        assert response.status_code == 404
        assert "There is no such link" in response.text
    assert (await road.browser.post(f"{road.url}/connect/x", data=KEY)).status_code == 404


async def test_a_form_from_another_browser_or_page_is_not_taken(road: Road) -> None:
    page = await road.page()
    mine, other = page.csrf, await road.page()
    async with httpx.AsyncClient() as stranger:
        forged = [
            await road.browser.post(page.url, data=KEY),
            await road.browser.post(page.url, data={"csrf": "0" * 64, **KEY}),
            await road.browser.post(page.url, data={"csrf": "ü", **KEY}),
            await road.browser.post(page.url, data={"csrf": other.csrf, **KEY}),
            await stranger.post(page.url, data={"csrf": mine, **KEY}),
        ]
    for response in forged:
        assert response.status_code == 403
        assert "cookies are off" in response.text
    assert len(road.toggl.calls) == 0
    assert (await page.open()).status_code == 200
    assert (await page.send(**KEY)).status_code == 200


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(road: Road) -> None:
    response = await (await road.page()).open()
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "path=/connect" in cookie


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("application/json", b"{}", 415),
        ("", b"way=focus_key", 415),
        ("multipart/form-data; boundary=x", b"--x--", 415),
        ("application/x-www-form-urlencoded", b"key=" + b"x" * 20_000, 413),
        ("application/x-www-form-urlencoded", b"&".join(b"a=1" for _ in range(21)), 400),
        ("application/x-www-form-urlencoded", b"key=%ff%fe", 400),
        ("application/x-www-form-urlencoded", b"key=\xff\xfe", 400),
    ],
)
async def test_what_is_no_form_is_refused(road: Road, content_type: str, body: bytes, status: int) -> None:
    page = await road.page()
    response = await road.browser.post(page.url, content=body, headers={"content-type": content_type})
    assert response.status_code == status
    assert (await page.open()).status_code == 200


async def test_a_form_that_comes_too_slowly_is_given_up() -> None:
    async def never() -> MutableMapping[str, Any]:
        await asyncio.Event().wait()
        return {}

    headers = [(b"content-type", b"application/x-www-form-urlencoded")]
    request = Request({"type": "http", "method": "POST", "headers": headers}, never)
    with pytest.raises(UnreadableFormError) as refused:
        await read_form(request, patience=timedelta(milliseconds=20))
    assert refused.value.status == 408


async def test_where_slack_does_not_answer_nothing_is_kept(road: Road) -> None:
    page = await road.page()
    road.slack.refuse["conversations.open"] = "internal_error"
    response = await page.send(**KEY)
    assert response.status_code == 502
    assert "nothing was saved" in response.text
    async with road.store.reading() as db:
        assert (await db.exec(select(TicketRow))).all() == []


async def test_a_database_that_does_not_answer_is_said_and_costs_nothing(road: Road, tmp_path: Path) -> None:
    page = await road.page()
    path, database, aside = httpx.URL(page.url).path, tmp_path / "bot.sqlite3", tmp_path / "aside"
    async with assembled(road.settings, clock=road.clock) as parts:
        pages = ConnectPage(parts.store, parts.connections, reach_nobody, b"a key for forms", road.clock).routes()
        await parts.store.close()
        database.rename(aside)
        database.mkdir()
        async with serving(Starlette(routes=pages)) as url:
            for response in (await road.browser.get(url + path), await road.browser.post(url + path, data=KEY)):
                assert response.status_code == 503
                assert "I cannot reach my own database right now." in response.text
    database.rmdir()
    aside.rename(database)
    assert (await page.open()).status_code == 200


async def test_the_page_speaks_its_owners_language(road: Road) -> None:
    road.slack.locale = "de-DE"
    assert '<html lang="de">' in (await (await road.page()).open()).text
    unknown = await road.browser.get(f"{road.url}/connect/x", headers={"accept-language": "fr, ja;q=0.8, en;q=0.5"})
    assert '<html lang="ja">' in unknown.text


async def test_what_people_and_toggl_write_is_escaped(road: Road) -> None:
    road.toggl.person("admin").name = "<!channel> & <@U1>"
    page = await road.page()
    response = await page.send(way="password", email='"><script>alert(1)</script>', password="x")
    assert "<script>alert" not in response.text
    await page.send(way="track_token", token="a" * 32)
    question = road.slack.of("chat.postMessage")[-1].sent
    assert "&lt;!channel&gt; &amp; &lt;@U1&gt;" in question["text"]
    assert "<!channel>" not in str(question)


async def test_no_secret_and_no_link_reaches_a_log(
    road: Road, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    page = await road.page()
    await page.send(**WRONG)
    road.toggl.fail(status=503)
    await page.send(**KEY)
    await page.send(**KEY)
    out = capfd.readouterr()
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith(QUIET)]
    written = "\n".join([out.out, out.err, *ours])
    assert ours
    assert "toggl_sk_" not in written
    assert page.url.rpartition("/")[2] not in written
