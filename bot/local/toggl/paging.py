"""Pages and order of Focus's lists: from 1, at most 100 a page, `order_by=-start,id`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from bot.local.toggl.errors import invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bot.local.toggl.queries import Query

T = TypeVar("T")

PER_PAGE = 50
MOST_PER_PAGE = 100


def ordered(things: Iterable[T], query: Query, fields: Sequence[str], default: str) -> list[T]:
    """`things` by the query's `order_by`: names out of `fields`, commas between, `-` before one for descending.

    Equal ones keep the order of their numbers. What is null comes last, or first when descending (as in PostgreSQL).
    """
    found = sorted(things, key=lambda thing: getattr(thing, "id", 0))
    for name in reversed((query.text("order_by") or default).split(",")):
        field = name.removeprefix("-")
        if field not in fields:
            raise invalid(f"Invalid order_by: {name!r} is no field to order by", field="order_by")
        found.sort(key=_key(field), reverse=name.startswith("-"))
    return found


def page(
    things: Sequence[T], query: Query, shape: Callable[[T], dict[str, Any]], *, total: bool = False
) -> dict[str, Any]:
    """One page of `things`, each in its `shape`; an empty one beyond the last. `total` counts all of them."""
    number = query.number("page") or 1
    size = query.number("per_page") or PER_PAGE
    if size > MOST_PER_PAGE:
        raise invalid(f"Invalid per_page: must be at most {MOST_PER_PAGE}", field="per_page")
    first = (number - 1) * size
    answer: dict[str, Any] = {
        "data": [shape(thing) for thing in things[first : first + size]],
        "page": number,
        "per_page": size,
    }
    return answer | {"total": len(things)} if total else answer


def _key(field: str) -> Callable[[Any], tuple[bool, Any]]:
    def key(thing: Any) -> tuple[bool, Any]:
        value = getattr(thing, field)
        if isinstance(value, str):
            value = value.casefold()
        return (value is None, value if value is not None else 0)

    return key
