"""A channel follows projects, in a browser: subscribe, see the card, set the digest, mute, pause, unsubscribe."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Newcomer

pytestmark = pytest.mark.e2e
ADMIN_KEY = "toggl_sk_admin"


def menu(newcomer: Newcomer, entry: str) -> None:
    """Choose from the newest … menu."""
    newcomer.page.locator("[data-action-id='updates.deed'].button-overflow").last.click()
    newcomer.page.get_by_role("menuitem", name=entry).last.click()


def says(newcomer: Newcomer, text: str) -> None:
    """Wait until this stands anywhere in the conversation: a list changes in place, above what is posted."""
    expect(newcomer.page.locator("main")).to_contain_text(text)


def test_a_channel_is_subscribed_and_gets_the_projects_card(newcomer: Newcomer) -> None:
    newcomer.type("/project subscribe booking app")
    newcomer.sees("Connect Toggl")
    newcomer.connect(ADMIN_KEY)
    says(newcomer, "subscribed this channel to Booking App.")
    says(newcomer, "follows Booking App now.")
    expect(newcomer.page.get_by_role("button", name="Mute Booking App in this channel")).to_have_count(
        1, timeout=30_000
    )


def test_a_private_project_is_asked_about_first(newcomer: Newcomer) -> None:
    newcomer.type("/project subscribe clinic data")
    newcomer.sees("It is private in Toggl. Everybody in #website-relaunch would see its name")
    newcomer.press("Cancel")
    newcomer.sees("Nothing was changed.")


def test_the_digest_is_set_for_the_channel(newcomer: Newcomer) -> None:
    newcomer.type("/project subscriptions settings")
    form = newcomer.dialog
    form.get_by_role("combobox", name="Members changed").click()
    newcomer.page.keyboard.type("right away")
    newcomer.page.get_by_role("option", name="Right away").click()
    form.get_by_label("Post the digest at").fill("16:30")
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday"):
        form.get_by_label(day).uncheck()
    form.get_by_label("Quiet hours from").fill("19:00")
    form.get_by_role("button", name="Save").click()
    expect(form).to_contain_text("Quiet hours need a start and an end.")
    form.get_by_label("Quiet hours until").fill("08:00")
    form.get_by_role("combobox", name="Time zone").click()
    newcomer.page.keyboard.type("berlin")
    newcomer.page.get_by_role("option", name="Europe/Berlin").click()
    form.get_by_role("button", name="Save").click()
    says(newcomer, "changed how this channel gets project updates.")
    says(newcomer, "every Friday at 4:30 PM (Europe/Berlin)")
    says(newcomer, "Quiet from 7:00 PM to 8:00 AM.")


def test_a_project_is_muted_from_its_card_and_heard_of_again(newcomer: Newcomer) -> None:
    newcomer.press("Mute Booking App in this channel")
    says(newcomer, "Booking App is muted in #website-relaunch: no more updates on it are posted there.")
    newcomer.press("Undo")
    says(newcomer, "gets updates on Booking App again.")


def test_what_is_followed_is_listed_paused_and_ended(newcomer: Newcomer) -> None:
    newcomer.type("/project subscriptions")
    newcomer.sees("What #website-relaunch follows · 1 subscription")
    menu(newcomer, "Pause")
    says(newcomer, "gets no more updates on Booking App until they are resumed.")
    menu(newcomer, "Resume")
    says(newcomer, "gets updates on Booking App again.")
    newcomer.type("/project unsubscribe")
    says(newcomer, "no longer follows Booking App.")
    newcomer.press("Undo")
    says(newcomer, "follows Booking App again.")
