"""Credentials, products and workspaces of a person."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.account import (
    Account,
    CredentialKind,
    Identity,
    LinkedCredential,
    LinkedWorkspace,
    Product,
    join_workspaces,
)

NOW = datetime(2026, 11, 12, 11, 0, tzinfo=UTC)
STUDIO_IN_FOCUS = LinkedWorkspace(1, focus_id=10, id=5)
STUDIO_IN_TRACK = LinkedWorkspace(1, "Studio", track_id=10)
numbers = st.integers(1, 6)
workspaces = st.lists(
    st.builds(LinkedWorkspace, st.integers(1, 2), st.sampled_from(["", "a", "b"]), focus_id=numbers)
    | st.builds(LinkedWorkspace, st.integers(1, 2), st.sampled_from(["", "a", "b"]), track_id=numbers),
    max_size=6,
)


def test_a_number_that_both_products_gave_out_means_one_workspace() -> None:
    assert join_workspaces([STUDIO_IN_FOCUS], [STUDIO_IN_TRACK]) == (
        LinkedWorkspace(1, "Studio", focus_id=10, track_id=10, id=5),
    )


def test_the_same_number_in_another_organization_means_another_workspace() -> None:
    elsewhere = LinkedWorkspace(2, "Studio", track_id=10)
    assert join_workspaces([STUDIO_IN_FOCUS], [elsewhere]) == (STUDIO_IN_FOCUS, elsewhere)


def test_the_only_ones_of_an_organization_are_one_whatever_their_numbers() -> None:
    other_number = LinkedWorkspace(1, "Studio", track_id=99)
    assert join_workspaces([STUDIO_IN_FOCUS], [other_number]) == (
        LinkedWorkspace(1, "Studio", focus_id=10, track_id=99, id=5),
    )


def test_several_that_could_belong_together_are_left_apart() -> None:
    tracks = [LinkedWorkspace(1, "Studio", track_id=98), LinkedWorkspace(1, "Labs", track_id=99)]
    assert join_workspaces([STUDIO_IN_FOCUS], tracks) == (STUDIO_IN_FOCUS, *tracks)


@given(workspaces, workspaces)
def test_joining_loses_no_number_and_settles(known: list[LinkedWorkspace], found: list[LinkedWorkspace]) -> None:
    joined = join_workspaces(known, found)
    everything = [*known, *found]
    for product in ("focus_id", "track_id"):
        said = {(w.organization_id, getattr(w, product)) for w in everything} - {(1, None), (2, None)}
        kept = [(w.organization_id, getattr(w, product)) for w in joined if getattr(w, product) is not None]
        assert set(kept) == said


@pytest.mark.parametrize(
    ("kinds", "missing"),
    [
        ([], (Product.FOCUS, Product.TRACK)),
        ([CredentialKind.FOCUS_KEY], (Product.TRACK,)),
        ([CredentialKind.TRACK_TOKEN], (Product.FOCUS,)),
        ([CredentialKind.FOCUS_KEY, CredentialKind.TRACK_TOKEN], ()),
        ([CredentialKind.PASSWORD], ()),
    ],
)
def test_an_account_says_what_is_missing(kinds: list[CredentialKind], missing: tuple[Product, ...]) -> None:
    linked = Account(tuple(LinkedCredential(kind, "", "f", NOW) for kind in kinds))
    assert linked.missing == missing


def test_a_refused_credential_opens_nothing() -> None:
    linked = Account((LinkedCredential(CredentialKind.PASSWORD, "", "f", NOW, refused_at=NOW),))
    assert linked.products == frozenset()
    assert linked.refused


def test_a_label_says_as_much_as_toggl_tells() -> None:
    assert Identity("Ann", "a@b.example").label == "Ann (a@b.example)"
    assert Identity("Ann").label == "Ann"
    assert Identity(email="a@b.example").label == "a@b.example"
    assert Identity().label == ""


@pytest.mark.parametrize(
    ("label", "name", "email"),
    [
        ("Ann Admin (ann@nordlicht.example)", "Ann Admin", "ann@nordlicht.example"),
        ("Ann Admin", "Ann Admin", ""),
        ("Ann (Studio)", "Ann (Studio)", ""),
        ("ann@nordlicht.example", "", "ann@nordlicht.example"),
        ("", "", ""),
    ],
)
def test_a_label_is_read_back_as_a_name_and_an_address(label: str, name: str, email: str) -> None:
    assert Identity.read(label) == Identity(name, email)


@given(st.builds(Identity, st.text(max_size=12), st.just("ann@nordlicht.example") | st.just("")))
def test_any_name_is_read_back(told: Identity) -> None:
    read = Identity.read(told.label)
    assert read.label == told.label
