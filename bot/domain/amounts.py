"""Amounts of money for an hour, as people write them: decimal, never a binary fraction."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from bot.errors import UserError
from bot.i18n import N_

MOST = Decimal(1_000_000_000)
PLACES = 2
"""The digits after the point of most currencies."""


class WrongAmount(UserError):
    """Why something is no amount for an hour; the subclasses say it."""


class NoAmount(WrongAmount):
    """What was written is no amount of money."""

    sentence = N_("Enter the amount as a number, for example 95 or 87.50.")


class TooSmall(WrongAmount):
    """Toggl takes no rate of nothing."""

    sentence = N_("A rate has to be more than 0.")


class TooLarge(WrongAmount):
    """More than Toggl takes."""

    sentence = N_("That is more than Toggl accepts for an hour.")


class TooFine(WrongAmount):
    """More digits after the point than the currency has."""

    sentence = N_("{currency} has at most {places} decimal places.")


class NoFractions(WrongAmount):
    """A currency of whole amounts."""

    sentence = N_("{currency} has no decimal places.")


def parse_amount(text: str, *, currency: str = "", places: int = PLACES) -> Decimal:
    """An amount as people or Slack write it: `95`, `87.50`, `87,50`. Raises WrongAmount.

    A comma or point is taken for the decimal one; both, or the same twice, is no amount that could be misread.
    """
    said = text.strip().replace(" ", "").replace(",", ".")
    if not said.isascii() or not said.replace(".", "", 1).isdecimal():
        raise NoAmount
    try:
        amount = Decimal(said)
    except InvalidOperation:
        raise NoAmount from None
    if amount <= 0:
        raise TooSmall
    if amount > MOST:
        raise TooLarge
    if amount != amount.quantize(Decimal(1).scaleb(-places)):
        raise TooFine(currency=currency, places=places) if places else NoFractions(currency=currency)
    return amount
