from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.poll_share import SHORTEST, Share, barred_until, charged, next_round

NOW = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@given(plan=st.sampled_from([30, 240, 600]), cost=st.integers(1, 12), signs=st.lists(st.booleans(), max_size=200))
def test_however_often_there_is_a_sign_an_hour_takes_a_tenth_of_the_plan_at_most(
    plan: int, cost: int, signs: list[bool]
) -> None:
    now, due, window, share = NOW, NOW, NOW + HOUR, None
    spent = in_hour = 0
    for sign in signs:
        now = min(now + timedelta(minutes=1), due) if sign else due
        if now < due and barred_until(share, now=now):
            continue
        if now >= window:
            window, in_hour = now + HOUR, 0
        in_hour, spent = in_hour + cost, spent + cost
        share = charged(share, cost=cost, remaining=plan - in_hour, resets_at=window, now=now)
        due = next_round(share, now=now)
        assert in_hour <= max(cost, plan // 10)
        assert due >= now + SHORTEST or barred_until(share, now=now)
    assert spent <= (plan / 10) * ((now - NOW) / HOUR + 1) + cost


def test_a_round_beyond_the_share_is_followed_by_hours_without_one() -> None:
    share = charged(None, cost=10, remaining=20, resets_at=NOW + HOUR, now=NOW)
    assert share == Share(NOW + HOUR, calls=3, spent=10, cost=10)
    assert next_round(share, now=NOW) >= NOW + 4 * HOUR
    assert barred_until(share, now=NOW + 2 * HOUR) is not None


def test_without_a_word_of_the_quota_the_smallest_plan_is_meant() -> None:
    share = charged(None, cost=1, remaining=None, resets_at=None, now=NOW)
    assert (share.calls, share.spent) == (3, 1)
    assert next_round(share, now=NOW) == NOW + timedelta(minutes=20)
