"""What is done to a followed project is told in its channel, in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Newcomer
from tests.e2e.test_subscriptions import ADMIN_KEY, says

pytestmark = pytest.mark.e2e


def test_a_pin_shows_on_the_card_and_in_its_thread(newcomer: Newcomer) -> None:
    newcomer.type("/project subscribe kanto rail signage")
    newcomer.sees("Connect Toggl")
    newcomer.connect(ADMIN_KEY)
    says(newcomer, "follows Kanto Rail Signage now.")
    card = newcomer.page.locator("[data-message-ts]", has_text="lets this channel follow Kanto Rail Signage")
    expect(card).to_have_count(1, timeout=30_000)
    newcomer.type("/project pin kanto rail signage")
    expect(card).to_contain_text("pinned", timeout=30_000)
    card.get_by_text("1 reply").click(timeout=30_000)
    expect(newcomer.page.locator("body")).to_contain_text("Kanto Rail Signage (Kanto Rail) · Pinned · by @Marcus Bell")
