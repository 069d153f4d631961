from __future__ import annotations

from tests.local.toggl.conftest import Clock, Place

REMAINING, RESETS = "X-Toggl-Quota-Remaining", "X-Toggl-Quota-Resets-In"


async def test_every_answer_counts_and_says_what_is_left(here: Place, clock: Clock) -> None:
    """The hour starts with the first call; refusals count as well."""
    focus = here.focus()
    first = await focus.get("/users/me/settings")
    assert (first.headers[REMAINING], first.headers[RESETS]) == ("599", "3600")
    clock.passes(600)
    refused = await focus.get("/workspaces/1/context")
    assert (refused.status_code, refused.headers[REMAINING], refused.headers[RESETS]) == (404, "598", "3000")
    clock.passes(3000)
    assert (await focus.get("/users/me/settings")).headers[REMAINING] == "599"


async def test_a_spent_quota_is_402_with_nothing_left_and_no_effect(here: Place) -> None:
    """Both products, each in its shape; another person is not touched."""
    here.toggl.spend_quota("admin", remaining=1)
    body = {"type": "activity", "task_id": here.toggl.task("Write report").id}
    assert (await here.focus().get("/users/me/settings")).headers[REMAINING] == "0"
    refused = await here.focus().post(f"{here.workspace}/tracking/start", json=body)
    assert (refused.status_code, refused.headers[REMAINING], refused.json()["error"]) == (402, "0", "quota_exceeded")
    assert here.toggl.running("admin") is None
    track = await here.track().get("/workspaces")
    assert (track.status_code, track.headers[REMAINING]) == (402, "0")
    assert isinstance(track.json(), str)
    assert (await here.focus("member").get("/users/me/settings")).status_code == 200


async def test_calls_about_oneself_have_thirty_an_hour_of_their_own(here: Place) -> None:
    """They neither spend the organization's nor are stopped by it."""
    here.toggl.spend_quota("admin")
    answer = await here.track().get("/me/quota")
    assert (answer.status_code, answer.headers[REMAINING]) == (200, "29")
    organization = here.ids["organization_id"]
    assert answer.json() == [{"organization_id": organization, "remaining": 0, "resets_in_secs": 3600, "total": 600}]
    here.toggl.spend_quota("admin", me=True)
    assert (await here.track().get("/me")).status_code == 402


async def test_the_plan_sets_the_quota(here: Place) -> None:
    """Thirty calls an hour on the free plan."""
    here.toggl.set_plan("free")
    assert (await here.focus().get("/users/me/settings")).headers[REMAINING] == "29"


async def test_a_paid_feature_is_402_with_calls_left(here: Place) -> None:
    """Only what is left tells it apart from a spent quota."""
    labs = here.toggl.workspace("Nordlicht Labs")
    refused = await here.track().get(f"/workspaces/{labs.track_id}/rates/workspace/{labs.track_id}")
    assert (refused.status_code, refused.json()) == (402, "Billable rates are available for Starter and higher plans.")
    assert int(refused.headers[REMAINING]) > 0


async def test_track_lets_a_burst_through_and_then_one_call_a_second(here: Place, clock: Clock) -> None:
    """Beyond it 429 with HTML, every other time with Retry-After; Focus knows no such limit."""
    track, focus = here.track(), here.focus()
    assert [(await track.get("/me")).status_code for _ in range(5)] == [200] * 5
    first, second = await track.get("/me"), await track.get("/me")
    assert (first.status_code, first.headers["Content-Type"]) == (429, "text/html; charset=utf-8")
    assert [answer.headers.get("Retry-After") for answer in (first, second)] == [None, "1"]
    assert (await here.track("member").get("/me")).status_code == 200
    assert [(await focus.get("/users/me/settings")).status_code for _ in range(8)] == [200] * 8
    clock.passes(1)
    assert [(await track.get("/me")).status_code for _ in range(2)] == [200, 429]
