"""A report as a person sees it: chart, table, grouping, file, and sharing with a preview."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Newcomer

pytestmark = pytest.mark.e2e


def test_a_report_has_its_chart_and_its_table(newcomer: Newcomer) -> None:
    newcomer.type("/track report last week")
    newcomer.sees("Connect Toggl, and /track report last week runs right after.")
    newcomer.connect()
    newcomer.sees(re.compile(r"\d+ h.* by project · "))
    expect(newcomer.answer.get_by_role("img", name="Chart: By project")).to_be_visible()
    expect(newcomer.answer.get_by_role("columnheader", name="Project").first).to_be_visible()
    expect(newcomer.answer.get_by_role("columnheader", name="Previous period").first).to_be_visible()


def test_another_grouping_takes_the_reports_place(newcomer: Newcomer) -> None:
    newcomer.type("/track report last week by task")
    newcomer.sees("by task")
    newcomer.answer.get_by_role("combobox", name="Group by").click()
    newcomer.page.get_by_role("option", name="By day").click()
    newcomer.sees(re.compile(r"by day · .*Sun, "))


def test_the_file_is_in_the_direct_messages(newcomer: Newcomer) -> None:
    newcomer.type("/track report last week")
    newcomer.sees("by project")
    newcomer.press("CSV file")
    newcomer.sees(re.compile(r"report-.*\.csv is in your direct messages: every entry of "))
    newcomer.page.get_by_role("link", name="Toggl").first.click()
    expect(newcomer.page.get_by_role("link", name=re.compile(r"report-.*\.csv")).last).to_be_visible()


def test_sharing_shows_what_will_be_posted_and_posts_it(newcomer: Newcomer) -> None:
    newcomer.type("/track report last week")
    newcomer.sees("by project")
    newcomer.press("Share to channel…")
    expect(newcomer.dialog).to_contain_text("This will be posted, with a bar chart of the same numbers:")
    expect(newcomer.dialog).to_contain_text("shared a report of their own time.")
    newcomer.dialog.get_by_role("button", name="Share", exact=True).click()
    newcomer.sees(re.compile("Shared in #"))
    posted = newcomer.page.locator("[data-message-ts]").filter(has_text="shared a report of their own time.").last
    expect(posted.get_by_role("img", name="Chart: By project")).to_be_visible()


def test_an_empty_period_and_a_misunderstood_one_say_what_to_do(newcomer: Newcomer) -> None:
    newcomer.type("/track report 2020")
    newcomer.sees("Nothing tracked · 2020")
    newcomer.sees("/track log 1h30m write report adds past time.")
    newcomer.type("/track report soonish")
    newcomer.sees("I don’t understand “soonish” as a period.")
