from __future__ import annotations

import pytest

from tests.local.toggl.conftest import Place

REFUSED = "Incorrect username and/or password"
FOCUS, TRACK = "/api/users/me/settings", "/api/v9/me"


async def test_a_focus_key_opens_focus_only(here: Place) -> None:
    """Track refuses a Focus key as it refuses any credential."""
    client = here.anybody(headers={"Authorization": "Bearer toggl_sk_admin"})
    assert (await client.get(FOCUS)).status_code == 200
    refused = await client.get(TRACK)
    assert (refused.status_code, refused.json()) == (403, REFUSED)


async def test_a_track_token_opens_track_only(here: Place) -> None:
    """Focus refuses a Track token with its invalid session."""
    client = here.anybody(auth=("a" * 32, "api_token"))
    assert (await client.get(TRACK)).json()["fullname"] == "Astrid Holm"
    refused = await client.get(FOCUS)
    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_session")


async def test_email_and_password_open_both(here: Place) -> None:
    """Basic e-mail and password is the one credential that both products take."""
    client = here.anybody(auth=("Member@nordlicht.example", "member-password"))
    assert (await client.get(TRACK)).json()["fullname"] == "Mika Tanaka"
    assert (await client.get(FOCUS)).status_code == 200


async def test_no_credential_is_an_empty_401_in_track_and_an_invalid_session_in_focus(here: Place) -> None:
    """The two products disagree on what nobody is."""
    track, focus = await here.anybody().get(TRACK), await here.anybody().get(FOCUS)
    assert (track.status_code, track.content) == (401, b"")
    assert (focus.status_code, focus.json()["error"]) == (401, "invalid_session")
    assert focus.json()["trace_id"]


@pytest.mark.parametrize(
    "header",
    ["Bearer", "Bearer wrong", "Basic !!!", "Basic YWJj", "Basic gA==", "Digest x", "Basic OmFwaV90b2tlbg==", "x"],
)
async def test_a_garbled_credential_is_refused(here: Place, header: str) -> None:
    """Whatever the header holds, it is refused and never an error."""
    client = here.anybody(headers={"Authorization": header})
    assert (await client.get(FOCUS)).status_code == 401
    assert (await client.get(TRACK)).status_code == 403


async def test_a_stranger_to_the_workspace_is_told_apart_from_a_workspace_that_is_not_there(here: Place) -> None:
    """403 where one does not belong or was deactivated, 404 where nothing is."""
    labs = here.toggl.workspace("Nordlicht Labs")
    assert (await here.track("lena").get(f"/workspaces/{labs.track_id}")).status_code == 403
    assert (await here.track("viktor").get(f"/workspaces/{here.ids['workspace_id']}")).status_code == 403
    assert (await here.track("lena").get("/workspaces/1")).json() == "Workspace not found"
    context = await here.focus("lena").get(f"/workspaces/{labs.id}/context")
    assert (context.status_code, context.json()["error"]) == (403, "insufficient_permissions")
