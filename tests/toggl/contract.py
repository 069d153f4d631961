"""The two OpenAPI documents as a judge of requests, and as a giver of the smallest answers they allow."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import jsonschema
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

_DOCUMENTS = Path(__file__).parents[1] / "contract"
_PREFIXES = {"focus": "/api", "track": "/api/v9"}


@dataclass(frozen=True)
class Documented:
    """One operation of a document."""

    id: str
    method: str
    path: re.Pattern[str]
    spec: dict[str, Any] = field(repr=False)
    product: str = ""

    @property
    def answer(self) -> tuple[int, bytes]:
        """The first documented success, with the smallest body that its schema allows."""
        status = min(status for status in self.spec["responses"] if status.startswith("2"))
        content = self.spec["responses"][status].get("content", {})
        schema = content.get("application/json", {}).get("schema")
        if schema is None:
            return int(status), b""
        if schema["type"] == "array":
            return int(status), b"[]"
        return int(status), b'{"data":[]}' if "data" in schema["properties"] else b"{}"


def documented() -> list[Documented]:
    """All 62 operations."""
    found = []
    for product, prefix in _PREFIXES.items():
        document = json.loads((_DOCUMENTS / f"{product}.openapi.json").read_text())
        for path, methods in document["paths"].items():
            pattern = re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(prefix + path)) + "$")
            found += [
                Documented(spec["operationId"], name.upper(), pattern, spec, product) for name, spec in methods.items()
            ]
    return found


def find(method: str, path: str) -> Documented | None:
    """The operation of a request: a written-out path before one with places."""
    fitting = [each for each in documented() if each.method == method and each.path.match(path)]
    return min(fitting, key=lambda each: len(each.path.groupindex), default=None)


def complaints(operation: Documented, path: str, query: str, body: bytes) -> list[str]:
    """What the document has against a request."""
    found: list[str] = []
    places = operation.path.match(path)
    parameters = {(each["in"], each["name"]): each for each in operation.spec.get("parameters", [])}
    given = {("path", name): value for name, value in (places.groupdict() if places else {}).items()}
    given |= {("query", name): value for name, value in parse_qsl(query, keep_blank_values=True)}
    found += [f"undocumented {key}" for key in given.keys() - parameters.keys()]
    found += [f"missing {key}" for key, each in parameters.items() if each.get("required") and key not in given]
    for key in given.keys() & parameters.keys():
        if given[key] == "" and "empty =" in parameters[key].get("description", ""):
            continue  # A meaning of its own that the type does not show.
        found += _against(parameters[key]["schema"], _typed(given[key], parameters[key]["schema"]))
    return found + _body_complaints(operation, body)


def _body_complaints(operation: Documented, body: bytes) -> list[str]:
    described = operation.spec.get("requestBody")
    if described is None:
        return ["undocumented body"] if body else []
    if not body:
        return ["missing body"]
    schema = described["content"]["application/json"]["schema"]
    value = json.loads(body)
    return _against(schema, value) + _unknown_keys(schema, value)


def _unknown_keys(schema: dict[str, Any], value: Any) -> list[str]:
    if isinstance(value, list):
        return [complaint for each in value for complaint in _unknown_keys(schema["items"], each)]
    known = schema.get("properties", {})
    return [f"undocumented key {key}" for key in value if key not in known] if known else []


def _typed(text: str, schema: dict[str, Any]) -> Any:
    match schema["type"]:
        case "array":
            return [_typed(part, schema["items"]) for part in text.split(",")]
        case "integer":
            return int(text)
        case "boolean":
            return {"true": True, "false": False}.get(text, text)
    return text


def _against(schema: dict[str, Any], value: Any) -> list[str]:
    formats = jsonschema.FormatChecker(("date",))
    formats.checks("date-time", ValueError)(_is_moment)
    return [
        error.message for error in jsonschema.Draft202012Validator(schema, format_checker=formats).iter_errors(value)
    ]


def _is_moment(text: object) -> bool:
    return not isinstance(text, str) or datetime.fromisoformat(text).tzinfo is not None


@dataclass
class Judge:
    """An ASGI app that answers each documented operation in the smallest way, and judges what it was sent."""

    called: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
            return
        request = Request(scope, receive)
        operation = find(request.method, request.url.path)
        if operation is None:
            self.complaints.append(f"no operation is {request.method} {request.url.path}")
            await Response(status_code=404)(scope, receive, send)
            return
        self.called.append(operation.id)
        body = await request.body()
        self.complaints += complaints(operation, request.url.path, request.url.query, body)
        scheme = request.headers["authorization"].partition(" ")[0]
        if scheme != {"focus": "Bearer", "track": "Basic"}[operation.product]:
            self.complaints.append(f"authorization {scheme}")
        status, content = operation.answer
        await Response(content, status, media_type="application/json")(scope, receive, send)
