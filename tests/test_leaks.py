"""The search for secrets finds them."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Literal

import psycopg
import pytest

from tests import leaks
from tests.store.postgres import Postgres


@pytest.mark.parametrize(
    "leak",
    ["key=toggl_sk_admin", '{"token": "' + "a" * 32 + '"}', "Bearer xoxb-road", "xoxe.xoxb-1", "road-client-secret"],
)
def test_a_secret_is_found_wherever_it_stands(leak: str) -> None:
    assert leaks.find(f"event=request {leak} ms=3")


@pytest.mark.parametrize("harmless", ["", "a" * 31, "a" * 40, "xoxb", "toggl_sk_…", "bot_token"])
def test_what_only_looks_like_one_is_left_alone(harmless: str) -> None:
    assert leaks.find(f"event=request {harmless} ms=3") is None


def test_a_secret_in_a_database_is_found(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.sqlite3") as db:
        db.execute("CREATE TABLE t (secret TEXT)")
        db.execute("INSERT INTO t VALUES ('toggl_sk_member')")
    db.close()
    assert len(leaks.databases(tmp_path)) == 1
    (tmp_path / "other.sqlite3").unlink()


@pytest.mark.postgres
def test_a_secret_in_postgresql_is_found(postgres: Postgres, migrated_postgres: str) -> None:
    postgres.reset(migrated_postgres)
    assert leaks.find(postgres.content(migrated_postgres)) is None
    with psycopg.connect(migrated_postgres.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("INSERT INTO seen_events VALUES ('toggl_sk_member', now())")
    assert leaks.find(postgres.content(migrated_postgres))
    postgres.reset(migrated_postgres)


@pytest.mark.parametrize(("written", "outcome"), [("toggl_sk_admin", "failed"), ("all is well", "passed")])
def test_a_test_that_leaves_one_behind_fails(
    request: pytest.FixtureRequest, written: str, outcome: Literal["passed", "failed"]
) -> None:
    sections = [("Captured stdout call", written)]
    report = pytest.TestReport("t", ("t.py", 1, "t"), {}, "passed", None, "teardown", sections)
    leaks.hold(request.node, report)
    assert report.outcome == outcome
