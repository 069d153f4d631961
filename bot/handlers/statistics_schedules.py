"""Schedules of statistics: the form, the list, and taking one over."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from bot.dispatcher import Answer, Choices, FieldErrors, OpenModal, PushModal, Reply, Request, UpdateModal
from bot.domain.statistics_plans import Scheduled
from bot.domain.statistics_words import Scheduling
from bot.i18n import Mrkdwn
from bot.services import delivery_history, statistics_schedules
from bot.services.statistics_schedules import Wanted
from bot.views import delivery_history as delivery_views
from bot.views import statistics_form as forms
from bot.views import statistics_schedules as views
from bot.views.ids import Blocks
from bot.views.statistics_draft import Draft, entered, problems, repeating
from bot.views.statistics_schedules import Deed, read_deed

_CHANNELS = ("C", "G")


async def new(request: Request, wanted: Scheduling) -> Answer:
    """The empty form, with what was typed, in this channel if no other was meant."""
    here = request.context.channel_id
    proposed = here if here and here.startswith(_CHANNELS) and not wanted.unknown else None
    return _opened(request, Draft.of(wanted.rhythm, wanted.channel_id or proposed), {})


async def open_new(request: Request) -> Answer:
    """*New…*, or *Post in a channel…* under statistics."""
    return await new(request, Scheduling())


async def choose_repeats(request: Request) -> Answer:
    """How often it comes was chosen: the inputs that belong to it take the place of the others."""
    before = _draft(request)
    draft = repeating(entered(request.values, before), before)
    return UpdateModal(forms.form(request.t, draft), {**request.data, "draft": msgspec.to_builtins(draft)})


async def submit(request: Request) -> Answer:
    """*Save*: the bot enters the channel, if it has to, and posts there from then on."""
    wrong = problems(request.t, request.values)
    if wrong:
        return FieldErrors(wrong)
    draft = entered(request.values, _draft(request))
    channel = await request.enter_channel(draft.channel_id)
    if channel.shared:
        return FieldErrors({Blocks.CHANNEL: forms.shared(request.t)})
    zone = ZoneInfo(draft.zone) if draft.zone else request.t.zone
    recurrence = draft.recurrence(zone=zone, now=request.now, first_weekday=request.t.first_weekday)
    wanted = Wanted(channel.id, recurrence, draft.span, zone, follows=draft.zone is None)
    schedule_id = request.data.get("id")
    if schedule_id is None:
        done = await statistics_schedules.create(request.context, wanted)
    else:
        done = await statistics_schedules.change(request.context, schedule_id, wanted, mark=request.data["mark"])
    return Reply(views.saved(request.t, done))


async def listing(request: Request) -> Answer:
    """`/toggl stats schedules`, and *All schedules*."""
    found = await statistics_schedules.all_of(request.context)
    return OpenModal(views.listing(request.t, found))


async def press(request: Request) -> Answer:
    """A schedule's menu in the list, or a button in a message."""
    deed, schedule_id = read_deed(request.value)
    match deed:
        case Deed.CHANGE:
            return await _change(request, schedule_id)
        case Deed.REMOVE:
            one = await statistics_schedules.get(request.context, schedule_id)
            view, data = views.asking_to_remove(request.t, one), {"id": schedule_id}
            return PushModal(view, data) if request.view_id else OpenModal(view, data)
        case Deed.PAUSE:
            paused = await statistics_schedules.pause(request.context, schedule_id)
            return await _listed(request, views.paused(request.t, paused))
        case Deed.RESUME:
            resumed = await statistics_schedules.resume(request.context, schedule_id)
            return await _listed(request, views.resumed(request.t, resumed))
        case Deed.TAKE_OVER:
            taken = views.taken_over(request.t, await statistics_schedules.take_over(request.context, schedule_id))
            return await _listed(request, Mrkdwn(taken.text)) if request.view_id else Reply(taken, replace=True)


async def submit_removal(request: Request) -> Answer:
    """*Remove*."""
    removed, undo_id = await statistics_schedules.remove(request.context, request.data["id"])
    return Reply(views.removed(request.t, removed, undo_id=undo_id))


async def history(request: Request) -> Answer:
    """`/toggl stats history`: what was posted on a schedule, as far as the person may see it."""
    return Reply(delivery_views.history(request.t, await delivery_history.read(request.context)))


async def suggest_zones(request: Request) -> Answer:
    """The typeahead of time zones."""
    return Choices(forms.zone_choices(request.t, request.text, request.context.person.zone.key, request.now))


async def _change(request: Request, schedule_id: int) -> Answer:
    one = await statistics_schedules.get(request.context, schedule_id)
    return _opened(request, _existing(one), {"id": one.id, "mark": one.mark})


async def _listed(request: Request, note: Mrkdwn) -> Answer:
    found = await statistics_schedules.all_of(request.context)
    return UpdateModal(views.listing(request.t, found, note=note))


def _opened(request: Request, draft: Draft, data: dict[str, Any]) -> Answer:
    view, kept = forms.form(request.t, draft), {**data, "draft": msgspec.to_builtins(draft)}
    return PushModal(view, kept) if request.view_id else OpenModal(view, kept)


def _existing(one: Scheduled) -> Draft:
    zone = None if one.plan.follows else one.zone.key
    return Draft.existing(one.channel_id, one.plan.span, one.pattern, zone)


def _draft(request: Request) -> Draft:
    return msgspec.convert(request.data["draft"], type=Draft)
