"""Members, asking an admin, and who changed what, as two people do it in two browsers."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from bot.local.slack.seed import ALEX, MARCUS
from tests.browser import open_page
from tests.e2e.conftest import Demo, Newcomer

pytestmark = pytest.mark.e2e
CHANNEL = "C0WEBSITE01"
PROJECT = "Museum Audio Guide"


@pytest.fixture
def marcus(demo: Demo, browser: Browser) -> Iterator[Newcomer]:
    """An admin of the Toggl workspace."""
    page = open_page(browser)
    yield Newcomer(page, f"{demo.url}/as/{MARCUS}/{CHANNEL}")
    page.context.close()


@pytest.fixture
def alex(demo: Demo, browser: Browser) -> Iterator[Newcomer]:
    """A guest in Slack, and a plain member in Toggl."""
    page = open_page(browser)
    yield Newcomer(page, f"{demo.url}/as/{ALEX}/{CHANNEL}")
    page.context.close()


def choose(who: Newcomer, name: str, deed: str) -> None:
    """Choose an entry in somebody's menu in the modal."""
    row = who.dialog.locator("[data-block-type=section]").filter(has_text=name)
    row.get_by_role("button").last.click()
    who.page.get_by_role("menuitem", name=deed).click()


def closed(who: Newcomer) -> None:
    """Close the modal, so that the next test finds none."""
    who.dialog.get_by_role("button", name="Close").last.click()
    expect(who.page.get_by_role("dialog")).to_have_count(0)


def test_a_member_is_found_and_changed_and_the_change_taken_back(marcus: Newcomer) -> None:
    marcus.type("/toggl members emil")
    marcus.sees("Connect Toggl")
    marcus.connect_both("admin")
    marcus.type("/toggl members emil")
    choose(marcus, "Emil Sørensen", "Edit…")
    marcus.dialog.get_by_role("textbox", name="Working hours per day").fill("a while")
    marcus.dialog.get_by_role("button", name="Save").click()
    expect(marcus.dialog).to_contain_text("I don’t understand “a while”")
    marcus.dialog.get_by_role("textbox", name="Working hours per day").fill("4h30m")
    marcus.dialog.get_by_role("combobox", name="Role").click()
    marcus.page.get_by_role("option", name="Team lead").click()
    marcus.dialog.get_by_role("button", name="Save").click()
    expect(marcus.dialog).to_contain_text("Role: Member → Team lead")
    expect(marcus.dialog).to_contain_text("Working hours per day: 6 h → 4 h 30 min")
    marcus.dialog.get_by_role("button", name="Undo").click()
    expect(marcus.dialog).to_contain_text("Undone.")
    closed(marcus)


def test_the_list_is_searched_filtered_and_asked_before_anybody_goes(marcus: Newcomer) -> None:
    marcus.type("/toggl members")
    expect(marcus.dialog).to_contain_text("14 people")
    expect(marcus.dialog).to_contain_text("invited, has not accepted yet")
    choose(marcus, "Emil Sørensen", "Remove…")
    expect(marcus.dialog).to_contain_text("Remove Emil Sørensen from Nordlicht Studio?")
    expect(marcus.dialog).to_contain_text("This cannot be undone")
    marcus.dialog.get_by_role("button", name="Back to the list").click()
    choose(marcus, "Diego Ferrer", "Deactivate…")
    expect(marcus.dialog).to_contain_text("Deactivate Diego Ferrer in Nordlicht Studio?")
    marcus.dialog.get_by_role("button", name="Deactivate", exact=True).click()
    expect(marcus.dialog).to_contain_text("Active: yes → no")
    marcus.dialog.get_by_role("combobox").nth(1).click()
    marcus.page.get_by_role("option", name="Deactivated").click()
    expect(marcus.dialog).to_contain_text("2 people of 14")
    choose(marcus, "Diego Ferrer", "Reactivate")
    expect(marcus.dialog).to_contain_text("Active: no → yes")
    expect(marcus.dialog).to_contain_text("1 person of 14")
    marcus.dialog.get_by_role("button", name="Remove several…").click()
    for name in ("Grace Kim", "Noor Haddad"):
        marcus.dialog.get_by_role("combobox", name="People").click()
        marcus.page.keyboard.type(name)
        marcus.page.get_by_role("option", name=name).click()
    marcus.dialog.get_by_text("Who should be removed?").click()
    marcus.dialog.get_by_role("button", name="Next").click()
    expect(marcus.dialog).to_contain_text("Remove 2 people from Nordlicht Studio?")
    expect(marcus.dialog).to_contain_text("This cannot be undone")
    marcus.dialog.get_by_role("button", name="Remove 2").click()
    expect(marcus.dialog).to_contain_text("Removed 2: Grace Kim, Noor Haddad", timeout=20_000)
    closed(marcus)


def test_what_toggl_refuses_is_asked_of_an_admin_who_allows_it(marcus: Newcomer, alex: Newcomer) -> None:
    alex.type(f"/project archive {PROJECT}")
    alex.sees("Connect Toggl")
    alex.connect_both("member")
    alex.sees("Toggl does not allow you to do this.")
    alex.press("Ask an admin")
    alex.sees("Asked 1 admin:")
    marcus.page.get_by_role("link", name="Toggl", exact=True).first.click()
    marcus.sees(re.compile(rf"Alex Kim asks you to do this.*Archiving a project: {PROJECT}", re.DOTALL))
    marcus.press("Allow")
    marcus.page.get_by_role("dialog").get_by_role("button", name="Allow").click()
    marcus.sees("allowed it, and it is done.")
    alex.page.get_by_role("link", name="Toggl", exact=True).first.click()
    alex.sees("Marcus Bell allowed it, and it is done.")


def test_who_changed_what_can_be_looked_up(marcus: Newcomer) -> None:
    marcus.type("/toggl audit about:project")
    marcus.sees(re.compile(rf"Archiving a project: {PROJECT}.*done.*asked by @?Alex Kim", re.DOTALL))
    marcus.type("/toggl audit emil")
    marcus.sees("Role: Team lead → Member")
    marcus.sees("Working hours per day: 6 h → 4 h 30 min")
    marcus.type("/toggl audit csv")
    marcus.sees("The audit log is in your messages with me")
