"""Finds the words a person typed: after a slash command, in a message to the bot, behind a *Try again* button."""

from __future__ import annotations

import re
from datetime import datetime

from bot.dispatcher.payloads import Incoming, people, plain_text
from bot.dispatcher.request import Kind, Pending
from bot.dispatcher.table import HELP, Table
from bot.views.ids import Actions

MENTION = "app_mention"
DIRECT_MESSAGE = "message"
_CALLED = re.compile(r"^\s*<@[A-Z0-9]+(?:\|[^>]*)?>[\s,:]*")


def find_pending(incoming: Incoming, table: Table, *, now: datetime) -> Pending | None:
    """The command that `incoming` asks for in words, if it does."""
    match incoming.kind:
        case Kind.COMMAND:
            name = table.command_name(incoming.key)
            return _pending(name, plain_text(incoming.text), incoming, now) if name else None
        case Kind.ACTION if incoming.key == Actions.RETRY:
            name, _, text = incoming.value.partition(" ")
            return _pending(name, text, incoming, now) if name in table.commands else None
        case Kind.EVENT if _is_addressed(incoming):
            name, text = _command_of(plain_text(_CALLED.sub("", incoming.text)), table)
            return _pending(name, text, incoming, now)
    return None


def _is_addressed(incoming: Incoming) -> bool:
    """Whether a person (not a bot, not an edit) wrote to the bot: in their DM, or by calling its name."""
    event = incoming.body.get("event", {})
    called = incoming.key == MENTION or (incoming.key == DIRECT_MESSAGE and event.get("channel_type") == "im")
    return called and not incoming.by_bot and bool(incoming.user_id)


def _command_of(text: str, table: Table) -> tuple[str, str]:
    """The command and the words after it. Its name may be left out: then it is the first that knows the verb."""
    first, _, rest = text.strip().partition(" ")
    name = table.command_name("/" + first.lstrip("/")) or (first.lower() if first.lower() in table.commands else None)
    if name is not None:
        return name, rest.strip()
    knowing = (name for name in table.commands if text.strip() and table.typed(name, text).command)
    return next(knowing, next(iter(table.commands))), text.strip() or HELP[0]


def _pending(name: str, text: str, incoming: Incoming, now: datetime) -> Pending:
    origin = incoming.origin
    return Pending(
        command=name,
        text=text,
        channel_id=origin.channel_id,
        thread_ts=origin.thread_ts,
        response_url=origin.response_url,
        since=origin.since or now,
        people=people(incoming.text),
    )
