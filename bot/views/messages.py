"""A message's content, as views give it and the pipeline sends it."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block


@dataclass(frozen=True)
class Message:
    """`text` (mrkdwn; what notifications and screen readers get) and the blocks that are shown."""

    text: str
    blocks: tuple[Block, ...] = ()

    @functools.cached_property
    def payload(self) -> dict[str, Any]:
        """The fields that every way of sending a message shares."""
        blocks = [block.to_dict() for block in self.blocks]
        return {"text": self.text, **({"blocks": blocks} if blocks else {})}

    @functools.cached_property
    def json(self) -> str:
        """The private answer to a slash command as a response body; kept, because help is shown again and again."""
        return json.dumps({"response_type": "ephemeral", **self.payload})
