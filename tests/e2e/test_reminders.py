"""Reminders in a browser: made without typing, seen in the App Home, said in the direct messages, snoozed there."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Newcomer, ready

pytestmark = pytest.mark.e2e


def app(newcomer: Newcomer, tab: str) -> Locator:
    """A tab of the app: *Home* or *Messages*."""
    newcomer.page.get_by_role("navigation", name="Channels and direct messages").get_by_role("link").last.click()
    ready(newcomer.page)
    newcomer.page.get_by_role("link", name=tab, exact=True).click()
    ready(newcomer.page)
    return newcomer.page.get_by_role("main")


def test_a_reminder_is_made_without_typing_and_seen_in_the_home(newcomer: Newcomer) -> None:
    newcomer.type("/track remind")
    newcomer.sees("Connect Toggl")
    newcomer.connect()
    newcomer.sees("You have no reminders")
    newcomer.press("Remind me if hours are missing")
    form = newcomer.dialog
    form.get_by_role("textbox", name="Remind me if I have tracked less than").fill("lots")
    form.get_by_role("button", name="Save").click()
    expect(form).to_contain_text("I don’t understand “lots” as a duration")
    form.get_by_role("textbox", name="Remind me if I have tracked less than").fill("7:30")
    form.get_by_role("checkbox", name="Friday").uncheck()
    form.get_by_role("button", name="Save").click()
    newcomer.sees("less than 7 h 30 min tracked at 5:00 PM, on Monday, Tuesday, Wednesday, and Thursday")
    shown = app(newcomer, "Home")
    expect(shown).to_contain_text("My reminders")
    expect(shown).to_contain_text(re.compile("Less than 7 h 30 min tracked at 5:00 PM.*Next:", re.DOTALL))


def test_a_timer_that_runs_too_long_is_said_snoozed_and_silenced(newcomer: Newcomer) -> None:
    app(newcomer, "Messages")
    newcomer.type("track start Text reminders 45m ago")
    newcomer.sees("Started Text reminders")
    newcomer.type("track remind if running over 30m")
    newcomer.sees(
        re.compile(r"Text reminders has been running for 45 min.*asked for this reminder: a timer", re.DOTALL)
    )
    newcomer.answer.get_by_role("combobox", name="Snooze…").click()
    newcomer.page.get_by_role("option", name="30 min").click()
    newcomer.sees("Snoozed until")
    newcomer.press("Off today")
    newcomer.sees("No more reminders today.")


def test_reminders_are_changed_and_taken_back_in_the_home(newcomer: Newcomer) -> None:
    shown = app(newcomer, "Home")
    expect(shown).to_contain_text("No reminders for the rest of today.")
    shown.get_by_role("button", name="Remind me again").click()
    expect(shown).not_to_contain_text("No reminders for the rest of today.")
    shown.get_by_role("button", name="Remind me if no timer is running").click()
    newcomer.dialog.get_by_role("button", name="Save").click()
    expect(shown).to_contain_text("No timer running at 10:00 AM, on working days")
    shown.get_by_role("button", name="Remove all").click()
    newcomer.page.get_by_role("button", name="Remove all").last.click()
    expect(shown).to_contain_text("Removed 3 reminders.")
    shown.get_by_role("button", name="Undo").first.click()
    expect(shown).to_contain_text("No timer running at 10:00 AM, on working days")
