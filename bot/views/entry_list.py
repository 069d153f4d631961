"""The list of entries by day, with totals, a menu at each, and buttons to turn its pages."""

from __future__ import annotations

from datetime import datetime

import msgspec
from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import ButtonElement

from bot.domain.entry_details import Details
from bot.domain.entry_filters import LONGEST, EntryFilters
from bot.domain.entry_pages import Day, EntryPage
from bot.domain.entry_query import Query
from bot.i18n import Mrkdwn, Translator
from bot.views.choices import carried
from bot.views.entry_pieces import menu, name, notes
from bot.views.ids import Actions
from bot.views.kit import actions, button, context, header, list_block, section
from bot.views.messages import Message


class Turn(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a button under the list shows: a page of what was asked for."""

    query: Query
    page: int = 1
    afresh: bool = False

    @classmethod
    def read(cls, value: str) -> Turn:
        """The turn in a button's value. Raises msgspec.DecodeError where it is none."""
        return msgspec.json.decode(value, type=cls)

    def value(self) -> str:
        """The turn as a button's value."""
        return msgspec.json.encode(msgspec.structs.replace(self, query=short(self.query))).decode()


def short(query: Query) -> Query:
    """The same with names that are short enough for a button or a form to carry."""
    project, client = (carried(name or "", LONGEST) or None for name in (query.project, query.client))
    return msgspec.structs.replace(query, task=carried(query.task, LONGEST), project=project, client=client)


def listing(t: Translator, query: Query, page: EntryPage, *, whole: bool, now: datetime) -> Message:
    """One page of entries, newest first."""
    if not page.count:
        return _empty(t, query, now)
    said = t.md(
        "*{what}*: {total} in {entries}.",
        what=_what(t, query, now),
        total=page.total,
        entries=t.plural("{n} entry", "{n} entries", page.count),
    )
    blocks: list[Block] = [section(said)]
    hints = [*_told(t, query.filters)]
    if not whole:
        hints.append(
            t.md("Only the newest {count} were searched: choose a shorter period to see the rest.", count=2000)
        )
    if hints:
        blocks.append(context(*hints))
    for day in page.days:
        blocks.append(header(_day(t, day, now)))
        for entry in day.entries:
            here = list_block(len(blocks), Turn(query, page.page).value())
            blocks.append(section(_line(t, entry, now), accessory=menu(t, entry), block_id=here))
    blocks.append(actions(*_turns(t, query, page)))
    if page.pages == 1:
        return Message(said, tuple(blocks))
    where = t.md("Page {page} of {pages}", page=page.page, pages=page.pages)
    return Message(f"{said} {where}", (*blocks, context(where)))


def _empty(t: Translator, query: Query, now: datetime) -> Message:
    said = t.md("*{what}*: no entries.", what=_what(t, query, now))
    hint = t.md("`{track} log 1h30m Write report` logs past time, `{track} list last month` looks further back.")
    if query.filters:
        said = t.md("*{what}*: no matching entries.", what=_what(t, query, now))
        hint = t.md("Leave out a filter, or try a longer period, for example `{track} list last month`.")
    again = button(t("Refresh"), Actions.LIST_PAGE, value=Turn(query, afresh=True).value())
    return Message(said, (section(said), context(*_told(t, query.filters), hint), actions(again)))


def _what(t: Translator, query: Query, now: datetime) -> str:
    if query.first is None or query.last is None:
        return t("All time on {task}", task=query.task)
    today = now.astimezone(t.zone).date()
    if query.first == query.last:
        return t("Your time {day}", day=t.day(query.first, today=today))
    return t(
        "Your time from {first} to {last}", first=t.day(query.first, today=today), last=t.day(query.last, today=today)
    )


def _told(t: Translator, filters: EntryFilters) -> list[Mrkdwn]:
    """The filters said back."""
    told = []
    if filters.task:
        told.append(t.md("Task: {name}", name=filters.task))
    if filters.project:
        told.append(t.md("Project: {name}", name=filters.project))
    if filters.status:
        told.append(t.md("Status: {name}", name=filters.status))
    if filters.tag:
        told.append(t.md("Tag: {name}", name=filters.tag))
    if filters.type:
        told.append(t.md("Only breaks") if filters.type == "break" else t.md("No breaks"))
    if filters.archived is not None:
        told.append(t.md("Only archived ones") if filters.archived else t.md("No archived ones"))
    if filters.words:
        told.append(t.md("With “{words}” in task, project, client or description", words=filters.words))
    return told


def _day(t: Translator, day: Day, now: datetime) -> str:
    shown = t.day(day.day, today=now.astimezone(t.zone).date())
    shown = shown[:1].upper() + shown[1:]
    if day.continued:
        return t("{day}, continued  ·  {total}", day=shown, total=day.total)
    return t("{day}  ·  {total}", day=shown, total=day.total)


def _line(t: Translator, entry: Details, now: datetime) -> Mrkdwn:
    """The entry's name, and below it when, how long and where; its day is the heading's."""
    if entry.end is None:
        when = t.md("{start} – now, running for {length}", start=t.time(entry.start), length=entry.entry.elapsed(now))
    else:
        same_day = entry.start.astimezone(t.zone).date() == entry.end.astimezone(t.zone).date()
        end = t.time(entry.end) if same_day else entry.end
        when = t.md("{start} – {end}  ·  {length}", start=t.time(entry.start), end=end, length=entry.length)
    return Mrkdwn(t.md("*{task}*", task=name(entry)) + "\n" + "  ·  ".join([when, *notes(t, entry)]))


def _turns(t: Translator, query: Query, page: EntryPage) -> list[ButtonElement]:
    def turn(text: str, number: int, index: int, *, afresh: bool = False) -> ButtonElement:
        return button(text, Actions.LIST_PAGE, value=Turn(query, number, afresh).value(), index=index)

    turns = []
    if page.page > 1:
        turns.append(turn(t("Newer"), page.page - 1, 0))
    if page.page < page.pages:
        turns.append(turn(t("Older"), page.page + 1, 1))
    return [*turns, turn(t("Refresh"), page.page, 2, afresh=True)]
