"""Help, and what is said when something could not be done."""

from __future__ import annotations

from collections.abc import Iterator

from bot import handlers
from bot.dispatcher.failures import Unexpected
from bot.dispatcher.manual import Manual
from bot.dispatcher.table import Table
from bot.domain.when import NotUnderstood
from bot.errors import UserError
from bot.i18n import COMMANDS
from bot.toggl.errors import AnswerLost, Forbidden, NotFound, PaidFeature, QuotaSpent, Refused, Trouble, Unavailable
from bot.views import errors
from bot.views import help as helping
from tests.views.samples.sample import Sample, sample
from tests.views.samples.studio import NOW, Studio


def samples(studio: Studio) -> Iterator[Sample]:
    """Every kind of help and of failure."""
    yield from _help(studio)
    yield from _errors(studio)


def _help(studio: Studio) -> Iterator[Sample]:
    t, table = studio.t, Table(handlers.ROUTES, COMMANDS)
    manual = Manual(table)
    for name, commands in table.commands.items():
        others = [slash for other, slash in COMMANDS.items() if other != name]
        verbs = [manual._verb(command) for command in commands]
        yield sample(name, helping.command_help, t, COMMANDS[name], verbs, others)
    stop, log = (manual._verb(command) for command in table.commands["track"] if command.verb in {"stop", "log"})
    yield sample("", helping.verb_help, t, log)
    told = t.md(NotUnderstood.sentence, **NotUnderstood(studio.say("quarter to")).values)
    yield sample("", helping.misfit, t, told, stop)
    yield sample("two are near", helping.unknown_verb, t, "/track", studio.say("stpo 10m ago"), [stop, log])
    yield sample("none is near", helping.unknown_verb, t, "/track", studio.say("abracadabra"), [])


def _errors(studio: Studio) -> Iterator[Sample]:
    t = studio.t
    words = studio.say("Time entries must not end before they start")
    failures: tuple[UserError, ...] = (
        NotFound(Trouble("get_time_entry", 404)),
        Forbidden(Trouble("update_project", 403)),
        Refused(Trouble("create_time_entry", 422, words=words)),
        PaidFeature(Trouble("create_rate", 402)),
        QuotaSpent(Trouble("start_tracking", 402), resets_at=NOW, minutes=36),
        AnswerLost(Trouble("start_tracking"), ended=False),
        Unexpected(reference="a41f0c"),
    )
    for failure in failures:
        yield sample(type(failure).__name__, errors.problem, t, t.md(failure.sentence, **failure.values))
    unavailable = t.md(Unavailable.sentence)
    yield sample("safe to try again", errors.problem, t, unavailable, again="/track stop 10m ago")
    yield sample("", errors.open_form, t, "/track start")
    yield sample("", errors.saving, t, t("Edit entry"))
    yield sample("", errors.saved, t, t("Edit entry"), t.md("Deleted *{task}*, {span}.", task=words, span="9:00"))
    yield sample("", errors.home, t, unavailable)
    yield sample("", errors.note, t, t("Log time"), errors.problem(t, unavailable, again="/track stop"))
