"""Request bodies as the documents type them; whatever does not fit is refused with 400, before anything happens."""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from bot.local.toggl.errors import Product, invalid

T = TypeVar("T")

Id = Annotated[int, Meta(ge=1, le=2**63 - 1)]
Name = Annotated[str, Meta(min_length=1, max_length=255)]
Text = Annotated[str, Meta(max_length=10_000)]
Moment = Annotated[str, Meta(max_length=64)]
"""A moment still to be read, by `queries.moment_from`."""
Seconds = Annotated[int, Meta(ge=1, le=366 * 24 * 3600)]
Minutes = Annotated[int, Meta(ge=0, le=10_000_000)]
Color = Annotated[str, Meta(pattern=r"^#[0-9a-fA-F]{6}$")]
Amount = Annotated[float, Meta(ge=0, le=1_000_000_000)]

_LARGEST = 2**63
_DEEPEST = 50
_SURROGATE = re.compile("[\ud800-\udfff]")


def parse(raw: bytes, product: Product) -> Any:
    """The JSON in `raw`, without any NUL, lone surrogate or number beyond 64 bits. Raises `Refusal` (400)."""
    try:
        value = msgspec.json.decode(raw)
        _check(value, _DEEPEST)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        words = "JSON is not valid" if product != "focus" else f"Invalid request body: {error}"
        raise invalid(words) from None
    return value


def read(value: Any, shape: type[T]) -> T:
    """`value` (parsed JSON) as a `shape`; its strictness is the documents'. Raises `Refusal` (400) naming the field."""
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError as error:
        words = str(error)
        raise invalid(words, field=words.rpartition("`$.")[2].rstrip("`") if "`$." in words else "") from None


def given(struct: msgspec.Struct) -> dict[str, Any]:
    """The fields that were sent, null included: unset and null are different things."""
    return {name: value for name in struct.__struct_fields__ if (value := getattr(struct, name)) is not msgspec.UNSET}


def has_name(text: str) -> str:
    """`text`, refused when nothing of it can be seen."""
    if not text.strip():
        raise invalid("Invalid name: must not be blank", field="name")
    return text


def _check(value: Any, depth: int) -> None:
    if depth == 0:
        raise ValueError("nested too deeply")
    match value:
        case str():
            if "\x00" in value or _SURROGATE.search(value):
                raise ValueError("a character that cannot be stored")
        case int() if not isinstance(value, bool):
            if not -_LARGEST <= value < _LARGEST:
                raise ValueError("a number beyond 64 bits")
        case list():
            for item in value:
                _check(item, depth - 1)
        case dict():
            for name, item in value.items():
                _check(name, depth - 1)
                _check(item, depth - 1)
