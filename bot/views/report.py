"""A report in Slack: the total and its comparison, the chart, the table, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import StaticSelectElement

from bot.domain.periods import Period
from bot.domain.report_groups import OWN, By
from bot.domain.reports import Asked, Report
from bot.i18n import N_, Mrkdwn, Translator
from bot.views import charts
from bot.views.ids import Actions
from bot.views.kit import actions, button, context, lines, option, section
from bot.views.messages import Message
from bot.views.report_rows import columns, table

HEADLINES = {
    By.PROJECT: N_("*{total}* by project · {days}"),
    By.TASK: N_("*{total}* by task · {days}"),
    By.STATUS: N_("*{total}* by status · {days}"),
    By.DAY: N_("*{total}* by day · {days}"),
    By.BLOCK: N_("*{total}* by time block · {days}"),
}
ROUNDED = {
    -1: N_("Each entry is rounded down to {minutes} min, as set in your workspace."),
    0: N_("Each entry is rounded to the nearest {minutes} min, as set in your workspace."),
    1: N_("Each entry is rounded up to {minutes} min, as set in your workspace."),
}


def report(t: Translator, made: Report, *, sent: Sequence[str] = (), not_sent: Sequence[str] = ()) -> Message:
    """The report, for the person alone, and which files of it are in their DM, or are not."""
    said = headline(t, made)
    if not made.total:
        return _empty(t, made)
    blocks: list[Block] = [section(lines((said, comparison(t, made))))]
    drawn = charts.chart(t, made)
    if drawn:
        blocks.append(charts.block(drawn))
    small = notes(t, made)
    small += [t.md("`{name}` is in your direct messages.", name=name) for name in sent]
    small += [refused(t, name) for name in not_sent]
    blocks += [table(t, made), context(*small), _buttons(t, made)]
    return Message(in_words(t, made), tuple(blocks))


def without_chart(t: Translator, made: Report, *, pictured: bool) -> Message:
    """The same for a workspace that takes no charts and tables: the numbers in columns, the chart as a picture."""
    small = [*notes(t, made)]
    if pictured:
        small.append(
            t.md("This Slack workspace cannot show charts in messages, so the chart is in your direct messages.")
        )
    blocks = (
        section(lines((headline(t, made), comparison(t, made)))),
        section(columns(t, made)),
        context(*small),
        _buttons(t, made),
    )
    return Message(in_words(t, made), blocks)


def sent_as_file(t: Translator, made: Report, name: str) -> Message:
    """The receipt of a CSV file."""
    said = t.md(
        "`{name}` is in your direct messages: every entry of {days}.",
        name=name,
        days=t.days(made.period.first, made.period.last),
    )
    return Message(said)


def file_refused(t: Translator, name: str) -> Message:
    """A file that Slack did not take."""
    return Message(refused(t, name))


def headline(t: Translator, made: Report) -> Mrkdwn:
    """The total and the period in full."""
    days = t.days(made.period.first, made.period.last)
    return t.md(HEADLINES[made.asked.by], total=made.total, days=days)


def comparison(t: Translator, made: Report) -> Mrkdwn:
    """How it compares with the period before, up to the same point while the period goes on."""
    days, total = t.days(made.before.first, made.before.last), made.total_before
    if not total:
        return t.md("Nothing was tracked in the previous period ({days}).", days=days)
    if made.total == total:
        return (
            t.md("That is as much as at the same point of the previous period ({days}).", days=days)
            if made.so_far
            else t.md("That is as much as in the previous period ({days}).", days=days)
        )
    difference = abs(made.total - total)
    more, less = (
        (
            N_("{difference} more than at the same point of the previous period ({days}: {total})."),
            N_("{difference} less than at the same point of the previous period ({days}: {total})."),
        )
        if made.so_far
        else (
            N_("{difference} more than in the previous period ({days}: {total})."),
            N_("{difference} less than in the previous period ({days}: {total})."),
        )
    )
    return t.md(more if made.total > total else less, difference=difference, days=days, total=total)


def notes(t: Translator, made: Report) -> list[Mrkdwn]:
    """The small print."""
    return list(_notes(t, made))


def in_words(t: Translator, made: Report) -> str:
    """The report without blocks: what notifications and screen readers get, chart included."""
    drawn = charts.chart(t, made)
    chart = t.md("{chart}.", chart=charts.alt_text(drawn)) if drawn else Mrkdwn("")
    return lines((headline(t, made), comparison(t, made), chart))


def value(asked: Asked) -> str:
    """A report as a button's value."""
    return f"{asked.period.first}/{asked.period.last}/{asked.by}"


def read_value(text: str) -> Asked:
    """The report in a button's value. Raises ValueError where it is none."""
    first, last, by = text.split("/")
    return Asked(Period(date.fromisoformat(first), date.fromisoformat(last)), By(by))


def _empty(t: Translator, made: Report) -> Message:
    said = t.md("*Nothing tracked* · {days}", days=t.days(made.period.first, made.period.last))
    hint = t.md("`{track} start` starts a timer, `{track} log 1h30m write report` adds past time.")
    before = button(t("Previous period"), Actions.REPORT_SHOW, value=value(Asked(made.before, made.asked.by)))
    start = button(t("Start…"), Actions.OPEN_START)
    breaks = t.md("Breaks are not included: {breaks}.", breaks=made.breaks) if made.breaks else Mrkdwn("")
    told = lines((said, comparison(t, made), breaks, hint))
    return Message(told, (section(told), actions(before, start)))


def _buttons(t: Translator, made: Report) -> Block:
    asked = made.asked
    choices = {by: option(t(charts.GROUPINGS[by]), value(Asked(asked.period, by))) for by in OWN}
    choose = StaticSelectElement(
        action_id=Actions.REPORT_BY,
        placeholder=t("Group by"),
        options=list(choices.values()),
        initial_option=choices[asked.by],
    )
    return actions(
        choose,
        button(t("Previous period"), Actions.REPORT_SHOW, value=value(Asked(made.before, asked.by))),
        button(t("CSV file"), Actions.REPORT_CSV, value=value(asked)),
        button(t("Share to channel…"), Actions.REPORT_SHARE, value=value(asked)),
    )


def _notes(t: Translator, made: Report) -> Iterator[Mrkdwn]:
    yield t.md("{entries}, as of {at}.", entries=t.plural("{n} entry", "{n} entries", made.entries), at=made.now)
    if made.breaks:
        yield t.md("Breaks are not included: {breaks}.", breaks=made.breaks)
    if made.running:
        yield t.md("The running timer counts until then.")
    if made.rounding:
        yield t.md(ROUNDED[made.rounding.direction], minutes=made.rounding.minutes)
    if made.rounding_unknown:
        yield t.md("I could not read how your workspace rounds, so these are exact times.")
    if made.asked.by is By.BLOCK and all(group.since is None for group in made.groups):
        yield t.md("None of these entries belongs to a time block. They come from the calendar in Toggl.")


def refused(t: Translator, name: str) -> Mrkdwn:
    """Slack did not take the file of this name."""
    return t.md(
        "Slack did not accept the file `{name}`. If it happens again, an admin has to reinstall the app.", name=name
    )
