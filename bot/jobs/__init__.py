"""Every job on one screen."""

from __future__ import annotations

from bot.jobs.job import Due, Job, Office, Outgoing, Prepared

JOBS: tuple[Job, ...] = ()

__all__ = ["JOBS", "Due", "Job", "Office", "Outgoing", "Prepared"]
