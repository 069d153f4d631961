from __future__ import annotations

import contextlib
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.alerts import Alert, Known, NoMarks, TooManyMarks, alerts_of, listed, parse_marks
from bot.toggl import models

odd: st.SearchStrategy[Any] = (
    st.none() | st.text(max_size=12) | st.lists(st.integers() | st.text(max_size=5), max_size=4).map(tuple)
)


def alert(number: int, **more: Any) -> models.Alert:
    given: dict[str, Any] = {"project_id": 7, "project_name": "Sales", "source_kind": "estimate"}
    return models.Alert(id=number, **given | {"threshold_type": "percentage", "thresholds": "{80,100}"} | more)


@given(odd, odd, odd, odd, st.none() | st.integers() | st.text(max_size=5))
def test_whatever_toggl_answers_can_be_written_down_and_sent(
    marks: Any, users: Any, groups: Any, roles: Any, code: Any
) -> None:
    answer = alert(
        1, thresholds=marks, receiver_users=users, receiver_groups=groups, receiver_roles=roles, receivers=code
    )
    [found] = alerts_of([answer])
    assert msgspec.json.encode(found.sent)
    assert Alert.read(found.fields).fields == found.fields


@pytest.mark.parametrize("value", ["{80,100}", "[80, 100]", (80, 100), ("80", "100"), '{"80",100}'])
def test_lists_come_in_any_dress(value: Any) -> None:
    assert listed(value) == (80, 100)


def test_what_other_alerts_use_is_known() -> None:
    alerts = alerts_of(
        [
            alert(1, receivers=2),
            alert(2, receivers=3, receiver_users="{5}", source_kind="fixed_fee"),
            alert(3, receivers=2, threshold_type="hours"),
            models.Alert(id=4),
        ]
    )
    known = Known.of(alerts)
    assert known == Known(("estimate", "fixed_fee"), ("percentage", "hours"), (2,), 3)
    assert Known.of(()) == Known()


def test_what_is_empty_is_not_sent() -> None:
    [found] = alerts_of([alert(1, receiver_users="{6,5}")])
    assert found.sent == {
        "project_id": 7,
        "source_kind": "estimate",
        "threshold_type": "percentage",
        "thresholds": [80, 100],
        "receiver_users": [5, 6],
    }
    assert found.named


@pytest.mark.parametrize(("said", "marks"), [("80", (80,)), ("100, 80", (80, 100)), ("50% 50 %;75", (50, 75))])
def test_marks_are_whole_numbers(said: str, marks: tuple[float, ...]) -> None:
    assert parse_marks(said) == marks


@pytest.mark.parametrize("said", ["", "often", "0", "-5", "80.5", "1000001", "²"])
def test_other_marks_are_refused(said: str) -> None:
    with pytest.raises(NoMarks):
        parse_marks(said)


def test_a_dozen_marks_are_too_many() -> None:
    with pytest.raises(TooManyMarks):
        parse_marks(" ".join(map(str, range(1, 13))))


@given(st.text(max_size=40))
def test_marks_are_numbers_or_refused(text: str) -> None:
    with contextlib.suppress(NoMarks, TooManyMarks):
        assert all(0 < mark <= 1_000_000 for mark in parse_marks(text))
