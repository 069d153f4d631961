"""Small parts from which Slack's rules are written: each checks one value and reports what is wrong and where."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that Slack would refuse. `pointer` is a JSON pointer (`/blocks/0/text`), `text` Slack's words."""

    pointer: str
    text: str

    def __str__(self) -> str:
        return f"{self.text} [json-pointer:{self.pointer}]"


Problems = list[Problem]
Rule = Callable[[Any, str], Problems]
"""Checks a value at a pointer."""


def text(*, least: int = 1, most: int | None = None, pattern: str | None = None, says: str = "") -> Rule:
    """A string of `least` to `most` characters that matches `pattern` whole; `says` explains the pattern."""
    compiled = re.compile(pattern) if pattern else None

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, str):
            return [Problem(at, "must be a string")]
        if len(value) < least:
            return [Problem(at, f"must be more than {least - 1} characters")]
        if most is not None and len(value) > most:
            return [Problem(at, f"must be less than {most + 1} characters")]
        if compiled and not compiled.fullmatch(value):
            return [Problem(at, says or f"does not match {pattern}")]
        return []

    return check


def one_of(*allowed: str) -> Rule:
    """One of these words."""

    def check(value: Any, at: str) -> Problems:
        return [] if value in allowed else [Problem(at, f"must be a valid enum value: {', '.join(allowed)}")]

    return check


def integer(*, least: int | None = None, most: int | None = None) -> Rule:
    """A whole number, not a boolean and not a string of digits."""

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, int) or isinstance(value, bool):
            return [Problem(at, "must be an integer")]
        if least is not None and value < least:
            return [Problem(at, f"must be at least {least}")]
        if most is not None and value > most:
            return [Problem(at, f"must be at most {most}")]
        return []

    return check


def number(value: Any, at: str) -> Problems:
    """A finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return [Problem(at, "must be a number")]
    return []


def boolean(value: Any, at: str) -> Problems:
    """True or false."""
    return [] if isinstance(value, bool) else [Problem(at, "must be a boolean")]


def url(value: Any, at: str) -> Problems:
    """A web address of at most 3,000 characters."""
    if problems := text(most=3000)(value, at):
        return problems
    parts = urlsplit(value)
    return (
        []
        if parts.scheme in {"http", "https", "mailto", "slack"} and value == value.strip()
        else [Problem(at, "must be a valid URL")]
    )


def items(rule: Rule, *, least: int = 1, most: int | None = None) -> Rule:
    """A list of `least` to `most` values that each keep `rule`."""

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, list):
            return [Problem(at, "must be an array")]
        problems: Problems = []
        if len(value) < least:
            problems.append(Problem(at, f"no fewer than {least} items required"))
        if most is not None and len(value) > most:
            problems.append(Problem(at, f"no more than {most} items allowed"))
        for position, item in enumerate(value):
            problems += rule(item, f"{at}/{position}")
        return problems

    return check


def fields(
    required: Mapping[str, Rule],
    optional: Mapping[str, Rule] | None = None,
    *also: Rule,
) -> Rule:
    """An object with these fields and no others; `also` are rules about the whole, asked once the parts are right."""
    known = {**required, **(optional or {})}

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, dict):
            return [Problem(at, "must provide an object")]
        problems = [Problem(at, f"missing required field: {name}") for name in required if name not in value]
        for name, part in value.items():
            rule = known.get(name)
            if rule is None:
                problems.append(Problem(at, f"invalid additional property: {name}"))
            elif part is None:
                problems.append(Problem(f"{at}/{name}", "must not be null"))
            else:
                problems += rule(part, f"{at}/{name}")
        if not problems:
            for rule in also:
                problems += rule(value, at)
        return problems

    return check


def tagged(kinds: Mapping[str, Rule]) -> Rule:
    """An object whose `type` says which of `kinds` it keeps."""

    def check(value: Any, at: str) -> Problems:
        if not isinstance(value, dict):
            return [Problem(at, "must provide an object")]
        if "type" not in value:
            return [Problem(at, "missing required field: type")]
        rule = kinds.get(value["type"]) if isinstance(value["type"], str) else None
        if rule is None:
            return [Problem(f"{at}/type", f"unsupported type: {value['type']}")]
        return rule(value, at)

    return check


def kind(name: str, required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None, *also: Rule) -> Rule:
    """The fields of the object whose `type` is `name`."""
    return fields({"type": one_of(name), **required}, optional, *also)


def exactly_one(*names: str) -> Rule:
    """Exactly one of these fields."""

    def check(value: Json, at: str) -> Problems:
        given = [name for name in names if name in value]
        return [] if len(given) == 1 else [Problem(at, f"must define exactly one of: {', '.join(names)}")]

    return check


def at_least_one(*names: str) -> Rule:
    """One of these fields, or more."""

    def check(value: Json, at: str) -> Problems:
        return [] if any(name in value for name in names) else [Problem(at, f"must define either {' or '.join(names)}")]

    return check
