from __future__ import annotations

import hashlib
import hmac
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.local.toggl.conftest import NOON, Place
from tests.serving import serving

SECRET = "shared-secret"


@dataclass
class Receiver:
    """Who subscribed: keeps what comes, echoes validation codes while it is told to."""

    echoes: bool = True
    came: list[tuple[bytes, str]] = field(default_factory=list)
    address: str = ""

    @property
    def bodies(self) -> list[Any]:
        return [msgspec.json.decode(raw) for raw, _ in self.came]

    async def receive(self, request: Request) -> Response:
        raw = await request.body()
        self.came.append((raw, request.headers["X-Webhook-Signature-256"]))
        code = msgspec.json.decode(raw).get("validation_code")
        return JSONResponse({"validation_code": code} if self.echoes else {})


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    async with serving(Starlette(routes=[Route("/hook", made.receive, methods=["POST"])])) as address:
        made.address = address + "/hook"
        yield made


@pytest.fixture(autouse=True)
def _unhurried(here: Place) -> None:
    here.toggl.limited = False


async def subscribe(here: Place, receiver: Receiver, **more: Any) -> Any:
    body = {
        "url_callback": receiver.address,
        "event_filters": [{"entity": "time_entry", "action": "*"}],
        "enabled": True,
        "description": "The bot",
        "secret": SECRET,
    }
    answer = await here.webhooks().post(f"/subscriptions/{here.ids['workspace_id']}", json=body | more)
    await here.toggl.deliveries.settled()
    return answer


async def test_a_subscription_is_validated_by_the_echo_of_its_ping(here: Place, receiver: Receiver) -> None:
    """The body is signed with the secret, over its raw bytes."""
    assert (await subscribe(here, receiver)).json()["validated_at"] is None
    (raw, signature) = receiver.came[0]
    assert msgspec.json.decode(raw)["payload"] == "ping"
    assert signature == "sha256=" + hmac.new(SECRET.encode(), raw, hashlib.sha256).hexdigest()
    listed = (await here.webhooks().get(f"/subscriptions/{here.ids['workspace_id']}")).json()
    assert listed[0]["validated_at"] == "2026-11-18T12:00:00+00:00"


async def test_no_two_subscriptions_of_a_workspace_are_called_the_same(here: Place, receiver: Receiver) -> None:
    here.toggl.set_plan("premium")
    made = (await subscribe(here, receiver)).json()
    again = await subscribe(here, receiver, url_callback=receiver.address + "2")
    assert (again.status_code, "description" in again.text) == (400, True)
    place = f"/subscriptions/{here.ids['workspace_id']}/{made['subscription_id']}"
    same = {name: made[name] for name in ("url_callback", "event_filters", "enabled", "description")}
    assert (await here.webhooks().put(place, json=same)).status_code == 200


async def test_nothing_is_delivered_to_an_address_that_was_not_validated(here: Place, receiver: Receiver) -> None:
    """Until the code of the PING is opened by hand."""
    receiver.echoes = False
    number = (await subscribe(here, receiver)).json()["subscription_id"]
    here.toggl.start_elsewhere("member", "Write report", at=NOON)
    await here.toggl.deliveries.settled()
    assert len(receiver.came) == 1
    place = f"/validate/{here.ids['workspace_id']}/{number}"
    assert (await here.webhooks().get(f"{place}/wrong")).status_code == 400
    assert (await here.webhooks().get(f"{place}/{receiver.bodies[0]['validation_code']}")).status_code == 200
    here.toggl.stop_elsewhere("member", at=NOON)
    await here.toggl.deliveries.settled()
    assert receiver.bodies[-1]["metadata"]["action"] == "updated"


async def test_changes_through_the_api_and_elsewhere_are_delivered_once(here: Place, receiver: Receiver) -> None:
    """Only those that were subscribed to; nothing for a refused call."""
    await subscribe(here, receiver)
    task = here.toggl.task("Write report").id
    place = f"{here.workspace}/tracking/start"
    started = await here.focus().post(place, json={"type": "activity", "task_id": task})
    assert (await here.focus().post(place, json={"type": "activity", "task_id": task})).status_code == 422
    project = here.toggl.task("Write report").project_id
    await here.focus().patch(f"{here.workspace}/projects/{project}/archive")
    await here.toggl.deliveries.settled()
    assert [body["metadata"]["model"] for body in receiver.bodies[1:]] == ["time_entry"]
    assert receiver.bodies[1]["payload"]["id"] == started.json()["id"]


async def test_who_is_in_a_project_is_an_event_of_its_own(here: Place, receiver: Receiver) -> None:
    """Of people and of groups apart; one that was refused is none."""
    await subscribe(
        here, receiver, event_filters=[{"entity": each, "action": "*"} for each in ("project_user", "project_group")]
    )
    project = here.toggl.task("Write report").project_id
    members = f"{here.workspace}/projects/{project}/members"
    lena, group = here.toggl.person("lena").focus_id, next(iter(here.toggl.world.state.groups))
    here.toggl.world.state.projects[project or 0].users.pop(lena, None)
    here.toggl.world.state.projects[project or 0].groups.pop(group, None)
    assert (await here.focus().post(members, json={"user_ids": [lena], "group_ids": [group]})).is_success
    assert (await here.focus().request("DELETE", members, json={"user_id": lena})).is_success
    assert (await here.focus().request("DELETE", members, json={"user_id": lena})).status_code == 404
    await here.toggl.deliveries.settled()
    told = [(body["metadata"]["model"], body["metadata"]["action"]) for body in receiver.bodies[1:]]
    assert sorted(told) == [("project_group", "created"), ("project_user", "created"), ("project_user", "deleted")]


async def test_a_disabled_or_deleted_subscription_is_quiet(here: Place, receiver: Receiver) -> None:
    """And a receiver that is away costs nobody anything."""
    number = (await subscribe(here, receiver)).json()["subscription_id"]
    place = f"/subscriptions/{here.ids['workspace_id']}/{number}"
    assert (await here.webhooks().patch(place, json={"enabled": False})).status_code == 200
    here.toggl.start_elsewhere("member", "Write report", at=NOON)
    assert (await here.webhooks().delete(place)).status_code == 200
    here.toggl.stop_elsewhere("member", at=NOON)
    await here.toggl.deliveries.settled()
    assert len(receiver.came) == 1
    await subscribe(here, receiver, url_callback="http://127.0.0.1:9/hook")
    assert here.toggl.deliveries.done[-1].status is None


async def test_the_plan_limits_the_number_of_subscriptions(here: Place, receiver: Receiver) -> None:
    """Three on the premium plan."""
    answers = [await subscribe(here, receiver, description=f"Number {number}") for number in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 400]


@pytest.mark.parametrize(
    "wrong",
    [
        {"url_callback": "nowhere"}, {"event_filters": []}, {"event_filters": [{"entity": "moon", "action": "*"}]},
        {"event_filters": [{"entity": "*", "action": "seen"}]}, {"enabled": "yes"}, {"description": ""},
    ],
)  # fmt: skip
async def test_a_wrong_subscription_is_refused(here: Place, receiver: Receiver, wrong: dict[str, Any]) -> None:
    """400, and no PING."""
    assert (await subscribe(here, receiver, **wrong)).status_code == 400
    assert receiver.came == []


async def test_subscriptions_are_for_admins(here: Place) -> None:
    """403 for a member; anybody may know what can be subscribed to."""
    assert (await here.webhooks("member").get(f"/subscriptions/{here.ids['workspace_id']}")).status_code == 403
    assert "time_entry" in (await here.webhooks("member").get("/event_filters")).json()


async def test_moving_a_subscription_asks_for_validation_again(here: Place, receiver: Receiver) -> None:
    """A PING goes to the new address."""
    made = (await subscribe(here, receiver)).json()
    place = f"/subscriptions/{here.ids['workspace_id']}/{made['subscription_id']}"
    body = {name: made[name] for name in ("event_filters", "enabled", "description")}
    moved = await here.webhooks().put(place, json=body | {"url_callback": receiver.address + "?moved"})
    assert moved.json()["validated_at"] is None
    await here.toggl.deliveries.settled()
    assert [entry["payload"] for entry in receiver.bodies] == ["ping", "ping"]
    again = f"/ping/{here.ids['workspace_id']}/{made['subscription_id']}"
    assert (await here.webhooks().post(again)).status_code == 200
    await here.toggl.deliveries.settled()
    assert len(receiver.came) == 3
