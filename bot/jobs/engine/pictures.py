"""Charts as pictures, in the thread of a post whose charts Slack did not show."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import msgspec

from bot.dispatcher import File, failures
from bot.dispatcher.posting import Posted, Posts
from bot.dispatcher.slack import SlackError
from bot.views.charts import Chart, alt_text
from bot.views.pictures import png


async def illustrate(posts: Posts, token: str, posted: Posted, content: Mapping[str, Any]) -> None:
    """Add what `content` has to draw below the post, if that had to do without.

    The numbers stand in the post: where Slack does not take the pictures, nothing is tried again.
    """
    charts = msgspec.convert(content.get("charts", {}), type=dict[str, Chart])
    if not posted.plain or not charts:
        return
    files = await asyncio.to_thread(_drawn, charts)
    try:
        await posts.add_files(token, posted, files)
    except SlackError as error:
        failures.report(error, kind="file")


def _drawn(charts: Mapping[str, Chart]) -> list[File]:
    return [File(name, png(chart), title=chart.title, alt_text=alt_text(chart)) for name, chart in charts.items()]
