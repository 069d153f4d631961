"""Statistics as a person sees them: charts with tables, agreeing to be counted, a schedule from its form to its end."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Newcomer

pytestmark = pytest.mark.e2e


PATIENCE = 30_000
"""Milliseconds: Toggl Track takes a call a second, and statistics need two of them."""


def sees(newcomer: Newcomer, text: str | re.Pattern[str]) -> None:
    """Wait until the newest message says this."""
    expect(newcomer.answer).to_contain_text(text, timeout=PATIENCE)


def choose(newcomer: Newcomer, label: str, option: str) -> None:
    """Choose an option in one of the modal's selects."""
    newcomer.dialog.get_by_role("combobox", name=label).click()
    newcomer.page.get_by_role("option", name=option, exact=True).click()


def deed(newcomer: Newcomer, name: str) -> None:
    """Choose an entry in the menu of the only schedule."""
    newcomer.dialog.get_by_role("button", name="More actions").last.click()
    newcomer.page.get_by_role("menuitem", name=name).click()


def save(newcomer: Newcomer) -> None:
    """Send the modal."""
    newcomer.dialog.locator("button[type=submit]").last.click()


def test_whoever_agreed_is_counted_in_charts_with_their_tables(newcomer: Newcomer) -> None:
    newcomer.type("/toggl stats last week")
    sees(newcomer, "Connect Toggl, and /toggl stats last week runs right after.")
    newcomer.connect_both()
    sees(newcomer, "nobody has agreed to be counted yet")
    newcomer.press("Count my hours")
    sees(newcomer, "Your hours are counted in the statistics of your workspace from now on.")
    newcomer.type("/toggl stats last week")
    sees(newcomer, re.compile(r"13 members · 2 admins .* tracked by 1 person who agreed to be counted\."))
    expect(newcomer.answer.get_by_role("img", name="Chart: By project")).to_be_visible()
    expect(newcomer.answer.get_by_role("img", name="Chart: By status")).to_be_visible()
    for heading in ("Project", "Status", "Person"):
        expect(newcomer.answer.get_by_role("columnheader", name=heading, exact=True).first).to_be_visible()


def test_the_form_shows_the_inputs_of_how_often_it_comes(newcomer: Newcomer) -> None:
    newcomer.type("/toggl stats weekly on fri at 16:00")
    expect(newcomer.dialog).to_contain_text("Statistics in a channel")
    expect(newcomer.dialog.get_by_label("Friday")).to_be_checked()
    newcomer.dialog.get_by_label("Repeat every").fill("60")
    save(newcomer)
    expect(newcomer.dialog).to_contain_text("Enter a number no more than 52.")
    choose(newcomer, "How often", "Monthly, on a day of the month")
    expect(newcomer.dialog.get_by_label("Day of the month")).to_have_value("1")
    expect(newcomer.dialog.get_by_role("combobox", name="Period")).to_have_value("The previous month")
    choose(newcomer, "How often", "Monthly, on a weekday")
    expect(newcomer.dialog.get_by_label("Day of the month")).to_have_count(0)
    choose(newcomer, "Which one of the month", "Last")
    choose(newcomer, "Weekday", "Friday")
    save(newcomer)
    sees(newcomer, re.compile(r"Saved: statistics are posted in #.*, on the last Friday of every month at 4:00 PM \("))
    sees(newcomer, re.compile(r"Next: 4:00 PM .*; 4:00 PM .*; 4:00 PM "))


def test_a_schedule_is_paused_changed_and_removed_in_the_list(newcomer: Newcomer) -> None:
    newcomer.type("/toggl stats schedules")
    expect(newcomer.dialog).to_contain_text("on the last Friday of every month at 4:00 PM")
    deed(newcomer, "Pause")
    expect(newcomer.dialog).to_contain_text("Paused the statistics in")
    deed(newcomer, "Resume")
    expect(newcomer.dialog).to_contain_text("Resumed the statistics in")
    deed(newcomer, "Change…")
    expect(newcomer.dialog).to_contain_text("Change schedule")
    choose(newcomer, "How often", "Weekly, on certain days")
    newcomer.dialog.get_by_label("Repeat every").fill("2")
    newcomer.dialog.get_by_role("combobox", name="Time zone").click()
    newcomer.page.keyboard.type("kathm")
    newcomer.page.get_by_role("option", name="Asia/Kathmandu").click()
    save(newcomer)
    sees(newcomer, re.compile(r"Saved: .*, every 2 weeks on Monday at 4:00 PM \(Asia/Kathmandu\)\."))
    newcomer.press("All schedules")
    expect(newcomer.dialog).to_contain_text("every 2 weeks on Monday")
    deed(newcomer, "Remove…")
    expect(newcomer.dialog).to_contain_text("Remove this schedule?")
    save(newcomer)
    sees(newcomer, "Removed: statistics are no longer posted in")
    newcomer.type("/toggl stats history")
    sees(newcomer, "posted on a schedule")
