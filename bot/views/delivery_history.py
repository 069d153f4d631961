"""What became of the posts that the clock started: for one person, of what they may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from slack_sdk.models.blocks import Block

from bot.domain.delivery_history import PastPost
from bot.i18n import N_, Mrkdwn, Translator
from bot.views.ids import Actions
from bot.views.kit import actions, button, packed, section
from bot.views.messages import Message
from bot.views.subscription_words import channel

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "stats": N_("Workspace statistics"),
        "projects.poll": N_("Checking projects for changes"),
        "projects.changed": N_("A project change"),
        "projects.post": N_("Project updates"),
        "projects.digest": N_("The project digest"),
        "projects.channel": N_("Channel news"),
        "admin_request": N_("A request to the admins"),
        "invitation": N_("An invitation to connect Toggl"),
        "remind": N_("Your reminder"),
        "remind again": N_("Your reminder"),
        "remind for workspace": N_("The reminder of your workspace"),
        "read reminders": N_("Reading Toggl’s own reminders"),
    }
)
"""What people call the work of each kind."""
STATES: Mapping[str, str] = MappingProxyType(
    {
        "posted": N_("posted"),
        "waiting": N_("waiting to be posted"),
        "skipped": N_("skipped"),
        "failed": N_("failed"),
        "unsure": N_("may or may not have been posted"),
    }
)
MARKS: Mapping[str, str] = MappingProxyType(
    {"posted": "✓", "waiting": "…", "skipped": "–", "failed": "✗", "unsure": "?"}
)
_OTHER = N_("A post")
_OWN_WORD = N_("Slack said: {code}")


def history(t: Translator, found: Sequence[PastPost]) -> Message:
    """The newest first, each in a line."""
    schedules = actions(button(t("All schedules"), Actions.STATISTICS_LIST))
    if not found:
        said = t.md(
            "Nothing that you may see has been posted on a schedule yet. `{toggl} stats #team weekly` sets "
            "statistics up."
        )
        return Message(said, (section(said), schedules))
    title = t.md("*What was posted on a schedule*, newest first")
    blocks: list[Block] = [section(title)]
    blocks += [section(text) for text in packed([_line(t, one) for one in found])]
    return Message(title, (*blocks, schedules))


def _line(t: Translator, one: PastPost) -> Mrkdwn:
    where = channel(one.channel_id) if one.channel_id else t.md("your direct messages")
    state = t(STATES.get(one.state, one.state))
    line = t.md(
        "{mark} {due} · {name} · {where}: *{state}*",
        mark=MARKS.get(one.state, "?"),
        due=one.due_at,
        name=t(NAMES.get(one.kind, _OTHER)),
        where=where,
        state=state,
    )
    return Mrkdwn(f"{line}. {_reason(t, one.reason)}") if one.reason else line


def _reason(t: Translator, reason: str) -> Mrkdwn:
    """A sentence, or Slack's own word for what went wrong."""
    if " " in reason:
        return t.md(reason)
    return t.md(_OWN_WORD, code=reason)
