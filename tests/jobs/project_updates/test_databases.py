"""What touches the database most, on each kind of database: the same tests, found here once more."""

from __future__ import annotations

import pytest

from tests.jobs.project_updates.test_events import (  # noqa: F401 (they are run here too)
    test_a_deleted_project_that_is_restored_goes_on,
    test_a_project_of_its_own_subscription_is_not_told_twice_by_the_one_to_all,
    test_nothing_changed_nothing_posted_nothing_written,
    test_quiet_hours_hold_posts_back_and_what_was_taken_back_meanwhile_is_not_told,
    test_the_first_look_tells_nothing_but_shows_the_card_of_a_followed_project,
)
from tests.jobs.project_updates.test_rights import (  # noqa: F401 (and these)
    hidden,
    test_channels_are_told_once_that_whoever_subscribed_is_gone,
    test_nothing_of_a_private_project_stays_where_its_subscriber_lost_sight_of_it,
    test_two_workers_tell_each_change_once,
    test_what_waited_in_a_digest_goes_with_the_right_to_see_it,
)


@pytest.fixture
def works_url(database_url: str) -> str:
    """On SQLite and on PostgreSQL."""
    return database_url
