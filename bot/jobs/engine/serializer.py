"""Arguments in line as plain JSON: ids and nothing else, that any program can read and none can be run by."""

from __future__ import annotations

import json
from typing import Any

from dbos import Serializer


class JsonSerializer(Serializer):
    """JSON, and for errors their kind alone: a message may quote what a person wrote."""

    def serialize(self, data: Any) -> str:
        """`data` as JSON text."""
        return json.dumps(data, default=_kind)

    def deserialize(self, serialized_data: str) -> Any:
        """What `serialize` wrote."""
        return json.loads(serialized_data)

    def name(self) -> str:
        """What it is called in the tables."""
        return "json"


def _kind(value: object) -> str:
    return type(value).__qualname__
