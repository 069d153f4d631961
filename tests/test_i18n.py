from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.i18n import COMMANDS, LANGUAGES, Mrkdwn, Translator, escape, load_catalogues
from scripts.catalogues import UNTRANSLATED, catalogues, extract, load, problems

TODAY = date(2026, 11, 20)


class Refused(UserError):
    sentence = "{who} refused: `{track} start`"


def test_the_bot_speaks_english_german_spanish_and_japanese() -> None:
    assert LANGUAGES[0] == "en"
    assert {"de", "es", "ja"} <= set(LANGUAGES)


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: path.stem)
def test_a_catalogue_has_no_fault_in_what_it_translates(path: Path) -> None:
    faults = [problem for problem in problems(load(path), extract()) if not problem.startswith(UNTRANSLATED)]
    assert faults == []


@pytest.mark.parametrize(
    ("locale", "today", "yesterday", "tomorrow", "thursday", "last_year"),
    [
        ("en-US", "today", "yesterday", "tomorrow", "Thu, Nov 12", "Nov 12, 2025"),
        ("en-GB", "today", "yesterday", "tomorrow", "Thu 12 Nov", "12 Nov 2025"),
        ("de-DE", "heute", "gestern", "morgen", "Do., 12. Nov.", "12.11.2025"),
        ("es-ES", "hoy", "ayer", "mañana", "jue, 12 nov", "12 nov 2025"),
        ("ja-JP", "今日", "昨日", "明日", "11月12日(木)", "2025/11/12"),
    ],
)
def test_a_day_is_said_as_people_say_it(
    locale: str, today: str, yesterday: str, tomorrow: str, thursday: str, last_year: str
) -> None:
    t = Translator(locale)
    days = (TODAY, date(2026, 11, 19), date(2026, 11, 21), date(2026, 11, 12), date(2025, 11, 12))
    assert [t.day(day, today=TODAY) for day in days] == [today, yesterday, tomorrow, thursday, last_year]


@pytest.mark.parametrize(
    ("locale", "said"),
    [("en-US", "9:15 AM"), ("en-GB", "09:15"), ("de-DE", "09:15"), ("es-ES", "9:15"), ("ja-JP", "9:15")],
)
def test_a_time_is_said_in_the_persons_zone_and_manner(locale: str, said: str) -> None:
    moment = datetime(2026, 11, 20, 8, 15, tzinfo=UTC)
    assert Translator(locale, ZoneInfo("Europe/Berlin")).time(moment) == said


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en-US", "4:00 PM yesterday"),
        ("de-DE", "gestern, 16:00"),
        ("es-ES", "ayer, 16:00"),
        ("ja-JP", "昨日 16:00"),
    ],
)
def test_a_moment_of_another_day_is_said_with_its_day(locale: str, said: str) -> None:
    t = Translator(locale, ZoneInfo("Europe/Berlin"))
    now, moment = datetime(2026, 11, 20, 8, 15, tzinfo=UTC), datetime(2026, 11, 19, 15, tzinfo=UTC)
    assert t.moment(moment, now=now) == said
    assert t.moment(moment, now=moment) == t.time(moment)


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en-US", ["45 s", "5 min", "2 h", "1 h 30 min", "26 h 1 min", "0 s"]),
        ("de-DE", ["45 s", "5 min", "2 h", "1 h 30 min", "26 h 1 min", "0 s"]),
        ("es-ES", ["45 s", "5 min", "2 h", "1 h 30 min", "26 h 1 min", "0 s"]),
        ("ja-JP", ["45秒", "5分", "2時間", "1時間30分", "26時間1分", "0秒"]),
    ],
)
def test_a_length_is_said_in_hours_and_minutes(locale: str, said: list[str]) -> None:
    lengths = (
        timedelta(seconds=45),
        timedelta(minutes=5, seconds=59),
        timedelta(hours=2),
        timedelta(minutes=90),
        timedelta(hours=26, minutes=1),
        timedelta(seconds=-1),
    )
    assert [Translator(locale).duration(length) for length in lengths] == said


@pytest.mark.parametrize(
    ("locale", "one", "many"),
    [
        ("en-US", "1 workspace", "2 workspaces"),
        ("de-DE", "1 Workspace", "2 Workspaces"),
        ("es-ES", "1 espacio de trabajo", "2 espacios de trabajo"),
        ("ja-JP", "ワークスペース1件", "ワークスペース2件"),
    ],
)
def test_a_number_takes_the_plural_of_its_language(locale: str, one: str, many: str) -> None:
    t = Translator(locale)
    assert [t.plural("{n} workspace", "{n} workspaces", n) for n in (1, 2)] == [one, many]


@pytest.mark.parametrize(
    "locale", ["", "fr-FR", "xx", "xx-YY", "de-DE-", "en_US", "--", "\x00", "../../etc/passwd", "a" * 9999]
)
def test_a_language_without_a_catalogue_and_no_language_at_all_are_english(locale: str) -> None:
    expected = "gestern" if locale.startswith("de") else "yesterday"
    assert Translator(locale).day(date(2026, 11, 19), today=TODAY) == expected


@given(st.text())
def test_any_locale_gives_sentences_times_and_lengths(locale: str) -> None:
    t = Translator(locale)
    assert t("Undo")
    assert t.duration(timedelta(minutes=90))
    assert t.moment(datetime(2026, 11, 19, tzinfo=UTC), now=datetime(2026, 11, 20, tzinfo=UTC))


def test_an_unknown_country_keeps_the_language() -> None:
    assert Translator("de-XX").babel.language == "de"
    assert Translator("es-LA").babel.language == "es"


@given(st.text(), st.sampled_from(LANGUAGES))
def test_text_in_mrkdwn_has_no_control_character_left(text: str, locale: str) -> None:
    said = Translator(locale).md("*{name}*", name=text)
    assert said == f"*{escape(text)}*"
    assert "<" not in said
    assert ">" not in said


def test_a_task_called_channel_wakes_nobody() -> None:
    said = Translator().md("Start {task}", task="<!channel> & <@U1>")
    assert said == "Start &lt;!channel&gt; &amp; &lt;@U1&gt;"


def test_mrkdwn_is_inserted_as_it_is_and_plain_text_is_not_escaped() -> None:
    t = Translator()
    assert t.md("Start {task}", task=Mrkdwn("<https://toggl.com|it>")) == "Start <https://toggl.com|it>"
    assert t("Start {task}", task="a < b") == "Start a < b"


@pytest.mark.parametrize(("locale", "said"), [("en-US", "82%"), ("de-DE", "82\xa0%"), ("ja-JP", "82%")])
def test_a_share_is_said_in_percent(locale: str, said: str) -> None:
    assert Translator(locale).percent(0.818) == said


def test_a_value_may_have_a_commands_name() -> None:
    t = Translator()
    assert t.md("Removed from *{project}*: `{track}`", project="R&D") == "Removed from *R&amp;D*: `/track`"
    assert t("{project}", project="R&D") == t.plural("{project}", "{project}", 1, project="R&D") == "R&D"


def test_braces_in_a_value_are_only_text() -> None:
    assert Translator()("Start {task}", task="{track} {0} {__class__}") == "Start {track} {0} {__class__}"


def test_values_are_shown_as_a_person_writes_them() -> None:
    now = datetime(2026, 11, 20, 8, 15, tzinfo=UTC)
    t = Translator("en-US", now=now)
    assert t("{at}, {length}", at=now - timedelta(days=1), length=timedelta(hours=2)) == "8:15 AM yesterday, 2 h"


def test_an_error_within_a_sentence_is_its_own_sentence_escaped_once() -> None:
    t = Translator(commands={**COMMANDS, "track": "/time"})
    assert t.md("{reason}", reason=Refused(who="<b>")) == "&lt;b&gt; refused: `/time start`"
    assert t("{reason}", reason=Refused(who="<b>")) == "<b> refused: `/time start`"


def test_a_thousand_sentences_take_milliseconds() -> None:
    """The bound is wide for a busy machine; alone it is 3 ms."""
    load_catalogues()
    t = Translator("ja-JP")
    started = process_time()
    for _ in range(1000):
        t.md("Start {task}", task="report")
    assert process_time() - started < 0.2


@pytest.mark.parametrize(
    ("locale", "first"), [("en-US", 6), ("en-GB", 0), ("de-DE", 0), ("fr-FR", 0), ("ar-EG", 5), ("nonsense", 0)]
)
def test_a_week_begins_as_where_the_person_lives_in_whatever_language_they_are_answered(
    locale: str, first: int
) -> None:
    assert Translator(locale=locale).first_weekday == first
