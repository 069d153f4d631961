"""The demo as a newcomer starts it, in a process of its own, and what they do on its page."""

from __future__ import annotations

import contextlib
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import open_page
from tests.signals import as_in_a_terminal

ADDRESS = re.compile(r"http://localhost:\d+")
MEMBER_KEY = "toggl_sk_member"
LISTENING = """() => [...document.querySelectorAll("#modal-body [hx-post]")].every(part => {
  const kept = part["htmx-internal-data"];
  return kept && kept.initHash !== undefined && !kept.xhr;
})"""
"""Whether the page listens to everything in a modal, and nothing that was done in it waits for its answer."""


class Demo:
    """A running demo."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.folder = folder
        self.lines: list[str] = []
        self._process = subprocess.Popen(  # noqa: S603 (our own command)
            [sys.executable, "-m", "bot", "demo", "--port", str(port), "--folder", str(folder)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=as_in_a_terminal,  # noqa: PLW1509 (no more than signals)
        )
        self.url = self._wait_for_address()

    def _wait_for_address(self) -> str:
        assert self._process.stdout
        for line in self._process.stdout:
            self.lines.append(line)
            if "open http" in line and (found := ADDRESS.search(line)):
                return found.group()
        raise AssertionError("the demo ended: " + "".join(self.lines))

    def end(self) -> int:
        """Press Ctrl-C; the exit code. What was printed is in `lines`."""
        self._process.send_signal(signal.SIGINT)
        said, _ = self._process.communicate(timeout=60)
        self.lines += said.splitlines(keepends=True)
        return self._process.returncode


def ready(page: Page) -> None:
    """Wait until the page listens to clicks."""
    expect(page.locator("html")).to_have_attribute("data-ready", "true")


class Newcomer:
    """A person at the demo's page."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        page.goto(url)
        ready(page)

    def type(self, text: str) -> None:
        """Type into the composer and send it."""
        composer = self.page.get_by_role("combobox", name=re.compile("^Message"))
        composer.click()
        composer.press_sequentially(text)
        composer.press("Enter")

    def press(self, name: str) -> None:
        """Press the newest button of this name."""
        self.page.get_by_role("button", name=name).last.click()

    @property
    def answer(self) -> Locator:
        """The newest message."""
        return self.page.locator("[data-message-ts]").last

    def sees(self, text: str | re.Pattern[str]) -> None:
        """Wait until the newest message says this."""
        expect(self.answer).to_contain_text(text)

    @property
    def dialog(self) -> Locator:
        """The open modal, once the page listens to it: what is pressed before, on a busy machine, is lost."""
        self.page.wait_for_function(LISTENING, timeout=30_000)
        return self.page.get_by_role("dialog").last

    def leave(self) -> None:
        """Close the modal where it is still there, as after a change that took its time: Slack cannot close it then."""
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_role("dialog")).to_have_count(0)

    def connect(self, key: str = MEMBER_KEY) -> Page:
        """Follow the newest *Connect Toggl*, fill the form in and confirm in Slack; the confirming page."""
        form = self._form()
        form.get_by_label("Focus API key").last.fill(key)
        return self._back_from(self._confirmed(form))

    def connect_both(self, who: str = "admin", workspace: str = "Nordlicht Studio") -> Page:
        """The same with the e-mail and password of somebody of the seeded company, which open both products."""
        form = self._form()
        form.get_by_label("E-mail and password").check()
        form.get_by_label("E-mail", exact=True).fill(f"{who}@nordlicht.example")
        form.get_by_label("Password", exact=True).fill(f"{who}-password")
        confirmed = self._confirmed(form)
        confirmed.get_by_role("combobox", name="Choose a workspace").last.click()
        confirmed.get_by_role("option", name=workspace).click()
        return self._back_from(confirmed)

    def _back_from(self, other: Page) -> Page:
        """Go back to one's own page: one behind another draws seldom, and each click would wait for that."""
        self.page.bring_to_front()
        return other

    def _form(self) -> Page:
        with self.page.context.expect_page() as opened:
            self.page.get_by_role("link", name="Connect Toggl").last.click()
        return opened.value

    def _confirmed(self, form: Page) -> Page:
        form.get_by_role("button", name="Continue").click()
        form.get_by_role("link", name="Open Slack").click()
        ready(form)
        form.get_by_role("button", name="Confirm").last.click()
        expect(form.get_by_role("button", name="Confirm")).to_have_count(0)
        return form


def _port_before_two_others() -> int:
    """A free port before two others: the demo's page is at the first, its Toggl at the third."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as first:
            port: int = first.getsockname()[1]
            with contextlib.suppress(OSError, OverflowError):
                for other in (port + 1, port + 2):
                    socket.create_server(("127.0.0.1", other)).close()
                return port


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One demo for the tests of a file, in which Track takes calls as fast as they come."""
    port = _port_before_two_others()
    started = Demo(tmp_path_factory.mktemp("demo") / "data", port)
    with contextlib.suppress(httpx.HTTPError):  # where another got the port meanwhile, Track keeps its pace
        httpx.put(f"http://localhost:{port + 2}/local/limit", json={"limited": False})
    yield started
    assert started.end() == 0, "".join(started.lines)


@pytest.fixture
def newcomer(demo: Demo, browser: Browser) -> Iterator[Newcomer]:
    """Somebody who opens the demo's page."""
    page = open_page(browser)
    yield Newcomer(page, demo.url)
    page.context.close()
