"""Whether a person's hours are counted in their workspace's statistics: the question, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import ButtonElement

from bot.i18n import Translator
from bot.views.ids import Actions
from bot.views.kit import actions, button, context, section
from bot.views.messages import Message


def consent(t: Translator, since: datetime | None) -> Message:
    """What a person has said about it so far, and what it means."""
    if since is not None:
        said = t.md("Your hours are counted in the statistics of your workspace.")
        return Message(said, tuple(standing(t, since)))
    said = t.md("Your hours are not counted in the statistics of your workspace.")
    return Message(said, (section(said), *question(t)))


def agreed(t: Translator) -> Message:
    """They are counted from now on."""
    said = t.md("Your hours are counted in the statistics of your workspace from now on. Thank you.")
    return Message(said, (section(said), actions(_withdraw(t))))


def withdrawn(t: Translator) -> Message:
    """They are counted no more."""
    said = t.md("Your hours are no longer counted. What was posted before stays as it is.")
    return Message(said, (section(said), actions(_agree(t))))


def question(t: Translator) -> Sequence[Block]:
    """Whether the person's hours may be counted, and what that means."""
    return (
        section(
            t.md(
                "*May your hours be counted, too?* Whoever sees these statistics, also in the channels where "
                "they are posted, could then see your hours in the totals, and your name with how long you "
                "tracked. No tasks, no single entries, no names of private projects. You can change your mind at "
                "any time."
            )
        ),
        actions(_agree(t)),
    )


def standing(t: Translator, since: datetime) -> Sequence[Block]:
    """They are, and how to take that back."""
    day = t.day(since.astimezone(t.zone).date(), today=(t.now or since).astimezone(t.zone).date())
    return (context(t.md("Your hours have been counted since {day}.", day=day)), actions(_withdraw(t)))


def _agree(t: Translator) -> ButtonElement:
    return button(t("Count my hours"), Actions.STATISTICS_AGREE)


def _withdraw(t: Translator) -> ButtonElement:
    return button(t("Stop counting my hours"), Actions.STATISTICS_WITHDRAW)
