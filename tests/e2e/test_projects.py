"""Projects as an admin keeps them in a browser: look, make, edit, choose people, delete and bring back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Newcomer

pytestmark = pytest.mark.e2e
ADMIN_KEY = "toggl_sk_admin"


def test_the_list_turns_its_pages_in_place(newcomer: Newcomer) -> None:
    newcomer.type("/project")
    newcomer.sees("Connect Toggl")
    newcomer.connect(ADMIN_KEY)
    newcomer.sees("Active projects · 27 projects · page 1 of 3")
    newcomer.press("Next")
    newcomer.sees("page 2 of 3")


def test_a_project_is_made_below_another_one(newcomer: Newcomer) -> None:
    newcomer.type("/project new Harbour Kiosk")
    form = newcomer.dialog
    form.get_by_role("combobox", name="Sub-project of").click()
    newcomer.page.keyboard.type("harbour sensor")
    newcomer.page.get_by_role("option", name="Harbour Sensor Dashboard").click()
    form.get_by_role("textbox", name="Estimate").fill("soonish")
    form.get_by_role("button", name="Create").click()
    expect(form).to_contain_text("I don’t understand “soonish”")
    form.get_by_role("textbox", name="Estimate").fill("12h30m")
    form.get_by_role("button", name="Create").click()
    newcomer.sees("Created Harbour Kiosk.")
    newcomer.press("Show: Harbour Kiosk")
    newcomer.sees(re.compile("Progress: .*0% · 0 s of 12 h 30 min.*Part of: Harbour Sensor Dashboard", re.DOTALL))


def test_every_field_can_be_edited_and_the_edit_undone(newcomer: Newcomer) -> None:
    newcomer.type("/project edit alpenglow brand")
    expect(newcomer.dialog.get_by_label("Fixed fee")).to_have_value("6000")
    newcomer.dialog.get_by_label("Name").fill("Alpenglow Identity")
    newcomer.dialog.get_by_label("Fixed fee").fill("7500.50")
    newcomer.dialog.get_by_role("button", name="Save").click()
    newcomer.sees("Saved Alpenglow Identity: Name, Fixed fee.")
    newcomer.press("Undo")
    newcomer.sees("Undone: Alpenglow Brand is as it was before")


def test_people_are_added_in_a_modal_and_taken_out_again(newcomer: Newcomer) -> None:
    newcomer.type("/project members museum kiosk")
    newcomer.dialog.get_by_role("combobox", name="Add people").click()
    newcomer.page.keyboard.type("yuki")
    newcomer.page.get_by_role("option", name="Yuki Sato").click()
    newcomer.dialog.get_by_role("button", name="Add", exact=True).click()
    expect(newcomer.dialog).to_contain_text(re.compile("Added Yuki Sato|They are all in"))
    newcomer.dialog.get_by_role("button", name="Undo").click()
    expect(newcomer.dialog).to_contain_text("Undone: no longer in Museum Kiosk: Yuki Sato.")
    newcomer.dialog.get_by_role("button", name="Close").last.click()


def test_deleting_asks_and_restoring_needs_only_the_name(newcomer: Newcomer) -> None:
    newcomer.type("/project delete museum audio guide")
    newcomer.sees("Delete Museum Audio Guide?")
    newcomer.press("Delete: Museum Audio Guide")
    newcomer.sees("Deleted Museum Audio Guide.")
    newcomer.type("/project restore museum")
    newcomer.sees("Museum Audio Guide is back.")
