"""Connecting Toggl, and the account."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.account import (
    Account,
    Allowance,
    CredentialKind,
    Identity,
    LinkedCredential,
    LinkedWorkspace,
    Product,
)
from bot.views import account, connect, welcome
from tests.views.samples.sample import Sample, sample
from tests.views.samples.studio import Studio

URL = "https://time.nordlicht.example/connect/q3Zt8vXn"
TYPED = "/track start write report 9:15"


def samples(studio: Studio) -> Iterator[Sample]:
    """Every state of what is said about an account."""
    yield from _connecting(studio)
    yield from _connected(studio)
    yield from _account(studio)


def linked(studio: Studio, *, count: int = 1, chosen: bool = True, refused: bool = False) -> Account:
    """An account with a Focus key and `count` workspaces."""
    since = studio.at("9:02", days_ago=40)
    key = LinkedCredential(
        CredentialKind.FOCUS_KEY, "", "9f1c", since, refused_at=studio.at("11:48") if refused else None
    )
    token = LinkedCredential(
        CredentialKind.TRACK_TOKEN, studio.say("Sofía Romero (sofia@nordlicht.example)"), "44d0", since
    )
    names = ("Nordlicht Studio", "Hafenkontor (guest)", "")
    found = tuple(
        LinkedWorkspace(5, studio.say(names[number % 3]) if names[number % 3] else "", 8201 + number, id=number + 1)
        for number in range(count)
    )
    left = Allowance(187, studio.at("15:00"))
    return Account((key, token), found, found[0] if chosen else None, left if chosen else None)


def only_key(studio: Studio) -> Account:
    """An account with a Focus key, which does not tell whose it is, in a workspace without a name."""
    key = LinkedCredential(CredentialKind.FOCUS_KEY, "", "9f1c", studio.at("14:20"))
    place = LinkedWorkspace(5, "", 8201, id=1)
    return Account((key,), (place,), place)


def _connecting(studio: Studio) -> Iterator[Sample]:
    t, places = studio.t, linked(studio, count=3).workspaces
    yield sample("", welcome.welcome, t)
    yield sample("", connect.prompt, t, url=URL)
    yield sample("before a command", connect.prompt, t, url=URL, typed=studio.say(TYPED))
    yield sample("no public address", connect.prompt, t, url=None, typed=TYPED, ticket_id=7)
    yield sample("Focus is missing", connect.prompt, t, url=URL, typed=TYPED, lacking=Product.FOCUS)
    yield sample("Track is missing", connect.prompt, t, url=URL, lacking=Product.TRACK)
    yield sample("", connect.form, t)
    known = Identity(studio.say("Sofía Romero"), "sofia@nordlicht.example")
    yield sample("", connect.question, t, 7, known, places[:1])
    yield sample("several workspaces", connect.question, t, 7, known, places)
    yield sample("a key without a name", connect.question, t, 7, Identity(), places[2:])
    yield sample("", connect.declined, t)
    yield sample("done before", connect.already_answered, t, confirmed=True)
    yield sample("too late", connect.already_answered, t, confirmed=False)
    yield sample("", connect.reconnect, t, url=URL, ticket_id=7, refused_at=studio.at("11:48"))
    yield sample("just now, no public address", connect.reconnect, t, url=None, ticket_id=7)


def _connected(studio: Studio) -> Iterator[Sample]:
    t = studio.t
    yield sample("", connect.connected, t, linked(studio))
    yield sample("a command runs", connect.connected, t, linked(studio), typed=TYPED, channel_id="D0SOFIAROME")
    there = "C0WEBSITE01"
    yield sample("a command runs elsewhere", connect.connected, t, only_key(studio), typed=TYPED, channel_id=there)
    yield sample("which workspace", connect.connected, t, linked(studio, count=3, chosen=False))
    yield sample("which workspace first", connect.choose, t, linked(studio, count=120), ticket_id=7, typed=TYPED)


def _account(studio: Studio) -> Iterator[Sample]:
    t, several = studio.t, linked(studio, count=3)
    yield sample("", account.card, t, linked(studio))
    yield sample("several workspaces", account.card, t, several)
    yield sample("only Focus", account.card, t, only_key(studio))
    yield sample("refused by Toggl", account.card, t, linked(studio, refused=True))
    yield sample("no workspace chosen", account.card, t, linked(studio, count=2, chosen=False))
    yield sample("several", account.workspaces, t, several.workspaces, several.chosen)
    yield sample("many, none chosen", account.workspaces, t, linked(studio, count=25).workspaces, None)
    yield sample("", account.chosen, t, several)
    yield sample("", account.ask_disconnect, t, several)
    yield sample("channels follow with it", account.ask_disconnect, t, several, following=3)
    yield sample("a webhook ends", account.ask_disconnect, t, several, following=1, webhooks=1)
    yield sample("nobody knows who", account.ask_disconnect, t, only_key(studio))
    yield sample("", account.disconnected, t, several)
    yield sample("a webhook is left", account.disconnected, t, several, webhooks_left=1)
    yield sample("", account.nothing_linked, t)
