"""A workspace as its admin keeps it in a browser: its rules, statuses and settings, more admins, another workspace."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Newcomer

pytestmark = pytest.mark.e2e


def choose(newcomer: Newcomer, status: str, deed: str) -> None:
    """Choose an entry in the menu beside a status."""
    row = newcomer.dialog.locator("[data-block-type=section]").filter(has_text=status)
    row.get_by_role("button", name="More actions").click()
    newcomer.page.get_by_role("menuitem", name=deed).click()


def fill(newcomer: Newcomer, name: str, emoji: str) -> None:
    """Fill the form of a status in and send it."""
    newcomer.dialog.get_by_label("Name").fill(name)
    newcomer.dialog.get_by_label("Emoji").fill(emoji)
    newcomer.dialog.locator("button[type=submit]").last.click()


def pressed(newcomer: Newcomer, name: str) -> Locator:
    """Press a button of the modal; the modal."""
    newcomer.dialog.get_by_role("button", name=name, exact=True).last.click()
    return newcomer.dialog


def pick(newcomer: Newcomer, label: str, option: str) -> None:
    """Choose an option of a select that may have to be scrolled to: an open list closes when the form moves."""
    select = newcomer.dialog.get_by_role("combobox", name=label)
    select.scroll_into_view_if_needed()
    newcomer.page.evaluate("() => new Promise(moved => requestAnimationFrame(() => requestAnimationFrame(moved)))")
    select.click()
    newcomer.page.get_by_role("option", name=option).click()


def test_what_entries_must_have_is_told_in_words(newcomer: Newcomer) -> None:
    newcomer.type("/toggl constraints")
    newcomer.sees("Connect Toggl")
    newcomer.connect_both()
    newcomer.sees("Nordlicht Studio requires nothing of a time entry.")
    newcomer.sees("An admin can change this in Toggl’s workspace settings")


def test_a_status_is_made_moved_renamed_deleted_and_brought_back(newcomer: Newcomer) -> None:
    newcomer.type("/toggl statuses")
    expect(newcomer.dialog).to_contain_text("Waiting for client")
    pressed(newcomer, "New status…")
    fill(newcomer, "Ready", ":nordlicht:")
    expect(newcomer.dialog).to_contain_text("Toggl accepts only standard emoji")
    fill(newcomer, "Ready", ":rocket:")
    expect(newcomer.dialog).to_contain_text("Ready, of the type “To do”.")
    choose(newcomer, "Ready", "Move up")
    expect(newcomer.dialog).to_contain_text(re.compile("Moved .*Ready"))
    choose(newcomer, "Ready", "Edit…")
    fill(newcomer, "Up next", "⏭️")
    expect(newcomer.dialog).to_contain_text("Name: Ready → Up next")
    choose(newcomer, "Up next", "Delete…")
    expect(newcomer.dialog).to_contain_text("No task has this status.")
    pressed(newcomer, "Delete")
    expect(newcomer.dialog).to_contain_text(re.compile("Deleted .*Up next"))
    pressed(newcomer, "Restore a deleted status")
    pressed(newcomer, "Restore: Up next")
    expect(newcomer.dialog).to_contain_text(re.compile("Up next is back."))
    newcomer.leave()


def test_a_default_status_stays_and_the_modal_says_why(newcomer: Newcomer) -> None:
    newcomer.type("/toggl statuses")
    choose(newcomer, "Blocked", "Delete…")
    pressed(newcomer, "Delete")
    expect(newcomer.dialog).to_contain_text("Blocked is one of the default statuses that Toggl gives every workspace")
    newcomer.leave()


def test_settings_are_changed_and_the_change_undone(newcomer: Newcomer) -> None:
    newcomer.type("/toggl settings")
    expect(newcomer.dialog.get_by_label("Name")).to_have_value("Nordlicht Studio")
    newcomer.dialog.get_by_label("Only admins may create projects").check()
    newcomer.dialog.get_by_label("Billable rate per hour").fill("95.50")
    newcomer.dialog.get_by_role("button", name="Save").click()
    newcomer.sees(re.compile("Only admins may create projects: no → yes.*Billable rate per hour: 0 → 95.5", re.DOTALL))
    newcomer.leave()
    newcomer.press("Undo")
    newcomer.sees("Undone.")


def test_a_rate_for_the_past_asks_first(newcomer: Newcomer) -> None:
    newcomer.type("/toggl settings")
    newcomer.dialog.get_by_label("Billable rate per hour").fill("110")
    pick(newcomer, "The new rate applies", "In place of all rates")
    newcomer.dialog.get_by_role("button", name="Save").click()
    expect(newcomer.dialog).to_contain_text("This cannot be undone.")
    newcomer.dialog.get_by_role("button", name="Save").click()
    newcomer.sees("Billable rate per hour: 0 → 110")
    newcomer.leave()


def test_somebody_becomes_an_admin(newcomer: Newcomer) -> None:
    newcomer.type("/toggl settings")
    pressed(newcomer, "Make somebody an admin…")
    expect(newcomer.dialog).to_contain_text("They can then change everything in the workspace")
    newcomer.dialog.get_by_role("combobox", name="New admins").click()
    newcomer.page.keyboard.type("yuki")
    newcomer.page.get_by_role("option", name="Yuki Sato").click()
    newcomer.dialog.get_by_role("button", name="Make admins").click()
    newcomer.sees("Admins: Yuki Sato")
    newcomer.leave()


def test_a_workspace_is_made_and_gone_over_to(newcomer: Newcomer) -> None:
    newcomer.type("/toggl new-workspace")
    newcomer.dialog.get_by_label("Name").fill("Nordlicht Archive")
    newcomer.dialog.get_by_role("button", name="Create").click()
    newcomer.sees("Created the workspace Nordlicht Archive. You are its admin.")
    newcomer.leave()
    newcomer.press("Switch to it")
    newcomer.sees("You work in Nordlicht Archive now.")
    newcomer.type("/toggl statuses")
    expect(newcomer.dialog).to_contain_text("To do")
    expect(newcomer.dialog).not_to_contain_text("In review")
    newcomer.leave()
