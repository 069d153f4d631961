"""The statuses of tasks: the list, the form, the question before deleting, and those that were deleted."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from bot.domain.administration import Change
from bot.domain.statuses import Deleted, Status, Type
from bot.views import status_form, statuses
from tests.views.samples.sample import Sample, sample
from tests.views.samples.studio import Studio


def samples(studio: Studio) -> Iterator[Sample]:
    """Every state of the views about statuses."""
    t, row = studio.t, several(studio)
    yield sample("", statuses.loading, t)
    yield sample("", statuses.listing, t, row)
    yield sample("none", statuses.listing, t, ())
    many = tuple(msgspec.structs.replace(row[1], id=number, position=number) for number in range(1, 101))
    yield sample("a hundred", statuses.listing, t, many, page=1, more=True)
    after = {**row[2].saved, "name": studio.say("Proofreading"), "emoji": "🔎"}
    change = Change(kind="status.edit", subject_id="3", name=row[2].name, before=row[2].saved, after=after)
    did = statuses.did(t, change, msgspec.structs.replace(row[2], name=studio.say("Proofreading"), emoji="🔎"))
    yield sample("saved", statuses.listing, t, row, did=did, undo_id="u1")
    problem = t.md("*{name}* no longer exists. Nothing was saved.", name=row[2].name)
    yield sample("gone meanwhile", statuses.listing, t, row, problem=problem)
    for tasks in (None, 0, 1, 42):
        yield sample(f"{tasks} tasks", statuses.ask_delete, t, row[2], tasks)
    gone = [Deleted(7, studio.say("Parked"), "🧊"), Deleted(8, studio.say("Parked, too"))]
    yield sample("", statuses.restoring, t, gone)
    yield sample("none", statuses.restoring, t, ())
    yield sample("", statuses.pick_deleted, t, studio.say("parked"), gone)
    yield sample("", statuses.done, t, did, undo_id="u1")
    yield sample("for good", statuses.done, t, did, undo_id=None)
    yield sample("", status_form.new, t, row)
    yield sample("the first one", status_form.new, t, ())
    yield sample("", status_form.edit, t, row[2], row)
    yield sample(
        "changed meanwhile",
        status_form.edit,
        t,
        row[2],
        row,
        entered={"name": studio.say("Proofreading")},
        problem=problem,
        turn=1,
    )


def several(studio: Studio) -> tuple[Status, ...]:
    """Statuses of every type."""
    return (
        Status(1, studio.say("To do"), "📋", 1, Type.TODO),
        Status(2, studio.say("In progress"), "🚧", 2, Type.IN_PROGRESS),
        Status(3, studio.say("In review"), "👀", 3, Type.IN_PROGRESS),
        Status(4, studio.say("Testing"), ":microscope:", 7, Type.IN_PROGRESS),
        Status(6, studio.say("Done"), "✅", 6, Type.DONE),
        Status(5, studio.say("Waiting for client"), "⏳", 4, Type.BLOCKED),
        Status(9, studio.say("Somewhere else"), studio.say("?"), 9, Type.OTHER),
    )
