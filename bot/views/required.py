"""The form for what a workspace demands of every entry."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from slack_sdk.models.blocks import (
    Block,
    ExternalDataSelectElement,
    InputBlock,
    PlainTextInputElement,
    StaticMultiSelectElement,
)
from slack_sdk.models.views import View

from bot.domain.constraints import Field
from bot.domain.projects import Named
from bot.domain.tracking import Entry
from bot.errors import UserError
from bot.i18n import Mrkdwn, Translator
from bot.views.choices import entry_name
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import TITLE_TEXT, option, plain, section

_DESCRIPTION = 3000


def form(
    t: Translator,
    fields: Collection[Field],
    *,
    tags: Sequence[Named],
    then: Callbacks,
    running: Entry | None = None,
    done: UserError | None = None,
) -> View:
    """A field for each of `fields`; `then` tells what is saved with them. `done` says what was changed already."""
    blocks: list[Block] = [section(_why(t, running, done))]
    if Field.DESCRIPTION in fields:
        text = PlainTextInputElement(
            action_id=Actions.REQUIRED_DESCRIPTION, max_length=_DESCRIPTION, focus_on_load=True
        )
        blocks.append(InputBlock(block_id=Blocks.DESCRIPTION, label=plain(t("Description"), 2000), element=text))
    if Field.PROJECT in fields:
        projects = ExternalDataSelectElement(
            action_id=Actions.PROJECT, placeholder=t("Search projects"), min_query_length=0
        )
        blocks.append(InputBlock(block_id=Blocks.PROJECT, label=plain(t("Project"), 2000), element=projects))
    if Field.TAG in fields:
        listed = StaticMultiSelectElement(
            action_id=Actions.REQUIRED_TAGS,
            placeholder=t("Choose tags"),
            options=[option(tag.name, str(tag.id)) for tag in tags],
        )
        blocks.append(InputBlock(block_id=Blocks.TAGS, label=plain(t("Tags"), 2000), element=listed))
    return View(
        type="modal",
        callback_id=then,
        title=plain(t("One more thing"), TITLE_TEXT),
        submit=plain(t("Save"), TITLE_TEXT),
        close=plain(t("Cancel"), TITLE_TEXT),
        blocks=blocks,
    )


def _why(t: Translator, running: Entry | None, done: UserError | None) -> Mrkdwn:
    if running:
        return t.md(
            "Your workspace demands this of every time entry, and *{task}*, which is running, does not have it. "
            "Nothing is saved yet.",
            task=entry_name(running),
        )
    if done:
        return t.md("Your workspace demands this of every time entry. {done}", done=done)
    return t.md("Your workspace demands this of every time entry. Nothing is saved yet.")
