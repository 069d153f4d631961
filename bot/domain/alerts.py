"""Toggl's alerts on a project: what of it is watched, at which marks, and who is told.

What the words and numbers of kinds, units and receivers may be is nowhere stated: they are kept as Toggl wrote them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from bot.errors import UserError
from bot.i18n import N_
from bot.toggl import models

ESTIMATE = "estimate"
PERCENTAGE = "percentage"
MOST_MARKS = 10
_LARGEST = 1_000_000
_ANYBODY = 1
"""The number that goes with named receivers where no alert shows another."""

Code = int | str


class NoMarks(UserError):
    """What was written are no numbers."""

    sentence = N_("Enter one or more whole numbers, for example 80, 100.")


class TooManyMarks(UserError):
    """More than anybody could mean."""

    sentence = N_("That is too many: {most} at most.")


class NobodyToTell(UserError):
    """An alert for nobody, which Toggl does not take."""

    sentence = N_("Choose who is notified: people, groups, or the recipients that other alerts here use.")


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """An alert. `marks` are its thresholds; `receivers` is Toggl's code for whom it tells besides those named."""

    id: int = 0
    project_id: int
    project: str = ""
    kind: str
    unit: str
    marks: tuple[float, ...] = ()
    receivers: Code | None = None
    user_ids: tuple[int, ...] = ()
    group_ids: tuple[int, ...] = ()
    roles: tuple[Code, ...] = ()
    object_type: Code | None = None

    @classmethod
    def of(cls, answer: models.Alert) -> Alert | None:
        """The alert in Toggl's answer; None where the answer lacks its number or its project."""
        if answer.id is None or answer.project_id is None:
            return None
        marks = listed(answer.thresholds) or ((answer.threshold,) if answer.threshold is not None else ())
        return cls(
            id=answer.id,
            project_id=answer.project_id,
            project=answer.project_name or f"#{answer.project_id}",
            kind=str(answer.source_kind or ""),
            unit=str(answer.threshold_type or ""),
            marks=tuple(sorted(mark for mark in marks if isinstance(mark, int | float) and math.isfinite(mark))),
            receivers=answer.receivers,
            user_ids=_numbers(answer.receiver_users),
            group_ids=_numbers(answer.receiver_groups),
            roles=listed(answer.receiver_roles),
            object_type=answer.object_type,
        )

    @property
    def named(self) -> bool:
        """Whether people or groups are named as receivers."""
        return bool(self.user_ids or self.group_ids)

    @property
    def fields(self) -> dict[str, Any]:
        """Everything but its number under Toggl's names, in an order that compares."""
        return {
            "project_id": self.project_id,
            "source_kind": self.kind,
            "threshold_type": self.unit,
            "thresholds": [int(mark) if float(mark).is_integer() else mark for mark in self.marks],
            "receivers": self.receivers,
            "receiver_users": sorted(self.user_ids),
            "receiver_groups": sorted(self.group_ids),
            "receiver_roles": list(self.roles),
            "object_type": self.object_type,
        }

    @property
    def sent(self) -> dict[str, Any]:
        """The fields as Toggl takes them: without what is empty."""
        return {name: value for name, value in self.fields.items() if value is not None and value != []}

    def like(self, other: Alert) -> bool:
        """Whether `other` does the same; Toggl chooses the type of what is watched where this one does not."""
        unset = {"object_type"} if self.object_type is None else set()
        theirs = other.fields
        return all(theirs[name] == value for name, value in self.fields.items() if name not in unset)

    @classmethod
    def read(cls, fields: dict[str, Any], *, number: int = 0, project: str = "") -> Alert:
        """The alert that `fields` wrote down. Raises KeyError."""
        return cls(
            id=number,
            project_id=fields["project_id"],
            project=project,
            kind=fields["source_kind"],
            unit=fields["threshold_type"],
            marks=tuple(fields.get("thresholds", ())),
            receivers=fields.get("receivers"),
            user_ids=tuple(fields.get("receiver_users", ())),
            group_ids=tuple(fields.get("receiver_groups", ())),
            roles=tuple(fields.get("receiver_roles", ())),
            object_type=fields.get("object_type"),
        )


class Known(msgspec.Struct, frozen=True):
    """The words and codes that may be used: those of the alerts that are there, after the likeliest."""

    kinds: tuple[str, ...] = (ESTIMATE,)
    units: tuple[str, ...] = (PERCENTAGE,)
    receivers: tuple[Code, ...] = ()
    """Codes of alerts that name nobody."""
    with_names: Code = _ANYBODY
    """The code that goes with named receivers."""

    @classmethod
    def of(cls, alerts: Sequence[Alert]) -> Known:
        """What `alerts` use."""
        codes = (alert.receivers for alert in alerts if not alert.named and alert.receivers is not None)
        named = (alert.receivers for alert in alerts if alert.named and alert.receivers is not None)
        return cls(
            kinds=_distinct([ESTIMATE, *(alert.kind for alert in alerts if alert.kind)]),
            units=_distinct([PERCENTAGE, *(alert.unit for alert in alerts if alert.unit)]),
            receivers=_distinct(codes),
            with_names=next(named, _ANYBODY),
        )


def alerts_of(answers: Iterable[models.Alert]) -> tuple[Alert, ...]:
    """The alerts in Toggl's answer, by project and mark."""
    found = filter(None, map(Alert.of, answers))
    return tuple(sorted(found, key=lambda alert: (alert.project.casefold(), alert.kind, alert.marks, alert.id)))


def parse_marks(text: str) -> tuple[float, ...]:
    """`80, 100` or `80 100 %` as numbers, each once. Raises NoMarks, TooManyMarks."""
    said = [part for part in re.split(r"[\s,;%]+", text) if part]
    if len(said) > MOST_MARKS:
        raise TooManyMarks(most=MOST_MARKS)
    if not said or not all(part.isascii() and part.isdecimal() and len(part) < len(str(_LARGEST)) + 1 for part in said):
        raise NoMarks
    marks = sorted({int(part) for part in said})
    if not all(0 < mark <= _LARGEST for mark in marks):
        raise NoMarks
    return tuple(marks)


def listed(value: Sequence[Any] | str | None) -> tuple[Any, ...]:
    """What comes as a list, or as a text such as `{80,100}` or `[80, 100]`: numbers where they are some."""
    if isinstance(value, str):
        value = [part.strip(' "') for part in value.strip("{}[] ").split(",") if part.strip(' "')]
    return tuple(_number(part) for part in value or ())


def _number(part: Any) -> Any:
    if not isinstance(part, str):
        return part
    try:
        number = float(part)
    except ValueError:
        return part
    return int(number) if number.is_integer() else number


def _numbers(value: Sequence[Any] | str | None) -> tuple[int, ...]:
    return tuple(part for part in listed(value) if isinstance(part, int))


def _distinct(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(values))
