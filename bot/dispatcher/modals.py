"""Opens, fills and replaces modals."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from slack_sdk.models.views import View

from bot.dispatcher import failures, metadata
from bot.dispatcher.answers import OpenModal, PushModal, Reply, UpdateModal
from bot.dispatcher.delivery import Delivery
from bot.dispatcher.failures import Problem
from bot.dispatcher.request import Kind, Origin
from bot.dispatcher.slack import OpenedView, Slack, SlackError, TriggerExpired
from bot.dispatcher.tasks import Tasks
from bot.views import errors as views
from bot.views.messages import Message

SETTLING = timedelta(milliseconds=300)
"""How long Slack may need to show what a submission was acknowledged with: an update before would be covered by it."""
METADATA = 3000

Say = Callable[[Delivery, Reply], Awaitable[None]]
"""Says something where the person is."""


class Modals:
    """People's modals, through `slack`; `tasks` keep the filling of those that were opened empty.

    `say` tells what no modal can.

    Raises SlackError, TriggerExpired.
    """

    def __init__(self, slack: Slack, tasks: Tasks, say: Say) -> None:
        self._slack = slack
        self._tasks = tasks
        self._say = say

    async def open(self, delivery: Delivery, answer: OpenModal | PushModal) -> None:
        """Open the view, on top of the modal that the request came from, if any."""
        trigger_id = delivery.incoming.origin.trigger_id
        if trigger_id is None:
            raise TriggerExpired
        show = self._slack.push_view if delivery.incoming.in_modal else self._slack.open_view
        opened = await show(delivery.tenant.token, trigger_id, dressed(answer.view, answer.data, delivery.origin))
        if isinstance(answer, OpenModal):
            self._fill_later(delivery, opened, answer)

    async def update(self, delivery: Delivery, answer: UpdateModal) -> bool:
        """Replace the modal that a button was pressed in, unless a newer view stands there already.

        False where the person closed it meanwhile.
        """
        shown = dressed(answer.view, answer.data, delivery.origin)
        return await self._put(delivery, delivery.view_id, shown, delivery.view.get("hash"))

    def following(self, delivery: Delivery, answer: OpenModal | PushModal | UpdateModal) -> str:
        """The view that follows a submitted one, as the HTTP answer."""
        view = dressed(answer.view, answer.data, delivery.origin)
        if isinstance(answer, OpenModal):
            self._fill_later(delivery, OpenedView(delivery.view_id, None), answer)
        return response_action("push" if isinstance(answer, PushModal) else "update", view)

    async def follow(self, delivery: Delivery, answer: OpenModal | PushModal | UpdateModal) -> bool:
        """Put the view that follows a submitted one in the place of *Saving…*. False where that was closed."""
        shown = await self.replace(delivery, dressed(answer.view, answer.data, delivery.origin))
        if shown and isinstance(answer, OpenModal):
            self._fill_later(delivery, OpenedView(delivery.view_id, None), answer)
        return shown

    async def replace(self, delivery: Delivery, view: Mapping[str, Any]) -> bool:
        """Put `view` in the place of the one that the request came from. False where the person closed it meanwhile."""
        await self._settled(delivery)
        return await self._put(delivery, delivery.view_id, view)

    async def _put(self, delivery: Delivery, view_id: str, view: Mapping[str, Any], hash_: str | None = None) -> bool:
        try:
            await self._slack.update_view(delivery.tenant.token, view_id, view, hash_)
        except SlackError as error:
            if error.code != "not_found":
                raise
            return False
        return True

    async def finish(self, delivery: Delivery, text: str) -> None:
        """Put `text` (mrkdwn) in the place of *Saving…*: Slack cannot close a modal later."""
        await self.replace(delivery, views.saved(delivery.t, title(delivery.view), text).to_dict())

    async def note(self, delivery: Delivery, message: Message, *, replace: bool) -> None:
        """Show `message` on top of the modal that the request came from, or in its place; a new one at the Home."""
        if not delivery.incoming.in_modal:
            await self.open(delivery, OpenModal(views.note(delivery.t, delivery.t("Toggl"), message)))
            return
        view = views.note(delivery.t, title(delivery.view), message)
        kept = {**view.to_dict(), "private_metadata": delivery.view.get("private_metadata") or ""}
        if replace:
            await self._slack.update_view(delivery.tenant.token, delivery.view_id, kept)
        else:
            await self._slack.push_view(delivery.tenant.token, delivery.incoming.origin.trigger_id or "", kept)

    def _fill_later(self, delivery: Delivery, opened: OpenedView, answer: OpenModal) -> None:
        if answer.fill:
            self._tasks.start(self._fill(delivery, opened, answer))

    async def _fill(self, delivery: Delivery, opened: OpenedView, answer: OpenModal) -> None:
        """Replace a loading view by the one that was prepared meanwhile, or by what went wrong."""
        assert answer.fill is not None  # noqa: S101 (checked by the only caller; says so to the type checker)
        known = {"kind": delivery.incoming.kind, "route": delivery.incoming.key}
        try:
            view, data = await answer.fill()
            shown = dressed(view, data, delivery.origin)
        except Exception as error:  # noqa: BLE001 (whatever it is, the loading view must not stay)
            shown = self._instead(delivery, answer, failures.explain(error, delivery.t, typed=None, **known))
        try:
            await self._settled(delivery)
            await self._put(delivery, opened.id, shown, opened.hash)
        except SlackError as error:
            await self._give_up(delivery, opened, answer, failures.explain(error, delivery.t, typed=None, **known))

    async def _give_up(self, delivery: Delivery, opened: OpenedView, answer: OpenModal, problem: Problem) -> None:
        """Slack did not take what should stand in a loading view's place: say so there, or where the person is."""
        try:
            await self._put(delivery, opened.id, self._instead(delivery, answer, problem), opened.hash)
        except SlackError as error:
            failures.report(error, kind=delivery.incoming.kind, route=delivery.incoming.key)
            await self._say(delivery, Reply(views.problem(delivery.t, problem.sentence)))

    @staticmethod
    def _instead(delivery: Delivery, answer: OpenModal, problem: Problem) -> dict[str, Any]:
        """What stands in the place of a view that could not be shown."""
        return views.saved(delivery.t, title(answer.view.to_dict()), problem.sentence).to_dict()

    @staticmethod
    async def _settled(delivery: Delivery) -> None:
        """Wait until Slack shows what a submission was acknowledged with."""
        if delivery.incoming.kind is Kind.SUBMISSION:
            now = asyncio.get_running_loop().time()
            since = now if delivery.late_at is None else delivery.late_at
            await asyncio.sleep(max(0.0, since + SETTLING.total_seconds() - now))


def dressed(view: View, data: Mapping[str, Any], origin: Origin) -> dict[str, Any]:
    """`view` as Slack takes it, with what the pipeline and the handler want back on submission."""
    kept = metadata.remembered(origin, data)
    if len(kept) > METADATA:
        raise ValueError(f"a view's data is too long for Slack by {len(kept) - METADATA} characters")
    return {**view.to_dict(), "private_metadata": kept}


def response_action(action: str, view: Mapping[str, Any]) -> str:
    """The HTTP answer to a submission that leaves a modal open."""
    return json.dumps({"response_action": action, "view": view})


def title(view: Mapping[str, Any]) -> str:
    """A view's title as plain text."""
    held = view.get("title")
    return str(held.get("text", "")) if isinstance(held, Mapping) else ""
