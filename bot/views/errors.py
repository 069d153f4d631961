"""What is shown when something could not be done, and while it is not known yet."""

from __future__ import annotations

from slack_sdk.models.blocks import AlertBlock, Block
from slack_sdk.models.views import View

from bot.i18n import Translator
from bot.views.forms import modal
from bot.views.ids import Actions
from bot.views.kit import actions, button, mrkdwn, section
from bot.views.messages import Message

BUTTON_VALUE = 2000
ALERT_TEXT = 200


def problem(t: Translator, sentence: str, *, again: str | None = None, ask: str | None = None) -> Message:
    """`sentence` (mrkdwn), with a button that runs the typed words `again` where that is safe.

    `ask` is what an admin can be asked to do, by the id of the request.
    """
    blocks = (section(sentence), *asking(t, ask))
    if again is None or len(again) > BUTTON_VALUE:
        return Message(text=sentence, blocks=blocks)
    return Message(
        text=sentence, blocks=(*blocks, actions(button(t("Try again"), Actions.RETRY, value=again, style="primary")))
    )


def asking(t: Translator, request_id: str | None) -> tuple[Block, ...]:
    """The button that asks the workspace's admins to do it; nothing where there is nothing to ask."""
    if request_id is None:
        return ()
    ask = button(t("Ask an admin"), Actions.ASK_ADMIN, value=request_id, style="primary")
    return (actions(ask, block_id="pipeline.alert.ask"),)


def form_problem(sentence: str, *, block_id: str) -> Block:
    """`sentence` (mrkdwn) at the top of a form: an alert where it is short enough for one."""
    if len(sentence) > ALERT_TEXT:
        return section(f":warning: {sentence}", block_id=block_id)
    return AlertBlock(text=mrkdwn(sentence), level="error", block_id=block_id)


def open_form(t: Translator, words: str) -> Message:
    """A form cannot be opened from a message: a button opens it, by running `words` again."""
    text = t("Press the button to open the form.")
    return Message(
        text=text, blocks=(section(text), actions(button(t("Open"), Actions.RETRY, value=words, style="primary")))
    )


def gone(t: Translator) -> str:
    """Mrkdwn for a button or form that no route knows any more."""
    return t.md("That is from an older version of me and no longer works. `{track}` shows what I can do now.")


def saving(t: Translator, title: str) -> View:
    """What stands in a submitted modal's place while it is being saved."""
    return note(t, title, Message(text=t("Saving…")))


def saved(t: Translator, title: str, text: str) -> View:
    """What stands there in the end: Slack cannot close a modal later. `text` is mrkdwn."""
    return note(t, title, Message(text=text))


def home(t: Translator, sentence: str) -> View:
    """The App Home that could not be shown: `sentence` (mrkdwn) says why."""
    again = button(t("Try again"), Actions.REFRESH_HOME, style="primary")
    return View(type="home", blocks=[section(sentence), actions(again)])


def note(t: Translator, title: str, message: Message) -> View:
    """A message as a modal."""
    return modal(t, title, list(message.blocks) or [section(message.text)])
