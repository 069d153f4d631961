"""Inviting colleagues to connect Toggl: the form, named to the admin alone, and the message that they get."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, UserMultiSelectElement
from slack_sdk.models.views import View

from bot.domain.receivers import Receiver
from bot.i18n import Mrkdwn, Translator, mention
from bot.views.forms import input_block, modal
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import actions, button, called, context, section
from bot.views.messages import Message

MOST = 50
_NAMED = 60
_NAME = 40


def form(t: Translator, others: Sequence[Receiver]) -> View:
    """Who is not connected yet, and whom of Slack to invite: which of them is who, only people know."""
    names = ", ".join(called(person.name, _NAME) for person in others[:_NAMED])
    more = f" {t('and {n} more', n=len(others) - _NAMED)}" if len(others) > _NAMED else ""
    blocks: list[Block] = [
        section(
            Mrkdwn(
                t.plural(
                    "*{n} person is not connected here yet*, so nothing reaches them in Slack:",
                    "*{n} people are not connected here yet*, so nothing reaches them in Slack:",
                    len(others),
                )
            )
        ),
        section(Mrkdwn(names + more)),
        input_block(
            t("Who to invite"),
            Blocks.INVITED,
            UserMultiSelectElement(
                action_id=Actions.INVITED, placeholder=t("Choose people in Slack"), max_selected_items=MOST
            ),
            hint=t("Each gets one message from me that names you. Nobody else sees this list."),
        ),
    ]
    return modal(t, t("Invite to Toggl"), blocks, callback=Callbacks.INVITE_RECEIVERS, submit=t("Invite"))


def sent(t: Translator, *, invited: int, before: int) -> Message:
    """How many are invited now; `before` were invited or connected earlier and get nothing."""
    told = []
    if invited:
        told.append(
            t.plural("{n} person gets an invitation from me.", "{n} people get an invitation from me.", invited)
        )
    if before:
        told.append(
            t.plural(
                "{n} was invited before or is connected, and gets none.",
                "{n} were invited before or are connected, and get none.",
                before,
            )
        )
    return Message(Mrkdwn(" ".join(told)))


def invitation(t: Translator, inviter: str) -> Message:
    """What an invited person gets: who invites them, to what, and the way to it. `inviter` is an id in Slack."""
    said = t.md(
        (
            "{inviter} invites you to connect your Toggl account here. You can then start and stop timers with "
            "`{track}`, and get Toggl’s reminders in Slack."
        ),
        inviter=mention(inviter),
    )
    connect = button(t("Connect Toggl…"), Actions.CONNECT, style="primary")
    note = t.md("You connect your own account, and act with your own rights.")
    return Message(said, (section(said), actions(connect), context(note)))
