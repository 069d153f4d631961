"""One open modal, as a person uses it: read it, choose, press, type; for forms that change in place."""

from __future__ import annotations

from bot.local.slack.outcomes import OnView
from bot.local.slack.world import Message, View
from bot.views.ids import Actions
from tests.road import Road, find_button


def top(me: Road) -> View:
    """The modal on top."""
    return me.slack.world.modals[me.person][-1]


def said(view: View) -> str:
    """Everything the modal says."""
    found = []
    for block in view.blocks:
        texts = [block.get("text"), *(block.get("fields") or ()), *(block.get("elements") or ())]
        found += [text["text"] for text in texts if isinstance(text, dict) and isinstance(text.get("text"), str)]
    return "\n".join(found)


async def opened(me: Road, command: str, words: str) -> View:
    """The modal that a command opens, once it says `words`."""
    outcome = await me.slack.run_command(me.person, me.channel, command)
    assert outcome.ok, outcome
    return await shows(me, words)


async def shows(me: Road, words: str) -> View:
    """The modal, once it says `words`."""
    await me.slack.until(lambda: words in said(top(me)))
    return top(me)


async def pick(me: Road, action: Actions, value: str) -> None:
    """Choose something in one of the modal's selects."""
    me.clock.pass_(minutes=1)
    view = top(me)
    [block_id] = [
        block["block_id"]
        for block in view.blocks
        for element in [*(block.get("elements") or ()), *filter(None, [block.get("element")])]
        if element.get("action_id") == action
    ]
    outcome = await me.slack.press(me.person, OnView(view.id), block_id, action, value)
    assert outcome.ok, outcome


async def press(me: Road, action: Actions, label: str | None) -> None:
    """Press one of the modal's buttons."""
    me.clock.pass_(minutes=1)  # Track takes a call a second
    view = top(me)
    block_id, element = find_button(view.blocks, action, label)
    outcome = await me.slack.press(me.person, OnView(view.id), block_id, element["action_id"], element.get("value"))
    assert outcome.ok, outcome


async def chosen(me: Road, action: Actions, value: str, *, place: int = 0) -> None:
    """Choose an entry of the menu at `place` among those that have it."""
    me.clock.pass_(minutes=1)
    view = top(me)
    menus = [
        (block["block_id"], block["accessory"])
        for block in view.blocks
        if block.get("accessory", {}).get("action_id") == action
    ]
    having = [(block_id, menu) for block_id, menu in menus if any(value_of(each, value) for each in menu["options"])]
    block_id, menu = having[place]
    [full] = [each["value"] for each in menu["options"] if value_of(each, value)]
    outcome = await me.slack.press(me.person, OnView(view.id), block_id, menu["action_id"], full)
    assert outcome.ok, outcome


def value_of(option: dict[str, str], deed: str) -> bool:
    """Whether the entry does `deed`, with whatever it does it."""
    return option["value"].partition(":")[0] == deed


async def offered(me: Road, block: str, action: Actions, query: str) -> list[str]:
    """The values of what a typeahead of the modal offers."""
    choices = await me.slack.options(me.person, OnView(top(me).id), block, action, query)
    return [choice.value for choice in choices]


async def asks_an_admin(me: Road, admin: str) -> Message:
    """Press *Ask an admin* where Toggl refused; the request as `admin` gets it."""
    await me.slack.until(lambda: "Toggl does not allow you to do this" in str(top(me).blocks))
    await press(me, Actions.ASK_ADMIN, None)
    await me.run_due()
    dm = me.slack.world.dm_of(admin)
    assert dm is not None
    return me.slack.world.seen_by(admin, dm.id)[-1]
