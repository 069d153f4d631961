"""What every time entry of the workspace must have, in words."""

from __future__ import annotations

from types import MappingProxyType

from bot.domain.constraints import Rules
from bot.i18n import N_, Mrkdwn, Translator
from bot.views.kit import called, capital, context, lines, section
from bot.views.messages import Message

PARTS = MappingProxyType(
    {
        "description": N_("a description"),
        "project": N_("a project"),
        "task": N_("a task"),
        "tag": N_("at least one tag"),
    }
)


def rules(t: Translator, workspace: str, found: Rules) -> Message:
    """What is demanded now, what would be if it were switched on, and where that is changed."""
    wanted = Mrkdwn(lines(f"• {t.md(PARTS[part])}" for part in found.parts))
    said = _said(t, workspace, found)
    blocks = [section(lines((said, wanted)) if found.parts and found.enabled else said)]
    if found.parts and found.enabled:
        blocks.append(section(t.md("I ask for what is missing before Toggl refuses an entry.")))
    elif found.parts:
        blocks.append(section(lines((t.md("These rules are set up, but turned off:"), wanted))))
    where = t.md(
        "An admin can change this in Toggl’s workspace settings, under *Required fields*, on plans that have "
        "them. Apps cannot change it."
    )
    return Message(said, (*blocks, context(where)))


def _said(t: Translator, workspace: str, found: Rules) -> Mrkdwn:
    named = called(workspace or t("your workspace"))
    said = t.md("*{workspace}* requires nothing of a time entry.", workspace=named)
    if found.parts and found.enabled:
        said = t.md("In *{workspace}* every time entry must have:", workspace=named)
    elif found.parts:
        said = t.md("*{workspace}* now requires nothing of a time entry.", workspace=named)
    return said if workspace else capital(said)
