from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.project_edits import ALL, ATTRIBUTES, Field, marks, merge
from bot.domain.projects import Fields, Named
from tests.domain.projecting import FIELDS, UNHURRIED


def form(fields: Fields, shown: tuple[Field, ...] = ALL) -> dict[str, Any]:
    return {attribute: getattr(fields, attribute) for field in shown for attribute in ATTRIBUTES[field]}


def test_a_form_holds_every_field() -> None:
    assert {attribute for names in ATTRIBUTES.values() for attribute in names} == set(Fields.__struct_fields__)


@given(FIELDS, FIELDS)
@UNHURRIED
def test_what_nobody_else_changed_is_saved_as_it_was_typed(before: Fields, typed: Fields) -> None:
    merged = merge(marks(before), form(typed), before)
    assert not merged.needed
    assert merged.fields == typed


@given(FIELDS, FIELDS)
@UNHURRIED
def test_a_form_left_alone_takes_everything_that_is_new(before: Fields, now: Fields) -> None:
    merged = merge(marks(before), form(before), now)
    assert merged.fields.sent() == now.sent()
    assert not merged.kept
    assert merged.needed == (marks(before) != marks(now))


@given(FIELDS, FIELDS, FIELDS)
@UNHURRIED
def test_each_field_is_theirs_or_mine_and_is_told(before: Fields, typed: Fields, now: Fields) -> None:
    merged = merge(marks(before), form(typed), now)
    for field in ALL:
        source = now if field in merged.taken else typed
        assert form(merged.fields, (field,)) == form(source, (field,))
    theirs = {name for name, mark in marks(now).items() if mark != marks(before)[name]}
    assert {*merged.taken, *merged.kept} <= theirs


@given(FIELDS, FIELDS, st.sampled_from(ALL))
@UNHURRIED
def test_a_small_form_leaves_every_other_field_alone(before: Fields, now: Fields, field: Field) -> None:
    merged = merge(marks(before, (field,)), form(before, (field,)), now)
    others = tuple(other for other in ALL if other is not field)
    assert form(merged.fields, others) == form(now, others)


@given(FIELDS)
@UNHURRIED
def test_another_name_of_the_same_client_is_no_change(fields: Fields) -> None:
    one = msgspec.structs.replace(fields, client=Named(1, "Bergmann"))
    other = msgspec.structs.replace(fields, client=Named(1, "Bergmann AG"))
    assert marks(one) == marks(other)
