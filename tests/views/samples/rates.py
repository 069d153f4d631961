"""Rates: the table, the question whose, the form and what it will do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from bot.domain.rates import History, Level, NewRate, Outlook, Pay, Rate, Sheet, Since, Subject
from bot.views import rate_form, rate_pieces, rates
from bot.views.kit import section
from tests.views.samples.sample import Sample, sample
from tests.views.samples.studio import NOW, Studio

FIRST = datetime(2025, 10, 14, tzinfo=UTC)
SECOND = datetime(2026, 3, 1, tzinfo=UTC)
NEXT = datetime(2026, 12, 1, tzinfo=UTC)


def samples(studio: Studio) -> Iterator[Sample]:
    """Every state of the views about rates."""
    t = studio.t
    lena = Subject(Level.MEMBER, 7001, studio.say("Lena Brandt"))
    history = History(
        stand=(
            Rate(4, Decimal("125.50"), NEXT),
            Rate(3, Decimal(110), SECOND, NEXT),
            Rate(2, Decimal(95), FIRST, SECOND),
            Rate(1, Decimal(80), None, FIRST),
        ),
        replaced=(Rate(5, Decimal(105), SECOND, replaced=True), Rate(6, Decimal(70), replaced=True)),
    )
    full = Sheet(lena, Pay.BILLABLE, "EUR", history)
    bare = Sheet(Subject(Level.WORKSPACE, 1, studio.say("Nordlicht Studio")), Pay.LABOUR, "JPY", History())
    long = History(tuple(Rate(n, Decimal(10**9), FIRST - timedelta(n), FIRST) for n in range(60)), history.replaced * 9)
    task = Subject(Level.TASK, 9, studio.say("Payment provider"))
    yield sample("", rates.loading, t)
    yield sample("", rate_pieces.modal, t, [section(rate_pieces.name(t, lena, Pay.LABOUR))])
    yield sample("a member's", rates.sheet, t, full)
    yield sample("none yet", rates.sheet, t, bare)
    yield sample("many, without a currency", rates.sheet, t, Sheet(task, Pay.BILLABLE, "", long))
    yield sample("not in the plan", rates.sheet, t, Sheet(lena, Pay.LABOUR, "EUR", History(), unpaid=studio.say("No.")))
    yield sample("not in the plan, without a word", rates.sheet, t, Sheet(lena, Pay.LABOUR, "EUR", History(), ""))
    did = t.md("Done: {name}", name=lena.name)
    yield sample("just set", rates.sheet, t, full, did=did, turn=3)
    yield sample("just set, unread", rates.sheet, t, bare, did=did, unread=True)
    yield from _chosen(studio, (lena, task))
    outlook, empty = Outlook.of(full, NOW), Outlook.of(bare, NOW)
    yield sample("", rate_form.form, t, outlook, Since.TODAY)
    yield sample("a day", rate_form.form, t, empty, Since.DAY, day=date(2026, 12, 1), amount="87.5")
    for shown, state in ((outlook, "with a rate"), (empty, "the first rate")):
        for since, day in (
            (Since.TODAY, None),
            (Since.CURRENT, None),
            (Since.ALL, None),
            (Since.DAY, date(2025, 1, 1)),
        ):
            yield sample(f"{state}, {since}", rate_form.ask, t, shown, NewRate(Decimal(120), since, day))
    problem = t.md("*{name}* was changed.", name=lena.name)
    future = NewRate(Decimal("130.25"), Since.DAY, date(2026, 12, 1))
    yield sample("changed meanwhile", rate_form.ask, t, outlook, future, problem=problem)


def _chosen(studio: Studio, found: tuple[Subject, ...]) -> Iterator[Sample]:
    t = studio.t
    for level in (Level.MEMBER, Level.PROJECT, Level.TASK):
        yield sample(f"{level}", rates.choose, t, level, Pay.BILLABLE)
    yield sample("several", rates.choose, t, Level.MEMBER, Pay.LABOUR, words=studio.say("le"), found=found * 9)
    yield sample("none", rates.choose, t, Level.PROJECT, Pay.LABOUR, words=studio.say("zeppelin"), turn=2)
