"""Messages and forms of logging: whatever was written and whatever Toggl calls things, Slack takes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.drafts import Draft, DraftEntry
from bot.domain.log_lines import MOST, Line, Misread, read_lines
from bot.domain.log_slots import ENDS_NOW, Note, Span
from bot.domain.not_understood import DurationNotUnderstood
from bot.domain.tracking import Entry, EntryType, Task
from bot.i18n import Translator
from bot.local.slack.rules import check_message, check_view
from bot.views import log, log_modal
from bot.views.messages import Message

NOW = datetime(2026, 11, 12, 11, 0, tzinfo=UTC)
T = Translator(zone=ZoneInfo("Europe/Berlin"), now=NOW)
names = st.text(max_size=40) | st.sampled_from(["<!channel>", "<@U1>", "&" * 300, "`*_~", "\u202e", "x" * 5000, "日本"])
tasks = st.builds(Task, st.integers(1, 2**40), names, st.none() | st.just(1), st.none() | names, st.none() | names)
spans = st.builds(
    lambda start, minutes: Span(NOW - timedelta(minutes=start), NOW - timedelta(minutes=start - minutes)),
    st.integers(0, 10**6),
    st.integers(1, 1440),
)
kinds: st.SearchStrategy[EntryType] = st.sampled_from(["activity", "break"])
people = st.sampled_from(["", "U0SOFIAROME"])
notes = st.lists(st.just(Note(ENDS_NOW)) | st.builds(Note, st.just("{said}"), st.fixed_dictionaries({"said": names})))


@st.composite
def drafts(draw: st.DrawFn) -> tuple[Draft, tuple[Entry, ...]]:
    """A draft with its entries as they are shown."""
    entries, shown = [], []
    for _ in range(draw(st.integers(1, MOST))):
        task, decided = draw(tasks), draw(st.booleans())
        entry = DraftEntry.of(task.name[:255], draw(spans), task=task if decided else None, kind=draw(kinds))
        entries.append(entry)
        shown.append(entry.entry(task if decided else None))
    return Draft(tuple(entries), draw(people)), tuple(shown)


def taken(message: Message) -> None:
    """Slack takes the message, and it names nobody whom we did not."""
    assert check_message({"channel": "C1", **message.payload}) == []
    assert "<!" not in message.text


@settings(max_examples=40, deadline=None)
@given(drafts(), st.dictionaries(st.dates(date(2026, 1, 1)), st.timedeltas(), max_size=20), people, notes)
def test_what_was_logged_fits_into_a_message(
    drafted: tuple[Draft, tuple[Entry, ...]], totals: dict[date, timedelta], person: str, remarks: list[Note]
) -> None:
    _, entries = drafted
    taken(log.logged(T, entries, totals=totals, undo_id="u" * 16, remarks=remarks))
    taken(log.logged(T, entries, totals={}, undo_id=None, person=person or "U1"))
    taken(log.undone(T, entries))


@settings(max_examples=40, deadline=None)
@given(drafts(), st.lists(tasks, max_size=12), notes)
def test_every_question_fits_into_a_message(
    drafted: tuple[Draft, tuple[Entry, ...]], options: list[Task], doubts: list[Note]
) -> None:
    draft, entries = drafted
    taken(log.confirm(T, draft, entries, overlaps=[(entries[0], entry) for entry in entries] * 5, notes=doubts))
    if draft.undecided is not None:
        taken(log.pick(T, draft, entries, options, notes=doubts))


@settings(max_examples=40, deadline=None)
@given(drafts())
def test_the_form_takes_any_draft(
    drafted: tuple[Draft, tuple[Entry, ...]],
) -> None:
    draft, _ = drafted
    view = log_modal.changing(T, draft).to_dict()
    assert check_view(view) == []


def test_the_lines_of_the_form_mean_what_the_draft_said() -> None:
    spans = [
        Span(NOW - timedelta(days=1, minutes=back), NOW - timedelta(days=1, minutes=back - length))
        for back, length in ((600, 60), (300, 900), (120, 1440), (40, 5))
    ]
    entries = tuple(DraftEntry.of("Plan, the break 9-10", span, task=Task(1, "x"), kind="break") for span in spans)
    view = log_modal.changing(T, Draft(entries)).to_dict()
    text = view["blocks"][0]["element"]["initial_value"]
    read = read_lines(text, now=NOW, zone=T.zone)
    assert [(line.task, line.type) for line in read if isinstance(line, Line)] == [
        ("Plan, the break 9-10", "break")
    ] * 4


@given(st.lists(names, max_size=MOST), names)
def test_what_was_not_understood_is_shown_line_by_line(said: list[str], text: str) -> None:
    read = [Misread(words, DurationNotUnderstood(words)) for words in said] or [Misread("", DurationNotUnderstood(""))]
    taken(log.not_understood(T, read, log.Written(text, "U1")))
    assert log.Written.read(log.Written(text, "U1").value()) == log.Written(text, "U1")


@settings(max_examples=40, deadline=None)
@given(drafts())
def test_a_refusal_is_shown_entry_by_entry(drafted: tuple[Draft, tuple[Entry, ...]]) -> None:
    _, entries = drafted
    taken(log.not_taken(T, T.md("No."), entries, [("project", "tag", "color")] * len(entries)))


def test_the_form_is_one_that_slack_takes() -> None:
    assert check_view(log_modal.form(T, day=NOW.date()).to_dict()) == []
    assert check_view(log_modal.lines_form(T, "1h a\n" * 2000, person="U1").to_dict()) == []
