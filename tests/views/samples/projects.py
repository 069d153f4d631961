"""Projects: the list, the card, the choice of one, and the form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from bot.domain.project_edits import Field, Merged
from bot.domain.project_filters import ProjectFilters
from bot.domain.projects import Fee, Fields, Named, Project
from bot.i18n import mention
from bot.views import project_form, projects
from bot.views.project_pieces import Deed, Subject
from tests.views.samples.sample import Sample, sample
from tests.views.samples.studio import Studio


def samples(studio: Studio) -> Iterator[Sample]:
    """Every state of the views about projects."""
    yield from _listed(studio)
    yield from _shown(studio)
    yield from _picked(studio)
    yield from _forms(studio)


def relaunch(studio: Studio) -> Project:
    """A project with every field filled in."""
    fields = Fields(
        name=studio.say("Website relaunch"),
        client=Named(61, studio.say("Hafenkontor")),
        parent=Named(7101, studio.say("Hafenkontor 2026")),
        description=studio.say("New site in German and English, with the shop. Launch on 14 December."),
        start=date(2026, 9, 1),
        end=date(2026, 12, 14),
        estimate=7200,
        color="#06a893",
        fee=Fee(6000, "EUR"),
        tags=(Named(1, studio.say("web")), Named(2, studio.say("launch"))),
        billable=True,
        private=True,
        pinned=True,
    )
    return Project(id=7102, fields=fields, tracked_secs=98 * 3600 + 1440, rate=95, rate_currency="EUR")


def several(studio: Studio) -> tuple[Project, ...]:
    """Projects at every stage of their estimate."""
    plain = (
        Project(id=7103, fields=Fields(name=studio.say("Harbour calendar"), estimate=2400), tracked_secs=2400 * 60),
        Project(id=7104, fields=Fields(name=studio.say("Monthly reporting"), estimate=600), tracked_secs=700 * 60),
        Project(id=7105, fields=Fields(name=studio.say("Sales"), start=date(2026, 1, 1)), tracked_secs=51 * 3600),
        Project(id=7106, fields=Fields(name=studio.say("Office"), end=date(2026, 12, 31), estimate=90)),
        Project(id=7107, fields=Fields(name=studio.say("Trade fair 2025")), archived=True),
    )
    return (relaunch(studio), *plain)


def _listed(studio: Studio) -> Iterator[Sample]:
    t, found = studio.t, several(studio)
    plain = ProjectFilters()
    narrow = ProjectFilters(
        "archived",
        words=studio.say("fair"),
        client=studio.say("Hafenkontor"),
        tag=studio.say("web"),
        person=studio.say("Yuki"),
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
    )
    yield sample("none", projects.listing, t, projects.Turn(plain), (), more=False, total=0)
    yield sample("none fits", projects.listing, t, projects.Turn(narrow), (), more=False, total=None)
    yield sample("one", projects.listing, t, projects.Turn(plain), found[:1], more=False, total=1)
    yield sample("many", projects.listing, t, projects.Turn(plain, 2), found, more=True, total=42)
    yield sample("narrowed", projects.listing, t, projects.Turn(narrow), found[-1:], more=False, total=1)


def _shown(studio: Studio) -> Iterator[Sample]:
    t, found = studio.t, several(studio)
    people = [mention("U0SOFIAROME"), mention("U0YUKITANAK")]
    yield sample("bare", projects.card, t, found[3], members=())
    yield sample("with everything", projects.card, t, found[0], parents=found[1:2], children=found[2:4], members=people)
    yield sample("members hidden", projects.card, t, found[1])
    yield sample("many children and members", projects.card, t, found[5], children=found * 4, members=people * 20)
    sentence = t.md("This project was changed meanwhile.")
    yield sample("", projects.changed_meanwhile, t, sentence, found[0])


def _picked(studio: Studio) -> Iterator[Sample]:
    t, found = studio.t, several(studio)
    subjects = [Subject.of(project) for project in found]
    yield sample("several match", projects.pick, t, Deed.ARCHIVE, studio.say("report"), subjects)
    yield sample("nothing was typed", projects.pick, t, Deed.SHOW, "", subjects)
    yield sample("none matches", projects.pick, t, Deed.EDIT, studio.say("zeppelin"), ())
    yield sample("there are none", projects.pick, t, Deed.EDIT, "", ())
    yield sample("none to restore", projects.pick, t, Deed.RESTORE, studio.say("zeppelin"), ())


def _forms(studio: Studio) -> Iterator[Sample]:
    t, fields = studio.t, relaunch(studio).fields
    yield sample("", project_form.loading, t)
    yield sample("", project_form.new, t)
    yield sample("named", project_form.new, t, name=studio.say("Photo shoot"))
    yield sample("", project_form.edit, t, fields, project_form.fitting(fields))
    long = msgspec.structs.replace(fields, description="x" * 4000)
    yield sample("too long a text", project_form.edit, t, long, project_form.fitting(long))
    for shown in ((Field.NAME,), (Field.START, Field.END), (Field.ESTIMATE,), (Field.SETTINGS,)):
        yield sample(f"only {', '.join(shown)}", project_form.edit, t, fields, shown)
    merged = Merged(fields, taken=(Field.NAME, Field.END), kept=(Field.ESTIMATE,))
    yield sample("changed meanwhile", project_form.edit_again, t, merged, project_form.fitting(fields), 1)
