from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.administration import Change

FIELDS = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 3) | st.none())


def after(change: Change, now: dict[str, object]) -> dict[str, object]:
    """The subject once it is changed."""
    return {**now, **change.fields}


@given(FIELDS, FIELDS)
def test_the_opposite_gives_everything_back(before: dict[str, object], wanted: dict[str, object]) -> None:
    whole = {**dict.fromkeys("abcd"), **before}
    change = Change(kind="member.edit", before=whole, after=wanted)
    done = after(change, whole)
    back = change.opposite("member.edit")
    assert not back.differences(done)
    assert after(back, done) == whole


@given(FIELDS, FIELDS)
def test_a_change_is_so_once_it_was_done_and_never_before(before: dict[str, object], wanted: dict[str, object]) -> None:
    whole = {**dict.fromkeys("abcd"), **before}
    change = Change(kind="member.edit", before=whole, after=wanted)
    assert change.is_so(after(change, whole))
    assert change.is_so(whole) == (not change.fields)


def test_something_new_and_something_gone_are_each_others_opposites() -> None:
    new = Change(kind="status.new", subject_id="7", after={"name": "A"})
    gone = new.opposite("status.delete")
    assert (gone.kind, gone.before, gone.after) == ("status.delete", {"name": "A"}, None)
    assert gone.opposite("status.new") == new


def test_only_what_was_shown_is_compared() -> None:
    change = Change(kind="member.edit", before={"a": 1, "b": None}, after={"a": 2})
    assert change.differences({"a": 1, "c": 3}) == {}
    assert change.differences({"a": 5, "b": 6}) == {"a": (1, 5), "b": (None, 6)}
