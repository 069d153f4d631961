from __future__ import annotations

from tests.jobs.following import AT_ONCE, SITE, Town, town  # noqa: F401 (a fixture is found by its name)


async def test_the_first_look_tells_nothing_but_shows_the_card_of_a_followed_project(town: Town) -> None:  # noqa: F811
    account = await town.connect()
    await town.follow(account, SITE)
    await town.work()
    [card] = town.messages()
    assert SITE in card.text
    await town.later()
    assert town.messages() == [card]


async def test_a_rename_in_toggl_is_told_below_the_card_and_the_card_is_edited(town: Town) -> None:  # noqa: F811
    account = await town.connect()
    await town.follow(account, SITE, modes=AT_ONCE)
    await town.begin()
    town.change(SITE, name="Website 2027")
    await town.later()
    card, told = town.messages()
    assert "Website 2027" in card.text and told.thread_ts == card.ts
    assert told.text == "*Website 2027* (Alpenglow Hotels) · Renamed, it was *Alpenglow Website*"
