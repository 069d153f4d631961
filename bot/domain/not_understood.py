"""What a person is told when their words are no time, day or length that can be used."""

from __future__ import annotations

from bot.errors import UserError
from bot.i18n import N_

_SHOWN = 60


class NotUnderstood(UserError):
    """The words (`said`) mean no time. The subclasses say more exactly what is missing."""

    sentence = N_("I don’t understand “{said}” as a time. Try `9:15`, `25m ago` or `yesterday 16:00`.")

    def __init__(self, said: str) -> None:
        """Quote `said`, cut to what is worth reading."""
        super().__init__(said=_worth_reading(said))


class InTheFuture(NotUnderstood):
    """Understood, but it lies ahead, where only the past makes sense."""

    sentence = N_(
        "“{said}” is in the future, and only a time in the past works here. If it is part of the name, put the "
        "name in quotation marks."
    )


class InThePast(NotUnderstood):
    """Understood, but it has passed, where only a time to come makes sense."""

    sentence = N_("“{said}” has already passed. Give a time in the future.")


class TimeMissing(NotUnderstood):
    """A day alone, where a time of day is needed too."""

    sentence = N_("At what time on “{said}”? Try `yesterday 16:00` or `mon 9:15`.")


class DurationNotUnderstood(NotUnderstood):
    """The words mean no length of time."""

    sentence = N_("I don’t understand “{said}” as a duration. Try `1h30m`, `1:30` or `90m`.")


class DurationTooLong(NotUnderstood):
    """A length of time beyond what the caller allows (`hours`)."""

    sentence = N_("“{said}” is longer than {hours} hours.")

    def __init__(self, said: str, *, hours: int) -> None:
        """Name the limit in `hours` beside the words."""
        super().__init__(said)
        self.values["hours"] = hours


class RangeNotUnderstood(NotUnderstood):
    """The words mean no range from one time of day to another."""

    sentence = N_("I don’t understand “{said}” as a time range. Try `9:00-10:30` or `22:30-1:15`.")


class PeriodNotUnderstood(NotUnderstood):
    """The words mean no period."""

    sentence = N_(
        "I don’t understand “{said}” as a period. Try `today`, `last week`, `november`, `2026-11` or `12 nov - 20 nov`."
    )


class PeriodBackwards(NotUnderstood):
    """A period whose end comes before its beginning."""

    sentence = N_("“{said}” ends before it begins. Write the earlier day first, for example `12 nov - 20 nov`.")


class PeriodTooLong(NotUnderstood):
    """A period longer than anybody reads at once."""

    sentence = N_("“{said}” is longer than two years. Choose a shorter period, for example `2026`.")


def _worth_reading(said: str) -> str:
    shown = " ".join("".join(c if c.isprintable() else " " for c in said[: 4 * _SHOWN]).split())
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
