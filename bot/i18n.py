"""Every sentence people see, in their language: gettext catalogues, and times and lengths as people write them."""

from __future__ import annotations

import functools
import gettext
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton, format_time, get_day_names
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_percent

from bot.errors import UserError

_CATALOGUES = Path(__file__).parent / "locale"

LANGUAGES = ("en", *sorted(path.stem for path in _CATALOGUES.glob("*.po")))
"""English, which the sentences are written in, and every language that has a catalogue."""

COMMANDS: Mapping[str, str] = MappingProxyType({"track": "/track", "project": "/project", "toggl": "/toggl"})
_UTC = ZoneInfo("UTC")


def N_(sentence: str) -> str:  # noqa: N802 (gettext's own name for "extract, do not translate yet")
    """Mark `sentence` for the catalogues where it is defined; it is translated where it is shown."""
    return sentence


class Mrkdwn(str):
    """Text that is already Slack mrkdwn: `Translator.md` inserts it as it is."""

    __slots__ = ()


def escape(text: str) -> Mrkdwn:
    """`text` as mrkdwn that wakes nobody: Slack's three control characters become entities."""
    return Mrkdwn(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def mention(user_id: str) -> Mrkdwn:
    """A person by their id in Slack, which shows their name; in a private message it wakes nobody."""
    return Mrkdwn(f"<@{user_id}>")


def load_catalogues() -> None:
    """Read every catalogue now, so that nobody's first sentence waits for it (about 20 ms each)."""
    for language in LANGUAGES:
        _catalogue(language)


@functools.lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> gettext.NullTranslations:
    """The sentences in `language`, compiled in memory: there is no second file that could be older than the first."""
    path = _CATALOGUES / f"{language}.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as catalogue:
        write_mo(compiled, read_po(catalogue, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@functools.lru_cache(maxsize=64)
def _babel_locale(name: str) -> Locale:
    """The Babel locale for a Slack locale such as `de-DE`, or its language's; English where there is none."""
    for known in (name, name.partition("-")[0]):
        try:
            locale = Locale.parse(known, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
        if locale.language in LANGUAGES:
            return locale
    return Locale("en", "US")


@functools.lru_cache(maxsize=64)
def _first_weekday(name: str) -> int:
    try:
        return Locale.parse(name, sep="-").first_week_day
    except (UnknownLocaleError, ValueError):
        return 0  # ISO 8601


@dataclass(frozen=True, slots=True)
class Translator:
    """One person's language, time zone and present. `locale` is Slack's, for example `en-US`; `zone` is IANA.

    Sentences may name the slash commands as `{track}`, `{project}` and `{toggl}`; `commands` holds their names here,
    and a value of the same name stands in a command's place.
    Values may be strings, numbers, lengths (`timedelta`), moments (aware `datetime`, shown as seen from `now`) and
    other expected errors (`UserError`, shown as their own sentence).
    """

    locale: str = "en-US"
    zone: ZoneInfo = field(default=_UTC)
    now: datetime | None = None
    commands: Mapping[str, str] = field(default_factory=lambda: COMMANDS)

    @property
    def babel(self) -> Locale:
        """The Babel locale nearest to the person's."""
        return _babel_locale(self.locale)

    @property
    def first_weekday(self) -> int:
        """On which day a week begins where the person lives, in whatever language they are answered; 0 is Monday."""
        return _first_weekday(self.locale)

    def __call__(self, sentence: str, **values: Any) -> str:
        """`sentence` translated, as plain text, its `{named}` places filled from `values`."""
        translated = _catalogue(self.babel.language).gettext(sentence)
        return translated.format_map({**self.commands, **{name: self._plain(value) for name, value in values.items()}})

    def md(self, sentence: str, **values: Any) -> Mrkdwn:
        """`sentence` translated, as mrkdwn: every string in `values` is escaped unless it is `Mrkdwn` already."""
        translated = _catalogue(self.babel.language).gettext(sentence)
        shown = {name: self._mrkdwn(value) for name, value in values.items()}
        return Mrkdwn(translated.format_map({**self.commands, **shown}))

    def plural(self, one: str, many: str, n: int, **values: Any) -> str:
        """The form of the sentence that fits the number `n`, as plain text; `{n}` is the number."""
        translated = _catalogue(self.babel.language).ngettext(one, many, n)
        shown = {name: self._plain(value) for name, value in values.items()}
        return translated.format_map({**self.commands, **shown, "n": n})

    def _plain(self, value: Any) -> Any:
        match value:
            case UserError():
                return self(value.sentence, **value.values)
            case datetime():
                return self.moment(value, now=self.now or value)
            case date():
                return self.day(value, today=self.now.astimezone(self.zone).date() if self.now else value)
            case timedelta():
                return self.duration(value)
        return value

    def _mrkdwn(self, value: Any) -> Any:
        if isinstance(value, UserError):
            return self.md(value.sentence, **value.values)
        shown = self._plain(value)
        return escape(shown) if isinstance(shown, str) and not isinstance(shown, Mrkdwn) else shown

    def duration(self, length: timedelta) -> str:
        """`length` in hours and minutes, for example `1 h 30 min`; under a minute in seconds."""
        seconds = max(0, int(length.total_seconds()))
        hours, minutes = divmod(seconds // 60, 60)
        if hours and minutes:
            return self(N_("{hours} h {minutes} min"), hours=hours, minutes=minutes)
        if hours:
            return self(N_("{hours} h"), hours=hours)
        if minutes:
            return self(N_("{minutes} min"), minutes=minutes)
        return self(N_("{seconds} s"), seconds=seconds)

    def percent(self, share: float) -> str:
        """`share` of a whole in full percent, for example `82%`, or `82 %` where that is the custom."""
        return str(format_percent(share, locale=self.babel))

    def time(self, moment: datetime) -> str:
        """The time of day of `moment` (aware) in the person's zone, for example `9:15 AM` or `09:15`."""
        return self.clock(moment.astimezone(self.zone).time())

    def clock(self, shown: time_of_day) -> str:
        """What a clock on the wall shows, in the custom of the person's language: `9:15 AM` or `09:15`."""
        return format_time(shown, format="short", locale=self.babel).replace("\u202f", " ")

    def weekdays(self, weekdays: Iterable[int]) -> str:
        """The names of `weekdays` (0 is Monday) as a list, a week beginning as it does where the person lives."""
        names = get_day_names("wide", "format", locale=self.babel)
        ordered = sorted(weekdays, key=lambda weekday: (weekday - self.first_weekday) % len(names))
        return format_list([names[weekday] for weekday in ordered], locale=self.babel)

    def day(self, day: date, *, today: date) -> str:
        """`day` as people say it seen from `today`: today, yesterday, tomorrow, or for example `Thu, Nov 12`."""
        match (day - today).days:
            case 0:
                return self(N_("today"))
            case -1:
                return self(N_("yesterday"))
            case 1:
                return self(N_("tomorrow"))
        if day.year != today.year:
            return format_date(day, format="medium", locale=self.babel)
        return self.dated(day, "MMMEd")

    def days(self, first: date, last: date) -> str:
        """From `first` to `last` in full, for example `Mon, Nov 9 – Sun, Nov 15, 2026`; months and years by name."""
        if first == last:
            return self.dated(first, "yMMMEd")
        if first.day == 1 and (last + timedelta(days=1)).day == 1:
            if (first.year, first.month) == (last.year, last.month):
                return self.dated(first, "yMMMM")
            if first.year == last.year and (first.month, last.month) == (1, 12):
                return self.dated(first, "y")
        return format_interval(first, last, "yMMMEd", locale=self.babel).replace("\u2009", " ")

    def dated(self, day: date, skeleton: str) -> str:
        """The parts of `day` that `skeleton` (Unicode's letters) asks for, in the order of the person's language."""
        return format_skeleton(skeleton, datetime(day.year, day.month, day.day, tzinfo=UTC), locale=self.babel)

    def moment(self, moment: datetime, *, now: datetime) -> str:
        """`moment` in full seen from `now`: the time alone today, otherwise the day with it."""
        here, today = moment.astimezone(self.zone), now.astimezone(self.zone).date()
        if here.date() == today:
            return self.time(moment)
        return self(N_("{time} {day}"), day=self.day(here.date(), today=today), time=self.time(moment))
