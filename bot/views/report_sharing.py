"""A report for everybody in a channel: the form with its preview, the post, and the receipt."""

from __future__ import annotations

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import ConversationSelectElement
from slack_sdk.models.views import View

from bot.domain.reports import Report
from bot.i18n import Mrkdwn, Translator, mention
from bot.views import charts
from bot.views.forms import input_block, modal
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import context, lines, section
from bot.views.messages import Message
from bot.views.report import comparison, headline, in_words, notes
from bot.views.report_rows import columns

_DIRECT = ("D", "G")
"""How the ids of conversations begin that have no name to link to."""


def shared(t: Translator, made: Report, user_id: str, *, chart: bool = True) -> Message:
    """The report as everybody in a channel sees it, with who shared it."""
    drawn = charts.chart(t, made) if chart else None
    first, *rest = shared_blocks(t, made, user_id)
    blocks = (first, charts.block(drawn), *rest) if drawn else (first, *rest)
    said = t.md("{person} shared a report.", person=mention(user_id))
    return Message(lines((said, in_words(t, made))), tuple(blocks))


def shared_blocks(t: Translator, made: Report, user_id: str) -> tuple[Block, ...]:
    """What is posted, but for the chart, which cannot stand in a form."""
    who = t.md("{person} shared a report of their own time.", person=mention(user_id))
    small = notes(t, made)
    return (section(lines((who, headline(t, made), comparison(t, made)))), section(columns(t, made)), context(*small))


def share_form(
    t: Translator, made: Report, user_id: str, *, channel_id: str | None = None, changed: bool = False
) -> View:
    """Where to post it, `channel_id` being proposed, and exactly what will be posted."""
    choose = input_block(
        t("Channel"),
        Blocks.CHANNEL,
        ConversationSelectElement(
            action_id=Actions.REPORT_CHANNEL,
            initial_conversation=channel_id,
            default_to_current_conversation=True,
            response_url_enabled=True,
        ),
    )
    drawn = charts.chart(t, made)
    pictured = {
        charts.Shape.BAR: t.md("This will be posted, with a bar chart of the same numbers:"),
        charts.Shape.LINE: t.md("This will be posted, with a line chart of the same numbers:"),
        charts.Shape.PIE: t.md("This will be posted, with a pie chart of the same numbers:"),
    }
    lead = pictured[drawn.shape] if drawn else t.md("This will be posted:")
    again = [section(t.md("Your entries have changed in the meantime. These are the new numbers."))] if changed else []
    return modal(
        t,
        t("Share report"),
        [*again, choose, context(lead), *shared_blocks(t, made, user_id)],
        callback=Callbacks.SHARE_REPORT,
        submit=t("Share"),
    )


def loading_form(t: Translator) -> View:
    """What stands in its place while the entries are read again."""
    return modal(t, t("Share report"), [section(t.md("Reading your entries…"))], close=t("Cancel"))


def was_shared(t: Translator, channel_id: str) -> Message:
    """The receipt of sharing."""
    if channel_id.startswith(_DIRECT):
        return Message(t.md("Shared."))
    return Message(t.md("Shared in {channel}.", channel=Mrkdwn(f"<#{channel_id}>")))


def not_shared(t: Translator) -> str:
    """Why the form stays open."""
    return t("I cannot post there, so nothing was shared. Invite me to that channel, or choose another one.")
