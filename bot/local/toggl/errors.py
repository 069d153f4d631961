"""How the local Toggl refuses: one exception, shown in the shape of each product."""

from __future__ import annotations

from typing import Any, Literal

Product = Literal["focus", "track", "webhooks"]


class Refusal(Exception):
    """An answer that is no success. `code` and `values` are shown by Focus only; None as `words` is an empty body."""

    def __init__(self, status: int, code: str, words: str | None, values: dict[str, Any] | None = None) -> None:
        super().__init__(words)
        self.status = status
        self.code = code
        self.words = words
        self.values = values

    def body(self, product: Product, trace_id: str) -> Any:
        """The body in the product's shape: an object in Focus, a JSON string in Track; None is no body."""
        if product != "focus":
            return self.words
        body: dict[str, Any] = {"error": self.code, "error_description": self.words or "", "trace_id": trace_id}
        return body | {"error_values": self.values} if self.values is not None else body


def invalid(words: str, **values: Any) -> Refusal:
    """400: the request cannot be meant."""
    return Refusal(400, "invalid_request", words, values or None)


def paid_feature(words: str) -> Refusal:
    """402 with calls left: the workspace's plan does not have this."""
    return Refusal(402, "payment_required", words)


def forbidden(words: str = "Insufficient permissions") -> Refusal:
    """403: the person may not."""
    return Refusal(403, "insufficient_permissions", words)


def not_found(words: str) -> Refusal:
    """404: there is no such thing, or none that the person may know of."""
    return Refusal(404, "not_found", words)


def unprocessable(code: str, words: str, **values: Any) -> Refusal:
    """422: understood, but against a rule of the workspace or of tracking."""
    return Refusal(422, code, words, values or None)
