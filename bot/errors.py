"""What may be said to a person when something cannot be done."""

from __future__ import annotations

from typing import Any, ClassVar


class UserError(Exception):
    """An expected failure. Raised anywhere, shown in one place (the dispatcher's pipeline).

    `sentence` is a class attribute so that the translation tools find it: mrkdwn with `{named}` places that `values`
    fill (strings are escaped when it is shown). `retry` tells whether the same request may be offered again as a
    button: true only where repeating it cannot double an effect.
    """

    sentence: ClassVar[str] = ""
    retry: ClassVar[bool] = False

    def __init__(self, **values: Any) -> None:
        """Keep `values`, the named places of `sentence`. Never pass a secret: it would be shown."""
        super().__init__(self.sentence)
        self.values = values

    def __str__(self) -> str:
        return self.sentence.format(**self.values) if self.values else self.sentence
