"""Web pages from templates, with headers that let them load nothing from elsewhere and leak no address."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from bot.i18n import LANGUAGES, Translator

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent
HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": (
            "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; "
            "frame-ancestors 'none'; base-uri 'none'"
        ),
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "X-Robots-Tag": "noindex, nofollow",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
)


class Pages:
    """The templates of the web pages; everything put into them is escaped."""

    @functools.cached_property
    def _templates(self) -> Environment:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 (for the first page)

        return Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def show(self, name: str, t: Translator, *, status: int = 200, **values: Any) -> HTMLResponse:
        """The page `name` in `t`'s language."""
        page = self._templates.get_template(f"{name}.html")
        return HTMLResponse(page.render(t=t, language=t.babel.language, **values), status, HEADERS)


def static_files() -> StaticFiles:
    """The pages' stylesheet and script."""
    return StaticFiles(directory=_HERE / "static")


def locale_of(request: Request) -> str:
    """The visitor's own language, from what the browser says; English where the bot speaks none of them."""
    accepted = request.headers.get("accept-language", "")
    for part in accepted.split(","):
        tag = part.partition(";")[0].strip()
        if tag.partition("-")[0].lower() in LANGUAGES:
            return tag
    return "en-US"
