"""Where the two products answer, path prefix included."""

from __future__ import annotations

from dataclasses import dataclass

from bot.toggl.operations import Product


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The base addresses, without a slash at the end. Elsewhere only for tests and the local stand-in."""

    focus: str = "https://focus.toggl.com/api"
    track: str = "https://api.track.toggl.com/api/v9"

    def base(self, product: Product) -> str:
        """The address that `product`'s paths are put behind."""
        return self.focus if product is Product.FOCUS else self.track
