"""Every operation of the workspaces' page and of the statuses' page is reached from Slack, as the local Toggl counts.

A row names the road on which it happens. A road is walked once, whatever it reaches.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

import httpx
import pytest

from bot.local.slack.seed import LENA, MARCUS, SOFIA
from bot.local.toggl.calls import Called, Calls
from bot.views.ids import Actions
from tests.handlers import (
    test_alerts,
    test_members,
    test_new_workspace,
    test_rates,
    test_statistics,
    test_statuses,
    test_track_reminders,
)
from tests.handlers import test_workspace_settings as settings
from tests.road import Road, find_button
from tests.toggl.contract import documented

Walk = Callable[[Road], Awaitable[None]]
_CSRF = re.compile(r'name="csrf" value="([0-9a-f]+)"')


async def connecting_by_the_page(road: Road) -> None:
    """From the link in Slack over the page to the workspaces that a Track token opens."""
    prompt = await road.command("/toggl connect")
    _, link = find_button(prompt.blocks, Actions.CONNECT_LINK)
    async with httpx.AsyncClient() as browser:
        csrf = _CSRF.search((await browser.get(link["url"])).text)
        assert csrf is not None
        form = {"csrf": csrf[1], "way": "track_token", "token": "a" * 32}
        assert (await browser.post(link["url"], data=form)).is_success


REACHED: Mapping[str, Walk] = MappingProxyType(
    {
        # statuses
        "list_statuses": test_statuses.test_all_statuses_are_shown_by_type_with_one_call,
        "create_status": test_statuses.test_a_status_is_made_with_a_name_of_slacks_picker_and_its_place,
        "get_status": test_statuses.test_a_status_is_renamed_and_the_change_undone,
        "update_status": test_statuses.test_a_status_is_renamed_and_the_change_undone,
        "delete_status": test_statuses.test_deleting_asks_says_what_becomes_of_tasks_and_can_be_taken_back_later,
        "restore_status": test_statuses.test_deleting_asks_says_what_becomes_of_tasks_and_can_be_taken_back_later,
        # workspaces
        "search_workspaces": connecting_by_the_page,
        "get_workspace": settings.test_only_what_changed_is_saved_said_in_words_and_undone,
        "update_workspace": settings.test_only_what_changed_is_saved_said_in_words_and_undone,
        "create_workspace": test_new_workspace.test_a_workspace_is_made_with_what_differs_and_gone_over_to,
        "get_time_entry_constraints": settings.test_constraints_are_told_in_words_with_where_to_change_them,
        "get_workspace_statistics": test_statistics.test_statistics_are_private_with_charts_and_their_tables,
        # members
        "list_workspace_users": test_members.test_a_form_saves_each_field_under_the_right_number,
        "list_users": test_members.test_a_form_saves_each_field_under_the_right_number,
        "update_workspace_user": test_members.test_a_form_saves_each_field_under_the_right_number,
        "update_user": test_members.test_a_form_saves_each_field_under_the_right_number,
        "delete_workspace_user": test_members.test_removing_asks_says_what_happens_and_has_no_undo,
        "delete_workspace_users": test_members.test_several_go_in_one_call,
        # money, alerts, reminders
        "list_rates": test_rates.test_a_rate_from_a_day_on_is_said_in_words_and_saved,
        "create_rate": test_rates.test_a_rate_from_a_day_on_is_said_in_words_and_saved,
        "create_alert": test_alerts.test_one_is_made_changed_and_deleted_each_with_undo,
        "delete_alert": test_alerts.test_one_is_made_changed_and_deleted_each_with_undo,
        "list_track_reminders": test_track_reminders.test_one_is_made_changed_and_deleted_each_with_undo,
        "create_track_reminder": test_track_reminders.test_one_is_made_changed_and_deleted_each_with_undo,
        "update_track_reminder": test_track_reminders.test_one_is_made_changed_and_deleted_each_with_undo,
        "delete_track_reminder": test_track_reminders.test_one_is_made_changed_and_deleted_each_with_undo,
    }
)


class Ever(Calls):
    """Calls that keeps what was ever done, whatever a test forgets on the way."""

    def __init__(self) -> None:
        super().__init__()
        self.done: set[str | None] = set()

    def record(self, called: Called) -> None:
        """Remember one more."""
        super().record(called)
        if called.status is not None and called.status < 300:
            self.done.add(called.operation)


def test_the_table_has_all_twenty_of_the_workspaces_and_all_six_of_the_statuses() -> None:
    pages = {each.spec["operationId"]: each.spec["x-page"] for each in documented()}
    wanted = {name for name, page in pages.items() if page in {"pages/workspaces.txt", "pages/statuses.txt"}}
    assert len(wanted) == 26
    assert set(REACHED) == wanted


@pytest.mark.parametrize("walk", dict.fromkeys(REACHED.values()), ids=lambda walk: walk.__name__.removeprefix("test_"))
async def test_the_road_reaches_what_the_table_says(road: Road, walk: Walk) -> None:
    road.toggl.calls = ever = Ever()
    if walk.__module__ == test_members.__name__:
        for person in (LENA, SOFIA):
            road.slack.world.people[person].locale = "en-US"
        road.person = LENA
    else:
        road.toggl.limited = False
        assert road.person == MARCUS
    if walk is not connecting_by_the_page:
        await road.connect("admin", track=True)
    if walk.__module__ == test_statistics.__name__:
        for entry in road.toggl.world.state.entries.values():
            entry.deleted_at = road.clock()
    await walk(road)
    assert {operation for operation, reaching in REACHED.items() if reaching is walk} <= ever.done
