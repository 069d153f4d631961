"""Sends what a handler returned, by the kind of request: in the HTTP answer while there is time, later otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from bot.dispatcher import failures, state
from bot.dispatcher.answers import (
    Answer,
    Choices,
    FieldErrors,
    OpenModal,
    Post,
    PublishHome,
    PushModal,
    Reply,
    UpdateModal,
)
from bot.dispatcher.delivery import Delivery
from bot.dispatcher.failures import Problem
from bot.dispatcher.homes import Homes
from bot.dispatcher.modals import Modals, response_action, title
from bot.dispatcher.request import Kind
from bot.dispatcher.slack import Slack, SlackError, TriggerExpired
from bot.dispatcher.tasks import Tasks
from bot.dispatcher.voice import Voice, audience
from bot.errors import UserError
from bot.i18n import Mrkdwn, escape
from bot.views import errors as views
from bot.views.messages import Message

CHOICES = 100
NO_ANSWER = ""


class Pipeline:
    """Every answer and every problem goes through `send`. `tasks` keep what goes on after the acknowledgement."""

    def __init__(self, slack: Slack, voice: Voice, tasks: Tasks) -> None:
        self._slack = slack
        self._voice = voice
        self._tasks = tasks
        self._modals = Modals(slack, tasks, self._say_later)
        self._homes = Homes(slack)

    async def send(self, delivery: Delivery, answer: Answer | Problem) -> str:
        """Send `answer`; what belongs into the HTTP answer's body is returned. Raises SlackError, UserError."""
        if isinstance(answer, Problem):
            return await self._problem(delivery, answer)
        if isinstance(answer, PublishHome):
            await self._homes.publish(delivery, answer)
            return NO_ANSWER
        match delivery.incoming.kind:
            case Kind.OPTIONS:
                return _choices(answer if isinstance(answer, Choices) else Choices())
            case Kind.SUBMISSION:
                return await self._to_form(delivery, answer)
        return await self._to_person(delivery, answer)

    def acknowledgement(self, delivery: Delivery) -> str:
        """What Slack gets while the answer takes longer: nothing, *Saving…*, or no choices at all."""
        match delivery.incoming.kind:
            case Kind.SUBMISSION:
                saving = views.saving(delivery.t, title(delivery.view)).to_dict()
                kept = delivery.view.get("private_metadata") or ""
                return response_action("update", {**saving, "private_metadata": kept})
            case Kind.OPTIONS:
                return _choices(Choices())
        return NO_ANSWER

    async def _to_person(self, delivery: Delivery, answer: Answer) -> str:
        """The answer to a command, button, shortcut or event."""
        match answer:
            case Reply() if delivery.told_at_home:
                pass
            case Reply():
                return await self._reply(delivery, answer)
            case Post():
                return await self._post(delivery, answer)
            case OpenModal() | PushModal():
                await self._open(delivery, answer)
            case UpdateModal() if delivery.incoming.in_modal:
                if not await self._modals.update(delivery, answer):
                    await self._say_of_closed(delivery, answer)
            case UpdateModal(view, data):
                await self._open(delivery, OpenModal(view, data))
            case FieldErrors(errors):
                return await self._problem(delivery, Problem(_joined(_texts(delivery, errors))))
            case _:
                pass  # Done has nothing to show, and the Home tells what was changed there
        return NO_ANSWER

    async def _reply(self, delivery: Delivery, reply: Reply) -> str:
        incoming = delivery.incoming
        reply = await self._voice.handed_over(delivery.tenant, incoming.user_id, reply)
        # Only a response_url tells whether Slack took the blocks: an HTTP answer would be lost without a word.
        sure = reply.otherwise is None or self._voice.knows_all_blocks_are_taken(delivery.tenant)
        if incoming.kind is Kind.COMMAND and not delivery.late and sure:
            if reply.in_channel:
                return json.dumps({**audience(reply), **reply.message.payload})
            return reply.message.json
        if incoming.kind is Kind.ACTION and (incoming.in_modal or delivery.origin.home):
            if reply.otherwise:  # modals take no charts
                reply = await self._voice.plain(delivery.tenant, incoming.user_id, reply)
            try:
                await self._modals.note(delivery, reply.message, replace=reply.replace)
            except (SlackError, TriggerExpired):
                await self._say(delivery, reply)
        else:
            await self._say(delivery, reply)
        return NO_ANSWER

    async def _say(self, delivery: Delivery, reply: Reply) -> None:
        await self._voice.say(delivery.tenant, delivery.incoming.user_id, delivery.origin, reply, now=delivery.now)

    async def _open(self, delivery: Delivery, answer: OpenModal | PushModal) -> None:
        if delivery.incoming.origin.trigger_id is None and delivery.typed is not None:
            # Words in a message give no right to open a modal; a button under the answer does.
            await self._say(delivery, Reply(views.open_form(delivery.t, delivery.typed)))
        else:
            await self._modals.open(delivery, answer)

    async def _to_form(self, delivery: Delivery, answer: Answer) -> str:
        """The answer to a submitted modal."""
        match answer:
            case Reply():
                return await self._reply_to_form(delivery, answer)
            case Post():
                return await self._post(delivery, answer)
            case FieldErrors(errors):
                return await self._field_errors(delivery, errors)
            case OpenModal() | PushModal() | UpdateModal():
                return await self._follow(delivery, answer)
        if delivery.late:
            await self._modals.finish(delivery, delivery.t("Saved."))
        return NO_ANSWER

    async def _follow(self, delivery: Delivery, answer: OpenModal | PushModal | UpdateModal) -> str:
        """The view that follows a form."""
        if not delivery.late:
            return self._modals.following(delivery, answer)
        if not await self._modals.follow(delivery, answer) and isinstance(answer, UpdateModal):
            await self._say_of_closed(delivery, answer)
        return NO_ANSWER

    async def _say_of_closed(self, delivery: Delivery, answer: UpdateModal) -> None:
        """What was done from a modal that was closed meanwhile is said where the person is."""
        if answer.did and not delivery.told_at_home:
            await self._say(delivery, Reply(Message(Mrkdwn(answer.did))))

    async def _reply_to_form(self, delivery: Delivery, reply: Reply) -> str:
        """Close the modal, and say where it came from what it led to; what the Home does not tell, in its place."""
        if delivery.origin.home and not delivery.told_at_home:
            note = views.note(delivery.t, title(delivery.view), reply.message)
            return await self._follow(delivery, UpdateModal(note, did=reply.message.text))
        if not delivery.late:
            if not delivery.told_at_home:
                self._tasks.start(self._say_later(delivery, reply))
            return json.dumps({"response_action": "clear"})
        try:
            await self._modals.finish(delivery, Mrkdwn(reply.message.text))
        except SlackError as error:
            failures.report(
                error, kind=delivery.incoming.kind, route=delivery.route
            )  # it is said below, or at the Home
        if not delivery.told_at_home:
            await self._say(delivery, reply)
        return NO_ANSWER

    async def _post(self, delivery: Delivery, post: Post) -> str:
        """Post for all, and then tell the person; a form stays where Slack refuses."""
        receipt = Reply(post.receipt, replace=post.replace)
        try:
            await self._voice.post(delivery.tenant, post)
        except SlackError as error:
            if not error.refused:  # it may have been posted
                raise
            if post.block_id:
                return await self._field_errors(delivery, {post.block_id: post.refusal})
            receipt = replace(receipt, message=post.unposted or post.receipt)
        if delivery.incoming.kind is Kind.SUBMISSION:
            return await self._reply_to_form(delivery, receipt)
        return await self._to_person(delivery, receipt)

    async def _say_later(self, delivery: Delivery, reply: Reply) -> None:
        try:
            await self._say(delivery, reply)
        except SlackError as error:
            failures.report(error, kind=delivery.incoming.kind, route=delivery.incoming.key)

    async def _field_errors(self, delivery: Delivery, errors: Mapping[str, str | UserError]) -> str:
        texts = _texts(delivery, errors)
        if not delivery.late and set(texts) <= state.inputs(delivery.view):
            # Slack shows them as plain text: the marks around examples in the shared sentences would be seen.
            plain = {block_id: text.replace("`", "") for block_id, text in texts.items()}
            return json.dumps({"response_action": "errors", "errors": plain})
        return await self._problem(delivery, Problem(_joined(texts)))

    async def _problem(self, delivery: Delivery, problem: Problem) -> str:
        kind = delivery.incoming.kind
        if delivery.in_form:
            return await self._problem_in_form(delivery, problem)
        if kind is Kind.OPTIONS:
            return _choices(Choices())
        if delivery.incoming.home_opened:
            await self._homes.publish(delivery, PublishHome(views.home(delivery.t, problem.sentence)))
            return NO_ANSWER
        if kind is Kind.CLOSING or (kind is Kind.EVENT and delivery.typed is None):
            return NO_ANSWER  # nobody waits for an answer there
        said = views.problem(delivery.t, problem.sentence, again=problem.again, ask=problem.ask)
        return await self._reply(delivery, Reply(said))

    async def _problem_in_form(self, delivery: Delivery, problem: Problem) -> str:
        """Above the form, as it was filled in; as a message where that was closed, or Slack does not take it."""
        form = state.refilled(delivery.view, alert=problem.sentence, below=views.asking(delivery.t, problem.ask))
        if delivery.incoming.kind is Kind.SUBMISSION and not delivery.late:
            return response_action("update", form)
        try:
            shown = await self._modals.replace(delivery, form)
        except SlackError as error:
            failures.report(error, kind=delivery.incoming.kind, route=delivery.route)
            shown = False
        if not shown:
            said = views.problem(delivery.t, problem.sentence, again=problem.again, ask=problem.ask)
            await self._say(delivery, Reply(said))
        return NO_ANSWER


def _choices(choices: Choices) -> str:
    groups = [
        {"label": {"type": "plain_text", "text": label}, "options": [option.to_dict() for option in options[:CHOICES]]}
        for label, options in choices.groups[:CHOICES]
        if options
    ]
    if groups:
        return json.dumps({"option_groups": groups})
    return json.dumps({"options": [option.to_dict() for option in choices.options[:CHOICES]]})


def _texts(delivery: Delivery, errors: Mapping[str, str | UserError]) -> dict[str, str]:
    return {
        block_id: error if isinstance(error, str) else delivery.t(error.sentence, **error.values)
        for block_id, error in errors.items()
    }


def _joined(texts: Mapping[str, str]) -> Mrkdwn:
    return escape("\n".join(texts.values()))
