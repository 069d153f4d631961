from __future__ import annotations

from typing import Any

import pytest

from tests.local.toggl.conftest import Place
from tests.local.toggl.test_projects import project


@pytest.fixture(autouse=True)
def _unhurried(here: Place) -> None:
    here.toggl.limited = False


def alerts(here: Place) -> str:
    return f"/workspaces/{here.ids['workspace_id']}/alerts"


def body(here: Place, **more: Any) -> dict[str, Any]:
    sent = {"source_kind": "estimate", "project_id": project(here, "Sales").id, "threshold_type": "percentage"}
    return sent | {"thresholds": [50, 80], "receivers": 1} | more


async def test_an_alert_is_created_listed_and_deleted(here: Place) -> None:
    """Thresholds come as lists or strings, and go as the string that is documented."""
    made = (await here.track().post(alerts(here), json=body(here, receiver_users=[5, 6]))).json()
    assert (made["thresholds"], made["threshold"], made["receiver_users"]) == ("{50,80}", 50, "{5,6}")
    other = (await here.track().post(alerts(here), json=body(here, thresholds="{90}"))).json()
    listed = (await here.track().get(alerts(here))).json()
    assert [alert["id"] for alert in listed[-2:]] == [made["id"], other["id"]]
    assert (await here.track().delete(f"{alerts(here)}/{made['id']}")).status_code == 200
    gone = await here.track().delete(f"{alerts(here)}/{made['id']}")
    assert (gone.status_code, gone.json()) == (403, "Alert not found or not accessible")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"source_kind": None}, "source kind can't be blank"),
        ({"project_id": None}, "project can't be blank"),
        ({"project_id": 1}, "project not supported for this source kind"),
        ({"project_id": []}, "project not supported for this source kind"),
        ({"threshold_type": ""}, "threshold type can't be blank"),
        ({"thresholds": []}, "thresholds can't be blank"),
        ({"thresholds": [0]}, "threshold out of range"),
        ({"thresholds": "{x}"}, "threshold out of range"),
        ({"thresholds": [None]}, "threshold out of range"),
        ({"receivers": None}, "receivers can't be blank"),
        ({"receivers": -1}, "receiver out of range"),
        ({"object_type": True}, "alert type out of range"),
    ],
)
async def test_a_wrong_alert_is_refused_in_the_words_of_the_page(here: Place, wrong: Any, words: str) -> None:
    """And is not kept."""
    before = len(here.toggl.world.state.alerts)
    refused = await here.track().post(alerts(here), json=body(here, **wrong))
    assert (refused.status_code, refused.json()) == (400, words)
    assert len(here.toggl.world.state.alerts) == before


async def test_alerts_are_for_admins_and_cost(here: Place) -> None:
    """403 for a member, 402 on the free plan."""
    assert (await here.track("member").get(alerts(here))).status_code == 403
    assert (await here.track("member").post(alerts(here), json=body(here))).status_code == 403
    here.toggl.set_plan("free")
    assert (await here.track().post(alerts(here), json=body(here))).status_code == 402
