from __future__ import annotations

from bot.local.slack.page.listing import OUT_OF_BAND, Listing, difference


def listing(head: str = "0", **rows: str) -> Listing:
    drawn = {key: f'<p id="{key}" {OUT_OF_BAND}>{text}</p>' for key, text in rows.items()}
    return Listing(drawn, head, lambda: "everything")


def test_the_first_time_everything_is_sent() -> None:
    assert difference(None, listing(a="1")) == "everything"


def test_nothing_is_sent_when_nothing_changed() -> None:
    assert difference(listing(a="1"), listing(a="1")) == ""


def test_a_changed_message_takes_its_own_place() -> None:
    assert difference(listing(a="1", b="2"), listing(a="1", b="3")) == '<p id="b" hx-swap-oob="morph">3</p>'


def test_a_new_message_comes_after_the_others() -> None:
    sent = difference(listing(a="1"), listing(a="1", b="2"))
    assert sent == '<div hx-swap-oob="beforeend:#messages"><p id="b" >2</p></div>'


def test_a_message_that_went_or_older_ones_that_came_draw_everything() -> None:
    assert difference(listing(a="1", b="2"), listing(b="2")) == "everything"
    assert difference(listing(a="1"), listing(head="50", a="1")) == "everything"
