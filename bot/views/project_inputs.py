"""The inputs of a project's form: one for each field, filled with what is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from slack_sdk.models.blocks import (
    CheckboxesElement,
    DatePickerElement,
    ExternalDataMultiSelectElement,
    ExternalDataSelectElement,
    InputBlock,
    NumberInputElement,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.blocks.block_elements import InputInteractiveElement

from bot.domain.project_edits import Field
from bot.domain.projects import Fields, Named
from bot.i18n import N_, Translator
from bot.views.choices import NAME_LENGTH, OPTION_VALUE
from bot.views.forms import block_id, input_block
from bot.views.ids import Actions, Blocks
from bot.views.kit import option

DESCRIPTION_LENGTH = 3000
CURRENCY_LENGTH = 3
MOST_FEE = 10**12
MOST_TAGS = 100

COLORS: Mapping[str, str] = MappingProxyType(
    {
        "#0b83d9": N_("Blue"),
        "#465bb3": N_("Dark blue"),
        "#9e5bd9": N_("Violet"),
        "#990099": N_("Purple"),
        "#d94182": N_("Pink"),
        "#d92b2b": N_("Red"),
        "#e36a00": N_("Orange"),
        "#bf7000": N_("Gold"),
        "#c7af14": N_("Yellow"),
        "#2da608": N_("Green"),
        "#566614": N_("Dark green"),
        "#06a893": N_("Teal"),
        "#c9806b": N_("Beige"),
        "#525266": N_("Gray"),
    }
)
"""The colours Toggl's own page offers; a project of another keeps it."""

SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "billable": N_("Billable"),
        "private": N_("Private: only its members see it"),
        "pinned": N_("Pinned"),
        "estimated_by_tasks": N_("Add up the estimate from the tasks"),
    }
)

LABELS: Mapping[Field, str] = MappingProxyType(
    {
        Field.NAME: N_("Name"),
        Field.CLIENT: N_("Client"),
        Field.PARENT: N_("Sub-project of"),
        Field.DESCRIPTION: N_("Description"),
        Field.START: N_("First day"),
        Field.END: N_("Last day"),
        Field.ESTIMATE: N_("Estimate"),
        Field.COLOR: N_("Color"),
        Field.FEE: N_("Fixed fee"),
        Field.TAGS: N_("Tags"),
        Field.SETTINGS: N_("Settings"),
    }
)

_IDS = {field: Blocks(f"project.{field}") for field in Field}


def field_block(field: Field) -> Blocks:
    """The input under which a problem with `field` is shown."""
    return _IDS[field]


def inputs(t: Translator, field: Field, fields: Fields, turn: int) -> list[InputBlock]:
    """The input of `field`, or two: a fee has its currency beside it."""
    hint = _HINTS.get(field)
    first = input_block(
        t(LABELS[field]),
        block_id(field_block(field), turn),
        _ELEMENTS[field](t, fields),
        hint=t(hint) if hint else None,
        optional=field is not Field.NAME,
    )
    if field is not Field.FEE:
        return [first]
    currency = PlainTextInputElement(
        action_id=Actions.PROJECT_FIELD,
        initial_value=fields.fee.currency or None if fields.fee else None,
        placeholder=t("EUR, USD, JPY…"),
        max_length=CURRENCY_LENGTH,
    )
    second = input_block(t("Currency of the fee"), block_id(Blocks.PROJECT_CURRENCY, turn), currency, optional=True)
    return [first, second]


def named_options(found: Sequence[Named]) -> list[Option]:
    """The entries of a typeahead of clients, projects, tags or people."""
    return [named_option(named) for named in found]


def named_option(named: Named) -> Option:
    """One of them."""
    return option(named.name, f"{named.id}:{named.name}"[:OPTION_VALUE])


def estimate_text(minutes: int | None) -> str:
    """An estimate as it can be read back in every language: `12h30m`."""
    if not minutes:
        return ""
    hours, rest = divmod(minutes, 60)
    return "".join((f"{hours}h" if hours else "", f"{rest}m" if rest else ""))


_HINTS = {
    Field.CLIENT: N_("The clients of the projects you can see."),
    Field.ESTIMATE: N_("For example 120h or 12h30m."),
    Field.FEE: N_("For a project that is not billed by the hour."),
}


def _name(t: Translator, fields: Fields) -> InputInteractiveElement:
    del t
    return PlainTextInputElement(
        action_id=Actions.PROJECT_FIELD,
        initial_value=fields.name if 0 < len(fields.name) <= NAME_LENGTH else None,
        max_length=NAME_LENGTH,
        focus_on_load=True,
    )


def _client(t: Translator, fields: Fields) -> InputInteractiveElement:
    return _search(Actions.PROJECT_CLIENT, t("Search clients"), fields.client)


def _parent(t: Translator, fields: Fields) -> InputInteractiveElement:
    return _search(Actions.PROJECT_PARENT, t("Search projects"), fields.parent)


def _search(action: Actions, placeholder: str, chosen: Named | None) -> InputInteractiveElement:
    return ExternalDataSelectElement(
        action_id=action,
        placeholder=placeholder,
        min_query_length=0,
        initial_option=named_option(chosen) if chosen else None,
    )


def _description(t: Translator, fields: Fields) -> InputInteractiveElement:
    del t
    return PlainTextInputElement(
        action_id=Actions.PROJECT_FIELD,
        multiline=True,
        initial_value=fields.description or None,
        max_length=DESCRIPTION_LENGTH,
    )


def _start(t: Translator, fields: Fields) -> InputInteractiveElement:
    del t
    return DatePickerElement(
        action_id=Actions.PROJECT_FIELD, initial_date=fields.start.isoformat() if fields.start else None
    )


def _end(t: Translator, fields: Fields) -> InputInteractiveElement:
    del t
    return DatePickerElement(
        action_id=Actions.PROJECT_FIELD, initial_date=fields.end.isoformat() if fields.end else None
    )


def _estimate(t: Translator, fields: Fields) -> InputInteractiveElement:
    del t
    return PlainTextInputElement(
        action_id=Actions.PROJECT_FIELD, initial_value=estimate_text(fields.estimate) or None, max_length=40
    )


def _color(t: Translator, fields: Fields) -> InputInteractiveElement:
    offered = [option(t(name), color) for color, name in COLORS.items()]
    chosen = None
    if fields.color:
        known = COLORS.get(fields.color.lower())
        chosen = option(t(known) if known else fields.color, fields.color.lower())
        if not known:
            offered.append(chosen)
    return StaticSelectElement(action_id=Actions.PROJECT_FIELD, options=offered, initial_option=chosen)


def _fee(t: Translator, fields: Fields) -> InputInteractiveElement:
    del t
    return NumberInputElement(
        action_id=Actions.PROJECT_FIELD,
        is_decimal_allowed=True,
        initial_value=_number(fields.fee.amount) if fields.fee else None,
        min_value="0",
    )


def _number(amount: float) -> str:
    return f"{amount:.4f}".rstrip("0").rstrip(".")


def _tags(t: Translator, fields: Fields) -> InputInteractiveElement:
    return ExternalDataMultiSelectElement(
        action_id=Actions.PROJECT_TAGS,
        placeholder=t("Search tags"),
        min_query_length=0,
        initial_options=named_options(fields.tags) or None,
    )


def _settings(t: Translator, fields: Fields) -> InputInteractiveElement:
    offered = [option(t(name), setting) for setting, name in SETTINGS.items()]
    chosen = [each for each in offered if getattr(fields, str(each.value))]
    return CheckboxesElement(action_id=Actions.PROJECT_FIELD, options=offered, initial_options=chosen or None)


_ELEMENTS: Mapping[Field, Callable[[Translator, Fields], InputInteractiveElement]] = MappingProxyType(
    {
        Field.NAME: _name,
        Field.CLIENT: _client,
        Field.PARENT: _parent,
        Field.DESCRIPTION: _description,
        Field.START: _start,
        Field.END: _end,
        Field.ESTIMATE: _estimate,
        Field.COLOR: _color,
        Field.FEE: _fee,
        Field.TAGS: _tags,
        Field.SETTINGS: _settings,
    }
)
