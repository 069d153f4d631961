"""What was done to projects and their members."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from bot.domain.projects import Change
from bot.i18n import Mrkdwn
from bot.services.project_people import Member, Role
from bot.views import project_changes, project_members
from bot.views.project_pieces import Subject
from tests.views.samples.projects import several
from tests.views.samples.sample import Sample, sample
from tests.views.samples.studio import Studio
from tests.views.samples.timer import UNDO

DID: tuple[Literal["added", "removed", "changed"], ...] = ("added", "removed", "changed")


def samples(studio: Studio) -> Iterator[Sample]:
    """Every state of the answers to a change, and of the modal of members."""
    yield from _changed(studio)
    yield from _undone(studio)
    yield from _members(studio)


def _changed(studio: Studio) -> Iterator[Sample]:
    t, found = studio.t, several(studio)
    subject = Subject.of(found[0])
    for change in Change:
        yield sample(change, project_changes.done, t, change, subject, undo_id=UNDO)
    yield sample("", project_changes.created, t, subject, undo_id=UNDO)
    fields = msgspec.structs.replace(found[0].fields, name=studio.say("Relaunch"), estimate=9000, tags=())
    after = msgspec.structs.replace(found[0], fields=fields)
    yield sample("", project_changes.saved, t, found[0], after, undo_id=UNDO)
    yield sample("", project_changes.ask_delete, t, found[0], ())
    yield sample("with sub-projects", project_changes.ask_delete, t, found[5], found * 3)
    yield sample("", project_changes.kept, t, subject)
    yield sample("", project_changes.chosen, t, subject.name, studio.say("Sales"), undo_id=UNDO)
    yield sample("none", project_changes.chosen, t, None, subject.name, undo_id=UNDO)
    yield sample("", project_changes.default, t, subject.name)
    yield sample("none", project_changes.default, t, None)


def _undone(studio: Studio) -> Iterator[Sample]:
    t, found = studio.t, several(studio)
    for change in Change:
        yield sample(change, project_changes.taken_back, t, change, found[0].name)
    yield sample("", project_changes.create_undone, t, found[0].name)
    before = msgspec.structs.replace(found[0], fields=msgspec.structs.replace(found[0].fields, estimate=600, end=None))
    yield sample("", project_changes.edit_undone, t, before, found[0])
    people = [studio.say("Yuki Tanaka"), studio.say("Jonas Weber")]
    for did in DID:
        yield sample(did, project_changes.team_undone, t, did, found[0].name, people)
    yield sample("", project_changes.default_undone, t, found[0].name)
    yield sample("none", project_changes.default_undone, t, None)


def _members(studio: Studio) -> Iterator[Sample]:
    t, name = studio.t, studio.say("Website relaunch")
    roles = (Role(1, studio.say("Project manager"), manager=True), Role(2, studio.say("Project member"), manager=False))
    people = (
        Member(11, studio.say("Sofía Romero"), manager=True),
        Member(12, studio.say("Yuki Tanaka")),
        Member(31, "#31", group=True, people=(studio.say("Jonas Weber"), studio.say("Alex Kim"))),
    )
    many = tuple(Member(100 + n, studio.say(f"Member {n}")) for n in range(120))
    yield sample("", project_members.loading, t)
    yield sample("nobody", project_members.team, t, name, (), roles)
    yield sample("people and a group", project_members.team, t, name, people, roles)
    did = Mrkdwn(t.md("Added {names}.", names=studio.say("Yuki Tanaka")))
    yield sample("one was added", project_members.team, t, name, people, roles, did=did, undo_id=UNDO, turn=1)
    yield sample("many, roles unknown", project_members.team, t, name, many, ())
