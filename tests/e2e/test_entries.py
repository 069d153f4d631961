"""Looking at entries and changing them, as a person does it in a browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.conftest import Newcomer

pytestmark = pytest.mark.e2e


def menu(newcomer: Newcomer, choice: str) -> None:
    """Choose from the menu of the last entry that the newest list shows."""
    newcomer.answer.locator("[data-action-id='entry.deed'].button-overflow").last.click()
    newcomer.page.get_by_role("menuitem", name=choice).last.click()


def field(newcomer: Newcomer, name: str) -> Locator:
    """A field of the open form."""
    return newcomer.dialog.get_by_label(name)


def save(newcomer: Newcomer, name: str = "Save") -> None:
    """Send the open form."""
    newcomer.dialog.get_by_role("button", name=name, exact=True).click()


def test_the_list_turns_its_pages_and_takes_filters(newcomer: Newcomer) -> None:
    newcomer.type("/track list last month")
    newcomer.sees("Connect Toggl")
    newcomer.connect()
    newcomer.sees(re.compile(r"Your time from .* h.* in \d+ entries\."))
    newcomer.press("Older")
    newcomer.sees("Page 2 of")
    newcomer.press("Newer")
    newcomer.sees("Page 1 of")
    newcomer.type("/track list last month type:break")
    newcomer.sees("Only breaks")
    newcomer.type("/track list last month zebra")
    newcomer.sees("no matching entries")


def test_an_entry_is_edited_with_an_error_beside_its_field_and_undone(newcomer: Newcomer) -> None:
    newcomer.type("/track list last month task:report")
    newcomer.sees("Task: report")
    menu(newcomer, "Edit…")
    expect(newcomer.dialog).to_contain_text("Or the duration")
    field(newcomer, "Or the duration").fill("soonish")
    save(newcomer)
    expect(newcomer.dialog).to_contain_text("I don’t understand “soonish” as a duration.")
    field(newcomer, "Or the duration").fill("3h20m")
    newcomer.dialog.get_by_text("Break", exact=True).click()
    save(newcomer)
    newcomer.sees(re.compile(r"Changed Write report: .*\(3 h 20 min\)\."))
    newcomer.sees("It is a break now.")
    newcomer.press("Undo")
    newcomer.sees("Undone: Write report is back to")


def test_the_menu_moves_archives_and_deletes_after_asking(newcomer: Newcomer) -> None:
    newcomer.type("/track list last month task:report")
    newcomer.sees("Task: report")
    menu(newcomer, "Move to task…")
    newcomer.dialog.get_by_role("combobox", name="Task").click()
    newcomer.page.keyboard.type("login")
    newcomer.page.get_by_role("option", name=re.compile("Repair login flow")).first.click()
    save(newcomer, "Move")
    newcomer.sees("Moved from Write report to Repair login flow")
    newcomer.press("Undo")
    newcomer.sees("Undone")
    newcomer.type("/track list last month task:report")
    newcomer.sees("Task: report")
    menu(newcomer, "Delete…")
    newcomer.sees("Delete Write report")
    newcomer.press("Delete: Write report")
    newcomer.sees("Deleted Write report")
    newcomer.type("/track restore")
    newcomer.sees("Restored Write report")
    newcomer.type("/track archive last")
    newcomer.sees("Archived")
    newcomer.type("/track unarchive")
    newcomer.sees("is no longer archived")


def test_several_are_ticked_shifted_and_undone_together(newcomer: Newcomer) -> None:
    newcomer.type("/track bulk last month")
    expect(newcomer.dialog).to_contain_text("Select entries.")
    boxes = newcomer.dialog.get_by_role("checkbox")
    for number in range(3):
        boxes.nth(number).check()
    save(newcomer, "Next")
    newcomer.dialog.get_by_text("Shift earlier or later").click()
    field(newcomer, "By how much").fill("-15")
    save(newcomer, "Shift 3")
    newcomer.sees("Shifted 3 entries 15 min earlier.")
    newcomer.press("Undo")
    newcomer.sees("Undone: 3 entries are as they were.")
