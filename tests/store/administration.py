"""Rows of the audit log and of requests to admins, with every field that does not matter filled in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.store import Account
from bot.store.tables import AdminRequest, AuditRow

NOW = datetime(2026, 11, 12, 9, 15, 30, tzinfo=UTC)


def audit_row(**fields: Any) -> AuditRow:
    """A change of a member that was done, by Ann in T1."""
    known = {
        "attempt": f"attempt {sorted(fields.items(), key=str)}",
        "at": NOW,
        "tenant_id": "T1",
        "team_id": "T1",
        "user_id": "UANN",
        "who": "Ann (ann@example.com)",
        "organization_id": 1,
        "focus_id": 2,
        "track_id": 3,
        "kind": "member.edit",
        "subject": "member",
        "subject_id": "7",
        "name": "Bob",
        "result": "done",
    }
    return AuditRow(**{**known, **fields})


def request_row(account: Account, **fields: Any) -> AdminRequest:
    """A request of theirs that waits for an admin."""
    known = {
        "id": "request",
        "account_id": account.id,
        "tenant_id": account.tenant_id,
        "user_id": account.user_id,
        "organization_id": 1,
        "focus_id": 2,
        "track_id": 3,
        "step": "{}",
        "state": "asked",
        "created_at": NOW,
        "expires_at": NOW,
    }
    return AdminRequest(**{**known, **fields})
