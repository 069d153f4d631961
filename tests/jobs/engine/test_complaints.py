from __future__ import annotations

import logging

from bot.jobs.engine.complaints import AGAIN, Sparing

AWAY = "Exception listing queues: (psycopg.OperationalError) connection refused\n\tIs the server running?"
TRACE = (
    "Exception polling schedules: Traceback (most recent call last):\n  File …\nOperationalError: refused\n"
    "(Background on this error at: https://sqlalche.me/e/21/e3q8)"
)


def test_the_same_complaint_is_written_once_a_minute_in_one_line() -> None:
    seconds = [0.0]
    sparing, heard = Sparing(lambda: seconds[0]), []
    for _ in range(3):
        for message in (AWAY, TRACE, "Exception listing queues: of another kind"):
            record = logging.LogRecord("dbos", logging.WARNING, "dbos.py", 1, message, None, None)
            if sparing.filter(record):
                heard.append((seconds[0], record.getMessage()))
        seconds[0] += AGAIN.total_seconds() / 2
    assert heard == [
        (moment, words)
        for moment in (0.0, AGAIN.total_seconds())
        for words in (
            "Exception listing queues: (psycopg.OperationalError) connection refused … Is the server running?",
            "Exception polling schedules: Traceback (most recent call last): … OperationalError: refused",
        )
    ]
