"""Hold the locked dependencies against the known vulnerabilities, and the locks against what locks must be."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
PIN = re.compile(r"^[A-Za-z0-9._-]+(\[[^]]*\])?==[^ ]+")
PATIENCE = 120
"""Seconds for the database of vulnerabilities."""


def flaws(lock: str) -> Iterator[str]:
    """What is wrong with a lock's text: every requirement is pinned and hashed, and no index is named."""
    for requirement in lock.replace("\\\n", " ").splitlines():
        line = requirement.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("-") or "://" in line:
            yield f"names an index or an address: {line.split()[0]}"
        elif not PIN.match(line):
            yield f"is not pinned: {line.split()[0]}"
        elif "--hash=sha256:" not in line:
            yield f"has no hash: {line.split()[0]}"


def vulnerabilities(answer: str) -> tuple[list[str], int, int]:
    """From pip-audit's JSON: what is known to be wrong, how many were looked up, and how many could not be."""
    found, looked_up, unknown = [], 0, 0
    for dependency in json.loads(answer)["dependencies"]:
        if "skip_reason" in dependency:
            unknown += 1
            continue
        looked_up += 1
        found += [
            f"{dependency['name']} {dependency['version']}: {flaw['id']}, mended in {flaw['fix_versions'] or '–'}"
            for flaw in dependency["vulns"]
        ]
    return found, looked_up, unknown


def main() -> None:
    """Print what was found, and end with 1 if something is wrong."""
    wrong = [f"{name} {flaw}" for name in LOCKS for flaw in flaws((ROOT / name).read_text(encoding="utf-8"))]
    asked = [sys.executable, "-m", "pip_audit", "--requirement", str(ROOT / LOCKS[0]), "--disable-pip"]
    asked += ["--require-hashes", "--progress-spinner", "off", "--format", "json"]
    try:
        answer = subprocess.run(asked, capture_output=True, text=True, timeout=PATIENCE, check=False)  # noqa: S603 (our own command)
        known, looked_up, unknown = vulnerabilities(answer.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError, KeyError):
        known, looked_up, unknown = [], 0, -1
    for line in [*wrong, *known]:
        print(line)
    if wrong or known:
        sys.exit(1)
    print("locks are pinned and hashed")
    if unknown:
        print("!! The database of vulnerabilities is out of reach: the dependencies were NOT held against it.")
    if looked_up:
        print(f"{looked_up} dependencies have no known vulnerability")


if __name__ == "__main__":
    main()
