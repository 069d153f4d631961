"""Looks for secrets where none may be: in everything a test writes out, and in the databases it leaves behind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SECRET = re.compile(
    rb"toggl_sk_(?:admin|member)"  # Focus keys
    rb"|(?<![0-9a-f])(?:a{32}|b{32})(?![0-9a-f])"  # Track tokens
    rb"|xox[bpe]-(?:road|fake|two)|xoxe\.xoxb-\d|xoxe-1-\d|xapp-test"
    rb"|road-signing-secret|road-client-secret|8f742231b10e8888abcd99yyyzzz85a5"
    rb"|hunter2"
)
"""The secrets that the tests use, as they would look in the open."""


def find(content: bytes | str) -> str | None:
    """The first secret in `content`, with what stands around it."""
    searched = content.encode() if isinstance(content, str) else content
    found = SECRET.search(searched)
    if found is None:
        return None
    return repr(searched[max(0, found.start() - 60) : found.end() + 20])


def databases(folder: Path) -> list[str]:
    """Where a database of the bot's, or its log, in `folder` holds a secret in the open."""
    files = [path for path in folder.rglob("*.sqlite3*") if path.is_file()]
    return [f"{path.name}: {leak}" for path in files if (leak := find(path.read_bytes()))]


def hold(item: pytest.Item, report: pytest.TestReport) -> None:
    """Fail a test that passed and left a secret behind."""
    if report.when != "teardown" or not report.passed:
        return
    leaks = [f"{name}: {leak}" for name, text in report.sections if (leak := find(text))]
    folder = getattr(item, "funcargs", {}).get("tmp_path")
    if isinstance(folder, Path):
        leaks += databases(folder)
    if leaks:
        report.outcome = "failed"
        report.longrepr = "a secret was left in the open:\n" + "\n".join(leaks)
