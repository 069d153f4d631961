"""Where Toggl answers, path prefix included."""

from __future__ import annotations

from dataclasses import dataclass

from bot.toggl.operations import Operation, Product


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The base addresses, without a slash at the end. Elsewhere only for tests and the local stand-in."""

    focus: str = "https://focus.toggl.com/api"
    track: str = "https://api.track.toggl.com/api/v9"
    webhooks: str = "https://api.track.toggl.com/webhooks/api/v1"

    def base(self, operation: Operation) -> str:
        """The address that the path of `operation` is put behind."""
        if operation.webhooks:
            return self.webhooks
        return self.focus if operation.product is Product.FOCUS else self.track
