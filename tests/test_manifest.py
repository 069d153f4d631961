"""`python -m bot manifest`: what an admin pastes when they create the Slack app."""

from __future__ import annotations

from pathlib import Path

import yaml

from bot.manifest import PLACEHOLDER, over_http, read, written
from tests.test_main import environment, said

URL = "https://toggl.nordlicht.example"


async def test_every_address_is_the_installations_own(tmp_path: Path) -> None:
    status, out, _ = await said(tmp_path, "manifest", "--url", URL + "/", env=environment(tmp_path))
    assert status == 0
    printed = yaml.safe_load(out)
    assert printed == over_http(read(), URL, {})
    assert PLACEHOLDER not in out
    assert printed["settings"]["interactivity"]["request_url"] == f"{URL}/slack/events"
    assert printed["oauth_config"]["redirect_urls"] == [f"{URL}/slack/oauth_redirect"]


async def test_the_public_address_and_the_commands_names_come_from_the_settings(tmp_path: Path) -> None:
    env = environment(tmp_path, PUBLIC_URL=URL, COMMAND_TRACK="/zeit")
    status, out, err = await said(tmp_path, "manifest", env=env)
    assert (status, err) == (0, "")
    printed = yaml.safe_load(out)
    assert [row["command"] for row in printed["features"]["slash_commands"]] == ["/zeit", "/project", "/toggl"]
    assert URL in out


async def test_over_sockets_there_is_no_address(tmp_path: Path) -> None:
    status, out, _ = await said(tmp_path, "manifest", "--socket-mode", env=environment(tmp_path))
    assert status == 0
    assert "https://" not in out
    assert yaml.safe_load(out)["settings"]["socket_mode_enabled"] is True


async def test_without_an_address_that_slack_takes_it_says_so(tmp_path: Path) -> None:
    for arguments in ((), ("--url", "http://localhost:3000"), ("--url", URL + "/bot")):
        status, out, err = await said(tmp_path, "manifest", *arguments, env=environment(tmp_path))
        assert (status, out) == (1, "")
        assert "https" in err


def test_the_manifest_in_the_repository_is_left_as_it_is() -> None:
    before = written(read())
    over_http(read(), URL, {"/track": "/zeit"})
    assert written(read()) == before
