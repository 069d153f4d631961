"""Who changed what in the workspace through the bot: a page of changes, newest first, and the file of all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

import msgspec
from slack_sdk.models.blocks import Block

from bot.domain.administration import Change
from bot.domain.audit import Reason, Result
from bot.domain.audit_query import AuditQuery
from bot.i18n import N_, Mrkdwn, Translator, escape, mention
from bot.views.administration import differences, fields_in_words, title
from bot.views.ids import Actions
from bot.views.kit import actions, button, called, context, cut_mrkdwn, lines, section
from bot.views.messages import Message
from bot.views.report_csv import written

RESULTS: Mapping[Result, str] = MappingProxyType(
    {
        Result.BEGUN: N_(":grey_question: started; the outcome is not known"),
        Result.DONE: N_(":white_check_mark: done"),
        Result.PARTLY: N_(":warning: partly done"),
        Result.REFUSED: N_(":no_entry_sign: refused: no permission"),
        Result.CHANGED: N_(":warning: not done: changed by somebody else in the meantime"),
        Result.FAILED: N_(":warning: not done"),
        Result.UNKNOWN: N_(":grey_question: may or may not be done: Toggl’s answer was lost"),
        Result.ASKED: N_(":raised_hand: the admins were asked"),
        Result.DECLINED: N_(":no_entry_sign: declined by an admin"),
        Result.EXPIRED: N_(":hourglass: no admin decided in time"),
    }
)
_WHY = frozenset({Result.PARTLY, Result.FAILED, Result.REFUSED})
"""Results that say little without their reason."""
_LONGEST = 1500


class Entry(Protocol):
    """A change as it ended."""

    @property
    def at(self) -> datetime:
        """When."""

    @property
    def change(self) -> Change:
        """What."""

    @property
    def result(self) -> Result:
        """What came of it."""

    @property
    def why(self) -> Reason | None:
        """Why not all of it was done."""

    @property
    def user_id(self) -> str:
        """Who, by their id in Slack."""

    @property
    def who(self) -> str:
        """Who, as Toggl calls them; may be empty."""

    @property
    def asked_by(self) -> str | None:
        """For whom, where an admin did it for somebody."""

    @property
    def team_id(self) -> str:
        """From which Slack workspace."""

    @property
    def here(self) -> bool:
        """Whether that is the reader's own."""

    @property
    def known(self) -> bool:
        """Whether the reader's Slack knows the people by these ids."""


class Found(Protocol):
    """A page of changes; `number` counts from 1."""

    @property
    def entries(self) -> Sequence[Entry]:
        """Those on it."""

    @property
    def number(self) -> int:
        """Which page."""

    @property
    def pages(self) -> int:
        """Of how many."""

    @property
    def total(self) -> int:
        """How many changes on all of them."""


class Turn(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which page of which list a button shows."""

    query: AuditQuery
    page: int = 1

    @classmethod
    def read(cls, value: str) -> Turn:
        """The page in a button's value. Raises msgspec.DecodeError where it is none."""
        return msgspec.json.decode(value, type=cls)

    def value(self) -> str:
        """The page as a button's value."""
        return msgspec.json.encode(self).decode()


def listing(t: Translator, turn: Turn, found: Found) -> Message:
    """A page of changes."""
    asked = narrowed(t, turn.query)
    head = t.md("*Changes through me*")
    if not found.entries:
        return _nothing(t, asked)
    counted = Mrkdwn(t.plural("{n} change", "{n} changes", found.total))
    if found.pages > 1:
        counted = t.md("{count} · page {page} of {pages}", count=counted, page=found.number, pages=found.pages)
    blocks: list[Block] = [section(lines((Mrkdwn(f"{head} · {counted}"), asked)))]
    blocks += [section(_told(t, entry)) for entry in found.entries]
    turns = []
    if found.number > 1:
        newer = Turn(turn.query, found.number - 1)
        turns.append(button(t("Newer"), Actions.AUDIT_PAGE, value=newer.value(), index=0))
    if found.number < found.pages:
        older = Turn(turn.query, found.number + 1)
        turns.append(button(t("Older"), Actions.AUDIT_PAGE, value=older.value(), index=1))
    turns.append(button(t("CSV file"), Actions.AUDIT_CSV, value=Turn(turn.query).value()))
    blocks += [actions(*turns), context(t.md("Kept for a year. Only admins of this Toggl workspace can see it."))]
    return Message(Mrkdwn(f"{head} · {counted}"), tuple(blocks))


def narrowed(t: Translator, query: AuditQuery) -> Mrkdwn:
    """In words what narrows the list; empty where nothing does."""
    told = [
        t.md("“{words}” in the name", words=query.words) if query.words else "",
        t.md("by {who}", who=mention(query.user_id) if query.user_id else query.by) if query.by else "",
        t.md("about {about}", about=query.about) if query.about else "",
        escape(t.days(query.first, query.last)) if query.first and query.last else "",
    ]
    return Mrkdwn(" · ".join(filter(None, told)))


def file_name(query: AuditQuery, today: str) -> str:
    """For example `audit-2026-11-09-2026-11-15.csv`, or `audit-until-2026-11-12.csv` without a period."""
    return f"audit-{query.first}-{query.last}.csv" if query.first else f"audit-until-{today}.csv"


def csv_file(t: Translator, entries: Iterable[Entry]) -> bytes:
    """One row for each change, newest first; times in UTC."""
    header = (
        t("Time (UTC)"),
        t("Who"),
        t("Who in Slack"),
        t("Slack workspace"),
        t("Asked by"),
        t("Change"),
        t("Name"),
        t("Number in Toggl"),
        t("Before"),
        t("After"),
        t("Result"),
        t("Reason"),
    )
    return written(header, (_row(t, entry) for entry in entries))


def sent(t: Translator, name: str, count: int) -> Message:
    """The file is on its way to the admin's DM."""
    said = t.md("The audit log is in your messages with me, as *{name}*.", name=name)
    return Message(said, (section(said), context(t.plural("{n} change", "{n} changes", count))))


def _told(t: Translator, entry: Entry) -> str:
    who = mention(entry.user_id) if entry.known else called(entry.who or entry.user_id)
    place = "" if entry.here else t.md("from the Slack workspace {team}", team=entry.team_id)
    asker = ""
    if entry.asked_by and entry.asked_by != entry.user_id:
        asker = t.md("asked by {who}", who=mention(entry.asked_by) if entry.known else entry.asked_by)
    by = Mrkdwn(" · ".join(filter(None, (t.md("{time}", time=entry.at), who, asker, place))))
    why = t.md(entry.why.sentence, **entry.why.values) if entry.why and entry.result in _WHY else ""
    return lines(
        (
            t.md("*{title}*: {name}", title=title(t, entry.change), name=called(entry.change.name)),
            cut_mrkdwn(differences(t, entry.change), _LONGEST),
            Mrkdwn(": ".join(filter(None, (t.md(RESULTS[entry.result]), why)))),
            by,
        )
    )


def _row(t: Translator, entry: Entry) -> tuple[str, ...]:
    result = t(RESULTS[entry.result]).partition(": ")[2]
    why = t(entry.why.sentence, **entry.why.values) if entry.why else ""
    return (
        entry.at.strftime("%Y-%m-%d %H:%M:%S"),
        entry.who,
        entry.user_id,
        entry.team_id,
        entry.asked_by or "",
        title(t, entry.change),
        entry.change.name,
        entry.change.subject_id,
        fields_in_words(t, entry.change, entry.change.before),
        fields_in_words(t, entry.change, entry.change.after),
        result,
        why,
    )


def _nothing(t: Translator, asked: Mrkdwn) -> Message:
    said = t.md("Nothing has been changed through me yet.")
    if asked:
        said = t.md("No changes match: {asked}. `{toggl} audit` shows everything.", asked=asked)
    return Message(said, (section(said),))
