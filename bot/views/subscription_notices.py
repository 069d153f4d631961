"""What subscribers are told of the channels that follow projects with their Toggl account."""

from __future__ import annotations

from bot.i18n import Translator, escape
from bot.views.ids import Actions
from bot.views.kit import actions, button, section
from bot.views.messages import Message
from bot.views.subscription_pieces import Place
from bot.views.subscription_words import channel


def channel_news(t: Translator, what: str, channel_id: str, n: int) -> Message:
    """What happened: the channel was archived or deleted, the bot removed from it, or the person left it.

    `n` subscriptions of theirs are concerned.
    """
    where = channel(channel_id)
    counted = escape(t.plural("{n} subscription of yours", "{n} subscriptions of yours", n))
    said = {
        "archived": t.md(
            "{channel} was archived. On hold until it is back: {subscriptions}.", channel=where, subscriptions=counted
        ),
        "deleted": t.md("A channel was deleted, and {subscriptions} with it.", subscriptions=counted),
        "removed": t.md(
            "I was removed from {channel}. On hold until I am invited again: {subscriptions}.",
            channel=where,
            subscriptions=counted,
        ),
        "left": t.md(
            (
                "You are no longer in {channel}, but it still follows projects through your Toggl account: "
                "{subscriptions}. If you do not want that, unsubscribe it here."
            ),
            channel=where,
            subscriptions=counted,
        ),
    }[what]
    mine = button(t("What I subscribed"), Actions.UPDATES_LIST, value=Place().value())
    return Message(said, (section(said), actions(mine)))
