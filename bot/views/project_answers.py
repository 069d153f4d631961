"""What was entered into a project's form, as the values its fields hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from bot.domain.durations import parse_duration
from bot.domain.project_edits import Field
from bot.domain.projects import Fee, Named
from bot.errors import UserError
from bot.i18n import N_
from bot.views.forms import FieldProblem, block_id
from bot.views.ids import Blocks
from bot.views.project_inputs import MOST_FEE, SETTINGS, field_block

LONGEST = timedelta(minutes=10**11)
_CURRENCY = re.compile(r"[A-Z]{3}")


class NameMissing(UserError):
    """A name of spaces."""

    sentence = N_("A project needs a name.")


class EndsBeforeItStarts(UserError):
    """The last day is before the first."""

    sentence = N_("The last day is before the first.")


class FeeNotUnderstood(UserError):
    """An amount that is none, negative, or beyond reason."""

    sentence = N_("Enter the fee as a number, for example 6000 or 499.50.")


class CurrencyMissing(UserError):
    """A fee without its currency."""

    sentence = N_("A fee needs a currency: three letters, for example EUR.")


def read(values: Mapping[str, Any], shown: Sequence[Field], turn: int = 0) -> dict[str, Any]:
    """The attributes of `Fields` that the form holds. `turn` tells which ids its inputs have. Raises FieldProblem."""
    entered: dict[str, Any] = {}
    for field in shown:
        given = values.get(block_id(field_block(field), turn))
        try:
            if field is Field.FEE:
                entered["fee"] = _fee(given, values.get(block_id(Blocks.PROJECT_CURRENCY, turn)))
            else:
                entered |= _READERS.get(field, _text(field))(given)
        except CurrencyMissing as error:
            raise FieldProblem(block_id(Blocks.PROJECT_CURRENCY, turn), error) from error
        except UserError as error:
            raise FieldProblem(block_id(field_block(field), turn), error) from error
    start, end = entered.get("start"), entered.get("end")
    if start and end and end < start:
        raise FieldProblem(block_id(Blocks.PROJECT_END, turn), EndsBeforeItStarts())
    return entered


def read_named(value: str) -> Named:
    """The client, project, tag or person in an option's value. Raises ValueError where it is none."""
    number, _, name = value.partition(":")
    return Named(int(number), name)


def _text(field: Field) -> Callable[[Any], dict[str, Any]]:
    return lambda given: {field.value: given or None}


def _name(given: str | None) -> dict[str, Any]:
    name = (given or "").strip()
    if not name:
        raise NameMissing
    return {"name": name}


def _day(attribute: str) -> Callable[[Any], dict[str, Any]]:
    return lambda given: {attribute: date.fromisoformat(given) if given else None}


def _chosen(attribute: str) -> Callable[[Any], dict[str, Any]]:
    return lambda given: {attribute: read_named(given) if given else None}


def _estimate(given: str | None) -> dict[str, Any]:
    if not given or not given.strip():
        return {"estimate": None}
    length = parse_duration(given, longest=LONGEST)
    return {"estimate": max(1, round(length / timedelta(minutes=1)))}


def _fee(amount: str | None, currency: str | None) -> Fee | None:
    if not amount or not amount.strip():
        return None
    try:
        number = float(amount)
    except ValueError:
        raise FeeNotUnderstood from None
    if not 0 <= number <= MOST_FEE:
        raise FeeNotUnderstood
    letters = (currency or "").strip().upper()
    if not _CURRENCY.fullmatch(letters):
        raise CurrencyMissing
    return Fee(number, letters)


_READERS: Mapping[Field, Callable[[Any], dict[str, Any]]] = MappingProxyType(
    {
        Field.NAME: _name,
        Field.CLIENT: _chosen("client"),
        Field.PARENT: _chosen("parent"),
        Field.DESCRIPTION: lambda given: {"description": (given or "").strip()},
        Field.START: _day("start"),
        Field.END: _day("end"),
        Field.ESTIMATE: _estimate,
        Field.TAGS: lambda given: {"tags": tuple(map(read_named, given or ()))},
        Field.SETTINGS: lambda given: {setting: setting in (given or ()) for setting in SETTINGS},
    }
)
