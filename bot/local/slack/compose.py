"""Turns what an app sends into a message: at once, changed later, or only for one person."""

from __future__ import annotations

from bot.local.slack.inputs import carried_over, initial_state
from bot.local.slack.normal import complete_attachments, complete_blocks
from bot.local.slack.workspace import Workspace
from bot.local.slack.world import Json, Message

_MOST_TEXT = 40_000


def message_of(
    workspace: Workspace,
    payload: Json,
    channel_id: str,
    *,
    thread_ts: str | None = None,
    ephemeral_to: str | None = None,
) -> Message:
    """A new message by the app from a payload that passed the rules."""
    message = Message(
        ts=workspace.ids.ts(),
        channel_id=channel_id,
        thread_ts=thread_ts,
        ephemeral_to=ephemeral_to,
        reply_broadcast=bool(payload.get("reply_broadcast")) and thread_ts is not None,
        username=payload.get("username"),
        icon=payload.get("icon_emoji") or payload.get("icon_url"),
        mrkdwn=payload.get("mrkdwn", True) is not False,
        metadata=payload.get("metadata"),
    )
    fill(message, payload)
    return message


def fill(message: Message, payload: Json) -> None:
    """Give a message the text, blocks and attachments of a payload that passed the rules.

    Without `blocks` the old ones go, as Slack has it when an update sends only a text.
    """
    message.text = (payload.get("text") or payload.get("markdown_text") or "")[:_MOST_TEXT]
    message.blocks = complete_blocks(payload.get("blocks") or [])
    message.attachments = complete_attachments(payload.get("attachments") or [])
    message.state = {person_id: carried_over(state, message.blocks) for person_id, state in message.state.items()}


def state_for(message: Message, person_id: str) -> dict[str, dict[str, Json]]:
    """What one person picked in the message so far."""
    blocks = [*message.blocks, *(block for part in message.attachments for block in part.get("blocks", ()))]
    return message.state.setdefault(person_id, initial_state(blocks))
