from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.exc import StatementError

from bot.store import Account, Store, accounts
from bot.store.tables import CredentialRow


async def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        async with store.writing() as db:
            await accounts.get_or_create(
                db,
                tenant_id="T1",
                team_id="T1",
                user_id="UANN",
                now=datetime(2026, 11, 12),  # noqa: DTZ001 (the mistake)
            )


async def test_a_plain_secret_is_refused_and_not_repeated(store: Store, ann: Account, now: datetime) -> None:
    with pytest.raises(StatementError, match="only sealed text") as caught:
        async with store.writing() as db:
            db.add(
                CredentialRow(
                    account_id=ann.id,
                    kind="focus_key",
                    secret="toggl_sk_admin",
                    label="",
                    fingerprint="",
                    created_at=now,
                )
            )
    assert "toggl_sk_admin" not in str(caught.value)


def test_a_row_shows_no_secret(now: datetime) -> None:
    row = CredentialRow(account_id=1, kind="", secret="gAAAAsealed", label="", fingerprint="", created_at=now)
    assert "gAAAAsealed" not in repr(row)
