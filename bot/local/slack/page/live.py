"""Tells a browser what changed where it is, as server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Final

from bot.local.slack.page.listing import Listing, difference
from bot.local.slack.page.site import Place, Site

BREATH: Final = 0.02
"""Seconds in which further changes are waited for, so that a burst is drawn once."""

HEARTBEAT: Final = 15.0
"""Seconds of silence after which a comment shows that the connection lives."""


async def changes(site: Site, place: Place, clock: Callable[[], datetime]) -> AsyncIterator[str]:
    """Everything at once, then each part of the page whenever it looks different; `views` when a modal changed.

    The first batch closes the gap between drawing the page and listening to it.
    """
    sent: dict[str, str] = {}
    listed: Listing | None = None
    modals: object = None
    async with site.slack.subscribe() as subscription:
        while True:
            await _mark_read(site, place)
            parts, listing = site.parts(place, clock())
            fresh = [html for name, html in parts.items() if sent.get(name) != html]
            if listing is not None:
                fresh.append(difference(listed, listing))
            sent, listed = parts, listing
            if any(fresh):
                yield event("page", "".join(fresh))
            now_open = _modals(site, place.person_id)
            if now_open != modals:
                modals = now_open
                yield event("views", "changed")
            try:
                while not await _changed(subscription):
                    yield ": still here\n\n"
            except StopAsyncIteration:
                return  # the server ends


def event(name: str, data: str) -> str:
    """One server-sent event."""
    return f"event: {name}\n" + "".join(f"data: {line}\n" for line in data.split("\n")) + "\n"


async def _changed(subscription: AsyncIterator[object]) -> bool:
    """Whether something changed before the heartbeat; takes a burst as one."""
    try:
        async with asyncio.timeout(HEARTBEAT):
            await anext(subscription)
    except TimeoutError:
        return False
    try:
        async with asyncio.timeout(BREATH):
            while True:
                await anext(subscription)
    except TimeoutError:
        return True


async def _mark_read(site: Site, place: Place) -> None:
    if place.channel and site.slack.world.unread.get(place.person_id, {}).get(place.channel.id):
        await site.slack.open_channel(place.person_id, place.channel.id)


def _modals(site: Site, person_id: str) -> object:
    """What tells one state of the open views from another, but for what was typed in them."""
    stack = site.slack.world.modals.get(person_id) or []
    return [(view.id, view.hash, dict(view.errors), view.submit_disabled) for view in stack]
