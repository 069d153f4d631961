from __future__ import annotations

import pytest

from bot.dispatcher import Action, Command, Done, Request, Submission
from bot.dispatcher.request import Kind
from bot.dispatcher.table import DoubleRouteError, Table, help_words

NAMES = {"track": "/time", "toggl": "/toggl", "project": "/project"}


async def handler(_: Request) -> Done:
    return Done()


def command(verb: str, *synonyms: str, name: str = "track") -> Command:
    return Command(name, verb, handler, verb, verb, synonyms=synonyms)


def test_a_command_goes_by_the_name_that_is_set_for_it() -> None:
    table = Table([command("start")], NAMES)
    assert table.command_name("/time") == "track"
    assert table.command_name("/TIME") == "track"
    assert table.command_name("/track") is None
    assert table.names == {"track": "/time"}


def test_the_longest_verb_is_taken_and_the_rest_keeps_its_lines() -> None:
    short, long = command("log"), command("log many", "log all of")
    table = Table([short, long], NAMES)
    assert table.typed("track", "LOG  Many 1h a\n2h b") == type(table.typed("track", ""))(long, "1h a\n2h b")
    assert table.typed("track", "log all of it").rest == "it"
    assert table.typed("track", "log all").command is short
    assert table.typed("track", "log all").rest == "all"


def test_no_words_are_the_verb_without_words_if_there_is_one() -> None:
    assert Table([command("start")], NAMES).typed("track", " ").command is None
    alone = command("")
    assert Table([alone], NAMES).typed("track", " ").command is alone


def test_two_routes_for_one_thing_are_refused_at_the_start() -> None:
    with pytest.raises(DoubleRouteError):
        Table([command("start"), command("begin", "start")], NAMES)
    with pytest.raises(DoubleRouteError):
        Table([Action("a", handler), Action("a", handler)], NAMES)
    with pytest.raises(DoubleRouteError):
        Table([command("help")], NAMES)


def test_one_id_may_be_a_button_and_a_form() -> None:
    button, form = Action("a", handler), Submission("a", handler)
    table = Table([button, form], NAMES)
    assert table.find(Kind.ACTION, "a") is button
    assert table.find(Kind.SUBMISSION, "a") is form
    assert table.find(Kind.OPTIONS, "a") is None


def test_the_nearest_verbs_are_the_commands_own_first() -> None:
    routes = [command("start"), command("now", "status"), command("stop"), command("connect", "login", name="toggl")]
    table = Table(routes, NAMES)
    assert [near.verb for near in table.nearest("track", "strat report")] == ["start"]
    assert [near.verb for near in table.nearest("track", "lgoin")] == ["connect"]
    assert [near.verb for near in table.nearest("track", "con")] == ["connect"]
    assert [near.verb for near in table.nearest("track", "st")] == ["start", "now", "stop"]
    assert table.nearest("track", "xyzzy") == []


def test_help_may_be_asked_for_one_verb() -> None:
    assert help_words("help") == ""
    assert help_words(" Help  start ") == "start"
    assert help_words("helpful") is None
    assert help_words("") is None
