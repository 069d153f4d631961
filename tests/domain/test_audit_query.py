from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.audit_query import SUBJECTS, AuditQuery, NoSuchSubject, parse_audit
from bot.domain.entry_filters import FilterEmpty
from bot.errors import UserError

NOW = datetime(2026, 11, 12, 11, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
PARTS = st.sampled_from(["by:@lena", "about:rate", "last week", "x", '"', ":"])


def read(text: str) -> AuditQuery:
    """What it means on Thursday 12 November 2026."""
    return parse_audit(text, people={"lena": "U1", "ben.b": "U2"}, now=NOW, zone=BERLIN, first_weekday=0)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", AuditQuery()),
        ("emil", AuditQuery(words="emil")),
        ("by:@lena", AuditQuery(by="lena", user_id="U1")),
        ("by:@nobody", AuditQuery(by="nobody")),
        ("by:lena", AuditQuery(by="lena")),
        ('by:"Lena Hoffmann" about:rates', AuditQuery(by="Lena Hoffmann", about="rate")),
        ("ABOUT:Statuses", AuditQuery(about="status")),
        ("yesterday", AuditQuery(first=date(2026, 11, 11), last=date(2026, 11, 11))),
        (
            "emil by:@ben.b october",
            AuditQuery(by="ben.b", user_id="U2", words="emil", first=date(2026, 10, 1), last=date(2026, 10, 31)),
        ),
    ],
)
def test_who_what_and_when_are_read(text: str, query: AuditQuery) -> None:
    assert read(text) == query


@pytest.mark.parametrize(
    ("text", "error"), [("by:", FilterEmpty), ("about:", FilterEmpty), ("about:cats", NoSuchSubject)]
)
def test_what_means_nothing_is_told(text: str, error: type[UserError]) -> None:
    with pytest.raises(error):
        read(text)


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["by:@lena", "about:rate", "last week", "x", '"', ":"])).map(" ".join)
)
def test_whatever_is_written_means_something_or_says_what_is_wrong(text: str) -> None:
    try:
        query = read(text)
    except UserError:
        return
    assert query.about is None or query.about in SUBJECTS.values()
    assert (query.first is None) == (query.last is None)


def test_names_are_compared_without_accents_and_the_id_counts_before_the_name() -> None:
    assert AuditQuery(words="nuria").fits("Núria Álvarez", "")
    assert AuditQuery(by="hoff").fits("x", "Lena Hoffmann (lena@x)")
    assert not AuditQuery(by="hoff").fits("x", "Ann")
    assert AuditQuery(by="hoff", user_id="U1").fits("x", "Ann")
