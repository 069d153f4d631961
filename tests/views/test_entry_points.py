from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.account import Account, Allowance, CredentialKind, LinkedCredential, LinkedWorkspace
from bot.domain.constraints import Field
from bot.domain.home import Home, Receipt, Tracked
from bot.domain.projects import Named
from bot.domain.quotas import CallsLeft
from bot.domain.team import Team, Teammate
from bot.domain.tracking import Entry, Project, Task
from bot.i18n import LANGUAGES, Translator, escape
from bot.local.slack.rules import check_message, check_view
from bot.views import export, home, quota, required, team, track_this
from bot.views.ids import Callbacks

NOW = datetime(2026, 11, 12, 11, 0, tzinfo=UTC)
HOSTILE = "<!channel> & *\u202eevil* 🎉 " * 400
TASK = Task(1, HOSTILE, 7, HOSTILE, HOSTILE)
RUNNING = Entry(5, NOW - timedelta(hours=2), None, 1, TASK)
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
WEEK = tuple((date(2026, 11, 9) + timedelta(days=day), timedelta(hours=day)) for day in range(7))
LINKED = Account(
    (LinkedCredential(CredentialKind.FOCUS_KEY, HOSTILE, "f", NOW),),
    tuple(LinkedWorkspace(1, HOSTILE, number, number, number) for number in range(1, 40)),
    LinkedWorkspace(1, HOSTILE, 1, 1, 1),
    Allowance(3, NOW),
)


def translator(language: str) -> Translator:
    return Translator(language, ZoneInfo("Europe/Berlin"), NOW)


def full(number: int) -> Home:
    """A Home with `number` of everything there may be several of."""
    return Home(
        LINKED,
        tuple(Receipt(escape(HOSTILE), NOW, f"undo{one}" if one % 2 else None) for one in range(min(number, 5))),
        Tracked(
            RUNNING if number else None,
            WEEK if number else tuple((day, timedelta()) for day, _ in WEEK),
            timedelta(hours=3),
            tuple(Task(one, HOSTILE) for one in range(2, number + 2)),
            tuple(Project(one, HOSTILE, HOSTILE) for one in range(number)),
        ),
    )


def mrkdwn(part: Any) -> list[str]:
    """Every text in `part` that Slack reads for mentions."""
    if isinstance(part, list):
        return [text for each in part for text in mrkdwn(each)]
    if not isinstance(part, dict):
        return []
    own = [part["text"]] if part.get("type") == "mrkdwn" else []
    return own + [text for value in part.values() for text in mrkdwn(value)]


@EVERY_LANGUAGE
@pytest.mark.parametrize("number", [0, 1, 1000])
def test_a_home_of_any_size_stays_within_slacks_limits(language: str, number: int) -> None:
    view = home.home(translator(language), full(number)).to_dict()
    assert check_view(view) == []
    assert not any("<!channel>" in text for text in mrkdwn(view))


@EVERY_LANGUAGE
def test_a_home_without_an_account_or_without_an_answer_does_too(language: str) -> None:
    t = translator(language)
    unchosen = Account(LINKED.credentials, LINKED.workspaces)
    for shown in (Home(Account()), Home(unchosen), Home(LINKED)):
        assert check_view(home.home(t, shown).to_dict()) == []


@EVERY_LANGUAGE
@pytest.mark.parametrize("number", [0, 1, 50])
def test_a_team_of_any_size_does(language: str, number: int) -> None:
    people = tuple(Teammate(f"U{one:010}", RUNNING if one % 2 else None) for one in range(number))
    for mine in (None, NOW):
        message = team.team(translator(language), Team(people, number, number, mine))
        assert check_message(message.payload) == []
        assert not any("<!channel>" in text for text in mrkdwn(message.payload))


@EVERY_LANGUAGE
def test_the_forms_and_small_messages_do(language: str) -> None:
    t = translator(language)
    tags = [Named(number, HOSTILE) for number in range(1, 101)]
    forms = [
        required.form(t, list(Field), tags=tags, then=Callbacks.REQUIRED_STOP, running=RUNNING),
        track_this.loading(t),
        track_this.form(
            t,
            name=HOSTILE[:140],
            text=HOSTILE,
            link="https://example.com/1",
            found=[],
            project=Project(7, HOSTILE, HOSTILE),
            running=RUNNING,
        ),
        track_this.form(t, name="", text="", link=None, found=[], project=None, running=None),
        track_this.form(t, name="x", text="x", link=None, found=[TASK], project=None, running=None),
    ]
    for form in forms:
        assert check_view(form.to_dict()) == []
    calls = [CallsLeft(number, (HOSTILE,), 3, NOW, 30) for number in range(40)]
    for message in (
        quota.left(t, []),
        quota.left(t, calls),
        export.sent(t, "file.json", 1),
        export.refused(t, "file.json"),
        team.agreed(t),
        team.withdrawn(t),
    ):
        assert check_message(message.payload) == []
