"""Structured logs: one JSON object a line, on standard error."""

from __future__ import annotations

import logging
import sys

import msgspec
import structlog

from bot.dispatcher import failures

QUIET = ("slack_sdk", "slack_bolt", "aiohttp.access", "uvicorn.access", "httpx", "httpcore")
"""Libraries that write down whole requests, with people's words and secrets in them, below the level of a warning."""


def set_up_logging(level: str) -> None:
    """Write everything of at least `level` (`INFO`), from this code and from libraries, in one shape.

    Libraries are never asked for their `DEBUG`: there they write down what they work with, such as each statement to
    the database with its values.
    """
    lowest = logging.getLevelNamesMapping()[level]
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(serializer=_line)],
        wrapper_class=structlog.make_filtering_bound_logger(lowest),
        logger_factory=structlog.BytesLoggerFactory(sys.stderr.buffer),
        cache_logger_on_first_use=True,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _where_only,
            structlog.processors.JSONRenderer(serializer=lambda event, **_: _line(event).decode()),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=max(lowest, logging.INFO), force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(lowest, logging.WARNING))


def _where_only(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """An exception's type and place, without its message, which may quote what a person wrote."""
    error = event.pop("exc_info", None)
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["errors"] = failures.summary(error)
    return event


def _line(event: object, **_: object) -> bytes:
    return msgspec.json.encode(event, enc_hook=str)
