"""What an admin is told of Toggl's own reminders: how many they reach in Slack, and where Toggl speaks itself."""

from __future__ import annotations

from datetime import timedelta

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.reminded import Plan
from bot.domain.track_reminders import Every, TrackReminder
from bot.i18n import Mrkdwn, Translator
from bot.views.forms import modal
from bot.views.ids import Actions
from bot.views.kit import actions, button, called, capital, context, section
from bot.views.messages import Message

_LISTED = 5


def delivered(t: Translator, plan: Plan, *, workspace: str, workspace_id: int) -> Message:
    """How a workspace's reminders reach its people. Who is not reached is counted, not named."""
    said = t.md("*{workspace}* has track reminders in Toggl.", workspace=called(workspace or t("your workspace")))
    if not workspace:
        said = capital(said)
    told = [said]
    if plan.people:
        told.append(
            Mrkdwn(
                t.plural(
                    "I remind {n} person here, by direct message and at their own time.",
                    "I remind {n} people here, by direct message and each at their own time.",
                    plan.people,
                )
            )
        )
    blocks: list[Block] = [section(" ".join(told))]
    if plan.in_slack:
        told.append(_in_slack(t, plan.in_slack))
        blocks.append(section(told[-1]))
    if plan.unreached:
        others = t.plural(
            "{n} person who should be reminded has not connected Toggl here, so I cannot reach them.",
            "{n} people who should be reminded have not connected Toggl here, so I cannot reach them.",
            plan.unreached,
        )
        blocks += [section(others), actions(button(t("Invite them…"), Actions.INVITE, value=str(workspace_id)))]
        told.append(Mrkdwn(others))
    blocks.append(context(t.md("Only you see this. `{toggl} reminders` lists and changes them.")))
    return Message(Mrkdwn(" ".join(told)), tuple(blocks))


def looking(t: Translator) -> View:
    """What stands in the place of the invitation's form while Toggl is asked."""
    return _modal(t, t.md("Looking up who is not connected yet…"))


def everybody(t: Translator) -> View:
    """Nobody is left to be invited."""
    return _modal(t, t.md("Everybody who should be reminded is now connected."))


def _modal(t: Translator, said: Mrkdwn) -> View:
    return modal(t, t("Invite to Toggl"), [section(said)])


def _in_slack(t: Translator, reminders: tuple[TrackReminder, ...]) -> Mrkdwn:
    listed = [_asks(t, each) for each in reminders[:_LISTED]]
    if len(reminders) > _LISTED:
        listed.append(t("and {n} more", n=len(reminders) - _LISTED))
    return t.md(
        (
            "Toggl itself sends these reminders in Slack: {reminders}. I stay silent there, so that nobody is "
            "reminded twice."
        ),
        reminders=Mrkdwn(", ".join(listed)),
    )


def _asks(t: Translator, reminder: TrackReminder) -> str:
    hours = timedelta(hours=reminder.hours)
    return t("{hours} a week", hours=hours) if reminder.every == Every.WEEK else t("{hours} a day", hours=hours)
