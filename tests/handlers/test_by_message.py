from __future__ import annotations

import pytest

from bot.dispatcher import Command
from bot.handlers import COMMANDS
from bot.local.slack.outcomes import OnView
from bot.local.slack.world import Message
from bot.views.ids import Actions, Blocks
from tests.road import Road

BOT = "@toggl"


def example(command: Command) -> str:
    return f"{command.name} {command.example}".strip()


@pytest.fixture
async def me(road: Road) -> Road:
    """The person in Slack, connected as the seeded admin with both credentials."""
    await road.connect("admin", track=True)
    return road


async def answer(me: Road, channel: str, text: str, thread_ts: str | None = None) -> list[Message]:
    """Say it, and give every message of the bot's that follows, wherever; files always go to the DM."""
    known = {(message.channel_id, message.ts) for message in everything(me)}
    await me.slack.say(me.person, channel, text, thread_ts)
    await me.slack.settled()

    def new() -> list[Message]:
        said = (each for each in everything(me) if each.by_app and not each.files)
        return [each for each in said if (each.channel_id, each.ts) not in known]

    return await me.slack.until(new)


def everything(me: Road) -> list[Message]:
    return [message for messages in me.slack.world.messages.values() for message in messages]


@pytest.mark.parametrize("command", COMMANDS, ids=example)
async def test_every_verb_answers_in_the_dm_and_in_the_thread_it_was_asked_in(me: Road, command: Command) -> None:
    dm = me.slack.world.dm_of(me.person)
    assert dm is not None
    for said in await answer(me, dm.id, example(command)):
        assert (said.channel_id, said.thread_ts) == (dm.id, None)
    root = (await me.slack.say(me.person, me.channel, "Shall we?")).messages[0]
    for said in await answer(me, me.channel, f"{BOT} {example(command)}", root.ts):
        assert (said.channel_id, said.thread_ts, said.ephemeral_to) == (me.channel, root.ts, me.person)


async def test_a_form_asked_for_in_a_thread_opens_with_a_button_and_answers_in_the_thread(me: Road) -> None:
    root = (await me.slack.say(me.person, me.channel, "Shall we?")).messages[0]
    [offer] = await answer(me, me.channel, f"{BOT} start", root.ts)
    await me.press(offer, Actions.RETRY)
    form = await me.modal()
    found = await me.slack.options(me.person, OnView(form.id), Blocks.TASK, Actions.TASK, "login")
    started = await me.submitted(form, {Blocks.TASK: found[0].value})
    assert started.text.startswith("Started *Repair login flow*")
    assert (started.channel_id, started.thread_ts, started.ephemeral_to) == (me.channel, root.ts, me.person)


async def test_a_word_that_is_no_verb_gets_help_where_it_was_said(me: Road) -> None:
    root = (await me.slack.say(me.person, me.channel, "Shall we?")).messages[0]
    [said] = await answer(me, me.channel, f"{BOT} strat", root.ts)
    assert "start" in said.text
    assert said.thread_ts == root.ts
