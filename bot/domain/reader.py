"""Read tokens one after the other, going back where a phrase turns out to be another one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.domain.scanning import Token
from bot.domain.vocabulary import Role

T = TypeVar("T")


class Reader:
    """A place in a sequence of tokens."""

    def __init__(self, tokens: Sequence[Token], *, strict: bool) -> None:
        """With `strict` a number is a time of day only where its surroundings leave no doubt."""
        self._tokens = tokens
        self._place = 0
        self.strict = strict

    @property
    def done(self) -> bool:
        """Whether every token was read."""
        return self._place == len(self._tokens)

    def token(self, role: Role) -> Token | None:
        """Read the next token if it can be `role`."""
        token = None if self.done else self._tokens[self._place]
        if token is None or role not in token.meanings:
            return None
        self._place += 1
        return token

    def value(self, role: Role) -> int | None:
        """Read the next token if it can be `role`, and give its value."""
        token = self.token(role)
        return token.meanings[role] if token else None

    def skip(self, role: Role) -> bool:
        """Read the next token if it can be `role`, and tell whether it was."""
        return self.token(role) is not None

    def attempt(self, production: Callable[[Reader], T | None]) -> T | None:
        """What `production` reads; where that is None, nothing was read."""
        place = self._place
        found = production(self)
        if found is None:
            self._place = place
        return found

    def whole(self, production: Callable[[Reader], T | None]) -> T | None:
        """What `production` reads if it reads everything that is left; otherwise nothing was read."""
        place = self._place
        found = production(self)
        if found is not None and self.done:
            return found
        self._place = place
        return None
