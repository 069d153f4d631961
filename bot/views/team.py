"""Who of those who agreed is tracking now, and the question whether to be shown oneself."""

from __future__ import annotations

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import ButtonElement

from bot.domain.team import Team, Teammate
from bot.i18n import Mrkdwn, Translator, escape
from bot.views.choices import entry_name, place
from bot.views.ids import Actions
from bot.views.kit import actions, button, called, context, packed, section
from bot.views.messages import Message

_NAME = 60
_PLACE = 60
_SHOWN = 30


def team(t: Translator, shown: Team) -> Message:
    """Those who track, each in a line; the others' names; how many are not shown; what others see of oneself."""
    tracking = [mate for mate in shown.people if mate.running]
    idle = [_mention(mate) for mate in shown.people if mate.running is None]
    said = _headline(t, len(tracking), len(shown.people))
    blocks: list[Block] = [section(said)]
    told = [_line(t, mate) for mate in tracking[:_SHOWN]]
    if len(tracking) > _SHOWN:
        told.append(escape(t.plural("… and {n} more", "… and {n} more", len(tracking) - _SHOWN)))
    blocks += [section(text) for text in packed(told)]
    if idle:
        blocks.append(section(t.md("Not tracking: {people}", people=Mrkdwn(", ".join(idle)))))
    notes = []
    if shown.hidden:
        notes.append(
            t.plural(
                "{n} person is not shown: not connected, or has not agreed to it.",
                "{n} people are not shown: not connected, or have not agreed to it.",
                shown.hidden,
            )
        )
    if shown.unasked:
        notes.append(
            t.plural(
                "{n} person could not be asked just now.", "{n} people could not be asked just now.", shown.unasked
            )
        )
    blocks += [context(escape(note)) for note in notes]
    return Message(said, (*blocks, *_consent(t, shown)))


def agreed(t: Translator) -> Message:
    """The person is shown from now on."""
    said = t.md("Everybody in this Slack workspace can now see what you are tracking, with `{track} team`.")
    return Message(said, (section(said), actions(_withdraw(t))))


def withdrawn(t: Translator) -> Message:
    """The person is shown to nobody any more."""
    said = t.md("Nobody sees what you are tracking any more.")
    return Message(said, (section(said), actions(_agree(t))))


def _headline(t: Translator, tracking: int, people: int) -> Mrkdwn:
    if not people:
        return t.md("*Nobody has agreed to be shown yet.*")
    if not tracking:
        return t.md("*Nobody is tracking right now.*")
    return Mrkdwn(f"*{t.plural('{n} person is tracking right now:', '{n} people are tracking right now:', tracking)}*")


def _line(t: Translator, mate: Teammate) -> str:
    running = mate.running
    if running is None:
        return _mention(mate)
    task = called(entry_name(running), _NAME)
    where = called(place(running.task), _PLACE) if running.task else ""
    elapsed = running.elapsed(t.now) if t.now else None
    line = t.md(
        "{person}  *{task}*, since {at} ({elapsed})",
        person=_mention(mate),
        task=task,
        at=running.started_at,
        elapsed=elapsed,
    )
    return f"{line} · {where}" if where else line


def _consent(t: Translator, shown: Team) -> list[Block]:
    if shown.mine is not None:
        return [
            context(t.md("Everybody here has been able to see what you are tracking since {day}.", day=_day(t, shown))),
            actions(_withdraw(t)),
        ]
    return [
        section(
            t.md(
                "*Do you want to be shown, too?* Everybody in this Slack workspace could then see the task you "
                "are tracking, its project, and since when. Nothing of what you tracked before. You can change "
                "your mind at any time."
            )
        ),
        actions(_agree(t)),
    ]


def _day(t: Translator, shown: Team) -> str:
    now, since = t.now or shown.mine, shown.mine
    if now is None or since is None:
        return ""
    return t.day(since.astimezone(t.zone).date(), today=now.astimezone(t.zone).date())


def _agree(t: Translator) -> ButtonElement:
    return button(t("Show what I am tracking"), Actions.TEAM_AGREE)


def _withdraw(t: Translator) -> ButtonElement:
    return button(t("Stop showing what I am tracking"), Actions.TEAM_WITHDRAW)


def _mention(mate: Teammate) -> Mrkdwn:
    return Mrkdwn(f"<@{mate.user_id}>")
