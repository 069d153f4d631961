"""The account card, workspaces, and disconnecting, as typed in Slack."""

from __future__ import annotations

from sqlmodel import select

from bot.store.tables import Account, CredentialRow, TicketRow, Workspace
from tests.handlers.connecting import Road, button, elements, shown

KEY = {"way": "focus_key", "key": "toggl_sk_admin"}
TOKEN = {"way": "track_token", "token": "a" * 32}
PASSWORD = {"way": "password", "email": "admin@nordlicht.example", "password": "admin-password"}


async def test_the_card_says_who_what_where_and_how_much(road: Road) -> None:
    await road.connect(**KEY)
    card = shown(await road.send.command("/toggl account"))
    assert card["text"] == "Connected as *Astrid Holm (admin@nordlicht.example)*."
    text = str(card["blocks"])
    assert "*Focus API key:* Focus, since 12:00" in text
    assert "*Toggl calls left:* " in text
    assert "time zone Europe/Berlin, language en-US" in text
    assert "add a Track API token" in text
    assert button(card, "Add a credential")
    assert button(card, "Disconnect")["confirm"]["style"] == "danger"
    assert shown(await road.send.command("/toggl"))["text"] == card["text"]


async def test_the_card_spends_no_call(road: Road) -> None:
    await road.connect(**KEY)
    calls = len(road.toggl.calls)
    await road.send.command("/toggl account")
    assert len(road.toggl.calls) == calls


async def test_a_second_credential_is_added_from_the_card(road: Road) -> None:
    await road.connect(**KEY)
    card = shown(await road.send.command("/toggl account"))
    await road.press("Add a credential", card)
    prompt = await road.slack.next("respond", 2)
    assert any("url" in element for element in elements(prompt.sent))
    await road.connect(**TOKEN)
    card = shown(await road.send.command("/toggl account"))
    assert "*Workspace:* Nordlicht Studio" in str(card)
    assert "*Track API token:* Track" in str(card)
    assert button(card, "Change workspace")


async def test_workspaces_are_listed_with_the_chosen_one_marked(road: Road) -> None:
    await road.connect(**PASSWORD)
    await road.send.command("/toggl workspace studio")
    listed = shown(await road.send.command("/toggl workspace"))
    assert ":white_check_mark: *Nordlicht Studio*, chosen" in str(listed)
    choose = button(listed, "Choose")
    assert choose["accessibility_label"] == "Choose Nordlicht Labs"
    await road.press("Choose", listed)
    chosen = await road.slack.next("respond", 2)
    assert chosen.sent["text"] == "You work in *Nordlicht Labs* now."


async def test_a_name_that_fits_several_lists_them_and_one_that_fits_none_says_so(road: Road) -> None:
    await road.connect(**PASSWORD)
    several = shown(await road.send.command("/toggl workspace nordlicht"))
    assert len([element for element in elements(several) if element["text"]["text"] == "Choose"]) == 2
    none = shown(await road.send.command("/toggl workspace &lt;!here&gt;"))
    assert none["text"].startswith("None of your Toggl workspaces is called “&lt;!here&gt;”. `/toggl workspace`")


async def test_disconnecting_asks_says_what_goes_and_forgets_it(road: Road) -> None:
    await road.connect(**PASSWORD)
    asked = shown(await road.send.command("/toggl disconnect"))
    assert asked["text"] == "Disconnect *Astrid Holm (admin@nordlicht.example)* from Slack?"
    await road.press("Disconnect", asked)
    told = await road.slack.next("respond", 2)
    assert told.sent["replace_original"] is True
    assert "• E-mail and password\n• 2 workspaces\n" in str(told.sent["blocks"][1]["text"]["text"])
    async with road.store.reading() as db:
        for table in (Account, CredentialRow, Workspace, TicketRow):
            assert (await db.exec(select(table))).all() == []
    await road.press("Disconnect", asked)
    again = await road.slack.next("respond", 3)
    assert again.sent["text"].startswith("Nothing is connected")
    assert shown(await road.send.command("/track now"))["text"].startswith("Connect Toggl, and")


async def test_disconnecting_without_a_connection_says_so(road: Road) -> None:
    assert shown(await road.send.command("/toggl disconnect"))["text"].startswith("Nothing is connected")


async def test_help_lists_every_verb(road: Road) -> None:
    helped = str(shown(await road.send.command("/toggl help")))
    for verb in ("connect", "account", "workspace", "disconnect"):
        assert f"/toggl {verb}" in helped
