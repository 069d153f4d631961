"""Messages and modals of connecting and of the account: whatever Toggl and people write, Slack takes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.account import (
    Account,
    Allowance,
    CredentialKind,
    Identity,
    LinkedCredential,
    LinkedWorkspace,
    Product,
)
from bot.i18n import Translator
from bot.local.slack.rules import check_message, check_view
from bot.views import account, connect
from bot.views.messages import Message

NOW = datetime(2026, 11, 12, 11, 0, tzinfo=UTC)
T = Translator(zone=ZoneInfo("Europe/Berlin"), now=NOW)
names = st.text(max_size=40) | st.sampled_from(["<!channel>", "<@U1>", "&" * 3000, "`*_~", "\u202e", "x" * 5000])
numbers = st.integers(min_value=1, max_value=2**62)
workspaces = st.builds(
    LinkedWorkspace,
    numbers,
    names,
    focus_id=numbers,
    track_id=st.none() | numbers,
    id=numbers,
)
credentials = st.builds(
    LinkedCredential, st.sampled_from(CredentialKind), names, st.just("f"), st.just(NOW), st.none() | st.just(NOW)
)
accounts = st.builds(
    Account,
    st.lists(credentials, max_size=3, unique_by=lambda credential: credential.kind).map(tuple),
    st.lists(workspaces, min_size=1, max_size=6, unique_by=lambda workspace: workspace.id).map(tuple),
    st.none() | workspaces,
    st.none() | st.builds(Allowance, st.integers(0, 600), st.just(NOW)),
)


def taken(message: Message) -> None:
    """Slack takes the message, and nobody is woken by it."""
    assert check_message({"channel": "C1", **message.payload}) == []
    for text in (message.text, *marked_up(message.payload)):
        assert not re.search("<[!@#]", text)


def marked_up(shown: Any) -> Iterator[str]:
    """Every mrkdwn text in a message."""
    if isinstance(shown, Mapping):
        if shown.get("type") == "mrkdwn":
            yield shown["text"]
        shown = list(shown.values())
    if isinstance(shown, list):
        for inner in shown:
            yield from marked_up(inner)


@given(accounts)
def test_slack_takes_every_account(linked: Account) -> None:
    taken(account.card(T, linked))
    taken(account.workspaces(T, linked.workspaces, linked.chosen))
    taken(account.ask_disconnect(T, linked))
    taken(account.disconnected(T, linked))
    taken(account.chosen(T, linked))
    taken(connect.connected(T, linked, ticket_id=2**62))
    taken(connect.choose(T, linked, ticket_id=2**62, typed=linked.label))


@given(st.builds(Identity, names, names), st.lists(workspaces, min_size=1, max_size=3))
def test_slack_takes_every_question(identity: Identity, found: list[LinkedWorkspace]) -> None:
    taken(connect.question(T, 2**62, identity, found))


@given(names, st.none() | st.sampled_from(Product), st.none() | st.just("https://bot.example/connect/x"))
def test_slack_takes_every_prompt(typed: str, lacking: Product | None, url: str | None) -> None:
    taken(connect.prompt(T, url=url, typed=typed, ticket_id=1, lacking=lacking))


def test_slack_takes_more_workspaces_than_it_shows() -> None:
    many = tuple(LinkedWorkspace(1, f"Studio {number}", focus_id=number, id=number) for number in range(1, 150))
    taken(account.workspaces(T, many, many[0]))
    taken(connect.connected(T, Account(workspaces=many), ticket_id=1))


def test_slack_takes_the_rest() -> None:
    for message in (
        connect.already_answered(T, confirmed=True),
        connect.already_answered(T, confirmed=False),
        connect.declined(T),
        connect.reconnect(T, url="https://bot.example/connect/x", ticket_id=1),
        connect.reconnect(T, url=None, ticket_id=1),
        account.nothing_linked(T),
    ):
        taken(message)
    assert check_view(connect.form(T).to_dict()) == []


def test_the_question_names_who_and_where() -> None:
    studio = LinkedWorkspace(1, "Nordlicht Studio", focus_id=2)
    labs = LinkedWorkspace(1, "Nordlicht Labs", focus_id=3)
    ann = Identity("Ann Admin", "ann@nordlicht.example")
    one = connect.question(T, 1, ann, [studio]).text
    assert one == "Connected as *Ann Admin (ann@nordlicht.example)* in *Nordlicht Studio*?"
    two = connect.question(T, 1, ann, [studio, labs]).text
    assert two == "Connected as *Ann Admin (ann@nordlicht.example)* in *Nordlicht Studio* and 1 more workspace?"
    nobody = connect.question(T, 1, Identity(), [LinkedWorkspace(1, focus_id=7)]).text
    assert nobody == "Connect Toggl in *Workspace 7*? Focus does not say whose key it is."
