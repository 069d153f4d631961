"""Publishes App Homes: for each person one after the other, so that an older state never covers a newer one."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from weakref import WeakValueDictionary

from slack_sdk.models.views import View

from bot.dispatcher.answers import PublishHome
from bot.dispatcher.delivery import Delivery
from bot.dispatcher.slack import Slack, SlackError

NATIVE = frozenset({"data_visualization", "data_table"})
"""Blocks that some workspaces refuse; whatever they show stands beside them as text."""
REFUSALS = frozenset({"invalid_blocks", "invalid_arguments"})


class Homes:
    """People's App Homes, through `slack`. Raises SlackError, and whatever composing a view raises."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._turns: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    async def publish(self, delivery: Delivery, answer: PublishHome) -> None:
        """Compose the view when its turn has come, and show it; without native charts where Slack refuses them."""
        key = (delivery.incoming.tenant_id, delivery.incoming.user_id)
        async with self._turns.setdefault(key, asyncio.Lock()):
            view = (answer.view if isinstance(answer.view, View) else await answer.view()).to_dict()
            try:
                await self._show(delivery, view)
            except SlackError as error:
                plainer = _without_native(view)
                if error.code not in REFUSALS or plainer == view:
                    raise
                await self._show(delivery, plainer)

    async def _show(self, delivery: Delivery, view: Mapping[str, Any]) -> None:
        await self._slack.publish_home(delivery.tenant.token, delivery.incoming.user_id, view)


def _without_native(view: Mapping[str, Any]) -> dict[str, Any]:
    return {**view, "blocks": [block for block in view["blocks"] if block["type"] not in NATIVE]}
