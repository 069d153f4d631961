"""`/toggl stats`: a workspace's figures and the hours of those who agreed, now; and agreeing oneself."""

from __future__ import annotations

from bot.dispatcher import Answer, File, Reply, Request
from bot.domain.periods import Period
from bot.domain.statistics import Statistics
from bot.domain.statistics_words import Scheduling, parse_statistics
from bot.handlers import statistics_schedules
from bot.services import statistics
from bot.views import statistics as views
from bot.views import statistics_consent
from bot.views.charts import alt_text
from bot.views.pictures import png
from bot.views.statistics import Subject
from bot.views.statistics_csv import csv_file, file_name


async def stats(request: Request, *, words: str | None) -> Answer:
    """`/toggl stats last week`: now; `/toggl stats #design weekly`: the form of a schedule."""
    zone = request.t.zone
    wanted = parse_statistics(words or "", now=request.now, zone=zone, first_weekday=request.t.first_weekday)
    if isinstance(wanted, Scheduling):
        return await statistics_schedules.new(request, wanted)
    focus_id = (await statistics.place(request.context)).focus_id
    return await _shown(request, Subject(Period(wanted.first, wanted.last), zone, focus_id))


async def show(request: Request) -> Answer:
    """*Period before*: in the place of what was shown."""
    return await _shown(request, Subject.read(request.value), replace_=True)


async def send_csv(request: Request) -> Answer:
    """*CSV file*: the sums, to the person's DM."""
    made = await _made(request, Subject.read(request.value))
    name = file_name(made)
    return _sent(request, made, (File(name, csv_file(request.t, made), title=name),))


async def send_pictures(request: Request) -> Answer:
    """*Charts as pictures*: PNGs, to the person's DM."""
    made = await _made(request, Subject.read(request.value))
    files = _pictures(request, made)
    return _sent(request, made, files) if files else Reply(views.nothing_to_draw(request.t))


async def me(request: Request) -> Answer:
    """`/toggl stats me`, and *Count my hours…* under a post: whether one is counted, and what that means."""
    return Reply(statistics_consent.consent(request.t, await statistics.since(request.context)))


async def agree(request: Request) -> Answer:
    """*Count my hours*."""
    await statistics.agree(request.context)
    return Reply(statistics_consent.agreed(request.t))


async def withdraw(request: Request) -> Answer:
    """*Do not count my hours any more*."""
    await statistics.withdraw(request.context)
    return Reply(statistics_consent.withdrawn(request.t))


async def _shown(request: Request, subject: Subject, *, replace_: bool = False) -> Answer:
    """The statistics, and how they are shown where Slack takes no charts."""
    made = await _made(request, subject)
    since = await statistics.since(request.context)

    def pictured() -> Reply:
        files = _pictures(request, made)
        plain = views.statistics(request.t, made, subject, since=since, native=False)
        told = (views.pictures_sent(request.t),) if files else ()
        return Reply(
            views.statistics(request.t, made, subject, since=since, native=False, small=told),
            files=files,
            without_files=plain,
        )

    return Reply(views.statistics(request.t, made, subject, since=since), replace=replace_, otherwise=pictured)


async def _made(request: Request, subject: Subject) -> Statistics:
    context = await statistics.at(request.context, subject.focus_id, subject.zone)
    return await statistics.read(context, subject.period)


def _sent(request: Request, made: Statistics, files: tuple[File, ...]) -> Answer:
    names = tuple(file.name for file in files)
    return Reply(
        views.sent_as_file(request.t, made, names),
        files=files,
        without_files=views.files_refused(request.t, names),
    )


def _pictures(request: Request, made: Statistics) -> tuple[File, ...]:
    return tuple(
        File(file_name(made, by), png(each), title=each.title, alt_text=alt_text(each))
        for by, each in views.drawings(request.t, made)
    )
