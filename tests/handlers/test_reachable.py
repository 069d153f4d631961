"""Every operation of the workspaces' page and of the statuses' page is reached from Slack, by a test that says so."""

from __future__ import annotations

import re

import httpx

from bot.views.ids import Actions
from tests.handlers import (  # noqa: F401 (each says what it reaches)
    test_alerts,
    test_members,
    test_new_workspace,
    test_rates,
    test_statistics,
    test_statuses,
    test_track_reminders,
    test_workspace_settings,
)
from tests.handlers.reaching import REACHED, reaches
from tests.road import Road, find_button
from tests.toggl.contract import documented

_CSRF = re.compile(r'name="csrf" value="([0-9a-f]+)"')


@reaches("search_workspaces")
async def test_the_page_to_connect_finds_the_workspaces_that_a_track_token_opens(road: Road) -> None:
    prompt = await road.command("/toggl connect")
    _, link = find_button(prompt.blocks, Actions.CONNECT_LINK)
    async with httpx.AsyncClient() as browser:
        csrf = _CSRF.search((await browser.get(link["url"])).text)
        assert csrf is not None
        form = {"csrf": csrf[1], "way": "track_token", "token": "a" * 32}
        assert (await browser.post(link["url"], data=form)).is_success


def test_all_twenty_of_the_workspaces_and_all_six_of_the_statuses_are_reached() -> None:
    pages = {each.spec["operationId"]: each.spec["x-page"] for each in documented()}
    wanted = {name for name, page in pages.items() if page in {"pages/workspaces.txt", "pages/statuses.txt"}}
    assert len(wanted) == 26
    assert set(REACHED) == wanted
