"""Help and errors: Slack takes them whatever was typed, they wake nobody, and every verb is in them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import handlers
from bot.dispatcher import state
from bot.dispatcher.manual import Manual
from bot.dispatcher.table import Table
from bot.i18n import COMMANDS, LANGUAGES, Translator
from bot.local.slack.rules import check_message, check_view
from bot.views import errors
from bot.views import help as helping
from bot.views.messages import Message

typed = st.text(max_size=60) | st.sampled_from(
    ["<!channel>", "&" * 4000, "<@U1> <#C1|x>", "`*_~", "x" * 5000, "{what}"]
)
T = Translator()


def taken(message: Message) -> None:
    assert check_message({"channel": "C1", **message.payload}) == []
    for text in re.findall(
        r'"type": "mrkdwn", "text": "([^"]*)|"text": "([^"]*)", "type": "mrkdwn"', json.dumps(message.payload)
    ):
        assert not re.search(r"<[!@#]", "".join(text))
    assert not re.search(r"<[!@#]", message.text)


@pytest.mark.parametrize("locale", LANGUAGES)
def test_help_names_every_verb_of_every_command_in_every_language(locale: str) -> None:
    table = Table(handlers.ROUTES, COMMANDS)
    manual = Manual(table)
    for name, commands in table.commands.items():
        message = manual.of_command(Translator(locale), name)
        taken(message)
        shown = json.dumps(message.payload)
        assert all(f"{COMMANDS[name]} {command.verb}".rstrip() in shown for command in commands)
        assert all(command.example in shown for command in commands)


@given(words=typed)
def test_unknown_words_are_said_back_safely(words: str) -> None:
    verb = helping.Verb("/track stop [when]", "Stop the timer", "/track stop 10m ago")
    for nearest in ([], [verb, verb]):
        taken(helping.unknown_verb(T, "/track", words, nearest))
    taken(helping.misfit(T, T.md("No “{words}” there.", words=words), verb))
    taken(helping.verb_help(T, verb))


@given(words=typed)
def test_a_problem_is_said_safely_with_a_button_where_it_fits(words: str) -> None:
    sentence = T.md("“{words}” is not possible.", words=words)
    for again in (None, f"track {words}"):
        message = errors.problem(T, sentence, again=again)
        taken(message)
        assert (len(message.blocks) == 2) == (again is not None and len(again) <= 2000)
    if words and len(words) <= 2000:
        taken(errors.open_form(T, words))


@given(title=typed, words=typed)
def test_what_stands_in_a_modals_place_is_a_modal(title: str, words: str) -> None:
    for view in (errors.saving(T, title), errors.saved(T, title, T.md("{words}", words=words))):
        assert check_view({**view.to_dict(), "private_metadata": ""}) == []


@given(words=typed)
def test_a_form_that_comes_back_with_an_alert_is_a_modal(words: str) -> None:
    form: dict[str, Any] = {
        "id": "V1",
        "type": "modal",
        "title": {"type": "plain_text", "text": "Form"},
        "submit": {"type": "plain_text", "text": "Save"},
        "blocks": [
            {
                "type": "input",
                "block_id": "b",
                "label": {"type": "plain_text", "text": "Name"},
                "element": {"type": "plain_text_input", "action_id": "a"},
            }
        ],
        "state": {"values": {"b": {"a": {"type": "plain_text_input", "value": "Ann"}}}},
    }
    shown = state.refilled(form, alert=T.md("“{words}” is not possible.", words=words))
    assert check_view(shown) == []
