"""What tests of a channel's project updates share: looking for what is said, and choosing from menus."""

from __future__ import annotations

from typing import Any

from bot.local.slack.outcomes import OnMessage, OnView
from bot.local.slack.world import Message, View
from bot.views.ids import Actions
from bot.views.subscription_pieces import UpdateDeed
from tests.road import Road, shown


async def sees(me: Road, words: str, *, person: str | None = None, channel: str | None = None) -> Message:
    """The newest message with these words that the person sees where they are; wait for it."""

    def found() -> list[Message]:
        seen = me.slack.world.seen_by(person or me.person, channel or me.channel)
        return [message for message in seen if words in shown(message)]

    return (await me.slack.until(found))[-1]


def sees_nothing_of(me: Road, words: str, *, person: str) -> bool:
    """Whether nobody told the person that in the channel."""
    return not any(words in shown(message) for message in me.slack.world.seen_by(person, me.channel))


async def said(me: Road, command: str, words: str) -> Message:
    """Type a command; the message with these words."""
    outcome = await me.slack.run_command(me.person, me.channel, command)
    assert outcome.ok, outcome
    return await sees(me, words)


async def chosen(me: Road, message: Message, deed: UpdateDeed, *, place: int = 0) -> None:
    """Choose `deed` in the menu at `place` of a message."""
    menus = [block for block in message.blocks if block.get("accessory", {}).get("type") == "overflow"]
    menu = menus[place]["accessory"]
    [value] = [each["value"] for each in menu["options"] if f'"{deed}"' in each["value"]]
    container = OnMessage(message.channel_id, message.ts)
    outcome = await me.slack.press(me.person, container, menus[place]["block_id"], menu["action_id"], value)
    assert outcome.ok, outcome


async def offered(me: Road, view: View, block: str, action: Actions, query: str) -> Any:
    """The value of the first entry that a typeahead offers."""
    choices = await me.slack.options(me.person, OnView(view.id), block, action, query)
    return choices[0].value
