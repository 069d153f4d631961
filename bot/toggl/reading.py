"""Answers into models: fast where they are as documented, field by field where they are not."""

from __future__ import annotations

import functools
import re
import types
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import msgspec

from bot.toggl.models.page import Page

T = TypeVar("T")
# What stands for “never” where a server has no null: the first day there is, and the last.
_ENDS = (b'"0001-', b'"9999-')
_NEVER = re.compile(rb'(?<!\\)"(?:0001|9999)-\d\d-\d\d(?:T[0-9:.]{1,24}(?:Z|[+-]\d\d:\d\d))?"(?=\s*[,}\]])')


class Unreadable(ValueError):
    """The body is not JSON, or not even of the outer shape that was asked for."""


class _Envelope(msgspec.Struct):
    """What a Focus list comes in. The items stay raw so that one decoder per model reads them."""

    data: msgspec.Raw = msgspec.Raw(b"[]")
    page: Any = None
    per_page: Any = None
    total: Any = None


def read_object(model: type[T], body: bytes) -> T:
    """The JSON object in `body`. Raises Unreadable."""
    return cast("T", _read(model, body))


def read_array(model: type[T], body: bytes | msgspec.Raw) -> tuple[T, ...]:
    """The JSON array in `body`; null is an empty one, items that are no objects are left out. Raises Unreadable."""
    return () if bytes(body).strip() == b"null" else _read(tuple[model, ...], body)  # type: ignore[valid-type]  # a type made as it runs


def read_page(model: type[T], body: bytes) -> Page[T]:
    """A Focus list; a bare array is a page too. Raises Unreadable."""
    if body.lstrip()[:1] == b"[":
        return Page(data=read_array(model, body))
    envelope = _read(_Envelope, body)
    return Page(
        data=read_array(model, envelope.data),
        page=lenient(int, envelope.page),
        per_page=lenient(int, envelope.per_page),
        total=lenient(int, envelope.total),
    )


def without_never(body: bytes) -> bytes:
    """`body` (JSON) with null for times at either end of the calendar: they are no moments, and no zone holds them."""
    return _NEVER.sub(b"null", body) if any(end in body for end in _ENDS) else body


def lenient(kind: Any, value: Any) -> Any:
    """`value` (decoded JSON) as a `kind`: whatever inside it is of a wrong type becomes None, or leaves its array."""
    try:
        return msgspec.convert(value, kind)
    except (msgspec.ValidationError, OverflowError):
        pass
    origin = get_origin(kind)
    if origin in {Union, types.UnionType}:
        return next((found for part in get_args(kind) if (found := lenient(part, value)) is not None), None)
    if origin is tuple and isinstance(value, list):
        return tuple(found for item in value if (found := lenient(get_args(kind)[0], item)) is not None)
    if isinstance(value, dict) and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind(**{name: lenient(part, value[name]) for name, part in _fields(kind).items() if name in value})
    return None


@functools.lru_cache(maxsize=256)
def decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    """The decoder of a type, made once."""
    return msgspec.json.Decoder(kind)


@functools.lru_cache(maxsize=256)
def _fields(kind: type[msgspec.Struct]) -> dict[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    return {name: hints[name] for name in kind.__struct_fields__}


def _read(kind: Any, body: bytes | msgspec.Raw) -> Any:
    body = without_never(bytes(body))
    try:
        return decoder(kind).decode(body)
    except (msgspec.ValidationError, OverflowError):
        pass
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(str(error)) from None
    try:
        found = lenient(kind, cast("Any", msgspec.json.decode(body)))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(str(error)) from None
    if found is None:
        raise Unreadable(f"not a {getattr(kind, '__name__', kind)}")
    return found
