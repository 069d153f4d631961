"""What the modals about rates share: amounts, days, what a button does, and what a new rate will do in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import ButtonElement
from slack_sdk.models.views import View

from bot.domain.rates import Level, NewRate, Outlook, Pay, Rate, Since, Subject, always, day_of
from bot.i18n import N_, Mrkdwn, Translator
from bot.views import forms
from bot.views.ids import Actions, Callbacks
from bot.views.kit import button, called
from bot.views.project_pieces import money

LEVELS: Mapping[Level, str] = MappingProxyType(
    {
        Level.WORKSPACE: N_("The workspace"),
        Level.MEMBER: N_("A member"),
        Level.PROJECT: N_("A project"),
        Level.TASK: N_("A task"),
    }
)
PAYS: Mapping[Pay, str] = MappingProxyType({Pay.BILLABLE: N_("Billable rate"), Pay.LABOUR: N_("Labor cost")})
SINCE: Mapping[Since, tuple[str, str]] = MappingProxyType(
    {
        Since.TODAY: (N_("From today on"), N_("What was tracked before keeps its rate.")),
        Since.DAY: (N_("From another day on"), N_("Past or future; what was tracked before that day keeps its rate.")),
        Since.CURRENT: (N_("In place of the current rate"), N_("Since that one began; earlier rates stay.")),
        Since.ALL: (N_("In place of all rates"), N_("For everything that was ever tracked.")),
    }
)
"""What each choice is called, and what it does."""


class Deed(StrEnum):
    """What a button does."""

    NEW = "new"
    BACK = "back"
    CHANGE = "change"


def deed_button(text: str, deed: Deed, *, style: str | None = None, index: int = 0) -> ButtonElement:
    """A button that does it."""
    return button(text, Actions.RATE_DEED, value=deed.value, style=style, index=index)


def began(t: Translator, rate: Rate) -> str:
    """The day on which the rate began; empty where it always counted."""
    return "" if always(rate) or rate.start is None else t.dated(day_of(rate.start, t.zone), "yMMMd")


def ended(t: Translator, rate: Rate) -> str:
    """The day on which the next one began; empty where it counts on."""
    return "" if rate.end is None else t.dated(day_of(rate.end, t.zone), "yMMMd")


def said(t: Translator, outlook: Outlook, new: NewRate) -> Mrkdwn:
    """What saving `new` will do."""
    values = {"name": called(outlook.subject.name), "amount": money(t, new.amount, outlook.currency)}
    if outlook.current is not None:
        values["before"] = _before(t, outlook, outlook.current, new)
        values["since"] = began(t, outlook.current) or t("the beginning")
    billed = outlook.pay is Pay.BILLABLE
    if new.since is Since.ALL:
        return t.md(_ALL[billed], **values)
    if new.since is Since.CURRENT:
        return t.md((_CURRENT if outlook.current else _NO_CURRENT)[billed], **values)
    values["day"] = t.dated(new.day, "yMMMEd") if new.since is Since.DAY and new.day else t("today")
    return t.md((_FROM if outlook.current else _FIRST)[billed], **values)


def _before(t: Translator, outlook: Outlook, current: Rate, new: NewRate) -> str:
    """What was tracked before is paid at: the current amount, unless the new rate begins before the current one."""
    if new.since is Since.DAY and new.day and current.start and new.day < day_of(current.start, t.zone):
        return t("the rate at that time")
    return money(t, current.amount, outlook.currency)


_ALL = (
    N_("Every hour of *{name}*, including past ones, costs *{amount}*: all rates are replaced."),
    N_("Every hour of *{name}*, including past ones, is billed at *{amount}*: all rates are replaced."),
)
"""Each pair: what an hour costs, and what it is billed at."""
_CURRENT = (
    N_("Since {since}, an hour of *{name}* costs *{amount}* instead of {before}, including time already tracked."),
    N_(
        "Since {since}, an hour of *{name}* is billed at *{amount}* instead of {before}, including time already "
        "tracked."
    ),
)
_NO_CURRENT = (
    N_(
        "An hour of *{name}* costs *{amount}*. There is no current rate to replace: Toggl decides when it starts to "
        "apply."
    ),
    N_(
        "An hour of *{name}* is billed at *{amount}*. There is no current rate to replace: Toggl decides when it "
        "starts to apply."
    ),
)
_FROM = (
    N_("From {day} on, an hour of *{name}* costs *{amount}*; what was tracked before keeps {before}."),
    N_("From {day} on, an hour of *{name}* is billed at *{amount}*; what was tracked before keeps {before}."),
)
_FIRST = (
    N_("From {day} on, an hour of *{name}* costs *{amount}*; before that it has no rate of its own."),
    N_("From {day} on, an hour of *{name}* is billed at *{amount}*; before that it has no rate of its own."),
)


def _amount(t: Translator, said: str) -> str:
    amount, _, currency = said.partition(" ")
    return money(t, Decimal(amount), currency)


def _since(t: Translator, said: str) -> str:
    if said in set(Since):
        return t(SINCE[Since(said)][0])
    return t.dated(datetime.fromisoformat(said).date(), "yMMMEd")


VALUES: Mapping[str, Callable[[Translator, str], str]] = MappingProxyType(
    {"rate.amount": _amount, "rate.since": _since}
)
"""How the fields of `rate_changes` are said."""


def modal(t: Translator, blocks: list[Block], *, callback: Callbacks | None = None, submit: str | None = None) -> View:
    """The modal with these blocks; a form where it has a `callback` and the word on its button."""
    return forms.modal(t, t("Rates"), blocks, callback=callback, submit=submit, close=t("Close"))


def name(t: Translator, subject: Subject, pay: Pay) -> Mrkdwn:
    """Whose rates, and which of the two."""
    return t.md("*{name}* · {pay}", name=called(subject.name), pay=t(PAYS[pay]))


def now(t: Translator, outlook: Outlook) -> Mrkdwn:
    """What counts at the moment."""
    current = outlook.current
    if current is None:
        return t.md("No rate of its own applies now.")
    amount = money(t, current.amount, outlook.currency)
    if day := began(t, current):
        return t.md("{amount} an hour since {day}", amount=amount, day=day)
    return t.md("{amount} an hour, from the beginning", amount=amount)
