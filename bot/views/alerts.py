"""Alerts on projects in a modal: the list, the form of one, and the question before one is deleted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from slack_sdk.models.blocks import (
    Block,
    ExternalDataSelectElement,
    InputBlock,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.blocks.block_elements import ButtonElement, InputInteractiveElement
from slack_sdk.models.views import View

from bot.domain.alerts import ESTIMATE, PERCENTAGE, Alert, Code, Known
from bot.domain.projects import Named
from bot.domain.receivers import Directory
from bot.i18n import N_, Mrkdwn, Translator
from bot.views import receiver_pieces as pieces
from bot.views.choices import OPTION_VALUE
from bot.views.forms import block_id, input_block, modal
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import actions, called, context, lines, option, section
from bot.views.project_inputs import named_option
from bot.views.receiver_pieces import Deed, Pressed, deed_button, inputs, listed, menu, reached

_NAME, _WORD = 100, 40  # characters in a line
_UNTOLD = "–"
"""Stands for what Toggl does not tell."""

KINDS: Mapping[str, str] = MappingProxyType({ESTIMATE: N_("the estimate"), "fixed_fee": N_("the fixed fee")})
"""What is watched, where Toggl's word is known; others are shown as they are."""


def loading(t: Translator) -> View:
    """What stands in the modal's place while Toggl is asked."""
    return _modal(t, [section(t.md("Looking up the alerts…"))])


def listing(
    t: Translator,
    alerts: Sequence[Alert],
    directory: Directory,
    *,
    page: int = 0,
    did: Mrkdwn | None = None,
    undo_id: str | None = None,
    problem: Sequence[Mrkdwn] = (),
) -> View:
    """A page of all alerts, counted from 0. `did` tells what was just done, `problem` what was not."""
    rows = [_told(t, each, directory) for each in alerts]
    empty = t.md(
        "There are no alerts yet. Create one to be notified in time when a project gets close to its estimate."
    )
    blocks = pieces.listing(t, rows, empty=empty, page=page, did=did, undo_id=undo_id, problem=problem)
    blocks += [
        actions(
            _button(t("New alert…"), Pressed(Deed.NEW), style="primary"),
            *pieces.turning(t, Actions.ALERT_DEED, len(rows), page),
        ),
        context(t.md("Toggl sends them by e-mail. Channels follow projects with `{project} subscribe`.")),
    ]
    return _modal(t, blocks)


def unread(t: Translator, did: Mrkdwn, *, undo_id: str | None) -> View:
    """What was done, where the list cannot be shown after it."""
    return _modal(
        t,
        [
            pieces.done(t, did, undo_id),
            context(t.md("Toggl does not show the alerts at the moment. Open them again in a minute.")),
        ],
    )


def form(
    t: Translator,
    shown: Alert | None,
    known: Known,
    directory: Directory,
    *,
    turn: int = 0,
    problem: Sequence[Mrkdwn] = (),
) -> View:
    """The form of an alert, filled with `shown`; empty for None. `known` are the words and codes that may be chosen."""
    filled = shown or Alert(project_id=0, kind=ESTIMATE, unit=PERCENTAGE)
    blocks: list[Block] = [section(text) for text in problem]
    blocks += [
        actions(_button(t("Back"), Pressed(Deed.BACK))),
        _input(t, Blocks.ALERT_PROJECT, _project(t, filled), turn),
        _input(t, Blocks.ALERT_KIND, _words(t, known.kinds, filled.kind, KINDS), turn),
        _input(t, Blocks.ALERT_UNIT, _words(t, known.units, filled.unit, UNITS), turn),
        _input(t, Blocks.ALERT_MARKS, _marks(filled), turn),
        *inputs(t, directory, filled.user_ids, filled.group_ids, turn=turn),
    ]
    if known.receivers:
        blocks.append(_input(t, Blocks.ALERT_CODE, _codes(t, known.receivers, filled), turn, optional=True))
    return _modal(t, blocks, callback=Callbacks.SAVE_ALERT, submit=t("Save") if filled.id else t("Create"))


def ask_delete(t: Translator, alert: Alert, directory: Directory, *, problem: Sequence[Mrkdwn] = ()) -> View:
    """What deleting would do."""
    blocks: list[Block] = [section(text) for text in problem]
    blocks += [
        section(t.md("Delete this alert?")),
        section(lines((_title(t, alert), _receivers(t, alert, directory)))),
        section(t.md("Toggl will no longer notify anybody. The project and its time stay as they are.")),
        actions(
            _button(t("Delete"), Pressed(Deed.DELETE, alert.id), style="danger", index=0),
            _button(t("Keep it"), Pressed(Deed.BACK), index=1),
        ),
    ]
    return _modal(t, blocks)


def marks_text(marks: Sequence[float]) -> str:
    """Thresholds as they are written and read back: `80, 100`."""
    return ", ".join(f"{mark:g}" for mark in marks)


UNITS: Mapping[str, str] = MappingProxyType({PERCENTAGE: N_("Percent")})
"""How it is measured, where Toggl's word is known."""
_LABELS: Mapping[Blocks, tuple[str, str]] = MappingProxyType(
    {
        Blocks.ALERT_PROJECT: (N_("Project"), ""),
        Blocks.ALERT_KIND: (N_("What is watched"), ""),
        Blocks.ALERT_UNIT: (N_("Measured in"), ""),
        Blocks.ALERT_MARKS: (N_("Notify at"), N_("One or more numbers, for example 80, 100.")),
        Blocks.ALERT_CODE: (
            N_("Or recipients as set in Toggl"),
            N_("As used by other alerts here; Toggl does not say who that is. Applies if nobody is chosen above."),
        ),
    }
)


def _told(t: Translator, alert: Alert, directory: Directory) -> Block:
    reach = directory.reach(alert.user_ids, alert.group_ids)
    text = lines((_title(t, alert), _receivers(t, alert, directory), reached(t, reach)))
    return section(text, accessory=menu(t, Actions.ALERT_DEED, alert.id, reach))


def _title(t: Translator, alert: Alert) -> Mrkdwn:
    marks, kind = marks_text(alert.marks) or _UNTOLD, called(_word(t, alert.kind, KINDS) or _UNTOLD, _WORD)
    name, unit = called(alert.project, _NAME), called(alert.unit or _UNTOLD, _WORD)
    if alert.unit == PERCENTAGE:
        return t.md("*{name}* at {marks}% of {kind}", name=name, marks=marks, kind=kind)
    return t.md("*{name}* at {marks} ({unit}) of {kind}", name=name, marks=marks, unit=unit, kind=kind)


def _receivers(t: Translator, alert: Alert, directory: Directory) -> Mrkdwn:
    if alert.named:
        return t.md("Recipients: {people}", people=listed(t, directory, alert.user_ids, alert.group_ids))
    return t.md(
        "Recipients: as set in Toggl ({code})", code=_UNTOLD if alert.receivers is None else str(alert.receivers)
    )


def _button(text: str, pressed: Pressed, *, style: str | None = None, index: int = 0) -> ButtonElement:
    return deed_button(text, Actions.ALERT_DEED, pressed, style=style, index=index)


def _input(
    t: Translator, block: Blocks, element: InputInteractiveElement, turn: int, *, optional: bool = False
) -> InputBlock:
    label, hint = _LABELS[block]
    return input_block(t(label), block_id(block, turn), element, hint=t(hint) if hint else None, optional=optional)


def _project(t: Translator, filled: Alert) -> InputInteractiveElement:
    chosen = named_option(Named(filled.project_id, filled.project)) if filled.project_id else None
    return ExternalDataSelectElement(
        action_id=Actions.ALERT_PROJECT, placeholder=t("Search projects"), min_query_length=0, initial_option=chosen
    )


def _words(t: Translator, words: Sequence[str], chosen: str, known: Mapping[str, str]) -> InputInteractiveElement:
    """A choice among Toggl's words, in ours where they are known."""
    texts = {word: _word(t, word, known) for word in dict.fromkeys([*words, *([chosen] if chosen else [])])}
    options = {word: option(text[:1].upper() + text[1:], word[:OPTION_VALUE]) for word, text in texts.items()}
    return StaticSelectElement(
        action_id=Actions.ALERT_FIELD, options=list(options.values())[:100], initial_option=options.get(chosen)
    )


def _marks(filled: Alert) -> InputInteractiveElement:
    return PlainTextInputElement(
        action_id=Actions.ALERT_FIELD,
        initial_value=marks_text(filled.marks) or None,
        placeholder="80, 100",
        max_length=100,
    )


def _codes(t: Translator, codes: Sequence[Code], filled: Alert) -> InputInteractiveElement:
    options = {code: option(t("As set in Toggl ({code})", code=code), str(code)) for code in codes}
    chosen = options.get(filled.receivers) if filled.receivers is not None and not filled.named else None
    return StaticSelectElement(
        action_id=Actions.ALERT_FIELD, options=list(options.values())[:100], initial_option=chosen
    )


def _word(t: Translator, word: str, known: Mapping[str, str]) -> str:
    return t(known[word]) if word in known else word


def _modal(t: Translator, blocks: list[Block], *, callback: Callbacks | None = None, submit: str | None = None) -> View:
    return modal(t, t("Project alerts"), blocks, callback=callback, submit=submit, close=t("Close"))


VALUES: Mapping[str, Callable[[Translator, str], str]] = MappingProxyType(
    {
        "alert.source_kind": lambda t, said: _word(t, said, KINDS),
        "alert.threshold_type": lambda t, said: _word(t, said, UNITS),
    }
)
"""How the words of alerts are said."""
