"""Every job on one screen."""

from __future__ import annotations

from datetime import timedelta

from bot.i18n import N_
from bot.jobs import admin_requests, reminders
from bot.jobs.job import Due, Job, Office, Outgoing, Prepared
from bot.services.admin_requests import KIND as REQUESTS
from bot.services.reminder_rows import PERSONAL, SNOOZED, WORKSPACE

JOBS: tuple[Job, ...] = (
    Job(REQUESTS, admin_requests.tell, N_("A request to the admins"), useful_for=timedelta.max),
    Job(PERSONAL, reminders.remind, N_("Your reminder"), useful_for=timedelta.max),
    Job(SNOOZED, reminders.remind_again, N_("Your reminder"), useful_for=timedelta.max),
    Job(WORKSPACE, reminders.remind_of_workspace, N_("The reminder of your workspace"), useful_for=timedelta.max),
)

__all__ = ["JOBS", "Due", "Job", "Office", "Outgoing", "Prepared"]
