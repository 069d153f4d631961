"""What a newcomer does in the first minutes, in the order in which they do it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import open_page
from tests.e2e.conftest import Demo, Newcomer

pytestmark = pytest.mark.e2e

LUMINANCES = """() => {
    const luminance = (color) => {
        const linear = (part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        const [red, green, blue] = color.match(/[\\d.]+/g).map((part) => linear(part / 255));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const message = [...document.querySelectorAll("[data-message-ts]")].at(-1);
    const text = message.querySelector("[data-block-type=section]") ?? message;
    let behind = text;
    const clear = /rgba\\(0, 0, 0, 0\\)|transparent/;
    while (clear.test(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
    return [luminance(getComputedStyle(behind).backgroundColor), luminance(getComputedStyle(text).color)];
}"""
"""How bright the newest message's background and text are, as WCAG 2 counts it, from 0 to 1."""


def test_a_command_leads_through_connecting_and_runs_afterwards(newcomer: Newcomer) -> None:
    newcomer.type("/track start rep")
    newcomer.sees("Connect Toggl, and /track start rep runs right after.")
    newcomer.connect()
    newcomer.sees("Which task?")
    newcomer.press("Start Write report")
    newcomer.sees(re.compile(r"Started Write report at \d"))


def test_stop_and_undo(newcomer: Newcomer) -> None:
    newcomer.type("/track")
    newcomer.sees("Write report is running")
    newcomer.press("Stop: Write report")
    newcomer.sees(re.compile(r"Stopped Write report after .*Today: "))
    newcomer.press("Undo")
    newcomer.sees("Undone: Write report is running again")


def test_switching_in_the_modal_with_typeahead(newcomer: Newcomer) -> None:
    newcomer.type("/track start")
    expect(newcomer.dialog).to_contain_text("Write report is running and will stop then.")
    newcomer.page.keyboard.type("login")
    expect(newcomer.page.get_by_role("option").first).to_contain_text("Repair login flow")
    newcomer.page.keyboard.press("Enter")
    newcomer.dialog.get_by_role("button", name="Switch").click()
    newcomer.sees(re.compile(r"Switched from Write report .* to Repair login flow"))


def test_an_error_shows_beside_its_field_and_the_form_stays(newcomer: Newcomer) -> None:
    newcomer.type("/track")
    newcomer.sees("is running")
    newcomer.press("Edit start…")
    newcomer.dialog.get_by_label("Start").fill("soonish")
    newcomer.dialog.get_by_role("button", name="Save").click()
    expect(newcomer.dialog).to_contain_text("I don’t understand “soonish” as a time.")
    newcomer.dialog.get_by_label("Start").fill("10m ago")
    newcomer.dialog.get_by_role("button", name="Save").click()
    newcomer.sees("Repair login flow now counts from")


def test_a_task_that_is_not_there_is_created_with_its_project(newcomer: Newcomer) -> None:
    newcomer.type("/track start Zebra crossing")
    newcomer.sees("No task matches “Zebra crossing”. Nothing was started.")
    newcomer.press("Create “Zebra crossing” and start")
    newcomer.dialog.get_by_role("combobox", name="Project").click()
    newcomer.page.keyboard.type("monthly")
    newcomer.page.get_by_role("option", name="Monthly Reporting").click()
    newcomer.dialog.get_by_role("button", name="Create and start").click()
    newcomer.sees("to Zebra crossing at")


def test_help_lists_every_verb_and_a_typo_gets_the_nearest(newcomer: Newcomer) -> None:
    newcomer.type("/track help")
    newcomer.sees("/track start [task] [when]")
    newcomer.type("/track strat")
    newcomer.sees("/track start")
    newcomer.type("/toggl help")
    newcomer.sees("/toggl connect")


def test_what_cannot_be_done_is_said_plainly(newcomer: Newcomer) -> None:
    newcomer.type("/track stop yesterday 9:00")
    newcomer.sees("so it cannot stop at")
    newcomer.type("/track start tomorrow 9:00")
    newcomer.sees(re.compile("in the future"))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_answers_are_readable_by_day_and_by_night(demo: Demo, browser: Browser, *, dark: bool) -> None:
    page = open_page(browser, dark=dark)
    newcomer = Newcomer(page, demo.url)
    newcomer.type("/track")
    newcomer.sees("is running")
    behind, before = page.evaluate(LUMINANCES)
    assert (behind < 0.2) == dark
    assert (max(behind, before) + 0.05) / (min(behind, before) + 0.05) > 7
    page.context.close()


def test_disconnecting_asks_first_and_forgets_at_once(newcomer: Newcomer) -> None:
    newcomer.type("/toggl account")
    newcomer.sees("Marcus Bell")
    newcomer.type("/toggl disconnect")
    newcomer.press("Disconnect")
    newcomer.dialog.get_by_role("button", name="Disconnect").click()
    newcomer.sees(re.compile("forgotten|deleted", re.IGNORECASE))
    newcomer.type("/track")
    newcomer.sees("Connect Toggl")
