"""Asking an admin: what the asker is told, the request in the admins' messages, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

from bot.domain.administration import Change
from bot.domain.audit import Reason
from bot.i18n import N_, Mrkdwn, Translator, mention
from bot.views.administration import told
from bot.views.ids import Actions
from bot.views.kit import actions, button, called, confirm, context, section
from bot.views.messages import Message
from bot.views.timer import undo

ENDS: Mapping[str, str] = MappingProxyType(
    {
        "allowed": N_(":white_check_mark: {who} allowed it, and it is done."),
        "declined": N_(":no_entry_sign: {who} declined it. Nothing was changed."),
        "partly": N_(":warning: {who} allowed it, and some of it was done. {why}"),
        "outdated": N_(
            ":warning: {who} allowed it, but it has been changed or deleted since the request. Nothing was done."
        ),
        "unknown": N_(":warning: {who} allowed it, but Toggl did not say whether it was done. Check in Toggl first."),
        "expired": N_(":hourglass: No admin decided in time. Nothing was changed."),
    }
)
"""What became of it, by the state it ended in."""
BEING_DONE = N_(":hourglass_flowing_sand: Working on it…")


class Request(Protocol):
    """A request: `user_id` asks, `decided_by` decided (ids in Slack)."""

    @property
    def id(self) -> str:
        """What travels in the buttons."""

    @property
    def change(self) -> Change:
        """What is asked."""

    @property
    def state(self) -> str:
        """Where it is."""

    @property
    def user_id(self) -> str:
        """Who asks."""

    @property
    def workspace(self) -> str:
        """What the Toggl workspace is called; may be empty."""

    @property
    def expires_at(self) -> datetime:
        """Until when an admin can decide."""

    @property
    def decided_by(self) -> str | None:
        """Who decided, if somebody did."""

    @property
    def why(self) -> Reason | None:
        """Why not all of it was done, where some was."""


def sent(t: Translator, request: Request, admins: int) -> Message:
    """The asker is told that the admins are asked."""
    asked = t.plural("Asked {n} admin:", "Asked {n} admins:", admins)
    said = Mrkdwn(f"{asked}\n{told(t, request.change)}")
    until = t.md("They can decide until {time}. I will tell you what they decide.", time=request.expires_at)
    return Message(said, (section(said), context(until)))


def request(t: Translator, asked: Request) -> Message:
    """The request as an admin gets it, to allow or decline."""
    who = mention(asked.user_id)
    said = t.md("{who} asks you to do this, because Toggl does not let them:", who=who)
    if asked.workspace:
        said = t.md(
            "{who} asks you to do this in *{workspace}*, because Toggl does not let them:",
            who=who,
            workspace=called(asked.workspace),
        )
    note = t.md(
        "*Allow* does it with your own Toggl account. The first admin to press decides; it expires {time}.",
        time=asked.expires_at,
    )
    question = confirm(
        t("Allow this?"),
        t.md("It is done right away, with your Toggl account and your rights."),
        yes=t("Allow"),
        no=t("Cancel"),
    )
    buttons = actions(
        button(t("Allow"), Actions.ALLOW_REQUEST, value=asked.id, style="primary", confirm=question),
        button(t("Decline"), Actions.DECLINE_REQUEST, value=asked.id),
    )
    return Message(said, (section(said), section(told(t, asked.change)), buttons, context(note)))


def closed(t: Translator, asked: Request, *, undo_id: str | None = None) -> Message:
    """The request in an admin's messages once it is over."""
    said = t.md("{who} asked:", who=mention(asked.user_id))
    blocks = (
        section(said),
        section(told(t, asked.change)),
        section(_ended(t, asked)),
        *([actions(undo(t, undo_id))] if undo_id else []),
    )
    return Message(_ended(t, asked), blocks)


def answered(t: Translator, asked: Request) -> Message:
    """The asker is told what became of it."""
    said = t.md("You asked an admin:")
    return Message(_ended(t, asked), (section(said), section(told(t, asked.change)), section(_ended(t, asked))))


def _ended(t: Translator, asked: Request) -> Mrkdwn:
    who = mention(asked.decided_by) if asked.decided_by else Mrkdwn("")
    why = t.md(asked.why.sentence, **asked.why.values) if asked.why else Mrkdwn("")
    return t.md(ENDS.get(asked.state, BEING_DONE), who=who, why=why)
