"""Every message and form about entries stays within Slack's limits, whatever people call their tasks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.views import View

from bot.domain.bulk import MOST, BulkChange, BulkDeed, token
from bot.domain.entry_details import Details
from bot.domain.entry_extras import Extras
from bot.domain.entry_filters import EntryFilters
from bot.domain.entry_pages import page_of
from bot.domain.entry_query import Query
from bot.domain.projects import Named
from bot.domain.tracking import Task
from bot.i18n import LANGUAGES, Translator
from bot.local.slack.rules import check_message, check_options, check_view
from bot.views import bulk, entry_changes, entry_form, entry_list
from bot.views.entry_pieces import Deed
from bot.views.messages import Message
from tests.entries import NOON, entry

BERLIN = ZoneInfo("Europe/Berlin")
T = Translator("en-US", BERLIN, NOON)
NASTY = "<!channel> & *bold* \u202e" + "ü🎉&" * 300
EVERY = [Translator(language, BERLIN, NOON) for language in LANGUAGES]
in_every_language = pytest.mark.parametrize("t", EVERY, ids=LANGUAGES)


def nasty(number: int, *, hours_ago: float, **more: Any) -> Details:
    """An entry with everything too long and full of Slack's own signs."""
    given = {
        "task": NASTY,
        "project": NASTY,
        "client": NASTY,
        "archived": True,
        "type": "break",
        "task_id": 2**63 - 1,
        "extras": Extras(description=NASTY, billable=True),
        **more,
    }
    return entry(2**63 - 1 - number, hours_ago=hours_ago, **given)


def accepted(shown: Message | View) -> str:
    """Slack takes it; what it says in mrkdwn."""
    if isinstance(shown, Message):
        assert check_message({"channel": "C1", **shown.payload}) == []
        return "\n".join([shown.text, *marked(shown.payload)])
    assert check_view({**shown.to_dict(), "private_metadata": ""}) == []
    return "\n".join(marked(shown.to_dict()))


def marked(part: Any) -> Iterator[str]:
    """Every mrkdwn text inside `part`."""
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            yield part["text"]
        for inner in part.values():
            yield from marked(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from marked(inner)


def listed(t: Translator, entries: list[Details], page: int = 1, **filters: Any) -> Message:
    """The list of these entries."""
    shown = page_of(entries, page=page, zone=BERLIN, now=NOON)
    query = Query(NOON.date() - timedelta(days=6), NOON.date(), filters=EntryFilters(**filters))
    return entry_list.listing(t, query, shown, whole=False, now=NOON)


@in_every_language
@pytest.mark.parametrize("hours", [0.4, 30], ids=["on few days", "each on its day"])
@pytest.mark.parametrize("page", [1, 50])
def test_a_thousand_nasty_entries_stay_within_the_limits(t: Translator, hours: float, page: int) -> None:
    said = accepted(listed(t, [nasty(n, hours_ago=n * hours + 1) for n in range(1000)], page))
    assert "<!channel>" not in said


@in_every_language
def test_no_entry_and_one_say_what_to_do_next(t: Translator) -> None:
    accepted(listed(t, []))
    accepted(listed(t, [], task="x", project="x", status="x", type="break", archived=False, words="x" * 100))
    accepted(listed(t, [entry()], type="activity", archived=True))
    accepted(listed(t, [entry(minutes=None), entry(2, task_id=None, task=None)]))


def test_an_empty_list_says_how_to_log_and_an_empty_filter_to_leave_it_out() -> None:
    assert "/track log" in accepted(listed(T, []))
    assert "Leave out a filter" in accepted(listed(T, [], words="x"))


@given(
    st.builds(
        EntryFilters,
        *[st.text('"\\é🎉a', max_size=100)] * 3,
        words=st.text('"\\é🎉a', max_size=100),
        tag=st.text('"\\é🎉a', max_size=100),
    )
)
def test_what_is_listed_survives_its_buttons(filters: EntryFilters) -> None:
    query = Query(NOON.date(), NOON.date(), filters=filters)
    value = entry_list.Turn(query, 7).value()
    assert len(value) <= 2000
    assert entry_list.Turn.read(value) == entry_list.Turn(query, 7)


@given(st.text('"\\é🎉a\x01', max_size=600))
def test_names_of_a_whole_task_are_as_short_as_a_form_beside_a_hundred_chosen_entries_can_keep(name: str) -> None:
    kept = entry_list.short(Query(task_id=7, task=name, project=name, client=name))
    assert len(msgspec.json.encode(kept).decode()) < 700
    assert kept.task_id == 7


@in_every_language
@pytest.mark.parametrize("minutes", [60, None])
@pytest.mark.parametrize("extras", [None, Extras(), Extras(description=NASTY * 9, billable=True)], ids=["", "-", "+"])
def test_the_forms_stay_within_the_limits(t: Translator, minutes: int | None, extras: Extras | None) -> None:
    one = nasty(1, hours_ago=2, minutes=minutes, extras=extras).tagged(tuple(Named(n, NASTY) for n in range(1, 101)))
    other = entry(one.id, hours_ago=3, minutes=minutes, task_id=5, extras=extras and Extras())
    for view in (
        entry_form.edit(t, one),
        entry_form.edit(t, one, there=other),
        entry_form.edit(t, one, there=one),
        entry_form.edit(t, entry(task_id=None, task=None, extras=extras)),
        entry_form.move(t, one),
        entry_form.loading(t),
    ):
        assert "<!channel>" not in accepted(view)
    options = entry_form.task_options([Task(n, NASTY, None, NASTY) for n in range(99)])
    assert check_options({"options": [option.to_dict() for option in options]}) == []


@in_every_language
def test_every_message_about_a_change_stays_within_the_limits(t: Translator) -> None:
    before, after = nasty(1, hours_ago=2), nasty(1, hours_ago=3, type="activity", task_id=5, extras=Extras())
    moved = msgspec.structs.replace(before, task_id=5)
    several = [nasty(n, hours_ago=n) for n in range(50)]
    for message in (
        entry_changes.changed(t, before, after, undo_id="u" * 16),
        entry_changes.changed(t, before, moved, undo_id="u" * 16),
        entry_changes.archived(t, before, undo_id="u"),
        entry_changes.archived(t, entry(), undo_id="u"),
        entry_changes.deleted(t, before, undo_id="u"),
        entry_changes.restored(t, before, undo_id="u"),
        entry_changes.ask_delete(t, before),
        entry_changes.kept(t),
        entry_changes.which(t, Deed.DELETE, several, text="ü🎉&" * 30),
        *(entry_changes.changed_elsewhere(t, deed, before) for deed in Deed),
        entry_changes.change_undone(t, [before]),
        entry_changes.change_undone(t, several),
        entry_changes.archive_undone(t, before, archived=True),
        entry_changes.archive_undone(t, before, archived=False),
        entry_changes.delete_undone(t, [before]),
        entry_changes.delete_undone(t, several),
        entry_changes.restore_undone(t, several),
        bulk.all_gone(t),
    ):
        assert "<!channel>" not in accepted(message)


@in_every_language
@pytest.mark.parametrize("count", [0, 1, 1000])
def test_choosing_many_stays_within_the_limits(t: Translator, count: int) -> None:
    for hours in (0.3, 30):
        entries = [nasty(n, hours_ago=n * hours + 1) for n in range(count)]
        chosen = [token(one) for one in entries[:MOST]]
        for page in (1, 2, 25):
            accepted(bulk.choose(t, entries, page=page, chosen=chosen))
        accepted(bulk.choose(t, entries[:40], page=1, chosen=(), deleted=True))
    accepted(bulk.loading(t))


@in_every_language
@pytest.mark.parametrize("deed", list(BulkDeed))
@pytest.mark.parametrize("count", [1, MOST])
def test_what_is_done_with_many_stays_within_the_limits(t: Translator, deed: BulkDeed, count: int) -> None:
    entries = [nasty(n, hours_ago=n) for n in range(count)]
    problem = bulk.changed_elsewhere(t, changed=2, gone=1)
    accepted(bulk.decide(t, entries, deed, problem=problem))
    wanted = BulkChange(deed, Task(5, NASTY), timedelta(minutes=-15))
    assert "<!channel>" not in accepted(bulk.done(t, wanted, entries, undo_id="u" * 16))
    accepted(bulk.restored(t, entries, undo_id="u" * 16))
