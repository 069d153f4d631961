from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.local.slack.manifest import Manifest
from bot.local.slack.page.conversation import Row, channel_rows, left_out, thread_rows
from bot.local.slack.seed import MARCUS, WEBSITE
from bot.local.slack.world import App, Channel, Message, Person, World
from tests.local.slack.conftest import Api
from tests.local.slack.page.gallery import option
from tests.local.slack.page.readers import reader

NOON = datetime(2026, 11, 12, 17, 0, tzinfo=UTC).timestamp()
MANIFEST = Manifest(name="Toggl", bot_name="Toggl")


def message(minutes: float, author: str | None = "UADA", **changes: Any) -> Message:
    return Message(ts=f"{NOON + minutes * 60:.6f}", channel_id="C", author_id=author, text="x", **changes)


def world(*messages: Message) -> World:
    return World(
        team_id="T",
        team_name="Team",
        team_domain="team",
        app=App(id="A", bot_id="B", bot_user_id="UAPP", name="Toggl"),
        people={
            "UADA": Person(id="UADA", name="ada", real_name="Ada Lovelace"),
            "UBOB": Person(id="UBOB", name="bob", real_name="Bob"),
        },
        channels={"C": Channel(id="C", name="general", members=["UADA", "UBOB"])},
        messages={"C": list(messages)},
    )


def rows(*messages: Message) -> list[Row]:
    return channel_rows(world(*messages), MANIFEST, "C", reader())


def test_an_authors_messages_within_five_minutes_stand_together() -> None:
    assert [row.compact for row in rows(message(0), message(4), message(10), message(11, "UBOB"))] == [
        False,
        True,
        False,
        False,
    ]


def test_private_messages_stand_alone() -> None:
    private = [message(minute, None, ephemeral_to="UADA") for minute in (0, 1)]
    assert [row.compact for row in rows(*private)] == [False, False]


def test_a_day_begins_with_its_divider() -> None:
    assert [row.divider for row in rows(message(-24 * 60), message(0), message(1))] == ["Yesterday", "Today", None]


def test_replies_stay_in_their_thread_and_are_counted_under_its_first_message() -> None:
    first = message(0)
    answers = [message(1, "UBOB", thread_ts=first.ts), message(2, None, thread_ts=first.ts, ephemeral_to="UADA")]
    sent_along = message(3, "UBOB", thread_ts=first.ts, reply_broadcast=True)
    shown = rows(first, *answers, sent_along)
    assert [row.message for row in shown] == [first, sent_along]
    assert shown[0].replies is not None
    assert (shown[0].replies.count, shown[0].replies.last) == (2, "Today at 12:03 PM")
    thread = thread_rows(world(first, *answers, sent_along), MANIFEST, "C", first.ts, reader())
    assert [row.message for row in thread] == [first, *answers, sent_along]


def test_others_private_messages_are_not_there() -> None:
    assert rows(message(0, None, ephemeral_to="UBOB")) == []


def test_an_app_may_choose_its_name_and_picture() -> None:
    (row,) = rows(message(0, None, username="Week <3", icon=":bar_chart:"))
    assert (row.author.name, row.author.is_app) == ("Week <3", True)
    assert "1f4ca" in (row.author.picture or "")


def test_a_reaction_names_who_chose_it() -> None:
    (row,) = rows(message(0, reactions={"eyes": ["UADA", "UBOB"], "tada": []}))
    (reaction,) = row.reactions
    assert (reaction.count, reaction.mine, reaction.who) == (2, True, "Ada Lovelace, Bob")


@pytest.mark.parametrize(("count", "hidden"), [(0, 0), (100, 0), (149, 0), (150, 50), (199, 50), (1000, 900)])
def test_a_page_leaves_older_messages_out_in_steps(count: int, hidden: int) -> None:
    assert left_out(count) == hidden


async def test_a_select_in_a_message_shows_its_options_and_nothing_of_the_message(api: Api) -> None:
    menu = {
        "type": "static_select",
        "action_id": "a",
        "placeholder": {"type": "plain_text", "text": "Pick"},
        "options": [option("High", "high")],
    }
    await api.call("chat.postMessage", channel=WEBSITE, text="x", blocks=[{"type": "actions", "elements": [menu]}])
    page = await api.http.get(f"/as/{MARCUS}/{WEBSITE}")
    assert 'data-text="High"' in page.text
    assert "option-empty" not in page.text
