from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import statuses
from bot.domain.statuses import Move, Status, Type
from bot.toggl import models

ROW = (
    Status(1, "To do", "📋", 1, Type.TODO),
    Status(2, "In progress", "🚧", 2, Type.IN_PROGRESS),
    Status(3, "In review", "👀", 3, Type.IN_PROGRESS),
    Status(4, "Waiting", "⏳", 4, Type.BLOCKED),
    Status(5, "Testing", "🔬", 5, Type.IN_PROGRESS),
)
SOME = st.lists(
    st.tuples(st.integers(1, 12), st.sampled_from([Type.TODO, Type.DONE])),
    min_size=1,
    max_size=7,
    unique_by=lambda pair: pair[0],
).map(lambda pairs: tuple(Status(number, f"#{number}", "", *pair) for number, pair in enumerate(pairs, start=1)))


def as_toggl_does(row: tuple[Status, ...], move: Move) -> tuple[Status, ...]:
    """The statuses after one was saved with another position."""
    crowded = any(status.position == move.position for status in row)
    shifted = (
        msgspec.structs.replace(status, position=status.position + (crowded and status.position >= move.position))
        for status in row
    )
    return tuple(
        msgspec.structs.replace(status, position=move.position) if status.id == move.status.id else status
        for status in shifted
    )


def test_statuses_come_type_by_type_in_their_order() -> None:
    assert [(kind, [status.id for status in group]) for kind, group in statuses.by_type(reversed(ROW))] == [
        (Type.TODO, [1]),
        (Type.IN_PROGRESS, [2, 3, 5]),
        (Type.BLOCKED, [4]),
    ]


def test_an_answer_without_anything_but_its_number_is_a_status_still() -> None:
    assert Status.of(models.Status(id=7, type="parked")) == Status(7, "#7", "", 1, Type.OTHER)
    assert Status.of(models.Status(name="Nameless")) is None


def test_up_and_down_jump_over_those_of_other_types() -> None:
    assert statuses.step(ROW, ROW[4], up=True) == Move(ROW[4], 3)
    assert statuses.step(ROW, ROW[2], up=False) == Move(ROW[2], 6)
    assert statuses.step(ROW, ROW[1], up=True) is None
    assert statuses.step(ROW, ROW[0], up=False) is None


@given(row=SOME, data=st.data(), up=st.booleans())
def test_a_step_changes_places_with_the_neighbour_and_leaves_all_others_in_order(
    row: tuple[Status, ...],
    data: st.DataObject,
    *,
    up: bool,
) -> None:
    status = data.draw(st.sampled_from(row))
    wanted = [each.id for each in statuses.siblings(row, status.type)]
    move = statuses.step(row, status, up=up)
    if move is None:
        return
    place = wanted.index(status.id)
    other = place - 1 if up else place + 1
    wanted[place], wanted[other] = wanted[other], wanted[place]
    after = as_toggl_does(row, move)
    assert [each.id for each in statuses.siblings(after, status.type)] == wanted


def test_of_two_at_one_position_the_other_one_moves() -> None:
    twins = (Status(1, "a", "", 2), Status(2, "b", "", 2), Status(3, "c", "", 3))
    move = statuses.step(twins, twins[1], up=True)
    assert move == Move(twins[0], 3)
    assert [each.name for each in statuses.in_order(as_toggl_does(twins, move))] == ["b", "a", "c"]


def test_a_new_place_is_behind_another_status_or_in_front_of_all() -> None:
    assert statuses.position_after(ROW, 3, Type.TODO) == 4
    assert statuses.position_after(ROW, None, Type.IN_PROGRESS) == 2
    assert statuses.position_after(ROW, 99, Type.TODO) == 6
    assert statuses.position_after((), None, Type.TODO) == 1


def test_what_stands_in_front_is_of_the_same_type() -> None:
    assert statuses.before(ROW, ROW[4]) == ROW[2]
    assert statuses.before(ROW, ROW[3]) is None
