"""The words for times in each language: one row a language, and no code that knows a language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from bot.domain.folding import fold


class Role(Enum):
    """What a word or number can be in a phrase about time; a word may have several."""

    NUMBER = auto()
    DECIMAL = auto()
    CLOCK = auto()
    """`h:mm` or `h:mm:ss`; its value is in seconds."""
    DATE = auto()
    """A date in digits; its value is a proleptic ordinal."""
    MONTH_DAY = auto()
    """A day without its year in digits; its value is a hundred times the month, plus the day."""
    DASH = auto()
    NOW = auto()
    SINCE_LAST = auto()
    NOON = auto()
    MIDNIGHT = auto()
    DAY = auto()
    """A day told from today, for example yesterday; its value is the number of days, negative in the past."""
    WEEKDAY = auto()
    """0 is Monday."""
    MONTH = auto()
    HOURS = auto()
    MINUTES = auto()
    SECONDS = auto()
    DAYS = auto()
    WEEKS = auto()
    MONTHS = auto()
    WEEK = auto()
    """A week told from this one; its value is the number of weeks, negative in the past. So with the next three."""
    WHOLE_MONTH = auto()
    QUARTER = auto()
    YEAR = auto()
    LENGTH = auto()
    """A length in words; its value is in minutes."""
    AGO_AFTER = auto()
    """As in `25 min ago`."""
    AGO_BEFORE = auto()
    """As in `vor 25 min`, `since 25 min`."""
    AHEAD_AFTER = auto()
    AHEAD_BEFORE = auto()
    AT = auto()
    AT_AFTER = auto()
    ON = auto()
    LAST = auto()
    OCLOCK = auto()
    HALF = auto()
    """Half past, after `OCLOCK`; half an hour more, after `HOURS`."""
    AM = auto()
    PM = auto()
    ORDINAL = auto()
    """What follows the number of a day."""
    OF = auto()
    AND = auto()
    FROM = auto()
    TO = auto()
    TO_AFTER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """One language. `words` carry no value; `days`, `weekdays` (Monday first), `months`, `lengths`, `periods` do."""

    words: Mapping[Role, str]
    """The words for each role, separated by `|`."""
    days: Mapping[int, str]
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    lengths: Mapping[int, str]
    periods: Mapping[Role, Mapping[int, str]]
    only_alone: frozenset[str] = frozenset()
    """Words that mean a time only where nothing but a time stands: in a task's name they are ordinary words."""

    def meanings(self) -> Iterator[tuple[str, Role, int]]:
        """Every (word or phrase, its role, its value), as written in the row."""
        for role, words in self.words.items():
            yield from ((word, role, 0) for word in words.split("|"))
        for role, values in (
            (Role.DAY, self.days.items()),
            (Role.WEEKDAY, enumerate(self.weekdays)),
            (Role.MONTH, enumerate(self.months, start=1)),
            (Role.LENGTH, self.lengths.items()),
            *((role, values.items()) for role, values in self.periods.items()),
        ):
            yield from ((word, role, value) for value, words in values for word in words.split("|"))


LANGUAGES: Mapping[str, Vocabulary] = {
    "en": Vocabulary(
        words={
            Role.NOW: "now|just now|right now",
            Role.SINCE_LAST: "since last|since the last|since last entry|since the last entry",
            Role.NOON: "noon|midday",
            Role.MIDNIGHT: "midnight",
            Role.HOURS: "h|hr|hrs|hour|hours",
            Role.MINUTES: "m|min|mins|minute|minutes",
            Role.SECONDS: "s|sec|secs|second|seconds",
            Role.DAYS: "d|day|days",
            Role.WEEKS: "week|weeks",
            Role.MONTHS: "month|months",
            Role.AGO_AFTER: "ago|earlier",
            Role.AGO_BEFORE: "since",
            Role.AHEAD_BEFORE: "in",
            Role.AHEAD_AFTER: "from now",
            Role.AT: "at|@|since",
            Role.ON: "on",
            Role.LAST: "last|past|the last|the past",
            Role.OCLOCK: "o'clock|oclock|o’clock",
            Role.AM: "am|a.m|a.m.",
            Role.PM: "pm|p.m|p.m.",
            Role.ORDINAL: "st|nd|rd|th|.",
            Role.OF: "of",
            Role.AND: "and",
            Role.FROM: "from",
            Role.TO: "to|until|till",
        },
        days={0: "today", -1: "yesterday", -2: "day before yesterday|the day before yesterday", 1: "tomorrow"},
        weekdays=(
            "monday|mon",
            "tuesday|tue|tues",
            "wednesday|wed",
            "thursday|thu|thur|thurs",
            "friday|fri",
            "saturday|sat",
            "sunday|sun",
        ),
        months=(
            "january|jan",
            "february|feb",
            "march|mar",
            "april|apr",
            "may",
            "june|jun",
            "july|jul",
            "august|aug",
            "september|sep|sept",
            "october|oct",
            "november|nov",
            "december|dec",
        ),
        lengths={1: "a minute|one minute", 30: "half an hour|half hour|a half hour", 60: "an hour|a hour|one hour"},
        periods={
            Role.WEEK: {
                0: "this week|week|current week|the week",
                -1: "last week|previous week",
                -2: "week before last",
            },
            Role.WHOLE_MONTH: {0: "this month|month|current month|the month", -1: "last month|previous month"},
            Role.QUARTER: {0: "this quarter|quarter|current quarter", -1: "last quarter|previous quarter"},
            Role.YEAR: {0: "this year|year|current year", -1: "last year|previous year"},
        },
        only_alone=frozenset({"now", "past", "the past", "the last"}),
    ),
    "de": Vocabulary(
        words={
            Role.NOW: "jetzt|gerade eben|eben|gerade",
            Role.SINCE_LAST: "seit letztem|seit letzter|seit dem letzten|seit dem letzten eintrag|seit letztem eintrag",
            Role.NOON: "mittag|mittags",
            Role.MIDNIGHT: "mitternacht",
            Role.HOURS: "std|stunde|stunden",
            Role.MINUTES: "minuten",
            Role.SECONDS: "sek|sekunde|sekunden",
            Role.DAYS: "tag|tage|tagen",
            Role.WEEKS: "woche|wochen",
            Role.MONTHS: "monat|monate|monaten",
            Role.AGO_BEFORE: "vor|seit",
            Role.AHEAD_BEFORE: "in",
            Role.AT: "um|seit|ab",
            Role.ON: "am",
            Role.LAST: "letzten|letzter|letztes|letzte|die letzten",
            Role.OCLOCK: "uhr",
            Role.AND: "und",
            Role.FROM: "von",
            Role.TO: "bis",
        },
        days={0: "heute", -1: "gestern", -2: "vorgestern", 1: "morgen", 2: "übermorgen"},
        weekdays=(
            "montag|mo",
            "dienstag|di",
            "mittwoch|mi",
            "donnerstag|do",
            "freitag|fr",
            "samstag|sonnabend|sa",
            "sonntag|so",
        ),
        months=(
            "januar|jan|jänner",
            "februar|feb",
            "märz|maerz|mär",
            "april|apr",
            "mai",
            "juni|jun",
            "juli|jul",
            "august|aug",
            "september|sep|sept",
            "oktober|okt",
            "november|nov",
            "dezember|dez",
        ),
        lengths={
            1: "einer minute|eine minute",
            30: "einer halben stunde|eine halbe stunde|halbe stunde",
            60: "einer stunde|eine stunde",
        },
        periods={
            Role.WEEK: {0: "diese woche|dieser woche|woche", -1: "letzte woche|letzter woche", -2: "vorletzte woche"},
            Role.WHOLE_MONTH: {
                0: "diesen monat|dieser monat|diesem monat|monat",
                -1: "letzter monat|letzten monat|letztem monat",
            },
            Role.QUARTER: {0: "dieses quartal|quartal", -1: "letztes quartal"},
            Role.YEAR: {0: "dieses jahr|jahr", -1: "letztes jahr"},
        },
        only_alone=frozenset({"mo", "di", "mi", "do", "fr", "sa", "so", "jetzt", "eben", "gerade"}),
    ),
    "es": Vocabulary(
        words={
            Role.NOW: "ahora|ahora mismo",
            Role.SINCE_LAST: "desde la última|desde el último|desde la última entrada|desde el último registro",
            Role.NOON: "mediodía",
            Role.MIDNIGHT: "medianoche",
            Role.HOURS: "hora|horas",
            Role.MINUTES: "minuto|minutos",
            Role.SECONDS: "seg|segundo|segundos",
            Role.DAYS: "día|días",
            Role.WEEKS: "semana|semanas",
            Role.MONTHS: "mes|meses",
            Role.AGO_BEFORE: "hace|desde hace",
            Role.AHEAD_BEFORE: "en|dentro de",
            Role.AT: "a las|a la|a|desde las|desde la|desde|al",
            Role.ON: "el",
            Role.LAST: "pasado|último|últimos|últimas|los últimos|las últimas",
            Role.AM: "de la mañana",
            Role.PM: "de la tarde|de la noche",
            Role.OF: "de|del",
            Role.AND: "y",
            Role.FROM: "de|de las|desde|desde las",
            Role.TO: "a|a las|hasta|hasta las",
        },
        days={0: "hoy", -1: "ayer", -2: "anteayer|antes de ayer|antier", 1: "mañana", 2: "pasado mañana"},
        weekdays=(
            "lunes|lun",
            "martes|mar",
            "miércoles|mié",
            "jueves|jue",
            "viernes|vie",
            "sábado|sáb",
            "domingo|dom",
        ),
        months=(
            "enero|ene",
            "febrero|feb",
            "marzo|mar",
            "abril|abr",
            "mayo|may",
            "junio|jun",
            "julio|jul",
            "agosto|ago",
            "septiembre|setiembre|sep|sept",
            "octubre|oct",
            "noviembre|nov",
            "diciembre|dic",
        ),
        lengths={1: "un minuto", 30: "media hora", 60: "una hora"},
        periods={
            Role.WEEK: {0: "esta semana|semana|la semana", -1: "la semana pasada|semana pasada"},
            Role.WHOLE_MONTH: {0: "este mes|mes|el mes", -1: "el mes pasado|mes pasado"},
            Role.QUARTER: {0: "este trimestre|trimestre", -1: "el trimestre pasado|trimestre pasado"},
            Role.YEAR: {0: "este año|año", -1: "el año pasado|año pasado"},
        },
        only_alone=frozenset({"dom", "mar", "vie", "lun", "ahora", "a", "al"}),
    ),
    "ja": Vocabulary(
        words={
            Role.NOW: "今|いま|たった今|さっき",
            Role.SINCE_LAST: "前回から|前回の続き|前回終了から",
            Role.NOON: "正午",
            Role.MIDNIGHT: "深夜0時|真夜中",
            Role.HOURS: "時間",
            Role.MINUTES: "分|分間",
            Role.SECONDS: "秒|秒間",
            Role.DAYS: "日|日間",
            Role.WEEKS: "週間",
            Role.MONTHS: "か月|ヶ月|ヵ月",
            Role.AGO_AFTER: "前",
            Role.AHEAD_AFTER: "後",
            Role.AT_AFTER: "から|に",
            Role.ON: "の",
            Role.LAST: "先週の|前の|過去|直近",
            Role.OCLOCK: "時",
            Role.HALF: "半",
            Role.AM: "午前",
            Role.PM: "午後",
            Role.ORDINAL: "日",
            Role.OF: "の|年",
            Role.TO: "から",
            Role.TO_AFTER: "まで",
        },
        days={0: "今日|本日", -1: "昨日|きのう", -2: "一昨日|おととい", 1: "明日|あした"},
        weekdays=(
            "月曜日|月曜|(月)",
            "火曜日|火曜|(火)",
            "水曜日|水曜|(水)",
            "木曜日|木曜|(木)",
            "金曜日|金曜|(金)",
            "土曜日|土曜|(土)",
            "日曜日|日曜|(日)",
        ),
        months=tuple(f"{number}月" for number in range(1, 13)),
        lengths={30: "半時間"},
        periods={
            Role.WEEK: {0: "今週", -1: "先週", -2: "先々週"},
            Role.WHOLE_MONTH: {0: "今月", -1: "先月", -2: "先々月"},
            Role.QUARTER: {0: "今四半期", -1: "前四半期"},
            Role.YEAR: {0: "今年", -1: "去年|昨年"},
        },
        only_alone=frozenset({"今", "いま", "さっき"}),
    ),
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All languages at once, for finding the longest phrase at a place in a folded text."""

    by_first: Mapping[str, tuple[str, ...]]
    """Phrases by their first character, longest first."""
    meanings: Mapping[str, Mapping[Role, int]]

    @classmethod
    def of(cls, languages: Mapping[str, Vocabulary], *, alone: bool) -> Lexicon:
        """The lexicon of `languages`; unless `alone` without the words that mean a time only alone."""
        meanings: dict[str, dict[Role, int]] = {}
        for vocabulary in languages.values():
            for word, role, value in vocabulary.meanings():
                if alone or word not in vocabulary.only_alone:
                    meanings.setdefault(fold(word), {}).setdefault(role, value)
        by_first: dict[str, list[str]] = {}
        for phrase in sorted(meanings, key=len, reverse=True):
            by_first.setdefault(phrase[0], []).append(phrase)
        return cls({first: tuple(phrases) for first, phrases in by_first.items()}, meanings)
