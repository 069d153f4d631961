from __future__ import annotations

import json
import logging
import subprocess
import sys
from typing import Any

SCRIPT = """
import logging, structlog
from bot.web.logging import set_up_logging
set_up_logging("{level}")
structlog.contextvars.bind_contextvars(request="r1")
structlog.get_logger("bot").info("request", kind="command", ms=3)
logging.getLogger("slack_sdk.web").debug("Sending a request - text: what Ann wrote")
logging.getLogger("aiosqlite").debug("executing INSERT INTO receipts: what Ann wrote")
logging.getLogger("httpx").info("GET https://user:secret@host")
try:
    raise ValueError("what Ann wrote")
except ValueError:
    logging.getLogger("uvicorn.error").exception("Exception in ASGI application")
"""


def logged(level: str) -> list[dict[str, Any]]:
    """What a process of its own writes, a dict for each line."""
    done = subprocess.run(  # noqa: S603 (this interpreter, the script above)
        [sys.executable, "-c", SCRIPT.format(level=level)], capture_output=True, check=True
    )
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_each_line_is_json_with_the_requests_id() -> None:
    request, failure = logged("INFO")
    assert (request["event"], request["request"], request["ms"]) == ("request", "r1", 3)
    assert failure["level"] == "error"


def test_nobodys_words_are_written_at_any_level() -> None:
    for level in ("DEBUG", "INFO", "WARNING"):
        lines = logged(level)
        assert "Ann" not in str(lines)
        assert "secret" not in str(lines)
        assert lines[-1]["errors"][0]["type"] == "builtins.ValueError"


def test_a_higher_level_leaves_out_what_is_below() -> None:
    assert [line["event"] for line in logged("WARNING")] == ["Exception in ASGI application"]
    assert logging.getLogger("slack_sdk").level == logging.NOTSET  # this process's own logging was left alone
