"""`/track report`: what was tracked in a period, as a chart with its table, as a file, and for a channel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.views import View

from bot.dispatcher import Answer, FieldErrors, File, OpenModal, Post, Reply, Request, UpdateModal
from bot.domain.periods import Period, this_week
from bot.domain.report_groups import By
from bot.domain.reports import Asked, Report
from bot.services import report as reports
from bot.views import report as views
from bot.views import report_sharing
from bot.views.charts import alt_text, chart
from bot.views.ids import Blocks
from bot.views.pictures import png
from bot.views.report_csv import csv_file, file_name


async def report(request: Request, *, period: Period | None, by: str | None, csv: str | None) -> Answer:
    """`/track report last week by task csv`: this week by project, if nothing else is said."""
    wanted = period or this_week(now=request.now, zone=request.t.zone, first_weekday=request.t.first_weekday)
    made = await reports.make(request.context, Asked(wanted, By(by or By.PROJECT)))
    return _shown(request, made.report, files=(_file(request, made),) if csv and made.report.total else ())


async def show(request: Request) -> Answer:
    """Another grouping or period, from the menu and the button under a report: in its place."""
    made = await reports.make_kept(request.context, views.read_value(request.value))
    return _shown(request, made.report, replace=True)


async def send_csv(request: Request) -> Answer:
    """*CSV file*: every entry of the period, to the person's DM."""
    made = await reports.make_kept(request.context, views.read_value(request.value))
    file = _file(request, made)
    return Reply(
        views.sent_as_file(request.t, made.report, file.name),
        files=(file,),
        without_files=views.file_refused(request.t, file.name),
    )


async def open_share(request: Request) -> Answer:
    """*Share to channel…*: the form with the preview. Toggl is asked only where the report is not kept any more."""
    asked = views.read_value(request.value)
    if reports.is_kept(request.context, asked.period):
        view, data = await _form(request, asked)
        return OpenModal(view, data)
    return OpenModal(report_sharing.loading_form(request.t), fill=lambda: _form(request, asked))


async def submit_share(request: Request) -> Answer:
    """The channel was chosen: post what the preview showed, or show what has become of it."""
    asked = views.read_value(request.data["asked"])
    made = (await reports.make_kept(request.context, asked)).report
    user_id = request.context.person.user_id
    if made.mark != request.data["mark"]:
        return UpdateModal(report_sharing.share_form(request.t, made, user_id, changed=True), _data(made))
    chosen = next(iter(request.payload.get("response_urls") or ()), None)
    if chosen is None:
        return FieldErrors({Blocks.CHANNEL: report_sharing.not_shared(request.t)})

    def pictured() -> Reply:
        drawn = _picture(request, made)
        return Reply(report_sharing.shared(request.t, made, user_id, chart=False), files=(drawn,) if drawn else ())

    return Post(
        channel_id=chosen["channel_id"],
        response_url=chosen["response_url"],
        message=report_sharing.shared(request.t, made, user_id),
        receipt=report_sharing.was_shared(request.t, chosen["channel_id"]),
        block_id=Blocks.CHANNEL,
        refusal=report_sharing.not_shared(request.t),
        otherwise=pictured,
    )


def _shown(request: Request, made: Report, *, files: tuple[File, ...] = (), replace: bool = False) -> Answer:
    """The report, and how it is shown where Slack takes no charts."""
    if not made.total:
        return Reply(views.report(request.t, made), replace=replace)

    def pictured() -> Reply:
        drawn = _picture(request, made)
        return Reply(
            views.without_chart(request.t, made, pictured=drawn is not None),
            files=(drawn,) if drawn else (),
            without_files=views.without_chart(request.t, made, pictured=False),
        )

    names = tuple(file.name for file in files)
    return Reply(
        views.report(request.t, made, sent=names),
        replace=replace,
        files=files,
        without_files=views.report(request.t, made, not_sent=names),
        otherwise=pictured,
    )


async def _form(request: Request, asked: Asked) -> tuple[View, Mapping[str, Any]]:
    made = (await reports.make_kept(request.context, asked)).report
    view = report_sharing.share_form(
        request.t, made, request.context.person.user_id, channel_id=request.origin.channel_id
    )
    return view, _data(made)


def _data(made: Report) -> Mapping[str, Any]:
    return {"asked": views.value(made.asked), "mark": made.mark}


def _file(request: Request, made: reports.Made) -> File:
    name = file_name(made.report)
    return File(name, csv_file(request.t, made.report, made.lines), title=name)


def _picture(request: Request, made: Report) -> File | None:
    drawn = chart(request.t, made)
    if drawn is None:
        return None
    return File(file_name(made, "png"), png(drawn), title=drawn.title, alt_text=alt_text(drawn))
