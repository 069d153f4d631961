"""What happened to a channel's projects since the last digest, and how far all of them are, as chart and table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from slack_sdk.models.blocks import Block

from bot.domain.project_snapshots import EVENTS, Snapshot
from bot.domain.project_updates import Told
from bot.i18n import Mrkdwn, Translator, mention
from bot.views import charts
from bot.views.charts import Chart, Shape
from bot.views.kit import Given, actions, context, cut, cut_mrkdwn, header, lines, section
from bot.views.messages import Message
from bot.views.project_pieces import progress
from bot.views.project_update_words import said, title
from bot.views.subscription_pieces import list_button, settings_button
from bot.views.subscription_words import EVENTS as WORDS

_SHOWN = 12
"""Projects in the chart and its table: more bars run into each other."""
_FEWEST = 2
_PROJECT = 900
_SECTION = 2800
_FIRST, _NEXT = 3, 4
"""Sections in a message: Slack takes some 13,000 characters of blocks."""
_NAME = 50
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Digest:
    """What the digest of `day` is made of: what is told, by project, and everything that is followed.

    `user_id` is who set the digest up; None where they are not known any more.
    """

    channel_id: str
    day: date
    told: Sequence[tuple[Snapshot, Sequence[Told]]]
    followed: Sequence[Snapshot]
    user_id: str | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers to be compared: as a chart, as a table, and in words."""

    chart: Chart
    table: Given
    words: Mrkdwn


def digest(t: Translator, made: Digest) -> tuple[Message, ...]:
    """The digest, in as many messages as it takes; the first has the chart."""
    shown = figures(t, made)
    blocks = (charts.block(shown.chart), shown.table) if shown else ()
    return _messages(t, made, blocks, charts.alt_text(shown.chart) if shown else "")


def without_chart(t: Translator, made: Digest) -> Message:
    """The first message where the workspace shows no charts: the same numbers, line by line."""
    shown = figures(t, made)
    if shown is None:
        return _messages(t, made, (), "")[0]
    words = lines([t.md("*{name}*", name=shown.chart.title), shown.words])
    return _messages(t, made, (section(words),), "")[0]


def figures(t: Translator, made: Digest) -> Figures | None:
    """How much of its estimate each project has used, the furthest first; where no hours are known, what happened.

    None where there are no two things to compare.
    """
    far = _furthest(made.followed)
    return _progress(t, far) if len(far) >= _FEWEST else _kinds(t, made)


def _progress(t: Translator, far: Sequence[Snapshot]) -> Figures:
    percents = [float(snapshot.project.percent or 0) for snapshot in far]
    names = [snapshot.project.name for snapshot in far]
    heading = t("How much of each estimate is used")
    body = [
        [
            _cell(snapshot.project.name),
            {"type": "raw_number", "value": snapshot.project.percent or 0, "text": _percent(t, snapshot)},
            _length(t, snapshot.project.tracked),
            _length(t, snapshot.project.estimate),
        ]
        for snapshot in far
    ]
    columns = (t("Project"), t("Used"), t("Tracked"), t("Estimate"))
    words = lines(f"{title(t, snapshot)} {progress(t, snapshot.project)}" for snapshot in far)
    return Figures(
        _bars(t("Used so far"), heading, names, percents, "%"), _table(heading, columns, body), Mrkdwn(words)
    )


def _kinds(t: Translator, made: Digest) -> Figures | None:
    counted = Counter(EVENTS[type(one.update)] for _, told in made.told for one in told)
    if len(counted) < _FEWEST:
        return None
    heading, names = t("What happened"), [t(WORDS[event]) for event in counted]
    body = [
        [_cell(name), {"type": "raw_number", "value": number, "text": str(number)}]
        for name, number in zip(names, counted.values(), strict=True)
    ]
    words = lines(t.md("{what}: {n}", what=name, n=n) for name, n in zip(names, counted.values(), strict=True))
    bars = _bars(t("Updates"), heading, names, [float(number) for number in counted.values()], t("Updates"))
    return Figures(bars, _table(heading, (t("What"), t("Updates")), body), Mrkdwn(words))


def _bars(series: str, heading: str, names: Sequence[str], values: Sequence[float], unit: str) -> Chart:
    drawn = ((cut(series, charts.LABEL), tuple(values)),)
    return Chart(Shape.BAR, cut(heading, charts.TITLE), charts.labels(names), drawn, unit)


def _table(caption: str, columns: Sequence[str], body: Sequence[Sequence[Mapping[str, object]]]) -> Given:
    head = [{"type": "raw_text", "text": text} for text in columns]
    return Given({"type": "data_table", "caption": caption, "rows": [head, *body], "row_header_column_index": 0})


def _cell(name: str) -> Mapping[str, object]:
    return {"type": "raw_text", "text": cut(" ".join(name.split()), _NAME) or "–"}


def _messages(t: Translator, made: Digest, shown: Sequence[Block], in_words: str) -> tuple[Message, ...]:
    sections = list(_sections(t, made))
    day = t.dated(made.day, "yMMMEd")
    head = t.plural("{n} project changed", "{n} projects changed", len(made.told))
    first = Message(
        lines([t.md("*Project updates* · {day}", day=day), *sections[:_FIRST], t.md("{chart}", chart=in_words)]),
        (
            header(t("Project updates · {day}", day=day)),
            context(t.md("{head}", head=head)),
            *map(section, sections[:_FIRST]),
            *shown,
            context(_source(t, made)),
            actions(settings_button(t, made.channel_id), list_button(t, made.channel_id)),
        ),
    )
    rest = [sections[begin : begin + _NEXT] for begin in range(_FIRST, len(sections), _NEXT)]
    return (first, *(Message(lines(some), tuple(map(section, some))) for some in rest))


def _sections(t: Translator, made: Digest) -> Iterator[str]:
    """What is told, as many projects in a paragraph as fit; apart from each other where one has several lines."""
    texts = [cut_mrkdwn(said(t, snapshot, told), _PROJECT) for snapshot, told in made.told]
    apart = "\n\n" if any("\n" in text for text in texts) else "\n"
    gathered = ""
    for text in texts:
        if gathered and len(gathered) + len(apart) + len(text) > _SECTION:
            yield gathered
            gathered = ""
        gathered = f"{gathered}{apart}{text}" if gathered else text
    if gathered:
        yield gathered


def _source(t: Translator, made: Digest) -> Mrkdwn:
    if made.user_id is None:
        return t.md("What this channel follows, and when it gets updates: `{project} subscriptions`.")
    return t.md("Set up by {person}. `{project} subscriptions` lists what is followed.", person=mention(made.user_id))


def _furthest(followed: Sequence[Snapshot]) -> list[Snapshot]:
    known = [snapshot for snapshot in followed if snapshot.project.percent is not None]
    return sorted(known, key=lambda one: (-(one.project.percent or 0), one.project.name.casefold()))[:_SHOWN]


def _percent(t: Translator, snapshot: Snapshot) -> str:
    return t.percent((snapshot.project.percent or 0) / 100)


def _length(t: Translator, length: timedelta | None) -> dict[str, object]:
    value = length or timedelta()
    return {"type": "raw_number", "value": round(value / _HOUR, 2), "text": t.duration(value) if value else "–"}
