"""Entries listed, changed one by one, and many at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from bot.domain.bulk import BulkChange, BulkDeed, token
from bot.domain.entry_details import Details
from bot.domain.entry_filters import LONGEST, EntryFilters
from bot.domain.entry_pages import EntryPage, page_of
from bot.domain.entry_query import Query
from bot.domain.projects import Named
from bot.i18n import N_
from bot.views import bulk, entry_changes, entry_form, entry_list
from bot.views.entry_pieces import Deed
from tests.views.samples.sample import Sample, sample
from tests.views.samples.studio import NOW, Studio
from tests.views.samples.timer import UNDO


def samples(studio: Studio) -> Iterator[Sample]:
    """Every state of the list, the changes, the forms and bulk."""
    yield from _listed(studio)
    yield from _changed(studio)
    yield from _asked(studio)
    yield from _undone(studio)
    yield from _forms(studio)
    yield from _bulk(studio)


def _week(studio: Studio, filters: EntryFilters | None = None) -> Query:
    return Query(studio.today - timedelta(days=3), studio.today, filters=filters or EntryFilters())


def _mixed(studio: Studio) -> list[Details]:
    """One that runs, a break, an archived one, one without a task, one over midnight."""
    tasks = studio.tasks
    runs = studio.details(studio.entry(tasks[0], "13:00"))
    lunch = studio.details(studio.entry(tasks[1], "12:15", 45, kind="break"))
    aside = studio.details(studio.entry(tasks[2], "9:00", 90, days_ago=1), archived=True, description="Second round")
    loose = studio.details(
        studio.entry(None, "11:00", 30, days_ago=1), description="Call with the printers", task_id=None
    )
    night = studio.details(studio.entry(tasks[3], "22:30", 165, days_ago=2), billable=True)
    return [runs, lunch, aside, loose, night]


def _tags(studio: Studio) -> tuple[Named, ...]:
    return tuple(Named(number, studio.say(name)) for number, name in enumerate(("launch", "web"), 1))


def _listed(studio: Studio) -> Iterator[Sample]:
    t, zone = studio.t, studio.t.zone

    def page(entries: list[Details], number: int = 1) -> EntryPage:
        return page_of(entries, page=number, zone=zone, now=NOW)

    today = Query(studio.today, studio.today)
    narrow = EntryFilters(
        task=studio.say("review")[:LONGEST],
        type="break",
        archived=True,
        words=studio.say("jonas")[:LONGEST],
        tag=studio.say("launch")[:LONGEST],
    )
    yield sample("none", entry_list.listing, t, today, page([]), whole=True, now=NOW)
    yield sample("none fits", entry_list.listing, t, _week(studio, narrow), page([]), whole=True, now=NOW)
    yield sample("one", entry_list.listing, t, today, page(studio.days(1)), whole=True, now=NOW)
    yield sample("of every kind", entry_list.listing, t, _week(studio), page(_mixed(studio)), whole=True, now=NOW)
    some = page(_mixed(studio)[2:3])
    yield sample("filtered", entry_list.listing, t, _week(studio, narrow), some, whole=True, now=NOW)
    many = studio.days(1000)
    year = Query(studio.today - timedelta(days=333), studio.today)
    yield sample("many, the second page", entry_list.listing, t, year, page(many, 2), whole=False, now=NOW)
    task = studio.task()
    of_task = Query(task_id=task.id, task=task.name, project=task.project, client=task.client)
    yield sample("of a task", entry_list.listing, t, of_task, page(studio.days(2)), whole=True, now=NOW)


def _changed(studio: Studio) -> Iterator[Sample]:
    t = studio.t
    [entry] = studio.days(1)
    yesterday = studio.days(4)[3]
    longer = msgspec.structs.replace(entry, seconds=7200)
    yield sample("its length", entry_changes.changed, t, entry, longer, undo_id=UNDO)
    moved = entry.moved_to(studio.tasks[1])
    yield sample("its task", entry_changes.changed, t, entry, moved, undo_id=UNDO)
    noted = studio.details(longer.entry, type="break", description="With Jonas", billable=True)
    noted = noted.tagged(_tags(studio)).moved_to(studio.tasks[3])
    yield sample("everything", entry_changes.changed, t, entry, noted, undo_id=UNDO)
    yield sample("", entry_changes.archived, t, msgspec.structs.replace(yesterday, archived=True), undo_id=UNDO)
    yield sample("taken back", entry_changes.archived, t, yesterday, undo_id=UNDO)
    yield sample("", entry_changes.deleted, t, yesterday, undo_id=UNDO)
    yield sample("", entry_changes.restored, t, yesterday, undo_id=UNDO)


def _asked(studio: Studio) -> Iterator[Sample]:
    t, several = studio.t, studio.days(12)
    yield sample("", entry_changes.ask_delete, t, several[1])
    yield sample("", entry_changes.kept, t)
    yield sample("two", entry_changes.which, t, Deed.EDIT, several[:2], text=studio.say("report"))
    yield sample("many", entry_changes.which, t, Deed.ASK_DELETE, several, text=studio.say("report"))
    yield sample("to be deleted", entry_changes.changed_elsewhere, t, Deed.DELETE, several[1])
    yield sample("to be archived", entry_changes.changed_elsewhere, t, Deed.ARCHIVE, several[0])
    yield sample("", entry_changes.nothing, t, N_("It is archived already."))


def _undone(studio: Studio) -> Iterator[Sample]:
    t, several = studio.t, studio.days(3)
    for state, found in (("one", several[:1]), ("three", several)):
        yield sample(state, entry_changes.change_undone, t, found)
        yield sample(state, entry_changes.delete_undone, t, found)
        yield sample(state, entry_changes.restore_undone, t, found)
    yield sample("", entry_changes.archive_undone, t, several[0], archived=True)
    yield sample("back in the archive", entry_changes.archive_undone, t, several[0], archived=False)


def _forms(studio: Studio) -> Iterator[Sample]:
    t = studio.t
    runs, lunch, aside, loose, _ = _mixed(studio)
    plain = msgspec.structs.replace(studio.days(1)[0], extras=None)
    yield sample("", entry_form.loading, t)
    yield sample("", entry_form.edit, t, studio.days(2)[1].tagged(_tags(studio)))
    yield sample("running", entry_form.edit, t, runs)
    yield sample("archived", entry_form.edit, t, aside)
    yield sample("without a task", entry_form.edit, t, loose)
    yield sample("a Toggl that knows less", entry_form.edit, t, plain)
    there = studio.details(studio.entry(studio.tasks[3], "12:00", 40), description="Lunch with Yuki", billable=True)
    there = there.tagged(_tags(studio))
    yield sample("changed meanwhile", entry_form.edit, t, lunch, there=there)
    yield sample("changed meanwhile, in nothing that matters", entry_form.edit, t, lunch, there=lunch)
    yield sample("", entry_form.move, t, studio.days(2)[1])


def _bulk(studio: Studio) -> Iterator[Sample]:
    t, few, many = studio.t, _mixed(studio), studio.days(100)
    ticked = [token(entry) for entry in many[:3]] + [token(entry) for entry in many[60:65]]
    yield sample("", bulk.loading, t)
    yield sample("none", bulk.choose, t, [], page=1, chosen=())
    yield sample("of every kind", bulk.choose, t, few, page=1, chosen=[token(few[1])])
    yield sample("many, some ticked", bulk.choose, t, many, page=1, chosen=ticked)
    yield sample("the last page", bulk.choose, t, many, page=3, chosen=ticked)
    yield sample("to restore", bulk.choose, t, few[2:], page=1, chosen=(), deleted=True)
    yield sample("one", bulk.decide, t, few[1:2], BulkDeed.MOVE)
    for deed in BulkDeed:
        yield sample(f"to {deed}", bulk.decide, t, few, deed)
    changed = bulk.changed_elsewhere(t, changed=2, gone=1)
    yield sample("many, changed meanwhile", bulk.decide, t, many, BulkDeed.DELETE, problem=changed)
    for wanted in (
        BulkChange(BulkDeed.MOVE, task=studio.tasks[1]),
        BulkChange(BulkDeed.BREAK),
        BulkChange(BulkDeed.ACTIVITY),
        BulkChange(BulkDeed.SHIFT, shift=timedelta(minutes=-15)),
        BulkChange(BulkDeed.SHIFT, shift=timedelta(hours=1)),
        BulkChange(BulkDeed.DELETE),
    ):
        yield sample(
            f"{wanted.deed}, earlier" if wanted.shift < timedelta() else wanted.deed,
            bulk.done,
            t,
            wanted,
            few[1:],
            undo_id=UNDO,
        )
    yield sample("one", bulk.done, t, BulkChange(BulkDeed.DELETE), few[1:2], undo_id=UNDO)
    yield sample("a hundred", bulk.done, t, BulkChange(BulkDeed.DELETE), many, undo_id=UNDO)
    yield sample("one", bulk.restored, t, few[1:2], undo_id=UNDO)
    yield sample("several", bulk.restored, t, few[1:], undo_id=UNDO)
    yield sample("", bulk.all_gone, t)
