"""What administrative changes, their fields and the values in them are called; a line for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from bot.domain.emoji import show_emoji
from bot.i18n import N_, Translator
from bot.views import alerts, members, rate_pieces, receiver_pieces, track_reminders, workspace_pieces
from bot.views.project_inputs import COLORS
from bot.views.project_pieces import money

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "member.edit": N_("Changing a member"),
        "member.remove": N_("Removing a member"),
        "member.remove_all": N_("Removing members"),
        "status.create": N_("New status"),
        "status.edit": N_("Changing a status"),
        "status.delete": N_("Deleting a status"),
        "status.restore": N_("Restoring a deleted status"),
        "workspace.edit": N_("Changing the workspace’s settings"),
        "workspace.override": N_("Permanently changing the workspace’s settings"),
        "workspace.admins": N_("New admins"),
        "workspace.create": N_("New workspace"),
        # What people ask admins to do for them.
        "project.new": N_("New project"),
        "project.edit": N_("Changing a project"),
        "project.pin": N_("Pinning a project"),
        "project.unpin": N_("Unpinning a project"),
        "project.archive": N_("Archiving a project"),
        "project.unarchive": N_("Unarchiving a project"),
        "project.delete": N_("Deleting a project"),
        "project.restore": N_("Restoring a deleted project"),
        "project.add_people": N_("Adding people to a project"),
        "project.remove_people": N_("Removing people from a project"),
        "project.change_role": N_("Changing a role in a project"),
        "entry.log_for": N_("Logging time for a colleague"),
        "rate.create": N_("New rate"),
        "alert.create": N_("New alert"),
        "alert.edit": N_("Changing an alert"),
        "alert.delete": N_("Deleting an alert"),
        "reminder.create": N_("New track reminder"),
        "reminder.edit": N_("Changing a track reminder"),
        "reminder.delete": N_("Deleting a track reminder"),
        "webhook.add": N_("Webhook for project changes"),
        "webhook.remove": N_("Ending the webhook for project changes"),
    }
)
"""What each kind of change is called, by `Change.kind`: a noun, for it stands in lists and requests, too."""

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "member.name": N_("Name"),
        "member.role": N_("Role"),
        "member.groups": N_("Groups"),
        "member.minutes": N_("Working hours per day"),
        "member.active": N_("Active"),
        "member.names": N_("People"),
        "status.name": N_("Name"),
        "status.emoji": N_("Emoji"),
        "status.position": N_("Position"),
        **{f"workspace.{setting}": name for setting, name in workspace_pieces.LABELS.items()},
        "workspace.people": N_("Admins"),
        "project.name": N_("Name"),
        "project.client": N_("Client"),
        "project.parent": N_("Sub-project of"),
        "project.description": N_("Description"),
        "project.start": N_("First day"),
        "project.end": N_("Last day"),
        "project.estimate": N_("Estimate"),
        "project.color": N_("Color"),
        "project.fee": N_("Fixed fee"),
        "project.tags": N_("Tags"),
        "project.estimated_by_tasks": N_("Add up the estimate from the tasks"),
        "project.billable": N_("Billable"),
        "project.private": N_("Private"),
        "project.pinned": N_("Pinned"),
        "project.people": N_("People"),
        "entry.entries": N_("Time"),
        "rate.amount": N_("Per hour"),
        "rate.since": N_("Applies from"),
        "alert.source_kind": N_("What is watched"),
        "alert.threshold_type": N_("Measured in"),
        "alert.thresholds": N_("Notify at"),
        "alert.receivers": N_("Recipients as set in Toggl"),
        "alert.receiver_users": N_("People"),
        "alert.receiver_groups": N_("Groups"),
        "reminder.frequency": N_("How often"),
        "reminder.threshold": N_("Hours to track"),
        "reminder.user_ids": N_("People"),
        "reminder.group_ids": N_("Groups"),
        "reminder.email_reminder_enabled": N_("E-mail from Toggl"),
        "reminder.slack_reminder_enabled": N_("Slack message from Toggl"),
    }
)
"""What each field is called, by what the change is about, a dot, and the field's name.

One that is not here is not shown: it is for the bot alone.
"""


def _color(t: Translator, said: str) -> str:
    known = COLORS.get(said.lower())
    return t(known) if known else said


def _day(t: Translator, said: str) -> str:
    return t.dated(date.fromisoformat(said), "yMMMEd")


def _entries(t: Translator, said: list[tuple[str, str, int]]) -> str:
    return ", ".join(
        t(
            "{length} {task} ({start})",
            length=timedelta(seconds=seconds),
            task=task,
            start=datetime.fromisoformat(start),
        )
        for task, start, seconds in said
    )


VALUES: Mapping[str, Callable[[Translator, Any], str]] = MappingProxyType(
    {
        "member.role": members.role,
        "status.emoji": lambda _, said: show_emoji(said),
        "workspace.rate_change_mode": workspace_pieces.mode,
        "workspace.rounding": workspace_pieces.rounding,
        "workspace.rounding_minutes": workspace_pieces.minutes,
        "member.groups": lambda t, said: ", ".join(members.group_name(t, number) for number in said),
        "member.minutes": lambda t, said: t.duration(timedelta(minutes=said)),
        "project.start": _day,
        "project.end": _day,
        "project.estimate": lambda t, said: t.duration(timedelta(minutes=said)),
        "project.color": _color,
        "project.fee": lambda t, said: money(t, float(said[0]), said[1]),
        "entry.entries": _entries,
        **rate_pieces.VALUES,
        **receiver_pieces.VALUES,
        **alerts.VALUES,
        **track_reminders.VALUES,
    }
)
"""How the values of a field are said, by the same names, where not as they are: plain text."""
