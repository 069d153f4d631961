"""Logging past time, as a person does it in a browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Newcomer

pytestmark = pytest.mark.e2e
# On Sunday mornings in New York the seeded member, who lives in Tokyo, does not work, and the clocks do not change.


def test_logging_in_words_and_taking_it_back(newcomer: Newcomer) -> None:
    newcomer.type("/track log 3-4:30 write report last sunday")
    newcomer.sees("Connect Toggl")
    newcomer.connect()
    newcomer.sees(re.compile(r"Logged 1 h 30 min on Write report: .*3:00 AM – 4:30 AM"))
    newcomer.press("Undo")
    newcomer.sees("Undone: the entry of Write report, ")


def test_several_at_once_with_an_overlap_that_is_asked(newcomer: Newcomer) -> None:
    newcomer.type("/track log 3-4 write report last sunday, 4-5 repair login flow last sunday")
    newcomer.sees("Logged 2 entries, 2 h in total:")
    newcomer.type("/track log 3:30-4:30 rep last sunday")
    newcomer.sees("Which task is “rep”? Nothing is logged yet.")
    newcomer.press("Log on Write report")
    newcomer.sees("That overlaps with entries you already have. Nothing is logged yet.")
    newcomer.press("Change…")
    newcomer.dialog.get_by_label("How long, or from when to when").fill("5-5:45")
    newcomer.dialog.get_by_role("button", name="Log", exact=True).click()
    newcomer.sees(re.compile("Logged 45 min on Write report: .*5:00 AM – 5:45 AM"))


def test_the_form_with_typeahead_and_an_error_beside_its_field(newcomer: Newcomer) -> None:
    newcomer.type("/track log")
    newcomer.dialog.get_by_role("combobox", name="Task").click()
    newcomer.page.keyboard.type("login")
    expect(newcomer.page.get_by_role("option").first).to_contain_text("Repair login flow")
    newcomer.page.keyboard.press("Enter")
    length = newcomer.dialog.get_by_label("How long, or from when to when")
    length.fill("soonish")
    newcomer.dialog.get_by_role("button", name="Log", exact=True).click()
    expect(newcomer.dialog).to_contain_text("How long for “soonish”?")
    length.fill("7:30-7:50 last sunday")
    newcomer.dialog.get_by_text("Break", exact=True).click()
    newcomer.dialog.get_by_role("button", name="Log", exact=True).click()
    newcomer.sees(re.compile("Logged a break of 20 min on Repair login flow: .*7:30 AM – 7:50 AM"))


def test_lines_are_put_right_where_they_are_not_clear(newcomer: Newcomer) -> None:
    newcomer.type("/track log 6-7 write report last sunday, 25h review")
    newcomer.sees("Nothing was logged, because not every line is clear:")
    newcomer.press("Change…")
    newcomer.dialog.get_by_label("One entry per line").fill("6-7 write report last sunday")
    newcomer.dialog.get_by_role("button", name="Log", exact=True).click()
    newcomer.sees("Logged 1 h on Write report")
