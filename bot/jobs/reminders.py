"""Reminds people, in their direct messages, of what they or their workspace asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

import msgspec

from bot.domain.reminders import Rule, Running, day_of, next_look, read_period, week_of
from bot.domain.track_reminders import Every
from bot.i18n import N_, Translator
from bot.jobs import refusals
from bot.jobs.job import Due, Office, Outgoing, Prepared
from bot.services import reminding, resting
from bot.services.context import Context, NotConnected, Person
from bot.services.reminder_rows import WORKSPACE, preferences_of, rule_of
from bot.services.reminding import Say, Silent, Subject, Wait
from bot.store import Session, schedules
from bot.store.tables import Schedule
from bot.toggl import CredentialMissing, CredentialRefused
from bot.views import reminder_messages as views
from bot.views.messages import Message

NO_ACCOUNT = N_("No Toggl account was connected any more.")


async def remind(office: Office, due: Due) -> Prepared:
    """A reminder that the person made."""
    rule, told = rule_of(due.schedule), due.schedule.settings.get("told")
    return await _remind(
        office, due, due.schedule, lambda person, _: Subject(due.at, day_of(due.at, person.zone), rule, told=told)
    )


async def remind_of_workspace(office: Office, due: Due) -> Prepared:
    """What Toggl's own reminders ask for."""
    return await _remind(office, due, due.schedule, partial(_asked, due.schedule, due.at))


async def remind_again(office: Office, due: Due) -> Prepared:
    """What the person put off: still about the same day, week or timer."""
    kept = due.schedule.settings
    async with office.store.reading() as db:
        first = await schedules.find_by_id(db, kept["of"])
    if first is None:
        return Prepared()
    return await _remind(office, due, first, partial(_again, first, due.at, kept["period"]))


def _asked(of: Schedule, at: datetime, person: Person, t: Translator) -> Subject:
    week = of.settings["every"] == Every.WEEK
    period = week_of(at, person.zone, t.first_weekday) if week else day_of(at, person.zone)
    return Subject(at, period, wanted=_wanted(of))


def _again(of: Schedule, at: datetime, key: str, person: Person, _: Translator) -> Subject:
    if of.kind == WORKSPACE:
        return Subject(at, read_period(key), wanted=_wanted(of), snoozed=True)
    rule = rule_of(of)
    if isinstance(rule, Running):
        return Subject(at, day_of(at, person.zone), rule, snoozed=True, entry=int(key))
    return Subject(at, read_period(key), rule, snoozed=True)


def _wanted(of: Schedule) -> timedelta:
    return timedelta(seconds=of.settings["seconds"])


async def _remind(office: Office, due: Due, of: Schedule, about: Callable[[Person, Translator], Subject]) -> Prepared:
    """Look, and say it if it is worth saying; `of` is the reminder itself, also where it was snoozed."""
    account_id = due.schedule.account_id
    if account_id is None:
        return Prepared()
    context = await office.context(account_id, now=due.now, workspace_id=of.settings.get("place"))
    person = context.person
    t = office.translator(person.locale, zone=person.zone, now=due.now)
    subject = about(person, t)
    async with office.store.reading() as db:
        preferences = await preferences_of(db, account_id)
    try:
        verdict = await reminding.look(context, subject, preferences, _disturbed(office, context))
    except CredentialRefused as refusal:
        return await _refused(context, t, refusal)
    except (NotConnected, CredentialMissing):
        return _unconnected(of, account_id, due.now)
    match verdict:
        case Wait(until):
            return Prepared(again_at=until)
        case Silent(why):
            return Prepared(skipped=why)
    return _said(t, due, of, subject, verdict)


def _unconnected(of: Schedule, account_id: int, now: datetime) -> Prepared:
    """Nothing can be counted; of a workspace's reminder that may be so for this workspace alone, until it is read."""
    if of.kind == WORKSPACE:
        return Prepared(skipped=NO_ACCOUNT)
    return Prepared(skipped=NO_ACCOUNT, keep=_rest(account_id, None, now), again_at=now)


def _said(t: Translator, due: Due, of: Schedule, subject: Subject, say: Say) -> Prepared:
    name = f"{due.schedule.kind}:{due.schedule.id}" if subject.snoozed else _name(of, subject.rule)
    post = Outgoing(
        key=f"{name}:{say.about}",
        account_id=due.schedule.account_id,
        message=_message(t, of, subject.rule, say),
        repeatable=False,
    )
    if not isinstance(subject.rule, Running) or subject.snoozed or say.running is None:
        return Prepared(posts=(post,))
    told = say.running.id

    async def keep(db: Session) -> None:
        await schedules.change(db, of.id, now=due.now, payload={**of.settings, "told": told})

    again_at = next_look(subject.rule, say.running, now=due.now, told=True)
    return Prepared(posts=(post,), keep=keep, again_at=again_at)


def _message(t: Translator, of: Schedule, rule: Rule | None, say: Say) -> Message:
    subject = f"{of.id}:{say.about}"
    if say.missing is not None and rule is None:
        return views.asked(t, say.missing, of.settings["name"], subject=subject, running=say.running)
    if rule is not None and say.missing is not None:
        return views.short(t, say.missing, rule, subject=subject, running=say.running)
    if rule is not None and say.running is not None:
        return views.overran(t, say.running, rule, subject=subject)
    assert rule is not None  # noqa: S101 (a workspace asks for hours only; says so to the type checker)
    return views.idle(t, rule, subject=subject, recents=say.recents)


def _name(of: Schedule, rule: Rule | None) -> str:
    """What tells a reminder from the person's others, also when it was removed and made again on the same day."""
    what = of.key or "" if rule is None else hashlib.sha256(msgspec.json.encode(rule)).hexdigest()[:16]
    return f"{of.kind}:{of.account_id}:{what}"


def _disturbed(office: Office, context: Context) -> Callable[[], Awaitable[datetime | None]]:
    person = context.person

    async def ask() -> datetime | None:
        return await office.reach.quiet_until(person.tenant_id, person.team_id, person.user_id, now=context.now)

    return ask


async def _refused(context: Context, t: Translator, refusal: CredentialRefused) -> Prepared:
    """Toggl does not take the credential any more: the person is told once, and their jobs rest."""
    fingerprint, posts = await refusals.told(context, t, refusal)
    keep = _rest(context.person.account_id, fingerprint, context.now)
    return Prepared(posts=posts, skipped=NO_ACCOUNT, keep=keep, again_at=context.now)


def _rest(account_id: int, fingerprint: str | None, now: datetime) -> Callable[[Session], Awaitable[None]]:
    return partial(resting.rest, account_id=account_id, fingerprint=fingerprint, now=now)
