"""Gives the templates what they draw Slack's objects with."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape

from bot.local.slack.page.charts import draw_chart
from bot.local.slack.page.elements import control, template_of
from bot.local.slack.page.emoji import picture
from bot.local.slack.page.faces import face_of
from bot.local.slack.page.markdown import render_markdown
from bot.local.slack.page.mrkdwn import link, render_mrkdwn, render_plain
from bot.local.slack.page.rich_text import render_rich_text
from bot.local.slack.page.sidebar import standing
from bot.local.slack.page.surface import Reader, words_of
from bot.local.slack.page.tables import rows_of
from bot.local.slack.world import Json

HERE: Final = Path(__file__).parent
_BLOCKS: Final = frozenset(path.stem for path in (HERE / "templates" / "blocks").glob("*.html"))


@cache
def environment(hint: str) -> Environment:
    """Jinja with every template of the page, compiled once; whatever is inserted is escaped unless it is Markup."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    env.globals.update(
        hint=hint,
        attachment_color=attachment_color,
        block_template=block_template,
        confirm_words=confirm_words,
        control=control,
        draw_chart=draw_chart,
        element_template=template_of,
        emoji_picture=picture,
        face_of=face_of,
        file_address=file_address,
        image_address=image_address,
        link=link,
        markdown=render_markdown,
        mrkdwn=render_mrkdwn,
        plain=render_plain,
        pointed=pointed,
        rich_text=render_rich_text,
        safe_address=safe_address,
        standing=standing,
        table_rows=rows_of,
        words=words,
        words_of=words_of,
    )
    env.globals.update(_macros(env))
    return env


def _macros(env: Environment) -> dict[str, Any]:
    icons: Any = env.get_template("icons.html").module
    press: Any = env.get_template("press.html").module
    return {"icon": icons.icon, "avatar": icons.avatar, "press": press.press}


def block_template(block: Json) -> str:
    """The file that draws the block; one that says so for a type nobody knows."""
    kind = str(block.get("type"))
    return f"blocks/{kind if kind in _BLOCKS else 'unknown'}.html"


def words(text: Any, reader: Reader) -> Markup:
    """A Slack text object as HTML, by its kind; a plain string as plain text."""
    if isinstance(text, dict) and text.get("type") == "mrkdwn":
        return render_mrkdwn(words_of(text), reader)
    emoji = not isinstance(text, dict) or text.get("emoji", True)
    return render_plain(words_of(text), emoji=bool(emoji))


def confirm_words(confirm: Json, reader: Reader) -> dict[str, str]:
    """A confirmation object for the browser: plain words, and `text` as HTML."""
    return {
        "title": words_of(confirm.get("title")),
        "text": str(words(confirm.get("text"), reader)),
        "confirm": words_of(confirm.get("confirm")) or "Yes",
        "deny": words_of(confirm.get("deny")) or "Cancel",
        "style": str(confirm.get("style", "")),
    }


def attachment_color(color: Any) -> str:
    """The bar beside an attachment as CSS: Slack's three words, or hexadecimal digits; grey for anything else."""
    named = {"good": "#2eb886", "warning": "#daa038", "danger": "#a30200"}.get(str(color))
    digits = str(color).removeprefix("#")
    return named or (f"#{digits}" if re.fullmatch(r"[0-9a-fA-F]{3,8}", digits) else "var(--line-strong)")


def pointed(detail: str) -> Markup:
    """A refusal's detail, the place in the payload that it points to (`[json-pointer:/blocks/0]`) as code."""
    words, found, pointer = detail.partition(" [json-pointer:")
    if not found:
        return escape(detail)
    return Markup("{} <code>{}</code>").format(words, pointer.removesuffix("]") or "/")


def safe_address(address: Any) -> str:
    """`address` when a browser may follow it, else `#`: an app's `javascript:` stays text."""
    return str(address) if urlsplit(str(address)).scheme in {"http", "https", "mailto", "slack"} else "#"


def file_address(file_id: str, name: str, reader: Reader) -> str:
    """Where a file of the workspace is served to the person who looks."""
    return f"/files-pri/local-{quote(file_id)}/{quote(name)}?as={quote(reader.person_id)}"


def image_address(image: Json, reader: Reader) -> str:
    """Where the picture of an image block or element is: its own address, or a file of the workspace."""
    file = image.get("slack_file") or {}
    if file.get("id"):
        return file_address(str(file["id"]), "image", reader)
    return safe_address(image.get("image_url") or file.get("url"))
