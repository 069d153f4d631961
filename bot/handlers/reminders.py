"""A person's reminders: `/track remind`, its buttons and forms, and the buttons under a reminder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta

from bot.dispatcher import Answer, FieldErrors, OpenModal, Reply, Request
from bot.domain.my_reminders import Mine
from bot.domain.not_understood import NotUnderstood
from bot.domain.reminder_words import Habits, LengthOutOfRange, Switch, parse_hours, parse_wish
from bot.domain.reminders import LONGEST_RUN, SHORTEST_RUN, Idle, Rule, Running, Under
from bot.i18n import Mrkdwn
from bot.services import reminders
from bot.services.context import NotConnected
from bot.views import reminder_forms, reminder_messages
from bot.views import reminder_words as said
from bot.views import reminders as views
from bot.views.ids import Blocks


async def remind(request: Request, *, words: str | None) -> Answer:
    """`/track remind`: the list, or what the words wish. Silence is granted without a connection, too."""
    wish = parse_wish(words) if words else Switch.LIST
    if request.context.focus is None and wish not in {Switch.OFF, Switch.OFF_TODAY}:
        raise NotConnected
    match wish:
        case Switch():
            return await _switched(request, wish)
        case Habits():
            return await _living(request, wish)
    return await _made(request, wish)


async def show(request: Request) -> Answer:
    """*My reminders*."""
    return Reply(views.overview(request.t, await reminders.mine(request.context)))


async def open_form(request: Request) -> Answer:
    """A button for a new reminder of one kind."""
    mine = await reminders.mine(request.context)
    return OpenModal(reminder_forms.form(request.t, request.value, mine.preferences), data={"kind": request.value})


async def press(request: Request) -> Answer:
    """A reminder's menu: change it, or remove it."""
    deed, _, number = request.value.partition(":")
    if deed == views.REMOVE:
        return _removed(request, await reminders.remove(request.context, int(number)))
    mine = await reminders.mine(request.context)
    rule = reminders.find(mine, int(number)).rule
    kind = reminder_forms.kind_of(rule)
    view = reminder_forms.form(request.t, kind, mine.preferences, rule=rule)
    return OpenModal(view, data={"kind": kind, "id": int(number)})


async def submit(request: Request) -> Answer:
    """The form of a reminder was sent."""
    try:
        rule = _rule(request)
    except (NotUnderstood, LengthOutOfRange) as error:
        return FieldErrors({Blocks.REMINDER_HOURS: error})
    return await _made(request, rule, of=request.data.get("id"))


async def open_habits(request: Request) -> Answer:
    """*Days and times…*."""
    mine = await reminders.mine(request.context)
    return OpenModal(reminder_forms.habits(request.t, mine.preferences))


async def submit_habits(request: Request) -> Answer:
    """Days and times were sent."""
    values = request.values
    habits = Habits(
        working_days=_days(values[Blocks.REMINDER_DAYS]),
        daily_at=time.fromisoformat(values[Blocks.REMINDER_DAILY]),
        weekly_on=int(values[Blocks.REMINDER_WEEKDAY]),
        weekly_at=time.fromisoformat(values[Blocks.REMINDER_WEEKLY]),
    )
    return await _living(request, habits)


async def off_today(request: Request) -> Answer:
    """*Off today*."""
    mine = await reminders.off_today(request.context)
    if request.value == views.LIST:
        return _listed(request, mine, views.off_today_words(request.t))
    return Reply(views.silenced(request.t, views.off_today_words(request.t)), replace=True)


async def on(request: Request) -> Answer:
    """*Remind me again*."""
    return await _switched(request, Switch.ON)


async def workspace(request: Request) -> Answer:
    """*Do not remind me of this*, or the opposite: what Toggl's own reminders ask for."""
    hears = request.value == "on"
    mine = await reminders.listen(request.context, workspace=hears)
    return _listed(request, mine, views.workspace_words(request.t, hears=hears))


async def clear(request: Request) -> Answer:
    """*Remove all*."""
    return await _switched(request, Switch.CLEAR)


async def snooze(request: Request) -> Answer:
    """*Snooze…* under a reminder."""
    number, period, minutes = request.value.split(":")
    until = await reminders.snooze(request.context, int(number), period, timedelta(minutes=int(minutes)))
    return Reply(reminder_messages.put_off(request.t, until), replace=True)


async def _living(request: Request, habits: Habits) -> Answer:
    mine = await reminders.live(request.context, habits)
    return _listed(request, mine, said.habits(request.t, mine.preferences))


async def _switched(request: Request, switch: Switch) -> Answer:
    context, t = request.context, request.t
    match switch:
        case Switch.OFF_TODAY:
            return _listed(request, await reminders.off_today(context), views.off_today_words(t))
        case Switch.OFF:
            return _listed(request, await reminders.off(context), views.off_words(t))
        case Switch.ON:
            return _listed(request, await reminders.on(context), views.on_words(t))
        case Switch.CLEAR:
            gone = await reminders.clear(context)
            if gone is not None:
                return _removed(request, gone)
    return await show(request)


async def _made(request: Request, rule: Rule, *, of: int | None = None) -> Answer:
    """Make the reminder, or let the one `of` this number be it."""
    context = request.context
    done = await (reminders.make(context, rule) if of is None else reminders.change(context, of, rule))
    if done.made is None:
        return _listed(request, done.mine)
    return Reply(views.new(request.t, done.mine, done.made, undo_id=done.undo_id, changed=of is not None))


def _removed(request: Request, gone: reminders.Changed) -> Answer:
    return Reply(views.removed(request.t, gone.mine, gone.removed, undo_id=gone.undo_id), replace=True)


def _listed(request: Request, mine: Mine, told: Mrkdwn | None = None) -> Answer:
    return Reply(views.overview(request.t, mine, said=told), replace=True)


def _rule(request: Request) -> Rule:
    """What was entered into the form. Raises NotUnderstood, LengthOutOfRange."""
    values = request.values
    if request.data["kind"] == views.RUNNING:
        typed = values[Blocks.REMINDER_HOURS] or ""
        return Running(parse_hours(typed, longest=LONGEST_RUN, shortest=SHORTEST_RUN))
    at = time.fromisoformat(values[Blocks.REMINDER_AT])
    days = _days(values[Blocks.REMINDER_DAYS])
    if request.data["kind"] == views.IDLE:
        return Idle(at, days)
    return Under(parse_hours(values[Blocks.REMINDER_HOURS] or ""), at, days)


def _days(ticked: Sequence[str]) -> tuple[int, ...]:
    return tuple(sorted(map(int, ticked)))
