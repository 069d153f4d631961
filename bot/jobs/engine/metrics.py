"""What is counted of scheduled work: how late it is, how much waits, how it ends."""

from __future__ import annotations

from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

BUCKETS = (0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60)
LATENESS = (1, 2, 5, 10, 30, 60, 300, 1800, 7200)


class Metrics:
    """The worker's metrics in `registry`. Kinds are those of the table of jobs."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self._runs = Counter("bot_job_runs_total", "Runs of jobs.", ("kind", "outcome"), registry=registry)
        self._seconds = Histogram(
            "bot_job_seconds", "One run, without its posts.", ("kind",), buckets=BUCKETS, registry=registry
        )
        self._posts = Counter("bot_posts_total", "Posts of jobs.", ("state",), registry=registry)
        self._lateness = Histogram(
            "bot_post_lateness_seconds",
            "From when it was due to when it was posted.",
            buckets=LATENESS,
            registry=registry,
        )
        self._lag = Gauge("bot_jobs_lag_seconds", "For how long the longest due run was not begun.", registry=registry)
        self._waiting = Gauge("bot_posts_waiting", "Posts that wait.", registry=registry)
        self._oldest = Gauge("bot_posts_oldest_seconds", "For how long the oldest of them does.", registry=registry)
        self._workers = Gauge("bot_workers", "Workers that live.", registry=registry)
        self._taken = Counter("bot_tasks_taken_over_total", "Tasks of dead workers.", registry=registry)

    def ran(self, kind: str, outcome: str, seconds: float) -> None:
        """Count a run: `done`, `retried` or `failed`."""
        self._runs.labels(kind, outcome).inc()
        self._seconds.labels(kind).observe(seconds)

    def posted(self, state: str, lateness: float | None = None) -> None:
        """Count what became of a post; `lateness` is in seconds."""
        self._posts.labels(state).inc()
        if lateness is not None:
            self._lateness.observe(lateness)

    def took_over(self, tasks: int) -> None:
        """Count what a dead worker left behind."""
        self._taken.inc(tasks)

    def show(
        self, *, now: datetime, earliest_due: datetime | None, waiting: int, oldest: datetime | None, workers: int
    ) -> None:
        """How things stand now."""
        self._lag.set(max(0.0, (now - earliest_due).total_seconds()) if earliest_due else 0.0)
        self._waiting.set(waiting)
        self._oldest.set(max(0.0, (now - oldest).total_seconds()) if oldest else 0.0)
        self._workers.set(workers)
