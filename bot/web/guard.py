"""Keeps from Bolt what would make it fail: bodies and headers that Slack does not send."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from bot.dispatcher import payloads
from bot.dispatcher.bolt import INCOMING

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

BODY_LIMIT = 1_000_000
READING_LIMIT = timedelta(seconds=10)
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
BAD_REQUEST, UNAUTHORIZED, TIMED_OUT, TOO_LARGE = 400, 401, 408, 413
SSL_CHECK, LONGEST_SSL_CHECK = "ssl_check=1", 1000
CONTENT_TYPE, SIGNATURE, TIMESTAMP = "content-type", "x-slack-signature", "x-slack-request-timestamp"
_HEADERS = {name.encode(): name for name in (CONTENT_TYPE, SIGNATURE, TIMESTAMP)}


class RejectedError(Exception):
    """The request is answered with `status`, and has no effect. The message quotes nothing of it."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


async def read_body(
    scope: Scope, receive: Receive, *, limit: int = BODY_LIMIT, patience: timedelta = READING_LIMIT
) -> bytes:
    """The request's body. Raises RejectedError as soon as it is longer than `limit` bytes, or not there in time."""
    announced = dict(scope["headers"]).get(b"content-length", b"0")
    if not announced.isdigit() or int(announced[:19]) > limit:
        raise RejectedError(TOO_LARGE, "the body is too large")
    message = await _received(receive, patience)
    if not message.get("more_body"):
        body: bytes = message.get("body", b"")
        if len(body) > limit:
            raise RejectedError(TOO_LARGE, "the body is too large")
        return body
    return await _rest(receive, message.get("body", b""), limit, patience)


def read_request(headers: Mapping[str, str], raw: bytes, verifier: SignatureVerifier | None = None) -> AsyncBoltRequest:
    """Bolt's request, with the request as the dispatcher takes it in its context. Raises RejectedError.

    What `verifier` does not find signed is not read: a megabyte of empty fields takes a second. Bolt verifies, too.
    """
    media_type = headers.get(CONTENT_TYPE, "").partition(";")[0].strip().lower()
    if media_type not in (JSON, FORM):
        raise RejectedError(BAD_REQUEST, "the content type is not one of Slack's")
    timestamp = headers.get(TIMESTAMP, "0")
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) < 20):  # noqa: PLR2004 (64 bits)
        raise RejectedError(BAD_REQUEST, "the timestamp is no number")
    if not headers.get(SIGNATURE, "").isascii():
        raise RejectedError(BAD_REQUEST, "the signature is not ASCII")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RejectedError(BAD_REQUEST, "the body is not UTF-8") from error
    if verifier is not None and not _may_be_read(headers, text, verifier):
        raise RejectedError(
            UNAUTHORIZED, "the signature does not fit the signing secret, or is older than five minutes"
        )
    body, incoming = _read_shape(text, media_type)
    try:
        # As from a socket, whose body is read already: Bolt's own reader loses a command with the word "payload" in it.
        request = AsyncBoltRequest(body=body, headers=dict(headers), mode="socket_mode")
    except Exception as error:
        # Bolt looks into the body while it builds this, and fails in as many ways as there are wrong shapes.
        raise RejectedError(BAD_REQUEST, "the body cannot be read") from error
    request.mode, request.raw_body = "http", text
    request.context[INCOMING] = incoming
    return request


def _may_be_read(headers: Mapping[str, str], text: str, verifier: SignatureVerifier) -> bool:
    """Whether Slack signed it; or it is short, and may be Slack's look at the certificate, which it does not sign."""
    if len(text) < LONGEST_SSL_CHECK and SSL_CHECK in text:
        return True
    return verifier.is_valid(text, headers.get(TIMESTAMP), headers.get(SIGNATURE))


def known_headers(scope: Scope) -> dict[str, str]:
    """The headers that matter here, decoded. Of one sent twice, the last."""
    return {_HEADERS[name]: value.decode("latin-1") for name, value in scope["headers"] if name in _HEADERS}


def _read_shape(text: str, media_type: str) -> tuple[dict[str, Any], payloads.Incoming | None]:
    """The body as a dict, and the request in it (None for Slack's handshakes). Raises RejectedError."""
    try:
        body = json.loads(text) if media_type == JSON else _form(text)
        if not isinstance(body, dict):
            raise RejectedError(BAD_REQUEST, "the body is no object")
        if "\\u" in text or "%00" in text or "%5Cu" in text or "\0" in text:
            _check_characters(body)
        return body, None if payloads.handshake(body) else payloads.read(body)
    except (ValueError, RecursionError) as error:
        raise RejectedError(BAD_REQUEST, "the body cannot be read") from error
    except payloads.MalformedError as error:
        raise RejectedError(BAD_REQUEST, str(error)) from error


def _form(text: str) -> Any:
    """The fields of a form; where it is only the wrapping of an interaction's JSON, what that holds."""
    fields = dict(parse_qsl(text, keep_blank_values=True, errors="strict"))
    return json.loads(fields["payload"]) if "payload" in fields else fields


def _check_characters(body: Mapping[str, Any]) -> None:
    """Half a surrogate pair cannot be sent on, and NUL cannot be stored; nobody types either. Raises ValueError."""
    written = json.dumps(body, ensure_ascii=False)
    written.encode()
    if NUL.search(written):
        raise ValueError("a NUL character")


async def _received(receive: Receive, patience: timedelta) -> MutableMapping[str, Any]:
    try:
        async with asyncio.timeout(patience.total_seconds()):
            message = await receive()
    except TimeoutError as error:
        raise RejectedError(TIMED_OUT, "the body did not come in time") from error
    if message["type"] == "http.disconnect":
        raise RejectedError(BAD_REQUEST, "the connection ended within the body")
    return message


async def _rest(receive: Receive, first: bytes, limit: int, patience: timedelta) -> bytes:
    until = asyncio.get_running_loop().time() + patience.total_seconds()
    parts, length, more = [first], len(first), True
    while more:
        if length > limit:
            raise RejectedError(TOO_LARGE, "the body is too large")
        left = timedelta(seconds=max(0.0, until - asyncio.get_running_loop().time()))
        message = await _received(receive, left)
        part = message.get("body", b"")
        parts.append(part)
        length += len(part)
        more = bool(message.get("more_body"))
    if length > limit:
        raise RejectedError(TOO_LARGE, "the body is too large")
    return b"".join(parts)
