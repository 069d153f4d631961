"""The form for what a workspace demands of every entry."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from slack_sdk.models.blocks import (
    Block,
    ExternalDataSelectElement,
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
from bot.views.forms import input_block, modal
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import option, section

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
        blocks.append(input_block(t("Description"), Blocks.DESCRIPTION, text))
    if Field.PROJECT in fields:
        projects = ExternalDataSelectElement(
            action_id=Actions.PROJECT, placeholder=t("Search projects"), min_query_length=0
        )
        blocks.append(input_block(t("Project"), Blocks.PROJECT, projects))
    if Field.TAG in fields:
        listed = StaticMultiSelectElement(
            action_id=Actions.REQUIRED_TAGS,
            placeholder=t("Choose tags"),
            options=[option(tag.name, str(tag.id)) for tag in tags],
        )
        blocks.append(input_block(t("Tags"), Blocks.TAGS, listed))
    return modal(t, t("One more thing"), blocks, callback=then, submit=t("Save"))


def _why(t: Translator, running: Entry | None, done: UserError | None) -> Mrkdwn:
    if running:
        return t.md(
            (
                "Your workspace requires this for every time entry, and *{task}*, which is running, does not have "
                "it. Nothing is saved yet."
            ),
            task=entry_name(running),
        )
    if done:
        return t.md("Your workspace requires this for every time entry. {done}", done=done)
    return t.md("Your workspace requires this for every time entry. Nothing is saved yet.")
