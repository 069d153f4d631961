"""The modal with the statuses of tasks, type by type; the question before one is deleted; and those that were."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from slack_sdk.models.blocks import Block, ButtonElement, OverflowMenuElement
from slack_sdk.models.views import View

from bot.domain.administration import Change
from bot.domain.emoji import show_emoji
from bot.domain.statuses import Deleted, Status, by_type, siblings
from bot.i18n import N_, Mrkdwn, Translator
from bot.views.administration import difference
from bot.views.errors import form_problem
from bot.views.forms import modal
from bot.views.ids import Actions
from bot.views.kit import actions, context, lines, option, overflow, section
from bot.views.messages import Message
from bot.views.status_pieces import TYPES, Deed, Pressed, deed_button, line, titled
from bot.views.timer import undo

PAGE = 40
_ALERT = "status.alert"
_DONE = MappingProxyType(
    {
        "status.create": N_("Created {status}."),
        "status.delete": N_("Deleted {status}."),
        "status.restore": N_("{status} is back."),
    }
)


def loading(t: Translator) -> View:
    """What stands in the modal's place while Toggl is asked."""
    return _modal(t, [section(t.md("Looking up the statuses…"))])


def listing(
    t: Translator,
    statuses: Sequence[Status],
    *,
    page: int = 0,
    more: bool = False,
    did: Mrkdwn | None = None,
    undo_id: str | None = None,
    problem: Mrkdwn | None = None,
) -> View:
    """All statuses. `did` tells what was just done, `problem` what was not; `more` that Toggl has others, too."""
    shown = statuses[page * PAGE : (page + 1) * PAGE]
    blocks: list[Block] = [form_problem(problem, block_id=_ALERT)] if problem else []
    if did:
        blocks.append(section(f":white_check_mark: {did}", accessory=undo(t, undo_id) if undo_id else None))
    blocks.append(
        actions(
            deed_button(t("New status…"), Pressed(Deed.NEW), index=0),
            deed_button(t("Restore…"), Pressed(Deed.SHOW_DELETED), index=1, label=t("Restore a deleted status")),
        )
    )
    if not statuses:
        blocks.append(section(t.md("There are no statuses yet. Tasks need them: create the first one.")))
    for kind, group in by_type(shown):
        row = siblings(statuses, kind)
        blocks.append(section(t.md("*{type}*", type=t(TYPES[kind]))))
        blocks += [section(line(t, each.name, each.drawn), accessory=_menu(t, each, row)) for each in group]
    blocks += _turning(t, len(statuses), page)
    if more:
        blocks.append(context(t.md("Toggl has more: these are the first {n}.", n=len(statuses))))
    blocks.append(context(t.md("Every task in the workspace has one of these. Toggl protects its default ones.")))
    return _modal(t, blocks)


def ask_delete(t: Translator, status: Status, tasks: int | None) -> View:
    """What deleting would do; `tasks` is how many have the status, None where that is not known."""
    if tasks is None:
        count = t.md("Tasks that have it are not deleted, nor is any time that was tracked on them.")
    elif not tasks:
        count = t.md("No task has this status.")
    else:
        count = Mrkdwn(
            t.plural(
                "{n} task has it. The task is not deleted, nor is any time that was tracked on it.",
                "{n} tasks have it. They are not deleted, nor is any time that was tracked on them.",
                tasks,
            )
        )
    blocks: list[Block] = [
        section(t.md("Delete {status}?", status=titled(t, status.name, status.drawn))),
        section(count),
    ]
    if tasks != 0:
        blocks.append(
            section(
                t.md(
                    "Give them another status in Toggl first: once it is deleted, nobody can choose this one any more."
                )
            )
        )
    blocks += [
        context(t.md("A deleted status can be restored, with its name and emoji.")),
        actions(
            deed_button(t("Delete"), Pressed(Deed.DELETE, status.id), style="danger", index=0),
            deed_button(t("Keep it"), Pressed(Deed.BACK), index=1),
        ),
    ]
    return _modal(t, blocks)


def restoring(t: Translator, deleted: Sequence[Deleted]) -> View:
    """The statuses that were deleted here, each to be brought back."""
    blocks: list[Block] = [
        actions(deed_button(t("Back"), Pressed(Deed.BACK), index=0, label=t("Back to all statuses"))),
        section(
            t.md("*Deleted here in the last year*") if deleted else t.md("No status was deleted here in the last year.")
        ),
    ]
    blocks += [section(titled(t, each.name, each.emoji), accessory=_restore(t, each)) for each in deleted]
    blocks.append(
        context(t.md("Toggl does not list deleted statuses. If you know the number: `{toggl} statuses restore 12345`."))
    )
    return _modal(t, blocks)


def pick_deleted(t: Translator, words: str, deleted: Sequence[Deleted]) -> Message:
    """Which of several deleted statuses is meant."""
    said = t.md("Which status? These match “{words}”.", words=words)
    return Message(
        said,
        (
            section(said),
            *(section(titled(t, each.name, each.emoji), accessory=_restore(t, each)) for each in deleted),
        ),
    )


def did(t: Translator, change: Change, status: Status | None, *, in_vain: bool = False) -> Mrkdwn:
    """What was done, in a sentence or two; `in_vain` where a move did not lead to the order that was meant."""
    fields = {**(change.before or {}), **(change.after or {})}
    name = status.name if status else str(fields.get("name", change.name))
    said = titled(t, name, status.drawn if status else show_emoji(str(fields.get("emoji", ""))))
    if in_vain:
        return t.md("Toggl saved a new position for {status}, and this is the resulting order.", status=said)
    if change.kind == "status.create" and status:
        return t.md("Created {status}, of the type “{type}”.", status=said, type=t(TYPES[status.type]))
    if change.kind in _DONE:
        return t.md(_DONE[change.kind], status=said)
    if set(change.fields) == {"position"}:
        return t.md("Moved {status}.", status=said)
    return Mrkdwn(lines((t.md("Saved {status}.", status=said), *_renamed(t, change))))


def done(t: Translator, did: Mrkdwn, *, undo_id: str | None) -> Message:
    """What was done, where no list can be shown."""
    return Message(did, (section(did), *((actions(undo(t, undo_id)),) if undo_id else ())))


def _renamed(t: Translator, change: Change) -> list[Mrkdwn]:
    """What is other than before, but for the place, which the list shows."""
    before = change.before or {}
    return [
        difference(t, change, name, before.get(name), new) for name, new in change.fields.items() if name != "position"
    ]


def _modal(t: Translator, blocks: list[Block]) -> View:
    return modal(t, t("Statuses"), blocks)


def _menu(t: Translator, status: Status, row: Sequence[Status]) -> OverflowMenuElement:
    deeds = {Deed.EDIT: t("Edit…")}
    if status != row[0]:
        deeds[Deed.UP] = t("Move up")
    if status != row[-1]:
        deeds[Deed.DOWN] = t("Move down")
    deeds[Deed.ASK_DELETE] = t("Delete…")
    return overflow(
        Actions.STATUS_DEED,
        [option(text, Pressed(deed, status.id, status.position).value()) for deed, text in deeds.items()],
    )


def _restore(t: Translator, deleted: Deleted) -> ButtonElement:
    return deed_button(
        t("Restore"), Pressed(Deed.RESTORE, deleted.id), index=0, label=t("Restore: {name}", name=deleted.name)
    )


def _turning(t: Translator, n: int, page: int) -> list[Block]:
    turns = []
    if page:
        turns.append(deed_button(t("Previous"), Pressed(Deed.PAGE, page - 1), index=2))
    if (page + 1) * PAGE < n:
        turns.append(deed_button(t("Next"), Pressed(Deed.PAGE, page + 1), index=3))
    return [actions(*turns)] if turns else []
