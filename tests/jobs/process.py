"""A worker as a process of its own, with one job of the tests', at a pace that tests can wait for."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import timedelta

import uvloop

from bot.i18n import N_
from bot.jobs.engine.tempo import Tempo
from bot.jobs.job import Due, Job, Office, Outgoing, Prepared
from bot.settings import Settings
from bot.views.messages import Message
from bot.web.logging import set_up_logging
from bot.worker import composed

KIND = "process"
QUICK = Tempo(
    tick=timedelta(seconds=0.2),
    polling=timedelta(seconds=0.2),
    spacing=timedelta(seconds=float(os.environ.get("SPACING", "0.02"))),
    team_posts=timedelta(milliseconds=1),
    beat=timedelta(seconds=1),
    looks=5,
    fence=timedelta(seconds=4),
    retries=(timedelta(seconds=1),) * 5,
)
READY = "ready"


async def prepare(_: Office, due: Due) -> Prepared:
    """One post that says the schedule's number, and may not come twice."""
    settings, number = due.schedule.settings, due.schedule.id
    account_id = settings.get("account_id")
    channel_id = None if account_id else due.schedule.channel_id
    post = Outgoing(
        key=f"{number}:{due.at.isoformat()}",
        message=Message(f"number {number}"),
        channel_id=channel_id,
        account_id=account_id,
        repeatable=False,
    )
    return Prepared(posts=(post,))


async def main() -> None:
    """Work until told to end."""
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    settings = Settings()
    set_up_logging(settings.log_level)
    job = Job(KIND, prepare, N_("the test"), useful_for=timedelta.max)
    async with composed(settings, jobs=(job,), tempo=QUICK):
        sys.stdout.write(f"{READY}\n")
        sys.stdout.flush()
        await ended.wait()


if __name__ == "__main__":
    uvloop.run(main())
