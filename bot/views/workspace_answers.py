"""What was entered into the form of a workspace's settings, as the values they hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision

from bot.domain.amounts import parse_amount
from bot.domain.rates import Since
from bot.domain.workspace_settings import SWITCHES, Setting, amount
from bot.errors import UserError
from bot.i18n import N_
from bot.views.forms import FieldProblem, block_id
from bot.views.workspace_inputs import BLOCKS

_CURRENCY = re.compile(r"[A-Z]{3}")
_NOTHING = re.compile(r"0*([.,]0*)?")
_MOST_MINUTES = 240
_LARGEST = 2**31
_PLACES = 2


class NameMissing(UserError):
    """A name of spaces."""

    sentence = N_("A workspace needs a name.")


class MinutesNotUnderstood(UserError):
    """A number of minutes that no plan takes."""

    sentence = N_("Enter whole minutes from 0 to {most}; 0 means no rounding.")


class PlanNotUnderstood(UserError):
    """No number of a plan."""

    sentence = N_("A plan is a whole number. Leave it empty to keep the plan.")


class CurrencyNotUnderstood(UserError):
    """What was written is no currency."""

    sentence = N_("Enter the currency as three letters, for example EUR.")


def read(values: Mapping[str, Any], turn: int = 0) -> dict[str, Any]:
    """The settings that the form holds, under Toggl's names, as plain values. Raises FieldProblem."""

    def held(setting: Setting) -> Any:
        return values.get(block_id(BLOCKS[setting], turn))

    entered: dict[str, Any] = {}
    for setting, reader in _READERS.items():
        try:
            entered |= reader(held(setting), entered)
        except UserError as error:
            raise FieldProblem(block_id(BLOCKS[setting], turn), error) from error
    for setting in SWITCHES:
        entered[setting.value] = setting.value in (held(setting) or ())
    return entered


def _read_name(given: Any, _: Mapping[str, Any]) -> dict[str, Any]:
    said = (given or "").strip()
    if not said:
        raise NameMissing
    return {Setting.NAME.value: said}


def _read_currency(given: Any, _: Mapping[str, Any]) -> dict[str, Any]:
    """Left empty it stays: Toggl knows no workspace without one."""
    letters = (given or "").strip().upper()
    if not letters:
        return {}
    if not _CURRENCY.fullmatch(letters):
        raise CurrencyNotUnderstood
    return {Setting.CURRENCY.value: letters}


def _read_rate(given: Any, entered: Mapping[str, Any]) -> dict[str, Any]:
    said = (given or "").strip()
    if _NOTHING.fullmatch(said):
        return {Setting.RATE.value: amount(Decimal(0))}
    currency = entered.get(Setting.CURRENCY.value, "")
    places = get_currency_precision(currency) if currency else _PLACES
    return {Setting.RATE.value: amount(parse_amount(said, currency=currency, places=places))}


def _read_mode(given: Any, _: Mapping[str, Any]) -> dict[str, Any]:
    return {} if given in {None, Since.TODAY.value} else {Setting.RATE_MODE.value: str(given)}


def _read_rounding(given: Any, _: Mapping[str, Any]) -> dict[str, Any]:
    return {} if given is None else {Setting.ROUNDING.value: int(given)}


def _read_minutes(given: Any, _: Mapping[str, Any]) -> dict[str, Any]:
    said = (given or "").strip()
    if not said:
        return {}
    if not said.isdecimal() or int(said) > _MOST_MINUTES:
        raise MinutesNotUnderstood(most=_MOST_MINUTES)
    return {Setting.ROUNDING_MINUTES.value: int(said)}


def _read_plan(given: Any, _: Mapping[str, Any]) -> dict[str, Any]:
    said = (given or "").strip()
    if not said:
        return {}
    if not said.isdecimal() or int(said) > _LARGEST:
        raise PlanNotUnderstood
    return {Setting.PLAN.value: int(said)}


_READERS = {
    Setting.NAME: _read_name,
    Setting.CURRENCY: _read_currency,
    Setting.RATE: _read_rate,
    Setting.RATE_MODE: _read_mode,
    Setting.ROUNDING: _read_rounding,
    Setting.ROUNDING_MINUTES: _read_minutes,
    Setting.PLAN: _read_plan,
}
