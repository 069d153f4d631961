"""The one place where an HTTP status becomes an error, and Toggl's words are found in whatever body came with it."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import msgspec

from bot.toggl.errors import (
    AnswerLost,
    CredentialRefused,
    Forbidden,
    NotFound,
    NothingRunning,
    PaidFeature,
    QuotaSpent,
    RateLimited,
    Refused,
    TimerRunning,
    TogglError,
    Trouble,
    Unavailable,
)
from bot.toggl.operations import CREATE_TIME_ENTRY, START_FROM_DESCRIPTION, START_TRACKING, STOP_TRACKING, Operation
from bot.toggl.quota import Quota

LONGEST_WORDS = 300
# Track's answer to a wrong token is a 403, told from a missing right by these words alone.
_TRACK_REFUSES_CREDENTIAL = "incorrect username and/or password"
_STARTING = frozenset({START_TRACKING, START_FROM_DESCRIPTION})
_TIMER_RUNS = re.compile(r"multiple time entries|already (running|tracking)", re.IGNORECASE)
_TAG = re.compile(r"<(script|style|title)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_DEFAULT_PAUSE = 5.0


def refusal(  # noqa: C901, PLR0911 (one case a status: the table is clearer whole)
    operation: Operation, status: int, headers: Mapping[str, str], content: bytes, now: datetime
) -> TogglError:
    """The error that an answer with a status outside 2xx means. `headers` are looked up in any case of letters."""
    trouble = _trouble(operation, status, content)
    match status:
        case HTTPStatus.UNAUTHORIZED:
            return CredentialRefused(trouble, product=operation.product.value)
        case HTTPStatus.PAYMENT_REQUIRED:
            quota = quota_of(headers, now)
            if quota is not None and quota.remaining <= 0:
                return QuotaSpent(trouble, resets_at=quota.resets_at, minutes=quota.minutes(now=now))
            return PaidFeature(trouble)
        case HTTPStatus.FORBIDDEN if _TRACK_REFUSES_CREDENTIAL in trouble.words.lower():
            return CredentialRefused(trouble, product=operation.product.value)
        case HTTPStatus.FORBIDDEN:
            return Forbidden(trouble)
        case HTTPStatus.NOT_FOUND:
            return NothingRunning(trouble) if operation is STOP_TRACKING else NotFound(trouble)
        case HTTPStatus.GONE:
            return NotFound(trouble)
        case HTTPStatus.TOO_MANY_REQUESTS:
            return RateLimited(trouble, retry_after=_retry_after(headers, now))
        case HTTPStatus.SERVICE_UNAVAILABLE if "retry-after" in headers:
            # It was turned away. Without these words a 503 may be a proxy's that lost whom it had passed it on to.
            return Unavailable(trouble)
        case HTTPStatus.NOT_IMPLEMENTED:
            return Refused(trouble)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        # A gateway that ran out of patience does not know what the application behind it still does.
        return _broken(operation, trouble, ended=status != HTTPStatus.GATEWAY_TIMEOUT)
    if _says_timer_runs(operation, trouble):
        return TimerRunning(trouble)
    return Refused(trouble)


def unanswered(operation: Operation, *, ended: bool) -> TogglError:
    """The error for a request that was sent and got no answer: harmless for a read."""
    return _broken(operation, Trouble(operation.name), ended=ended)


def quota_of(headers: Mapping[str, str], now: datetime) -> Quota | None:
    """What the quota headers say; None where they are missing or no numbers."""
    try:
        remaining = int(headers["x-toggl-quota-remaining"])
        resets_in = timedelta(seconds=float(headers["x-toggl-quota-resets-in"]))
        return Quota(max(0, remaining), now + max(timedelta(), resets_in))
    except (KeyError, ValueError, OverflowError):
        return None


def words_of(content: bytes) -> tuple[str, str, str | None]:
    """Toggl's words, Focus's error code and the trace id in an error's body: JSON object or string, HTML or text."""
    try:
        found: Any = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _cut(_TAG.sub(" ", content[:10_000].decode(errors="replace"))), "", None
    if isinstance(found, dict):
        code, trace_id = found.get("error"), found.get("trace_id")
        words = next((text for key in ("error_description", "message", "error") if (text := found.get(key))), "")
        return (
            _cut(words if isinstance(words, str) else ""),
            code if isinstance(code, str) else "",
            trace_id if isinstance(trace_id, str) else None,
        )
    return _cut(found if isinstance(found, str) else ""), "", None


def _trouble(operation: Operation, status: int, content: bytes) -> Trouble:
    words, code, trace_id = words_of(content)
    return Trouble(operation.name, status, words, code, trace_id)


def _broken(operation: Operation, trouble: Trouble, *, ended: bool) -> TogglError:
    return Unavailable(trouble) if operation.reads else AnswerLost(trouble, ended=ended)


def _says_timer_runs(operation: Operation, trouble: Trouble) -> bool:
    if operation in _STARTING and trouble.status == HTTPStatus.CONFLICT:
        return True
    said = f"{trouble.words} {trouble.code.replace('_', ' ')}"
    return operation in {*_STARTING, CREATE_TIME_ENTRY} and _TIMER_RUNS.search(said) is not None


def _retry_after(headers: Mapping[str, str], now: datetime) -> float:
    """Seconds to wait, from seconds or a date; the default where there is neither."""
    said = headers.get("retry-after", "")
    if said.strip().isdecimal():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - now).total_seconds())
    except (ValueError, TypeError):
        return _DEFAULT_PAUSE


def _cut(text: str) -> str:
    words = " ".join(html.unescape(text).split())
    return words if len(words) <= LONGEST_WORDS else words[: LONGEST_WORDS - 1] + "…"
