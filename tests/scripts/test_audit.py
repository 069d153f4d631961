from __future__ import annotations

import json

import pytest

from scripts.audit import LOCKS, ROOT, flaws, vulnerabilities

HASH = "--hash=sha256:" + "0" * 64


@pytest.mark.parametrize("name", LOCKS)
def test_the_locks_are_pinned_and_hashed_and_name_no_index(name: str) -> None:
    assert list(flaws((ROOT / name).read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("httpx==0.28.1", "has no hash"),
        (f"httpx>=0.28 {HASH}", "is not pinned"),
        (f"--index-url https://packages.example/simple\nhttpx==0.28.1 {HASH}", "names an index"),
        (f"httpx @ https://packages.example/httpx.whl {HASH}", "names an index"),
    ],
)
def test_a_loose_requirement_is_named(line: str, said: str) -> None:
    assert [said in flaw for flaw in flaws(line)] == [True]


def test_several_lines_and_markers_are_one_requirement() -> None:
    assert not list(flaws(f"# why\nuvloop==0.21 ; sys_platform != 'win32' \\\n    {HASH} \\\n    {HASH}\n"))


def test_a_vulnerability_is_told_apart_from_one_that_could_not_be_looked_up() -> None:
    answer = {
        "dependencies": [
            {"name": "good", "version": "1", "vulns": []},
            {"name": "bad", "version": "2", "vulns": [{"id": "GHSA-1", "fix_versions": ["2.1"]}]},
            {"name": "unknown", "skip_reason": "not found"},
        ]
    }
    found, looked_up, unknown = vulnerabilities(json.dumps(answer))
    assert (found, looked_up, unknown) == (["bad 2: GHSA-1, mended in ['2.1']"], 2, 1)
