"""Every job on one screen."""

from __future__ import annotations

from datetime import timedelta

from bot.i18n import N_
from bot.jobs import (
    admin_requests,
    channel_news,
    invitations,
    project_updates,
    reminders,
    statistics,
    workspace_reminders,
)
from bot.jobs.job import Due, Job, Office, Outgoing, Prepared
from bot.services.admin_requests import KIND as REQUESTS
from bot.services.channel_life import NEWS
from bot.services.invitations import KIND as INVITATION
from bot.services.project_watching import CHANGED, DIGEST, POLL, POST
from bot.services.reminder_rows import PERSONAL, READING, SNOOZED, WORKSPACE
from bot.services.statistics_rows import KIND as STATISTICS

JOBS: tuple[Job, ...] = (
    Job(POLL, project_updates.look, N_("Checking projects for changes"), useful_for=timedelta.max),
    Job(CHANGED, project_updates.tell_change, N_("A project change"), useful_for=timedelta.max),
    Job(POST, project_updates.post, N_("Project updates"), useful_for=timedelta.max),
    Job(DIGEST, project_updates.digest, N_("The project digest"), useful_for=timedelta(hours=12)),
    Job(NEWS, channel_news.tell, N_("Channel news"), useful_for=timedelta.max),
    Job(REQUESTS, admin_requests.tell, N_("A request to the admins"), useful_for=timedelta.max),
    Job(INVITATION, invitations.send, N_("An invitation to connect Toggl"), useful_for=timedelta.max),
    Job(STATISTICS, statistics.prepare, N_("Workspace statistics"), useful_for=statistics.USEFUL_FOR),
    Job(PERSONAL, reminders.remind, N_("Your reminder"), useful_for=timedelta.max),
    Job(SNOOZED, reminders.remind_again, N_("Your reminder"), useful_for=timedelta.max),
    Job(WORKSPACE, reminders.remind_of_workspace, N_("The reminder of your workspace"), useful_for=timedelta.max),
    Job(READING, workspace_reminders.read, N_("Reading Toggl’s own reminders"), useful_for=timedelta.max),
)

__all__ = ["JOBS", "Due", "Job", "Office", "Outgoing", "Prepared"]
