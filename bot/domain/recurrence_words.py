"""How a recurrence is said to people."""

from __future__ import annotations

from bot.domain.recurrence import EVERY_DAY, LAST, WORKDAYS, Monthly, MonthlyWeekday, Weekly, parse
from bot.i18n import N_, Translator

_LONGEST_MONTH = 31
_IN_EVERY_MONTH = 28
_NTH = {
    1: N_("on the first {weekday} of every month at {time}"),
    2: N_("on the second {weekday} of every month at {time}"),
    3: N_("on the third {weekday} of every month at {time}"),
    4: N_("on the fourth {weekday} of every month at {time}"),
    LAST: N_("on the last {weekday} of every month at {time}"),
}


def words(pattern: str, t: Translator) -> str:
    """`pattern` within a sentence, without its zone: `every Monday and Friday at 9:00 AM`. Raises BadPattern."""
    recurrence = parse(pattern)
    at = t.clock(recurrence.at)
    match recurrence:
        case Weekly(every=1, weekdays=weekdays) if weekdays == EVERY_DAY:
            return t(N_("every day at {time}"), time=at)
        case Weekly(every=1, weekdays=weekdays) if weekdays == WORKDAYS:
            return t(N_("Monday to Friday at {time}"), time=at)
        case Weekly(every=1):
            return t(N_("every {weekdays} at {time}"), weekdays=t.weekdays(recurrence.weekdays), time=at)
        case Weekly():
            return t.plural(
                "every week on {weekdays} at {time}",
                "every {n} weeks on {weekdays} at {time}",
                recurrence.every,
                weekdays=t.weekdays(recurrence.weekdays),
                time=at,
            )
        case MonthlyWeekday():
            return t(_NTH[recurrence.nth], weekday=t.weekdays((recurrence.weekday,)), time=at)
    return _on_a_day(recurrence, at, t)


def _on_a_day(monthly: Monthly, at: str, t: Translator) -> str:
    if monthly.day == _LONGEST_MONTH:
        return t(N_("on the last day of every month at {time}"), time=at)
    if monthly.day > _IN_EVERY_MONTH:
        return t(N_("on day {day} of every month, or its last day, at {time}"), day=monthly.day, time=at)
    return t(N_("on day {day} of every month at {time}"), day=monthly.day, time=at)
