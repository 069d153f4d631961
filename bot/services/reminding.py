"""Whether a reminder that is due is worth saying now: looked at with the person's own credential, as a job may."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain import reminders as rules
from bot.domain.periods import Period
from bot.domain.reminders import Idle, Preferences, Rule, Running, Shortfall, Under
from bot.domain.tracking import Entry, Task, recent_tasks
from bot.i18n import N_
from bot.services import entries
from bot.services.context import Context
from bot.services.days_off import off_work
from bot.toggl import CredentialRefused, Forbidden, NotFound, PaidFeature, QuotaSpent, RateLimited, Refused, TogglError

RETRY = timedelta(minutes=15)
"""When Toggl is asked again that could not be reached: until the end of a day that is a handful of calls."""

OFF = N_("Reminders were off.")
LATE = N_("It was too late to be of use.")
THERE = N_("The hours were there.")
TIMER_RAN = N_("A timer was running.")
NOT_LONG = N_("No timer had been running that long.")
DAY_OFF = N_("It was a public holiday or a day off.")
DISTURBED = N_("Do Not Disturb was on for too long.")
NOT_READ = N_("Toggl could not be asked in time.")

Disturbed = Callable[[], Awaitable[datetime | None]]
"""Until when (aware) the person does not want to be disturbed; None where they may be."""


@dataclass(frozen=True, slots=True)
class Say:
    """The reminder is due. `about` names what it is said once for; the rest is what there is to say."""

    about: str
    missing: Shortfall | None = None
    running: Entry | None = None
    recents: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True)
class Silent:
    """Nothing is to be said; `why` is a sentence for the history."""

    why: str


@dataclass(frozen=True, slots=True)
class Wait:
    """It is to be looked at again at `until` (aware)."""

    until: datetime


Verdict = Say | Silent | Wait


@dataclass(frozen=True, slots=True)
class Subject:
    """What is due. `rule` is None for what a workspace asks for: then `wanted` is missing within `period`.

    `at` (aware) is when it was due. Of a running timer, `entry` is the one that it was snoozed for, `told` the last one
    that the person was told of.
    """

    at: datetime
    period: Period
    rule: Rule | None = None
    wanted: timedelta = timedelta()
    snoozed: bool = False
    entry: int | None = None
    told: int | None = None

    def until(self, zone: ZoneInfo) -> datetime | None:
        """When it is of no use any more."""
        return rules.useful_until(self.rule, self.at, zone, snoozed=self.snoozed)


async def look(context: Context, subject: Subject, preferences: Preferences, disturbed: Disturbed) -> Verdict:
    """Whether to say it: one call to Toggl, up to three more where something is to be said.

    Raises CredentialRefused, NotConnected.
    """
    until = subject.until(context.person.zone)
    if until is not None and context.now >= until:
        return Silent(LATE)
    if preferences.quiet(context.now) or (subject.rule is None and preferences.workspace_off):
        return _off(subject, preferences, context.now)
    try:
        verdict = await _on_a_day(context, subject)
    except CredentialRefused:
        raise
    except TogglError as problem:
        return _later(subject, problem, until, now=context.now)
    return await _undisturbed(verdict, disturbed, now=context.now, until=until) if isinstance(verdict, Say) else verdict


def _off(subject: Subject, preferences: Preferences, now: datetime) -> Verdict:
    """Nothing is said; a running timer is looked at again when that is over."""
    if not _lasting(subject):
        return Silent(OFF)
    until = preferences.off_until
    return Wait(now + rules.LOOKED_AT if preferences.off or until is None else until)


async def _on_a_day(context: Context, subject: Subject) -> Verdict:
    """What Toggl says of it, if the person works that day at all; what was snoozed was found worth saying before."""
    verdict = await _ask(context, subject)
    whatever_day = subject.snoozed or isinstance(subject.rule, Running) or not isinstance(verdict, Say)
    if whatever_day or not await off_work(context, subject.at.astimezone(context.person.zone).date()):
        return verdict
    return Silent(DAY_OFF)


async def _undisturbed(verdict: Say, disturbed: Disturbed, *, now: datetime, until: datetime | None) -> Verdict:
    quiet_until = await disturbed()
    if quiet_until is None or quiet_until <= now:
        return verdict
    return Silent(DISTURBED) if until is not None and quiet_until >= until else Wait(quiet_until)


async def _ask(context: Context, subject: Subject) -> Verdict:
    """What Toggl says of it."""
    match subject.rule:
        case Idle():
            recent = await entries.read(context)
            if entries.running(recent):
                return Silent(TIMER_RAN)
            return Say(rules.period_key(subject.period), recents=recent_tasks(recent))
        case Running() as rule:
            return _timer(subject, rule, entries.running(await entries.read(context)), now=context.now)
        case rule:
            return await _hours(context, subject, rule)


def _timer(subject: Subject, rule: Running, running: Entry | None, *, now: datetime) -> Verdict:
    """A timer that runs too long is said once, and once more where it was snoozed; otherwise it is looked at later."""
    if subject.snoozed:
        same = running is not None and running.id == subject.entry and rules.overrun(rule, running, now=now)
        return Say(str(subject.entry), running=running) if same else Silent(NOT_LONG)
    told = running is not None and running.id == subject.told
    if running is None or told or not rules.overrun(rule, running, now=now):
        return Wait(rules.next_look(rule, running, now=now, told=told))
    return Say(str(running.id), running=running)


async def _hours(context: Context, subject: Subject, rule: Under | None) -> Verdict:
    wanted, zone = subject.wanted if rule is None else rule.hours, context.person.zone
    found = await entries.between(context, *subject.period.bounds(zone))
    missing = rules.shortfall(found, subject.period, wanted, zone=zone, now=context.now)
    if not missing.missing:
        return Silent(THERE)
    return Say(rules.period_key(subject.period), missing=missing, running=entries.running(found))


def _later(subject: Subject, problem: TogglError, until: datetime | None, *, now: datetime) -> Verdict:
    """Ask again, if that may help in time. A timer is looked at for as long as somebody wants it."""
    again: datetime | None
    match problem:
        case QuotaSpent(resets_at=resets_at):
            again = max(resets_at, now + timedelta(minutes=1))
        case RateLimited(retry_after=seconds):
            again = now + max(timedelta(minutes=1), timedelta(seconds=seconds))
        case Forbidden() | NotFound() | PaidFeature() | Refused():
            again = now + rules.LOOKED_AT if _lasting(subject) else None
        case _:
            again = now + RETRY
    return Silent(NOT_READ) if again is None or (until is not None and again >= until) else Wait(again)


def _lasting(subject: Subject) -> bool:
    return isinstance(subject.rule, Running) and not subject.snoozed
