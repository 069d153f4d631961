"""A workspace's statistics: who is in it, and the hours of those who agreed, as charts with their tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import ButtonElement

from bot.domain.periods import Period
from bot.domain.report_groups import By
from bot.domain.statistics import GROUPED, Statistics
from bot.i18n import Mrkdwn, Translator
from bot.views import charts
from bot.views.ids import Actions
from bot.views.kit import actions, button, called, context, lines, section
from bot.views.messages import Message
from bot.views.report import comparison, notes, refused
from bot.views.report_rows import columns, table
from bot.views.statistics_consent import question, standing

CHARTED = (By.PROJECT, By.STATUS)
"""What is drawn: colleagues are listed and never drawn beside each other."""
_ROWS = 40
_ADMINS = 10


@dataclass(frozen=True, slots=True)
class Subject:
    """What the buttons under statistics are about: a period by the clocks of a zone, of a workspace in Focus."""

    period: Period
    zone: ZoneInfo
    focus_id: int | None

    def value(self) -> str:
        """The subject as a button's value."""
        return f"{self.period.first}/{self.period.last}/{self.focus_id or 0}/{self.zone.key}"

    @classmethod
    def read(cls, value: str) -> Subject:
        """The subject in a button's value. Raises ValueError where it is none."""
        first, last, focus_id, zone = value.split("/", 3)
        period = Period(date.fromisoformat(first), date.fromisoformat(last))
        return cls(period, ZoneInfo(zone), int(focus_id) or None)


def statistics(
    t: Translator,
    made: Statistics,
    subject: Subject,
    *,
    since: datetime | None,
    native: bool = True,
    small: tuple[Mrkdwn, ...] = (),
) -> Message:
    """For one person alone, with what they can do next; `since` is since when they are counted themselves.

    `native`: with Slack's own charts and tables, otherwise the numbers in columns.
    """
    before = replace(subject, period=subject.period.before())
    elements = [
        button(t("Previous period"), Actions.STATISTICS_SHOW, value=before.value()),
        *_files(t, made, subject),
        button(t("Post in a channel…"), Actions.STATISTICS_SCHEDULE),
    ]
    consent = standing(t, since) if since else question(t)
    blocks = (*_body(t, made, native=native), context(*notes_of(t, made), *small), actions(*elements), *consent)
    return Message(in_words(t, made), blocks)


def posted(
    t: Translator, made: Statistics, subject: Subject, footer: tuple[Mrkdwn, ...], *, native: bool = True
) -> Message:
    """For all of a channel; `footer` says who set it up and when it comes."""
    buttons = (*_files(t, made, subject), button(t("Count my hours…"), Actions.STATISTICS_CONSENT))
    blocks = (*_body(t, made, native=native), context(*notes_of(t, made)), actions(*buttons), context(*footer))
    return Message(in_words(t, made), blocks)


def in_words(t: Translator, made: Statistics) -> str:
    """Everything without blocks: what notifications and screen readers get, charts included."""
    drawn = [t.md("{chart}.", chart=charts.alt_text(each)) for _, each in drawings(t, made)]
    return lines((_lead(t, made), _hours(t, made), *drawn))


def drawings(t: Translator, made: Statistics) -> Iterator[tuple[By, charts.Chart]]:
    """The charts, of what is worth comparing, and by what each does."""
    for by in CHARTED:
        drawn = charts.chart(t, made.reports[by])
        if drawn is not None:
            yield by, drawn


def sent_as_file(t: Translator, made: Statistics, names: tuple[str, ...]) -> Message:
    """The receipt of a CSV file or of pictures."""
    period = made.report.period
    return Message(
        t.md(
            "In your direct messages: {names}, for {days}.",
            names=Mrkdwn(", ".join(f"`{name}`" for name in names)),
            days=t.days(period.first, period.last),
        )
    )


def files_refused(t: Translator, names: tuple[str, ...]) -> Message:
    """Files that Slack did not take."""
    return Message(lines(refused(t, name) for name in names))


def pictures_sent(t: Translator) -> Mrkdwn:
    """Where the charts are that this Slack does not show in messages."""
    return t.md("This Slack workspace cannot show charts in messages, so they are pictures in your direct messages.")


def nothing_to_draw(t: Translator) -> Message:
    """Why there is no picture."""
    return Message(t.md("There is nothing to compare in that period, so there is no chart."))


def _body(t: Translator, made: Statistics, *, native: bool) -> Iterator[Block]:
    yield section(lines((_lead(t, made), _hours(t, made))))
    if not made.turnout.counted or not (made.report.total or made.report.total_before):
        return
    for by in GROUPED:
        report = made.reports[by]
        drawn = charts.chart(t, report) if by in CHARTED and native else None
        if drawn:
            yield charts.block(drawn)
        if not native:
            yield section(
                lines((t.md("*{heading}*", heading=t(charts.GROUPINGS[by])), columns(t, report, bars=by in CHARTED)))
            )
        elif report.groups:
            yield table(t, report, _ROWS, caption=t(charts.GROUPINGS[by]))


def _lead(t: Translator, made: Statistics) -> Mrkdwn:
    """The workspace, the period, and who is in it."""
    period = made.report.period
    days = t.days(period.first, period.last)
    name = called(made.workspace) if made.workspace else t.md("Workspace statistics")
    return Mrkdwn(lines((t.md("*{name}* · {days}", name=name, days=days), _membership(t, made))))


def _membership(t: Translator, made: Statistics) -> Mrkdwn:
    told = made.membership
    parts: list[str] = []
    if told.members is not None:
        parts.append(t.plural("{n} member", "{n} members", told.members))
    if told.admins is not None:
        parts.append(_admins(t, told.admins))
    if told.groups is not None:
        parts.append(t.plural("{n} group", "{n} groups", told.groups))
    if not parts:
        return t.md("Toggl did not say how many members and groups there are.")
    return Mrkdwn(" · ".join(t.md("{part}", part=part) for part in parts))


def _admins(t: Translator, names: tuple[str, ...]) -> str:
    """How many admins, and who: not all of a hundred."""
    count = t.plural("{n} admin", "{n} admins", len(names))
    if not names:
        return count
    shown = ", ".join(called(name, 60) for name in names[:_ADMINS])
    return f"{count} ({shown}{', …' if len(names) > _ADMINS else ''})"


def _hours(t: Translator, made: Statistics) -> Mrkdwn:
    counted, report = made.turnout.counted, made.report
    if made.focus_id is None:
        return t.md("Hours come from Toggl Focus. Connect your API key with `{toggl} connect` to see them.")
    if not counted and made.turnout.unreached:
        return t.md("Nobody’s hours could be read just now. Try again in a few minutes.")
    if not counted:
        return t.md("There are no hours: nobody has agreed to be counted yet. People agree with `{toggl} stats me`.")
    if not report.total:
        nothing = t.plural(
            "*Nothing tracked* by the {n} person who is counted.",
            "*Nothing tracked* by the {n} people who are counted.",
            counted,
        )
        return Mrkdwn(lines((nothing, comparison(t, report))))
    tracked = t.plural(
        "*{total}* tracked by {n} person who agreed to be counted.",
        "*{total}* tracked by {n} people who agreed to be counted.",
        counted,
        total=report.total,
    )
    return Mrkdwn(lines((tracked, comparison(t, report))))


def notes_of(t: Translator, made: Statistics) -> list[Mrkdwn]:
    """The small print: how exact the numbers are, and who is not in them."""
    turnout, report = made.turnout, made.report
    small: list[Mrkdwn] = []
    if turnout.counted:
        small += notes(t, replace(report, running=False))
    if report.running:
        small.append(t.md("Running timers count until then."))
    told = (
        t.plural(
            "{n} person is connected and has not agreed to be counted.",
            "{n} people are connected and have not agreed to be counted.",
            turnout.undecided,
        )
        if turnout.undecided
        else "",
        t.plural("{n} member is not connected here.", "{n} members are not connected here.", turnout.unconnected)
        if turnout.unconnected
        else "",
        t.plural(
            "{n} person could not be asked just now.", "{n} people could not be asked just now.", turnout.unreached
        )
        if turnout.unreached
        else "",
    )
    return small + [Mrkdwn(line) for line in told if line]


def _files(t: Translator, made: Statistics, subject: Subject) -> Iterator[ButtonElement]:
    """The same as files for whoever presses, where there is anything to write down."""
    if made.turnout.counted:
        yield button(t("CSV file"), Actions.STATISTICS_CSV, value=subject.value())
        yield button(t("Charts as pictures"), Actions.STATISTICS_PICTURES, value=subject.value())
