"""Rates, alerts and Toggl's own track reminders as an admin keeps them in a browser: every modal of theirs."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Newcomer

pytestmark = pytest.mark.e2e
TRACKS_PACE = 30_000


def connect(newcomer: Newcomer) -> None:
    """Connect as the admin, unless a test before has done it."""
    newcomer.type("/toggl constraints")
    newcomer.sees(re.compile("Connect Toggl|requires nothing"))
    if "Connect Toggl" in newcomer.answer.inner_text():
        newcomer.connect_both()
    newcomer.sees("requires nothing of a time entry")


def says(newcomer: Newcomer, words: str | re.Pattern[str]) -> None:
    """Wait until the modal says this: Track takes a call a second, and a change needs up to five."""
    expect(newcomer.dialog).to_contain_text(words, timeout=TRACKS_PACE)


def choose(newcomer: Newcomer, row: str, deed: str) -> None:
    """Choose an entry in the menu beside a row of the modal."""
    section = newcomer.dialog.locator("[data-block-type=section]").filter(has_text=row)
    section.get_by_role("button").last.click()
    newcomer.page.get_by_role("menuitem", name=deed).click()


def pick(newcomer: Newcomer, picker: str, typed: str, name: str) -> None:
    """Search in a picker of the modal and choose what is called `name`."""
    newcomer.dialog.get_by_role("combobox", name=picker).click()
    newcomer.page.keyboard.type(typed)
    newcomer.page.get_by_role("option", name=name).click()


def pressed(newcomer: Newcomer, name: str) -> Locator:
    """Press a button of the modal; the modal."""
    newcomer.dialog.get_by_role("button", name=name, exact=True).last.click()
    return newcomer.dialog


def closed(newcomer: Newcomer) -> None:
    """Close the modal, so that the next test finds none."""
    newcomer.dialog.get_by_role("button", name="Close").last.click()
    expect(newcomer.page.get_by_role("dialog")).to_have_count(0)


def test_a_rate_is_said_in_words_and_set(newcomer: Newcomer) -> None:
    connect(newcomer)
    newcomer.type("/toggl rates member ida")
    says(newcomer, "Ida Brandt · Billable rate")
    form = pressed(newcomer, "New rate…")
    form.get_by_label("Per hour, in EUR").fill("0")
    pressed(newcomer, "Next")
    says(newcomer, "A rate has to be more than 0.")
    form.get_by_label("Per hour, in EUR").fill("125.5")
    form.get_by_text("From another day on").click()
    form.get_by_label("First day").fill("2031-01-01")
    pressed(newcomer, "Next")
    words = (
        "From Wed, Jan 1, 2031 on, an hour of Ida Brandt is billed at €125.50; what was tracked before keeps €110.00."
    )
    says(newcomer, words)
    pressed(newcomer, "Save")
    says(newcomer, "from Jan 1, 2031 on (planned)")
    says(newcomer, "€125.50")
    closed(newcomer)


def test_rates_of_projects_and_labour_costs_are_chosen_in_the_modal(newcomer: Newcomer) -> None:
    connect(newcomer)
    newcomer.type("/toggl rates")
    says(newcomer, "Nordlicht Studio · Billable rate")
    newcomer.dialog.get_by_role("combobox").first.click()
    newcomer.page.get_by_role("option", name="A project").click()
    says(newcomer, "Choose a project")
    newcomer.dialog.get_by_role("combobox").nth(1).click()
    newcomer.page.keyboard.type("booking app")
    newcomer.page.get_by_role("option", name="Booking App").click()
    says(newcomer, "€120.00 an hour")
    newcomer.dialog.get_by_role("combobox").last.click()
    newcomer.page.get_by_role("option", name="Labor cost").click()
    says(newcomer, "No rate was ever set here.")
    closed(newcomer)


def test_an_alert_is_made_and_deleted_after_asking(newcomer: Newcomer) -> None:
    newcomer.type("/toggl alerts")
    says(newcomer, "Booking App at 80% of the estimate")
    form = pressed(newcomer, "New alert…")
    says(newcomer, "What is watched")
    pick(newcomer, "Project", "museum kiosk", "Museum Kiosk")
    form.get_by_label("Notify at").fill("50, 90")
    pressed(newcomer, "Create")
    says(newcomer, "Choose who is notified")
    pick(newcomer, "People", "yuki", "Yuki Sato")
    pressed(newcomer, "Create")
    says(newcomer, "Created: an alert on Museum Kiosk.")
    choose(newcomer, "Museum Kiosk at 50", "Delete…")
    says(newcomer, "Toggl will no longer notify anybody.")
    pressed(newcomer, "Delete")
    says(newcomer, "Deleted: the alert on Museum Kiosk.")
    closed(newcomer)


def test_a_reminder_is_changed_and_colleagues_are_invited(newcomer: Newcomer) -> None:
    newcomer.type("/toggl reminders")
    says(newcomer, "At least 6 h a day")
    choose(newcomer, "At least 6 h a day", "Change…")
    says(newcomer, "Hours to track")
    newcomer.dialog.get_by_text("Every week").click()
    newcomer.dialog.get_by_label("Hours to track").fill("37")
    pressed(newcomer, "Save")
    says(newcomer, "Saved: At least 37 h a week.")
    choose(newcomer, "At least 37 h a week", "Invite the others…")
    says(newcomer, re.compile(r"\d people are not connected here yet"))
    newcomer.dialog.get_by_role("combobox", name="Who to invite").click()
    newcomer.page.keyboard.type("jonas")
    newcomer.page.get_by_role("option", name=re.compile("Jonas")).click()
    pressed(newcomer, "Invite")
    newcomer.sees("1 person gets an invitation from me.")


def test_a_reminder_is_made_deleted_after_asking_and_brought_back(newcomer: Newcomer) -> None:
    connect(newcomer)
    newcomer.type("/toggl reminders")
    says(newcomer, "At least 30 h a week")
    form = pressed(newcomer, "New reminder…")
    says(newcomer, "Hours to track")
    form.get_by_label("Hours to track").fill("5")
    pick(newcomer, "People", "yuki", "Yuki Sato")
    pressed(newcomer, "Create")
    says(newcomer, "Created: At least 5 h a day.")
    choose(newcomer, "At least 5 h a day", "Delete…")
    says(newcomer, "Neither Toggl nor I will remind them of it any more.")
    pressed(newcomer, "Delete")
    says(newcomer, "Deleted: At least 5 h a day.")
    pressed(newcomer, "Undo")
    says(newcomer, "Undone. New track reminder")
    closed(newcomer)
