"""The form of a project: all of its fields, or the few that a single change is about."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.project_edits import ALL, Field, Merged
from bot.domain.projects import Fee, Fields
from bot.i18n import Translator
from bot.views.choices import NAME_LENGTH
from bot.views.forms import modal
from bot.views.ids import Callbacks
from bot.views.kit import context, cut, section
from bot.views.project_inputs import CURRENCY_LENGTH, DESCRIPTION_LENGTH, LABELS, MOST_FEE, MOST_TAGS, inputs


def fitting(fields: Fields) -> tuple[Field, ...]:
    """The fields that fit into a form: all, unless Slack has no room for one."""
    too_long = {
        *((Field.NAME,) if len(fields.name) > NAME_LENGTH else ()),
        *((Field.DESCRIPTION,) if len(fields.description) > DESCRIPTION_LENGTH else ()),
        *((Field.TAGS,) if len(fields.tags) > MOST_TAGS else ()),
        *((Field.FEE,) if fields.fee and not _is_price(fields.fee) else ()),
    }
    return tuple(field for field in ALL if field not in too_long)


def _is_price(fee: Fee) -> bool:
    return fee.amount <= MOST_FEE and len(fee.currency) <= CURRENCY_LENGTH


def loading(t: Translator) -> View:
    """What stands in the form's place while Toggl is asked for the project."""
    return modal(t, t("Edit project"), [section(t.md("Looking up the project…"))], close=t("Cancel"))


def new(t: Translator, *, name: str = "") -> View:
    """The form of a project to be made."""
    return _form(t, Fields(name=cut(name, NAME_LENGTH)), ALL, Callbacks.NEW_PROJECT, t("New project"), t("Create"))


def edit(t: Translator, fields: Fields, shown: Sequence[Field]) -> View:
    """The form over a project as it is; `shown` are the fields it asks for."""
    view = _form(t, fields, shown, Callbacks.EDIT_PROJECT, t("Edit project"), t("Save"))
    if len(shown) == 1 or shown == (Field.START, Field.END):
        view.blocks.insert(0, context(t.md("*{name}*", name=fields.name)))
    elif shown != ALL:
        left = ", ".join(t(LABELS[field]) for field in ALL if field not in shown)
        view.blocks.insert(0, context(t.md("Too long for Slack, so left as it is: {fields}.", fields=left)))
    return view


def edit_again(t: Translator, merged: Merged, shown: Sequence[Field], turn: int) -> View:
    """The form once more, after somebody else changed the project meanwhile: with theirs where it was untouched."""
    view = _form(t, merged.fields, shown, Callbacks.EDIT_PROJECT, t("Edit project"), t("Save"), turn=turn)
    taken = ", ".join(t(LABELS[field]) for field in merged.taken)
    kept = ", ".join(t(LABELS[field]) for field in merged.kept)
    notes = [t.md(":warning: Somebody changed this project in Toggl in the meantime. *Nothing is saved yet.*")]
    if taken:
        notes.append(t.md("Updated to what is there now: {fields}.", fields=taken))
    if kept:
        notes.append(t.md("Changed by both of you; yours would replace theirs: {fields}.", fields=kept))
    view.blocks.insert(0, section("\n".join([*notes, t.md("Check it, then save again.")])))
    return view


def _form(
    t: Translator, fields: Fields, shown: Sequence[Field], callback: Callbacks, title: str, submit: str, turn: int = 0
) -> View:
    blocks: list[Block] = []
    for field in shown:
        blocks += inputs(t, field, fields, turn)
    return modal(t, title, blocks, callback=callback, submit=submit)
