"""Statistics for a channel, when they are due: read as their maker, or an admin is asked where that one left."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.statistics_plans import Plan, Scheduled
from bot.i18n import N_
from bot.jobs.job import Due, Office, Outgoing, Prepared
from bot.services import statistics, statistics_schedules
from bot.services.reminding import NOT_READ, RETRY
from bot.services.statistics_rows import KIND
from bot.store import linked
from bot.toggl import PaidFeature, QuotaSpent, RateLimited, Unavailable
from bot.views import statistics as views
from bot.views import statistics_schedules as schedule_views
from bot.views.statistics import Subject
from bot.views.statistics_csv import file_name

USEFUL_FOR = timedelta(hours=24)
"""What was missed for longer says nothing any more that the next post does not say."""
LATE = timedelta(minutes=15)

LEFT = N_("Whoever set it up has left.")
NO_SIGHT = N_("Toggl no longer lets you see the statistics of this workspace.")
NO_CALLS = N_("No calls to Toggl were left for it that day.")


async def prepare(office: Office, due: Due) -> Prepared:
    """The post, or the question who takes it over. Raises NotConnected, CredentialRefused, TogglError."""
    schedule, plan = due.schedule, Plan.read(due.schedule.settings)
    if schedule.owner_id is None:
        return await _orphaned(office, due, plan, LEFT)
    owner = await office.context(schedule.owner_id, now=due.now, channel_id=schedule.channel_id, focus_id=plan.focus_id)
    context = await statistics.at(owner, plan.focus_id, due.zone)
    t = office.translator(owner.person.locale, zone=due.zone, now=due.now)
    period = plan.span.period(now=due.at, zone=due.zone, first_weekday=t.first_weekday)
    try:
        made = await statistics.read(context, period)
    except (statistics.StatisticsRefused, PaidFeature):
        return await _orphaned(office, due, plan, NO_SIGHT)
    except QuotaSpent as spent:
        return _later(due, spent.resets_at, NO_CALLS)
    except (Unavailable, RateLimited):
        return _later(due, due.now + RETRY, NOT_READ)
    one = _scheduled(due, {schedule.owner_id: owner.person.user_id})
    footer = schedule_views.footer(t, one, late_since=due.at if due.late > LATE else None)
    subject = Subject(period, due.zone, plan.focus_id)
    post = Outgoing(
        key=f"{KIND}:{schedule.id}:{due.at.isoformat()}",
        channel_id=schedule.channel_id,
        message=views.posted(t, made, subject, footer),
        otherwise=views.posted(t, made, subject, footer, native=False),
        charts={file_name(made, by): chart for by, chart in views.drawings(t, made)},
    )
    return Prepared(posts=(post,))


async def _orphaned(office: Office, due: Due, plan: Plan, reason: str) -> Prepared:
    """Pause it and ask the admins who are here to take it over; where none is, the channel hears why nothing comes."""
    schedule, one = due.schedule, _scheduled(due, {})
    async with office.store.reading() as db:
        found = await linked.admins(db, tenant_id=schedule.tenant_id, team_id=schedule.team_id, focus_id=plan.focus_id)
    admins = [admin for admin in found if admin.id != schedule.owner_id]
    key = f"{KIND}:{schedule.id}:orphaned:{due.at.isoformat()}"
    posts = tuple(
        Outgoing(
            key=f"{key}:{admin.id}",
            account_id=admin.id,
            message=schedule_views.orphaned(
                office.translator(admin.locale, zone=ZoneInfo(admin.zone), now=due.now), one
            ),
        )
        for admin in admins
    )
    if not posts:
        t = office.translator("en-US", zone=due.zone, now=due.now)
        posts = (Outgoing(key=key, channel_id=schedule.channel_id, message=schedule_views.resting(t)),)
    return Prepared(posts=posts, pause=reason)


def _later(due: Due, again_at: datetime, why: str) -> Prepared:
    """Then, if that is the same day still: another day's period would be another one. Else it is skipped; `why`."""
    if _day(again_at, due.zone) != _day(due.at, due.zone):
        return Prepared(skipped=why)
    return Prepared(again_at=again_at)


def _scheduled(due: Due, makers: dict[int, str]) -> Scheduled:
    return statistics_schedules.scheduled(due.schedule, makers, due.now)


def _day(moment: datetime, zone: ZoneInfo) -> object:
    return moment.astimezone(zone).date()
