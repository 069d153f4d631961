"""What every time entry of the workspace must have, in words."""

from __future__ import annotations

from types import MappingProxyType

from bot.domain.constraints import Rules
from bot.i18n import N_, Mrkdwn, Translator
from bot.views.kit import called, context, lines, section
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
    named = called(workspace or t("your workspace"))
    wanted = Mrkdwn(lines(f"• {t.md(PARTS[part])}" for part in found.parts))
    if not found.parts:
        said = t.md("*{workspace}* requires nothing of a time entry.", workspace=named)
        blocks = [section(said)]
    elif found.enabled:
        said = t.md("In *{workspace}* every time entry must have:", workspace=named)
        blocks = [section(lines((said, wanted)))]
        blocks.append(section(t.md("I ask for what is missing before Toggl refuses an entry.")))
    else:
        said = t.md("*{workspace}* now requires nothing of a time entry.", workspace=named)
        blocks = [section(said), section(lines((t.md("These rules are set up, but turned off:"), wanted)))]
    where = t.md(
        "An admin can change this in Toggl’s workspace settings, under *Required fields*, on plans that have "
        "them. Apps cannot change it."
    )
    return Message(said, (*blocks, context(where)))
