"""Values onto the wire: query parameters and bodies, in which what was not given and null are different things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec

_ENCODER = msgspec.json.Encoder(decimal_format="number")


def timestamp(moment: datetime) -> str:
    """`moment` as RFC 3339 with its zone. Raises ValueError if it has none."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError(f"{moment.isoformat()} has no time zone, so it is no moment")
    if offset % timedelta(minutes=1):
        moment = moment.astimezone(UTC)  # Local mean times of old have seconds in their offset, RFC 3339 has none.
    return moment.isoformat().replace("+00:00", "Z")


def query(values: Mapping[str, Any]) -> dict[str, str]:
    """Query parameters: what is None is left out, lists are comma-separated, times have their zone."""
    return {name: _parameter(value) for name, value in values.items() if value is not None}


def body(value: Any) -> bytes:
    """JSON of mappings, sequences and values; a key whose value is UNSET is left out, None is null.

    A decimal is a number with the digits it has: money does not pass through binary fractions.
    """
    return _ENCODER.encode(_plain(value))


def _parameter(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case datetime():
            return timestamp(value)
        case date():
            return value.isoformat()
        case str():
            return value
        case Sequence():
            return ",".join(_parameter(part) for part in value)
    return str(value)


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return timestamp(value)
        case Mapping():
            return {name: _plain(part) for name, part in value.items() if part is not msgspec.UNSET}
        case str() | bytes():
            return value
        case Sequence():
            return [_plain(part) for part in value]
    return value
