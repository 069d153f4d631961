"""The modals about rates: whose there are and since when, the form of a new one, and what it will do before it does."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import (
    Block,
    ExternalDataSelectElement,
    Option,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.blocks.block_elements import InteractiveElement
from slack_sdk.models.views import View

from bot.domain.projects import Named
from bot.domain.rates import Level, Outlook, Pay, Rate, Sheet, Subject, always
from bot.i18n import Mrkdwn, Translator
from bot.views.choices import OPTION_VALUE
from bot.views.ids import Actions
from bot.views.kit import actions, called, context, lines, mrkdwn, option, section
from bot.views.project_pieces import money
from bot.views.rate_pieces import LEVELS, PAYS, Deed, began, deed_button, ended, modal, name, now

_ROWS = 30
_PER_BLOCK = 5  # Slack has ten fields in a section: two for each row
_REPLACED = 10
_ALERT = "rate.alert"


def loading(t: Translator) -> View:
    """What stands in the modal's place while Toggl is asked."""
    return modal(t, [section(t.md("Looking up the rates…"))])


def sheet(t: Translator, shown: Sheet, *, did: Mrkdwn | None = None, unread: bool = False, turn: int = 0) -> View:
    """The rates of one subject, as a table. `did` tells what was just done; `unread` that it could not be looked at."""
    blocks: list[Block] = []
    if did:
        blocks.append(section(f":white_check_mark: {did}"))
    if unread:
        blocks.append(context(t.md("Toggl does not show the rates at the moment. Open them again in a minute.")))
    blocks.append(_pickers(t, shown.subject.level, shown.pay, shown.subject, turn))
    whose = name(t, shown.subject, shown.pay)
    if unread or shown.unpaid is not None:
        return modal(t, [*blocks, section(whose), *_unpaid(t, shown.unpaid or "")] if not unread else blocks)
    current = now(t, Outlook.of(shown, t.now)) if t.now else ""
    blocks += [
        section(lines((whose, current))),
        *_table(t, shown),
        actions(deed_button(t("New rate…"), Deed.NEW, style="primary")),
    ]
    return modal(t, blocks)


def choose(
    t: Translator, level: Level, pay: Pay, *, words: str = "", found: Sequence[Subject] = (), turn: int = 0
) -> View:
    """Nobody and nothing is chosen yet; `words` is what was typed and may mean one of `found`, or nothing."""
    asked = {
        Level.MEMBER: t.md("Choose a member to see what an hour of theirs is billed at or costs."),
        Level.PROJECT: t.md("Choose a project to see what an hour on it is billed at or costs."),
        Level.TASK: t.md("Choose a task to see what an hour on it is billed at or costs."),
    }
    blocks: list[Block] = [_pickers(t, level, pay, None, turn)]
    if found:
        names = Mrkdwn(", ".join(called(subject.name) for subject in found[:_REPLACED]))
        blocks.append(section(t.md("“{words}” could be: {names}.", words=words, names=names)))
    elif words:
        blocks.append(section(t.md("Nothing here is called “{words}”.", words=words)))
    blocks.append(section(asked.get(level, t.md("Choose whose rates to see."))))
    return modal(t, blocks)


def subject_options(found: Sequence[Named]) -> list[Option]:
    """The entries of the picker of members, projects or tasks."""
    return [option(named.name, subject_value(named.id, named.name)) for named in found]


def subject_value(number: int, name: str) -> str:
    """A subject as an option's value: its number, and its name as far as that fits."""
    return f"{number}:{name}"[:OPTION_VALUE]


def read_subject(level: Level, value: str) -> Subject:
    """The subject in an option's value. Raises ValueError where it is none."""
    number, _, name = value.partition(":")
    return Subject(level, int(number), name)


def _pickers(t: Translator, level: Level, pay: Pay, subject: Subject | None, turn: int) -> Block:
    """What is shown: the level, what of it, and which of the two rates. On a new `turn` Slack forgets what it held."""
    levels = [option(t(text), each.value) for each, text in LEVELS.items()]
    pays = [option(t(text), each.value) for each, text in PAYS.items()]
    elements: list[InteractiveElement] = [
        StaticSelectElement(
            action_id=Actions.RATE_LEVEL, options=levels, initial_option=levels[list(LEVELS).index(level)]
        )
    ]
    if level is not Level.WORKSPACE:
        words = {
            Level.MEMBER: t("Search members"),
            Level.PROJECT: t("Search projects"),
            Level.TASK: t("Search tasks"),
        }
        chosen = option(subject.name, subject_value(subject.id, subject.name)) if subject else None
        elements.append(
            ExternalDataSelectElement(
                action_id=Actions.RATE_SUBJECT, placeholder=words[level], min_query_length=0, initial_option=chosen
            )
        )
    elements.append(
        StaticSelectElement(action_id=Actions.RATE_PAY, options=pays, initial_option=pays[list(PAYS).index(pay)])
    )
    return actions(*elements, block_id=f"{Actions.RATE_LEVEL}:{turn}")


def _unpaid(t: Translator, words: str) -> list[Block]:
    told = t.md("This is not part of your Toggl plan. A workspace owner can change the plan.")
    blocks: list[Block] = [section(f":lock: {told}")]
    if words:
        blocks.append(context(t.md("Toggl says: “{words}”", words=words)))
    return blocks


def _table(t: Translator, shown: Sheet) -> list[Block]:
    """The rates that stand, latest first: from – to, and the amount."""
    stand, replaced = shown.history.stand, shown.history.replaced
    if not stand:
        return [section(t.md("No rate was ever set here. *New rate…* sets the first one.")), *_old(t, shown, replaced)]
    cells = [t.md("*From – to*"), t.md("*Per hour*")]
    for rate in stand[:_ROWS]:
        cells += [_span(t, rate), called(money(t, rate.amount, shown.currency))]
    size = 2 * _PER_BLOCK
    blocks: list[Block] = [
        SectionBlock(fields=[mrkdwn(cell) for cell in cells[first : first + size]])
        for first in range(0, len(cells), size)
    ]
    if len(stand) > _ROWS:
        blocks.append(context(t.md("And {n} more.", n=len(stand) - _ROWS)))
    return blocks + _old(t, shown, replaced)


def _span(t: Translator, rate: Rate) -> Mrkdwn:
    first = began(t, rate) or t("the beginning")
    if rate.end is not None:
        return t.md("{first} – {last}", first=first, last=ended(t, rate))
    planned = rate.start is not None and t.now is not None and rate.start > t.now
    return t.md("from {first} on (planned)", first=first) if planned else t.md("{first} – now", first=first)


def _old(t: Translator, shown: Sheet, replaced: Sequence[Rate]) -> list[Block]:
    if not replaced:
        return []
    told = ", ".join(
        t("{amount} (from {day})", amount=money(t, rate.amount, shown.currency), day=began(t, rate))
        if not always(rate)
        else money(t, rate.amount, shown.currency)
        for rate in replaced[:_REPLACED]
    )
    more = len(replaced) - _REPLACED
    if more > 0:
        told = f"{told} {t('and {n} more', n=more)}"
    return [context(t.md("Replaced, and no longer in effect: {rates}", rates=told))]
