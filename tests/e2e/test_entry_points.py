"""Every way to the timer that is not a form of a command: words, shortcuts, direct messages and threads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from bot.handlers import COMMANDS
from tests.e2e.conftest import Newcomer, ready

VERBS = sorted({command.verb for command in COMMANDS if command.name == "track" and command.verb})


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_typed_in_a_browser_by_some_test(verb: str) -> None:
    typed = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    assert re.search(rf'"/track {verb}\b', typed), f"no test in a browser types /track {verb}"


def shortcut(newcomer: Newcomer, name: str) -> None:
    """Choose one of the app's shortcuts beside the composer."""
    newcomer.page.get_by_role("main").get_by_role("button", name="Shortcuts").first.click()
    newcomer.page.get_by_role("menuitem", name=name).click()


def choose_task(newcomer: Newcomer, words: str, name: str) -> None:
    """Find a task in the open form's typeahead."""
    newcomer.dialog.get_by_role("combobox", name="Task").click()
    newcomer.page.keyboard.type(words)
    expect(newcomer.page.get_by_role("option").first).to_contain_text(name)
    newcomer.page.keyboard.press("Enter")


def messages(newcomer: Newcomer) -> None:
    """Go to the direct messages with the app."""
    newcomer.page.get_by_role("link", name="Toggl").first.click()
    expect(newcomer.page.get_by_role("link", name="Home")).to_be_visible()
    ready(newcomer.page)


def thread(newcomer: Newcomer) -> Locator:
    """The open thread."""
    return newcomer.page.get_by_role("log", name="Thread")


@pytest.mark.e2e
def test_the_timer_in_words(newcomer: Newcomer) -> None:
    newcomer.type("/track now")
    newcomer.sees("Connect Toggl, and /track now runs right after.")
    newcomer.connect()
    newcomer.sees(re.compile("No timer is running|is running:"))
    newcomer.type("/track switch write report 25m ago")
    newcomer.sees("Write report")
    newcomer.type("/track stop 5m ago")
    newcomer.sees("Stopped Write report after 20 min.")
    newcomer.type("/track continue")
    newcomer.sees("Started Write report at")
    newcomer.type("/track undo")
    newcomer.sees("Undone: Write report is not running, and its entry is deleted.")


@pytest.mark.e2e
def test_shortcuts_beside_the_composer_open_their_forms(newcomer: Newcomer) -> None:
    shortcut(newcomer, "Start a timer")
    choose_task(newcomer, "login", "Repair login flow")
    newcomer.dialog.get_by_role("button", name=re.compile("^(Start|Switch)$")).click()
    expect(newcomer.page.get_by_role("dialog")).to_have_count(0)
    shortcut(newcomer, "Log time")
    expect(newcomer.dialog).to_contain_text("How long, or from when to when")
    newcomer.leave()
    messages(newcomer)
    newcomer.sees("Repair login flow at")


@pytest.mark.e2e
def test_a_message_is_tracked_from_its_menu(newcomer: Newcomer) -> None:
    said = newcomer.page.locator("[data-message-ts]").filter(has_text="Imprint and privacy texts").first
    said.hover()
    said.get_by_role("button", name="More actions").click()
    newcomer.page.get_by_role("menuitem", name="Track time on this").click()
    expect(newcomer.dialog).to_contain_text("Imprint and privacy texts")
    newcomer.dialog.get_by_role("button", name=re.compile("^(Start|Switch)$")).click()
    newcomer.sees("Imprint and privacy texts are final.")


@pytest.mark.e2e
def test_verbs_are_understood_in_a_direct_message_and_in_a_thread(newcomer: Newcomer) -> None:
    said = newcomer.page.locator("[data-message-ts]").filter(has_text="Imprint and privacy texts").first
    said.hover()
    said.get_by_role("link", name="Reply in thread").click()
    ready(newcomer.page)
    composer = newcomer.page.get_by_role("combobox", name="Reply…")
    composer.press_sequentially("@toggl start write report")
    composer.press("Enter")
    expect(thread(newcomer)).to_contain_text(re.compile("(Started|to) Write report at"))
    messages(newcomer)
    newcomer.type("stop")
    newcomer.sees("Stopped Write report after")


@pytest.mark.e2e
def test_an_entry_is_named_in_words_deleted_and_ticked_to_be_restored(newcomer: Newcomer) -> None:
    newcomer.type("/track edit write report")
    newcomer.sees("Which entry?")
    newcomer.press("Edit: Write report")
    expect(newcomer.dialog).to_contain_text("Edit entry")
    newcomer.leave()
    newcomer.type("/track delete last")
    newcomer.press("Delete: Write report")
    newcomer.sees("Deleted Write report")
    newcomer.type("/track bulk restore")
    newcomer.dialog.get_by_role("checkbox").first.check()
    newcomer.dialog.get_by_role("button", name="Restore").click()
    newcomer.sees("Restored")


@pytest.mark.e2e
def test_somebody_agrees_to_be_shown_to_the_team_and_takes_it_back(newcomer: Newcomer) -> None:
    newcomer.type("/track start write report")
    newcomer.type("/track team")
    newcomer.sees("Do you want to be shown, too?")
    newcomer.press("Show what I am tracking")
    newcomer.sees("Everybody in this Slack workspace can now see")
    newcomer.type("/track team")
    newcomer.sees("Write report")
    newcomer.press("Stop showing what I am tracking")
    newcomer.sees("Nobody sees what you are tracking any more.")
