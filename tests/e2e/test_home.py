"""The App Home and the shortcuts, as somebody uses them who never types a command."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import MEMBER_KEY, Newcomer, ready

pytestmark = pytest.mark.e2e


def home(newcomer: Newcomer) -> Locator:
    """Open the app's Home."""
    newcomer.page.get_by_role("link", name="Toggl", exact=False).last.click()
    ready(newcomer.page)
    newcomer.page.get_by_role("link", name="Home").click()
    ready(newcomer.page)
    return newcomer.page.get_by_role("main")


def test_from_a_strangers_home_to_a_connected_one(newcomer: Newcomer) -> None:
    shown = home(newcomer)
    expect(shown).to_contain_text("Track time without leaving Slack")
    newcomer.press("Connect Toggl…")
    with newcomer.page.context.expect_page() as opened:
        newcomer.dialog.get_by_role("link", name="Connect Toggl").click()
    newcomer.dialog.get_by_role("button", name="Close").last.click()
    form = opened.value
    form.get_by_label("Focus API key").last.fill(MEMBER_KEY)
    form.get_by_role("button", name="Continue").click()
    form.get_by_role("link", name="Open Slack").click()
    ready(form)
    form.get_by_role("button", name="Confirm").last.click()
    expect(form.get_by_role("button", name="Confirm")).to_have_count(0)
    expect(home(newcomer)).to_contain_text("No timer is running.")


def test_starting_stopping_and_undoing_stay_in_the_home(newcomer: Newcomer) -> None:
    shown = home(newcomer)
    shown.get_by_role("button", name=re.compile("^Start Text reminders")).click()
    expect(shown).to_contain_text("Text reminders is running")
    shown.get_by_role("button", name="Stop: Text reminders").click()
    expect(shown).to_contain_text("Stopped Text reminders after")
    shown.get_by_role("button", name="Undo").first.click()
    expect(shown).to_contain_text("Undone: Text reminders is running again")
    shown.get_by_role("button", name="Refresh").click()
    expect(shown).to_contain_text("Pinned projects")


def test_switching_in_the_modal_of_the_home(newcomer: Newcomer) -> None:
    shown = home(newcomer)
    shown.get_by_role("button", name="Switch…").click()
    expect(newcomer.dialog).to_contain_text("Text reminders is running and will stop then.")
    newcomer.page.keyboard.type("login")
    expect(newcomer.page.get_by_role("option").first).to_contain_text("Repair login flow")
    newcomer.page.keyboard.press("Enter")
    newcomer.dialog.get_by_role("button", name="Switch").click()
    expect(shown).to_contain_text("Repair login flow is running")
    expect(shown).to_contain_text("Switched from Text reminders")
