"""The form of a new rate, and what it will do before it does."""

from __future__ import annotations

from datetime import date

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    NumberInputElement,
    RadioButtonsElement,
)
from slack_sdk.models.views import View

from bot.domain.rates import NewRate, Outlook, Since
from bot.i18n import Mrkdwn, Translator
from bot.views.errors import form_problem
from bot.views.forms import input_block
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import actions, context, lines, option, section
from bot.views.project_pieces import money
from bot.views.rate_pieces import SINCE, Deed, began, deed_button, modal, name, now, said

_ALERT = "rate.alert"


def form(t: Translator, outlook: Outlook, since: Since, *, day: date | None = None, amount: str = "") -> View:
    """The form of a new rate; asks for the day where the rate begins on one."""
    choices = [option(t(text), each.value, description=t(does)) for each, (text, does) in SINCE.items()]
    chosen = choices[list(SINCE).index(since)]
    blocks: list[Block] = [
        actions(deed_button(t("Back"), Deed.BACK)),
        section(lines((name(t, outlook.subject, outlook.pay), now(t, outlook)))),
        input_block(
            t("Per hour, in {currency}", currency=outlook.currency) if outlook.currency else t("Per hour"),
            Blocks.RATE_AMOUNT,
            NumberInputElement(
                action_id=Actions.RATE_FIELD,
                is_decimal_allowed=True,
                min_value="0",
                initial_value=amount or None,
                focus_on_load=True,
            ),
        ),
        input_block(
            t("Applies from"),
            Blocks.RATE_SINCE,
            RadioButtonsElement(action_id=Actions.RATE_SINCE, options=choices, initial_option=chosen),
            dispatch=True,
        ),
    ]
    if since is Since.DAY:
        blocks.append(
            input_block(
                t("First day"),
                Blocks.RATE_DAY,
                DatePickerElement(action_id=Actions.RATE_FIELD, initial_date=day.isoformat() if day else None),
            )
        )
    return modal(t, blocks, callback=Callbacks.NEW_RATE, submit=t("Next"))


def ask(t: Translator, outlook: Outlook, new: NewRate, *, problem: Mrkdwn | None = None) -> View:
    """What saving will do, before it does; `problem` is why it was not done yet."""
    blocks: list[Block] = [form_problem(problem, block_id=_ALERT)] if problem else []
    blocks += [section(name(t, outlook.subject, outlook.pay)), section(said(t, outlook, new))]
    if outlook.planned is not None:
        blocks.append(
            context(
                t.md(
                    (
                        ":warning: {amount} is planned from {day} on. Toggl decides how the two fit together: check "
                        "the rates afterwards."
                    ),
                    amount=money(t, outlook.planned.amount, outlook.currency),
                    day=began(t, outlook.planned),
                )
            )
        )
    blocks += [
        context(t.md("Toggl cannot undo a rate: to correct a mistake, set another rate.")),
        actions(deed_button(t("Back to the form"), Deed.CHANGE)),
    ]
    return modal(t, blocks, callback=Callbacks.SAVE_RATE, submit=t("Save"))
