"""Short-lived permissions: how long, how often."""

from __future__ import annotations

import pytest

from bot.local.slack.ids import Ids
from bot.local.slack.permits import PermitRefused, Permits, Response
from tests.conftest import Clock


@pytest.fixture
def permits(clock: Clock) -> Permits:
    """No permission given out yet."""
    return Permits(clock, Ids(clock))


def issued(permits: Permits, clock: Clock) -> str:
    """The secret of a fresh response_url."""
    return permits.issue_response(Response("U1", "C1", clock(), "command"))


def test_a_response_url_is_good_for_half_an_hour(permits: Permits, clock: Clock) -> None:
    secret = issued(permits, clock)
    clock.pass_(minutes=30)
    assert permits.use_response(secret).uses == 1
    clock.pass_(seconds=1)
    with pytest.raises(PermitRefused, match="expired_url"):
        permits.use_response(secret)


def test_a_response_url_is_good_for_five_uses(permits: Permits, clock: Clock) -> None:
    secret = issued(permits, clock)
    for _ in range(5):
        permits.use_response(secret)
    with pytest.raises(PermitRefused, match="used_url"):
        permits.use_response(secret)


def test_an_unknown_secret_is_good_for_nothing(permits: Permits) -> None:
    with pytest.raises(PermitRefused, match="expired_url"):
        permits.use_response("guessed")


@pytest.mark.parametrize("trigger_id", [None, 7, "", "1.2.3"])
def test_an_invented_trigger_is_invalid(permits: Permits, trigger_id: object) -> None:
    with pytest.raises(PermitRefused, match="invalid_trigger_id"):
        permits.redeem_trigger(trigger_id)


def test_a_trigger_is_good_until_its_third_second(permits: Permits, clock: Clock) -> None:
    trigger_id = permits.issue_trigger("U1", "V1")
    clock.pass_(seconds=3)
    trigger = permits.redeem_trigger(trigger_id)
    assert (trigger.person_id, trigger.view_id) == ("U1", "V1")


def test_old_permissions_are_forgotten(permits: Permits, clock: Clock) -> None:
    first = permits.issue_trigger("U1")
    clock.pass_(hours=2)
    permits.issue_trigger("U1")
    with pytest.raises(PermitRefused, match="invalid_trigger_id"):
        permits.redeem_trigger(first)


def test_timestamps_never_repeat_while_the_clock_stands_still(clock: Clock) -> None:
    ids = Ids(clock)
    made = [ids.ts() for _ in range(100)]
    assert made == sorted(set(made))
