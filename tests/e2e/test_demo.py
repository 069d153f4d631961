from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser

from tests.browser import open_page
from tests.e2e.conftest import Demo, Newcomer

pytestmark = pytest.mark.e2e


def test_a_second_start_keeps_the_data_and_ctrl_c_ends_cleanly(tmp_path: Path) -> None:
    first = Demo(tmp_path / "data")
    secrets = (tmp_path / "data" / "secrets.json").read_text(encoding="utf-8")
    assert first.end() == 0
    assert not any("Traceback" in line for line in first.lines)
    second = Demo(tmp_path / "data")
    assert (tmp_path / "data" / "secrets.json").read_text(encoding="utf-8") == secrets
    assert httpx.get(second.url, follow_redirects=True).status_code == httpx.codes.OK
    assert second.end() == 0


def test_ctrl_c_ends_cleanly_while_a_page_is_open(tmp_path: Path, browser: Browser) -> None:
    demo = Demo(tmp_path / "data")
    page = open_page(browser)
    Newcomer(page, demo.url)
    assert demo.end() == 0
    assert demo.lines[-1] == "Stopped. `make demo` picks up where you left off.\n"
    assert not any("rror" in line for line in demo.lines), "".join(demo.lines)
    page.context.close()


def test_a_taken_port_is_said_and_the_next_free_one_is_used(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        demo = Demo(tmp_path / "data", port=port)
        assert f"Port {port} is taken, so the page is at the next free one.\n" in demo.lines
        assert int(demo.url.rpartition(":")[2]) > port
        assert demo.end() == 0


def test_two_demos_at_once_keep_their_data_apart_and_none_is_forgotten_under_a_running_one(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    first = Demo(folder)
    second = Demo(folder)
    own = tmp_path / "data-2"
    assert f"Another demo is using the data in {folder}, so this one keeps its own in {own}.\n" in second.lines
    command = [sys.executable, "-m", "bot", "demo", "--reset", "--folder", str(folder)]
    refused = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (our own command)
    assert refused.returncode == 1
    assert "End it first" in refused.stderr
    assert httpx.get(first.url, follow_redirects=True).status_code == httpx.codes.OK
    assert (second.end(), first.end()) == (0, 0)


def test_reset_forgets_the_data(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    Demo(folder).end()
    command = [sys.executable, "-m", "bot", "demo", "--reset", "--folder", str(folder)]
    said = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 (our own command)
    assert said.stdout == "Deleted the demo's data.\n"
    assert not folder.exists()


def test_the_secrets_of_a_demo_are_its_owners_alone(tmp_path: Path) -> None:
    demo = Demo(tmp_path / "data")
    assert (tmp_path / "data" / "secrets.json").stat().st_mode & 0o077 == 0
    demo.end()
