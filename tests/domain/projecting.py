"""Projects as Hypothesis makes them up."""

from __future__ import annotations

from datetime import date

from hypothesis import settings
from hypothesis import strategies as st

from bot.domain.projects import Fee, Fields, Named, Project

UNHURRIED = settings(max_examples=40, deadline=None)
"""A project has some twenty fields: on a busy machine making one up takes longer than Hypothesis likes."""

NAMES = st.text(min_size=1, max_size=30) | st.just("n" * 255)
NAMED = st.builds(Named, st.integers(1, 10**9), NAMES)
FIELDS = st.builds(
    Fields,
    name=NAMES,
    client=st.none() | NAMED,
    parent=st.none() | NAMED,
    description=st.text(max_size=30) | st.just("d" * 3001),
    start=st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    end=st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    estimate=st.none() | st.integers(1, 10**7),
    color=st.none() | st.sampled_from(("#0b83d9", "#123456")),
    fee=st.none() | st.builds(Fee, st.floats(0, 10**9, width=32), st.sampled_from(("EUR", "USD", "JPY", ""))),
    tags=st.lists(NAMED, max_size=4, unique_by=lambda tag: tag.id).map(tuple),
    estimated_by_tasks=st.booleans(),
    billable=st.booleans(),
    private=st.booleans(),
    pinned=st.booleans(),
)
PROJECTS = st.builds(
    Project,
    id=st.integers(1, 10**9),
    fields=FIELDS,
    archived=st.booleans(),
    task_estimate=st.none() | st.integers(0, 10**7),
    tracked_secs=st.none() | st.integers(0, 10**10),
    rate=st.none() | st.floats(0, 10**6, width=32),
    rate_currency=st.sampled_from((None, "EUR", "XXX")),
)
