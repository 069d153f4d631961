"""Help, usage, and the nearest verbs to an unknown one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import Block

from bot.i18n import Mrkdwn, Translator
from bot.views.kit import context, header, packed, section
from bot.views.messages import Message

MOST_SECTIONS = 40


@dataclass(frozen=True, slots=True)
class Verb:
    """One line of help: `usage` with its arguments, for example `/track stop [when]`; `example` as it is typed."""

    usage: str
    summary: str
    """Not translated yet."""
    example: str


def command_help(t: Translator, name: str, verbs: Sequence[Verb], others: Iterable[str]) -> Message:
    """Every verb of the command `name` (with its slash) with an example, and the other commands' help."""
    title = t("What {name} can do", name=name)
    blocks: list[Block] = [header(title)]
    blocks += [section(text) for text in packed([_line(t, verb) for verb in verbs])[:MOST_SECTIONS]]
    also = [t.md("`{name} help`", name=other) for other in others]
    times = t.md("Times can be written as `9:15`, `25m ago`, `since last`, `yesterday 14:00`.")
    blocks.append(context(times, *([t.md("See also {commands}", commands=Mrkdwn(", ".join(also)))] if also else [])))
    return Message(text=title, blocks=tuple(blocks))


def verb_help(t: Translator, verb: Verb) -> Message:
    """One verb: what it does, how it is written, an example."""
    text = _line(t, verb)
    return Message(text=text, blocks=(section(text),))


def misfit(t: Translator, sentence: str, verb: Verb) -> Message:
    """What does not fit (mrkdwn), and how the verb is written."""
    usage = t.md("Write it like this: `{usage}`", usage=verb.usage)
    if verb.example != verb.usage:
        usage = t.md("Write it like this: `{usage}`, for example `{example}`.", usage=verb.usage, example=verb.example)
    text = f"{sentence}\n{usage}"
    return Message(text=text, blocks=(section(text),))


def unknown_verb(t: Translator, name: str, words: str, nearest: Sequence[Verb]) -> Message:
    """There is no such verb: the nearest ones, and where all of them are listed."""
    first = words.split(maxsplit=1)[0] if words.split() else ""
    said = t.md("`{name}` does not know “{word}”.", name=name, word=first[:80])
    if nearest:
        said = Mrkdwn(f"{said} " + t.md("Did you mean:"))
    listed = [f"• {_line(t, verb)}" for verb in nearest]
    more = t.md("`{name} help` lists everything it can do.", name=name)
    text = "\n".join([said, *listed, more])
    return Message(text=text, blocks=(section(text),))


def _line(t: Translator, verb: Verb) -> str:
    line = t.md("`{usage}`  {summary}", usage=verb.usage, summary=t(verb.summary))
    if verb.example == verb.usage:
        return line
    return f"{line}\n\u2003\u2003" + t.md("_for example_ `{example}`", example=verb.example)
