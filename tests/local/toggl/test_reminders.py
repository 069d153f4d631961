from __future__ import annotations

from typing import Any

import pytest

from tests.local.toggl.conftest import Place


@pytest.fixture(autouse=True)
def _unhurried(here: Place) -> None:
    here.toggl.limited = False


def reminders(here: Place) -> str:
    return f"/workspaces/{here.ids['workspace_id']}/track_reminders"


def body(here: Place, **more: Any) -> dict[str, Any]:
    return {"frequency": 7, "threshold": 30, "user_ids": [here.toggl.person("member").id]} | more


async def test_a_reminder_is_created_replaced_and_deleted(here: Place) -> None:
    """200 each time; the last without a body."""
    made = await here.track().post(reminders(here), json=body(here))
    assert (made.status_code, made.json()["threshold"], made.json()["group_ids"]) == (200, 30, [])
    place = f"{reminders(here)}/{made.json()['reminder_id']}"
    group = next(iter(here.toggl.world.state.groups))
    changed = (await here.track().put(place, json={"frequency": 1, "threshold": 6.5, "group_ids": [group]})).json()
    assert (changed["frequency"], changed["user_ids"], changed["group_ids"]) == (1, [], [group])
    assert len((await here.track().get(reminders(here))).json()) == 3
    deleted = await here.track().delete(place)
    assert (deleted.status_code, deleted.content) == (200, b"")
    assert (await here.track().delete(place)).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"frequency": 2}, {"threshold": 0}, {"user_ids": []}, {"user_ids": [1]}, {"group_ids": [1]}, {"threshold": None}],
)
async def test_a_wrong_reminder_is_refused(here: Place, wrong: dict[str, Any]) -> None:
    """400; a Focus number is a stranger too."""
    assert (await here.track().post(reminders(here), json=body(here, **wrong))).status_code == 400
    focus_id = here.toggl.person("member").focus_id
    assert (await here.track().post(reminders(here), json=body(here, user_ids=[focus_id]))).status_code == 400


async def test_reminders_are_for_admins_on_the_premium_plan(here: Place) -> None:
    """403 for a member, 402 below the plan."""
    assert (await here.track("member").get(reminders(here))).status_code == 403
    here.toggl.set_plan("starter")
    assert (await here.track().get(reminders(here))).status_code == 402


async def test_2026_08_says_who_is_reminded_in_slack_already(here: Place) -> None:
    """The pages do not know of it."""
    await here.track().post(reminders(here), json=body(here, slack_reminder_enabled=True))
    assert "slack_reminder_enabled" not in (await here.track().get(reminders(here))).json()[-1]
    here.toggl.profile = "2026-08"
    assert (await here.track().get(reminders(here))).json()[-1]["slack_reminder_enabled"] is True
