"""The one place for errors: what is said of each to the person, and what is written to the log."""

from __future__ import annotations

import secrets
import traceback
from dataclasses import dataclass
from typing import Any

import structlog

from bot.dispatcher.slack import SlackError
from bot.errors import UserError
from bot.i18n import N_, Mrkdwn, Translator
from bot.store import StoreUnavailable


class Unexpected(UserError):
    """Something that no one foresaw; `reference` is also in the log."""

    sentence = N_(
        "Something went wrong on our side, and I cannot tell whether anything was saved. "
        "If it happens again, tell your admin the reference `{reference}`."
    )


class SavedPerhaps(UserError):
    """The database went away after Toggl was asked to change something: trying again could do it twice."""

    sentence = N_(
        "I cannot reach my own database right now. This may or may not have been saved in Toggl: "
        "look before you try again."
    )


class Interrupted(UserError):
    """The process had to end before it was done."""

    sentence = N_(
        "I was restarted in the middle of this. It may or may not have been saved: look before you try again."
    )


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as the pipeline shows it. With `again`, the typed words, there is a button that runs them once more.

    `ask` is what an admin can be asked to do instead, by its id in the button.
    """

    sentence: Mrkdwn
    again: str | None = None
    ask: str | None = None
    expected: bool = True


def explain(error: Exception, t: Translator, *, typed: str | None, **known: Any) -> Problem:
    """What to say of `error`. The unexpected is logged here, once, with `known` (never what people wrote)."""
    if isinstance(error, UserError):
        if isinstance(error, StoreUnavailable | SavedPerhaps):
            structlog.get_logger("bot").warning("database_unavailable", **known, errors=summary(error))
        try:
            return Problem(t.md(error.sentence, **error.values), again=typed if error.retry else None)
        except (LookupError, ValueError) as incomplete:  # its sentence has a place that its values do not fill
            error = incomplete
    reference = secrets.token_hex(3)
    report(error, reference=reference, **known)
    return Problem(t.md(Unexpected.sentence, reference=reference), expected=False)


def report(error: BaseException, **known: Any) -> None:
    """Write down where `error` arose. Its message stays out: it may quote what a person wrote, or a secret."""
    structlog.get_logger("bot").error("unexpected_error", **known, errors=summary(error))


def summary(error: BaseException) -> list[dict[str, Any]]:
    """The types and places of `error` and of what caused it."""
    return [_summary(each) for each in _chain(error)]


def _chain(error: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in chain:
        chain.append(following)
        following = following.__cause__ or following.__context__
    return chain


def _summary(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)
    summary: dict[str, Any] = {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "at": [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
    }
    if isinstance(error, SlackError):
        summary["slack"] = str(error)
    for name in ("sqlite_errorname", "sqlstate"):  # SQLite's and PostgreSQL's own word for it
        if said := getattr(error, name, None):
            summary[name] = said
    return summary
