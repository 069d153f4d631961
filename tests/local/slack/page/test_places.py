"""The page's addresses over HTTP, without a browser."""

from __future__ import annotations

import re

import httpx
import pytest

from bot.local.slack.engine import LocalSlack
from bot.local.slack.seed import GENERAL, LEADS, LENA, MARCUS, TOM, WEBSITE, YUKI
from bot.local.slack.world import File
from tests.local.slack.conftest import Api
from tests.local.slack.page.gallery import DATA_TABLE, ELEMENTS, MARKDOWN, TABLES, TEXT, chart


@pytest.mark.parametrize(("languages", "person"), [("en-US,en", MARCUS), ("ja", YUKI), ("de-AT", LENA), ("pt", MARCUS)])
async def test_a_newcomer_becomes_somebody_who_speaks_their_language(
    http: httpx.AsyncClient, languages: str, person: str
) -> None:
    response = await http.get("/", headers={"accept-language": languages})
    assert response.headers["location"] == f"/as/{person}"


async def test_the_way_in_leads_to_a_channel_with_the_app_as_the_person_of_the_last_visit(
    http: httpx.AsyncClient,
) -> None:
    await http.get(f"/as/{YUKI}/{GENERAL}")
    response = await http.get("/", follow_redirects=True)
    assert response.url.path == f"/as/{YUKI}/{WEBSITE}"
    assert "default-src 'self'" in response.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", [f"/as/{TOM}/{GENERAL}", f"/as/{YUKI}/{LEADS}", "/as/nobody", "/archives/C0GENERAL01/x"]
)
async def test_what_is_not_there_says_so(http: httpx.AsyncClient, path: str) -> None:
    response = await http.get(path, follow_redirects=True)
    assert response.status_code == 404
    assert "Back to Slack" in response.text


async def test_every_block_of_the_gallery_is_drawn(http: httpx.AsyncClient, api: Api) -> None:
    charts = [chart("bar", "Hours"), chart("pie", "Shares")]
    for blocks in (TEXT, ELEMENTS, [*TABLES, DATA_TABLE, MARKDOWN], charts):
        posted = await api.call("chat.postMessage", channel=WEBSITE, text="x", blocks=blocks)
        assert posted["ok"], posted
    page = (await http.get(f"/as/{MARCUS}/{WEBSITE}")).text
    assert "cannot show" not in page
    for kind in ("header", "section", "divider", "context", "rich_text", "actions", "table", "data_table", "markdown"):
        assert f'data-block-type="{kind}"' in page


async def test_private_messages_are_gone_after_a_reload_and_not_after_following_a_link(
    http: httpx.AsyncClient, api: Api
) -> None:
    posted = await api.call("chat.postEphemeral", channel=WEBSITE, user=MARCUS, text="Between us")
    assert posted["ok"], posted
    path = f"/as/{MARCUS}/{WEBSITE}"
    assert "Between us" in (await http.get(path)).text
    await http.get(path, headers={"cache-control": "max-age=0"})
    assert "Between us" not in (await http.get(path)).text


async def test_a_file_is_offered_to_those_it_was_shared_with(http: httpx.AsyncClient, slack: LocalSlack) -> None:
    slack.world.files["F1"] = File(id="F1", name="hours.csv", content=b"ok", channel_ids=[WEBSITE], completed=True)
    slack.world.messages[WEBSITE][-1].files.append("F1")
    page = (await http.get(f"/as/{MARCUS}/{WEBSITE}")).text
    address = re.search(r'class="file" href="([^"]+)"', page)
    assert address is not None
    assert (await http.get(address[1])).text == "ok"


async def test_another_sites_page_cannot_act(http: httpx.AsyncClient, slack: LocalSlack) -> None:
    said = len(slack.world.messages[GENERAL])
    headers = {"sec-fetch-site": "cross-site"}
    response = await http.post(f"/as/{MARCUS}/{GENERAL}/send", data={"text": "x"}, headers=headers)
    assert response.status_code == 403
    assert len(slack.world.messages[GENERAL]) == said


async def test_names_from_outside_are_escaped_wherever_they_stand(http: httpx.AsyncClient, slack: LocalSlack) -> None:
    attack = "<script>alert('x')</script>\" onload=\"x"
    slack.world.people[LENA].real_name = attack
    slack.world.channels[GENERAL].topic = attack
    slack.world.team_name = attack
    await slack.say(LENA, GENERAL, attack)
    page = (await http.get(f"/as/{MARCUS}/{GENERAL}")).text
    assert "<script>alert" not in page
    assert not re.search(r"<[^>]*\" onload=\"", page)


async def test_a_theme_is_remembered_and_nonsense_is_not(http: httpx.AsyncClient) -> None:
    for cookie, theme in (("dark", "dark"), ('"><b', "auto")):
        page = await http.get(f"/as/{MARCUS}/{GENERAL}", headers={"cookie": f"theme={cookie}"})
        assert f'data-theme="{theme}"' in page.text


async def test_what_cannot_be_done_is_said_in_the_engines_words(http: httpx.AsyncClient) -> None:
    response = await http.post(f"/as/{MARCUS}/submit", data={"view_id": "V404"})
    assert response.status_code == 409
    assert "V404" in response.text


async def test_the_stream_begins_with_the_whole_page_and_goes_on_with_what_is_new(
    http: httpx.AsyncClient, slack: LocalSlack
) -> None:
    async with http.stream("GET", f"/as/{MARCUS}/{GENERAL}/changes") as response:
        events = response.aiter_text()
        first = await anext(events)
        while "event: views" not in first:
            first += await anext(events)
        assert 'id="messages"' in first
        await slack.say(LENA, GENERAL, "Fresh words")
        fresh = await anext(events)
        while "Fresh words" not in fresh:
            fresh += await anext(events)
        assert 'hx-swap-oob="beforeend:#messages"' in fresh
        assert "Guten Morgen" not in fresh
