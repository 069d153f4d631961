"""The inputs of a workspace's settings, in groups, filled with what is there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    InputBlock,
    NumberInputElement,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.blocks.block_elements import InputInteractiveElement

from bot.domain.workspace_settings import NAME_LENGTH, PAID, PROJECTS, REPORTS, RIGHTS, Setting
from bot.i18n import Translator
from bot.views.forms import block_id, input_block
from bot.views.ids import Actions, Blocks
from bot.views.kit import header, option
from bot.views.rate_pieces import SINCE
from bot.views.workspace_pieces import LABELS, MODES, ROUNDING, label

_CURRENCY = re.compile(r"[A-Z]{3}")

BLOCKS: Mapping[Setting, Blocks] = MappingProxyType(
    {
        Setting.NAME: Blocks.WORKSPACE_NAME,
        **dict.fromkeys(PROJECTS, Blocks.WORKSPACE_PROJECTS),
        **dict.fromkeys(RIGHTS, Blocks.WORKSPACE_RIGHTS),
        **dict.fromkeys(REPORTS, Blocks.WORKSPACE_REPORTS),
        Setting.CURRENCY: Blocks.WORKSPACE_CURRENCY,
        Setting.RATE: Blocks.WORKSPACE_RATE,
        Setting.RATE_MODE: Blocks.WORKSPACE_RATE_MODE,
        Setting.ROUNDING: Blocks.WORKSPACE_ROUNDING,
        Setting.ROUNDING_MINUTES: Blocks.WORKSPACE_MINUTES,
        Setting.PLAN: Blocks.WORKSPACE_PLAN,
    }
)
"""The input that holds each setting, and under which a problem with it is shown."""


def name(t: Translator, fields: Mapping[str, Any], turn: int) -> Block:
    """The input of the workspace's name."""
    held = str(fields.get(Setting.NAME) or "")
    element = PlainTextInputElement(
        action_id=Actions.WORKSPACE_FIELD,
        initial_value=held if 0 < len(held) <= NAME_LENGTH else None,
        max_length=NAME_LENGTH,
        focus_on_load=True,
    )
    return _input(t, Setting.NAME, element, turn, optional=False)


def groups(t: Translator, fields: Mapping[str, Any], turn: int) -> list[Block]:
    """The inputs of everything else, under headings."""
    return [
        header(t("Projects")),
        _switches(t, t("Rules for projects"), PROJECTS, fields, turn),
        header(t("Who may do what")),
        _switches(t, t("Admins only"), RIGHTS, fields, turn),
        header(t("Money")),
        _input(t, Setting.CURRENCY, _currency(fields), turn, hint=t("Three letters: EUR, USD, JPY…")),
        _input(t, Setting.RATE, _rate(fields), turn, hint=t("For everybody who has no rate of their own.")),
        _input(t, Setting.RATE_MODE, _mode(t, fields), turn, hint=t("Only matters if you change the rate above.")),
        header(t("Reports")),
        _input(t, Setting.ROUNDING, _rounding(t, fields), turn),
        _input(
            t, Setting.ROUNDING_MINUTES, _minutes(fields), turn, hint=t("0 means no rounding. Often 5, 6, 15 or 30.")
        ),
        _switches(t, t("How reports open"), REPORTS, fields, turn),
        header(t("Deprecated by Toggl")),
        _input(t, Setting.PLAN, _plan(fields), turn, hint=t("By its number. Leave it empty to keep the plan.")),
    ]


def _input(
    t: Translator,
    setting: Setting,
    element: InputInteractiveElement,
    turn: int,
    *,
    hint: str | None = None,
    optional: bool = True,
) -> InputBlock:
    return input_block(label(t, setting), block_id(BLOCKS[setting], turn), element, hint=hint, optional=optional)


def _switches(
    t: Translator, title: str, settings: Sequence[Setting], fields: Mapping[str, Any], turn: int
) -> InputBlock:
    offered = [
        option(t(LABELS[each]), each.value, description=t("Needs a paid plan.") if each in PAID else None)
        for each in settings
    ]
    chosen = [each for each in offered if fields.get(str(each.value))]
    return input_block(
        title,
        block_id(BLOCKS[settings[0]], turn),
        CheckboxesElement(action_id=Actions.WORKSPACE_FIELD, options=offered, initial_options=chosen or None),
        optional=True,
    )


def _currency(fields: Mapping[str, Any]) -> InputInteractiveElement:
    held = str(fields.get(Setting.CURRENCY) or "")
    return PlainTextInputElement(
        action_id=Actions.WORKSPACE_FIELD, initial_value=held if _CURRENCY.fullmatch(held) else None, max_length=3
    )


def _rate(fields: Mapping[str, Any]) -> InputInteractiveElement:
    held = str(fields.get(Setting.RATE) or "0")
    return PlainTextInputElement(
        action_id=Actions.WORKSPACE_FIELD, initial_value=None if held == "0" else held[:20], max_length=20
    )


def _mode(t: Translator, fields: Mapping[str, Any]) -> InputInteractiveElement:
    offered = [option(t(SINCE[since][0]), since.value, description=t(SINCE[since][1])) for since in MODES]
    chosen = _of(offered, fields.get(Setting.RATE_MODE)) or offered[0]
    return StaticSelectElement(action_id=Actions.WORKSPACE_FIELD, options=offered, initial_option=chosen)


def _rounding(t: Translator, fields: Mapping[str, Any]) -> InputInteractiveElement:
    offered = [option(t(word), str(way)) for way, word in ROUNDING.items()]
    return StaticSelectElement(
        action_id=Actions.WORKSPACE_FIELD, options=offered, initial_option=_of(offered, fields.get(Setting.ROUNDING))
    )


def _of(offered: Sequence[Option], held: Any) -> Option | None:
    return next((each for each in offered if each.value == str(held)), None)


def _minutes(fields: Mapping[str, Any]) -> InputInteractiveElement:
    held = fields.get(Setting.ROUNDING_MINUTES)
    return NumberInputElement(
        action_id=Actions.WORKSPACE_FIELD,
        is_decimal_allowed=False,
        initial_value=None if held is None else str(held),
        min_value="0",
    )


def _plan(fields: Mapping[str, Any]) -> InputInteractiveElement:
    held = fields.get(Setting.PLAN)
    return NumberInputElement(
        action_id=Actions.WORKSPACE_FIELD,
        is_decimal_allowed=False,
        initial_value=None if held is None else str(held),
        min_value="0",
    )
