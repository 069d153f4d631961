"""The forms of a workspace: its settings, the question before what cannot be taken back, more admins, a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from slack_sdk.models.blocks import Block, ExternalDataMultiSelectElement, StaticSelectElement
from slack_sdk.models.views import View

from bot.domain.administration import Change
from bot.domain.workspace_settings import INITIAL, Setting
from bot.i18n import Mrkdwn, Translator
from bot.views import workspace_inputs as inputs
from bot.views.administration import differences
from bot.views.forms import input_block, modal
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import actions, button, called, context, option, section
from bot.views.workspace_pieces import mode

_NAMED = 30
_MOST = 100


class Somewhere(Protocol):
    """An organization: Toggl tells no names of them, so the workspaces in it do."""

    @property
    def id(self) -> int:
        """Its number."""

    @property
    def workspaces(self) -> Sequence[str]:
        """The names of those that are the person's."""


def loading(t: Translator) -> View:
    """What stands in the form's place while Toggl is asked."""
    return modal(t, t("Workspace settings"), [section(t.md("Looking up the settings…"))], close=t("Cancel"))


def settings(
    t: Translator,
    fields: Mapping[str, Any],
    *,
    paid: bool,
    admin: bool,
    problem: Sequence[Mrkdwn] = (),
    turn: int = 0,
) -> View:
    """The settings as `fields` say. `problem` tells what somebody else changed; `turn` counts up with each filling."""
    blocks: list[Block] = [section(text) for text in problem]
    if not admin:
        blocks.append(context(t.md(":information_source: Only admins of the workspace can save this.")))
    if not paid:
        blocks.append(
            context(t.md(":information_source: This workspace has no paid plan: Toggl saves nothing that needs one."))
        )
    blocks += [
        inputs.name(t, fields, turn),
        *inputs.groups(t, fields, turn),
        actions(button(t("Make somebody an admin…"), Actions.OPEN_ADMINS)),
    ]
    return modal(t, t("Workspace settings"), blocks, callback=Callbacks.EDIT_WORKSPACE, submit=t("Save"))


def confirm(t: Translator, change: Change) -> View:
    """The question before settings are saved that cannot be taken back."""
    fields = change.fields
    said = [t.md("*Save these settings of {name}?*", name=called(change.name)), differences(t, change)]
    if Setting.RATE_MODE in fields:
        counts = mode(t, fields[Setting.RATE_MODE])
        said.append(
            t.md(":warning: The new rate applies {mode}: amounts in past reports will change.", mode=counts.lower())
        )
    if Setting.PLAN in fields:
        said.append(t.md(":warning: Another plan may cost money, and Toggl has deprecated changing it this way."))
    said.append(t.md("*This cannot be undone.*"))
    back = actions(button(t("Back to the settings"), Actions.OPEN_SETTINGS))
    return modal(
        t,
        t("Workspace settings"),
        [*(section(text) for text in said), back],
        callback=Callbacks.CONFIRM_WORKSPACE,
        submit=t("Save"),
    )


def make_admins(t: Translator, admins: Sequence[str], name: str) -> View:
    """Who is to become an admin, above who is one."""
    shown = ", ".join(called(each, 60) for each in admins[:_NAMED])
    more = f" {t('and {n} more', n=len(admins) - _NAMED)}" if len(admins) > _NAMED else ""
    now = t.md("Admins of *{name}* now: {names}", name=called(name), names=Mrkdwn(shown + more))
    blocks: list[Block] = [
        section(now if admins else t.md("Admins of *{name}*: Toggl shows none.", name=called(name))),
        _people(t, t("New admins"), optional=False),
        section(
            t.md(
                "They can then change everything in the workspace, including its people, and see everybody’s "
                "time and money."
            )
        ),
        context(t.md("`{toggl} members` can change this back.")),
        actions(button(t("Back to the settings"), Actions.OPEN_SETTINGS)),
    ]
    return modal(t, t("New admins"), blocks, callback=Callbacks.WORKSPACE_ADMINS, submit=t("Make admins"))


def new(t: Translator, organizations: Sequence[Somewhere]) -> View:
    """The form of a workspace to be made, filled with what a new one begins with."""
    initial = {str(setting): value for setting, value in INITIAL.items()}
    blocks: list[Block] = [inputs.name(t, initial, 0)]
    if len(organizations) > 1:
        blocks.append(_organization(t, organizations))
    blocks += [
        _people(t, t("More admins"), hint=t("You are an admin anyway.")),
        context(
            t.md(
                "What you do not change, Toggl sets as in every new workspace. It may ignore some of your "
                "changes, too: then I say which."
            )
        ),
        *inputs.groups(t, initial, 0),
    ]
    return modal(t, t("New workspace"), blocks, callback=Callbacks.NEW_WORKSPACE, submit=t("Create"))


def _people(t: Translator, text: str, *, optional: bool = True, hint: str | None = None) -> Block:
    return input_block(
        text,
        Blocks.WORKSPACE_PEOPLE,
        ExternalDataMultiSelectElement(
            action_id=Actions.WORKSPACE_PEOPLE, placeholder=t("Search people"), min_query_length=0
        ),
        hint=hint,
        optional=optional,
    )


def _organization(t: Translator, organizations: Sequence[Somewhere]) -> Block:
    offered = [option(", ".join(each.workspaces) or f"#{each.id}", str(each.id)) for each in organizations[:_MOST]]
    return input_block(
        t("In the organization of"),
        Blocks.WORKSPACE_ORGANIZATION,
        StaticSelectElement(action_id=Actions.WORKSPACE_FIELD, options=offered, initial_option=offered[0]),
    )
