"""Logging past time: what was understood, asked, saved, refused, and the forms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.constraints import Field
from bot.domain.drafts import Draft, DraftEntry
from bot.domain.log_lines import read_lines
from bot.domain.log_slots import BEFORE_THE_REST, DAY_OF_ANOTHER, ENDS_NOW, LENGTH_LIKE_A_CLOCK, Note, Span
from bot.domain.projects import Named
from bot.domain.tracking import Entry, Task
from bot.toggl.errors import Refused, Trouble
from bot.views import log, log_modal, required
from bot.views.ids import Callbacks
from tests.views.samples.sample import Sample, sample
from tests.views.samples.studio import NOW, Studio
from tests.views.samples.timer import UNDO

SOFIA = "U0SOFIAROME"


def samples(studio: Studio) -> Iterator[Sample]:
    """Every state of logging."""
    yield from _logged(studio)
    yield from _asked(studio)
    yield from _refused(studio)
    yield from _forms(studio)


def drafted(studio: Studio, *tasks: tuple[Task, bool]) -> tuple[Draft, list[Entry]]:
    """Entries that wait, an hour each; those whose task is not known are told by False."""
    waiting, shown = [], []
    for number, (task, known) in enumerate(tasks):
        start = studio.at("9:00", days_ago=1) + timedelta(hours=number)
        entry = DraftEntry.of(task.name[:255], Span(start, start + timedelta(hours=1)), task=task if known else None)
        waiting.append(entry)
        shown.append(entry.entry(task if known else None))
    return Draft(tuple(waiting)), shown


def _logged(studio: Studio) -> Iterator[Sample]:
    t, tasks = studio.t, studio.tasks
    today, one = {studio.today: timedelta(hours=5, minutes=9)}, studio.entry(tasks[0], "12:54", 90)
    remarks = [Note(ENDS_NOW)]
    yield sample("", log.logged, t, [one], totals=today, undo_id=UNDO, remarks=remarks)
    rest = studio.entry(tasks[4], "12:15", 45, days_ago=1, kind="break")
    yield sample("a break", log.logged, t, [rest], totals={}, undo_id=UNDO)
    several = [
        studio.entry(tasks[0], "9:00", 90, days_ago=1),
        studio.entry(tasks[1], "10:30", 105, days_ago=1),
        studio.entry(tasks[3], "22:30", 165, days_ago=1),
    ]
    totals = {studio.today - timedelta(days=1): timedelta(hours=4, minutes=45), **today}
    yield sample("several", log.logged, t, several, totals=totals, undo_id=UNDO, remarks=[Note(BEFORE_THE_REST)])
    yield sample("for a colleague", log.logged, t, [one], totals={}, undo_id=None, person=SOFIA)
    yield sample("one", log.undone, t, [one])
    yield sample("several", log.undone, t, several)


def _asked(studio: Studio) -> Iterator[Sample]:
    t, tasks = studio.t, studio.tasks
    wanted = Task(0, studio.say("report"))
    draft, shown = drafted(studio, (wanted, False))
    yield sample("two match", log.pick, t, draft, shown, (tasks[0], tasks[8]))
    yield sample("none matches", log.pick, t, draft, shown, (), notes=[Note(ENDS_NOW)])
    first, both = drafted(studio, (tasks[1], True), (wanted, False))
    yield sample("one of several", log.pick, t, first, both, tasks)
    one, listed = drafted(studio, (tasks[0], True))
    clock = [Note(LENGTH_LIKE_A_CLOCK, {"said": "9:15"})]
    yield sample("a doubt", log.confirm, t, one, listed, overlaps=(), notes=clock)
    others = [studio.entry(tasks[1], "9:15", 60, days_ago=1), studio.entry(tasks[3], "9:30")]
    over = [(listed[0], other) for other in others]
    yield sample("it overlaps", log.confirm, t, one, listed, overlaps=over, notes=())
    many, all_of_them = drafted(studio, *((task, True) for task in tasks))
    day = [Note(DAY_OF_ANOTHER)]
    yield sample("several", log.confirm, t, many, all_of_them, overlaps=(), notes=day)
    crowd = [(entry, others[0]) for entry in all_of_them]
    yield sample("several overlap", log.confirm, t, many, all_of_them, overlaps=crowd, notes=day)


def _refused(studio: Studio) -> Iterator[Sample]:
    t = studio.t
    text = f"9-10 {studio.say('review')}\nlunch with Jonas\n1h30m\n25h {studio.say('tidy up')}"
    read = read_lines(text, now=NOW, zone=t.zone)
    yield sample("", log.not_understood, t, read, log.Written(text))
    _, entries = drafted(studio, *((task, True) for task in studio.tasks[:3]))
    refusal = Refused(Trouble("create_time_entries", 422, words=studio.say("Some entries lack required fields")))
    lacks = (("description", "tag"), (), ("project", "billing_code"))
    yield sample("", log.not_taken, t, t.md(refusal.sentence, **refusal.values), entries, lacks)


def _forms(studio: Studio) -> Iterator[Sample]:
    t, tasks = studio.t, studio.tasks
    yield sample("", log_modal.form, t, day=studio.today)
    yield sample(
        "filled in",
        log_modal.form,
        t,
        day=studio.today - timedelta(days=1),
        task=tasks[0],
        words="9:00-10:30",
        kind="break",
        person=SOFIA,
    )
    yield sample("", log_modal.lines_form, t, f"9-10 {studio.say('review')}\n1h30m {studio.say('Write report')}")
    yield sample("empty", log_modal.lines_form, t, "")
    for state, known in (("one", tasks[:1]), ("several", tasks[:3])):
        draft, _ = drafted(studio, *((task, True) for task in known))
        yield sample(state, log_modal.changing, t, draft)
    tags = tuple(Named(number, studio.say(name)) for number, name in enumerate(("billing", "launch", "web"), 1))
    yield sample("everything", required.form, t, tuple(Field), tags=tags, then=Callbacks.REQUIRED_LOG)
    running = studio.entry(tasks[0])
    yield sample(
        "of what runs", required.form, t, [Field.DESCRIPTION], tags=(), then=Callbacks.REQUIRED_STOP, running=running
    )
