"""What is counted: requests by kind, route and outcome, and how long each took."""

from __future__ import annotations

from enum import StrEnum

from prometheus_client import CollectorRegistry, Counter, Histogram

from bot.dispatcher.request import Kind

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 3, 5, 10, 30)


class Outcome(StrEnum):
    """How a request ended."""

    ANSWERED = "answered"
    REFUSED = "refused"
    """An expected failure was shown."""
    FAILED = "failed"
    """Something unexpected, shown with a reference."""
    REPEATED = "repeated"
    """A second delivery, on which nothing was done."""
    UNKNOWN = "unknown"
    """No route."""


class Metrics:
    """The dispatcher's metrics in `registry`. Routes are those of the table: people's words never become a label."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self._requests = Counter(
            "bot_requests_total", "Requests from Slack.", ("kind", "route", "outcome"), registry=registry
        )
        self._seconds = Histogram(
            "bot_request_seconds", "Until the answer was sent.", ("kind",), buckets=BUCKETS, registry=registry
        )
        self._counters: dict[tuple[Kind, str, Outcome], Counter] = {}
        self._histograms = {kind: self._seconds.labels(kind) for kind in Kind}

    def observe(self, kind: Kind, route: str, outcome: Outcome, seconds: float) -> None:
        """Count one request that took `seconds`."""
        key = (kind, route, outcome)
        counter = self._counters.get(key)
        if counter is None:
            counter = self._counters[key] = self._requests.labels(*key)
        counter.inc()
        self._histograms[kind].observe(seconds)
