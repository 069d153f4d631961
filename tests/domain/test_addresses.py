"""Addresses of Toggl pages as people paste them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.addresses import NotAnAddress, TogglAddress, parse_address

IDS = st.integers(min_value=1, max_value=10**18 - 1)


@given(
    organization=IDS,
    workspace=IDS,
    scheme=st.sampled_from(["https://", "http://", "HTTPS://", ""]),
    host=st.sampled_from(["focus.toggl.com", "toggl.com", "Focus.Toggl.com"]),
    rest=st.sampled_from(["", "/", "/timer", "/tasks?view=list&x=1", "?a=b", "#top", "/überblick"]),
    space=st.sampled_from(["", " ", "\n", "\t "]),
)
def test_every_way_to_write_an_address_gives_its_ids(
    organization: int, workspace: int, scheme: str, host: str, rest: str, space: str
) -> None:
    pasted = f"{space}{scheme}{host}/{organization}/workspaces/{workspace}{rest}{space}"
    assert parse_address(pasted) == TogglAddress(organization, workspace)


@given(organization=IDS, workspace=IDS)
def test_an_address_that_slack_made_a_link_is_understood(organization: int, workspace: int) -> None:
    url = f"https://focus.toggl.com/{organization}/workspaces/{workspace}/timer"
    assert parse_address(f"<{url}>") == parse_address(f"<{url}|{url}>") == TogglAddress(organization, workspace)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1234",
        "https://focus.toggl.com/",
        "https://track.toggl.com/timer",
        "https://focus.toggl.com/0/workspaces/5",
        "https://focus.toggl.com/5/workspaces/0",
        "https://focus.toggl.com/5/workspaces/6x",
        "https://focus.toggl.com/٣/workspaces/5",
        "https://focus.toggl.com/-3/workspaces/5",
        "https://focus.toggl.com/1234567890123456789/workspaces/5",
        "https://focus.toggl.com.evil.example/1/workspaces/2",
        "https://evil.example/focus.toggl.com/1/workspaces/2",
        "https://nottoggl.com/1/workspaces/2",
    ],
)
def test_what_names_no_workspace_of_toggl_is_refused(text: str) -> None:
    with pytest.raises(NotAnAddress):
        parse_address(text)


@given(st.text())
def test_any_text_gives_ids_or_a_clear_refusal(text: str) -> None:
    try:
        address = parse_address(text)
    except NotAnAddress:
        return
    assert address.organization_id > 0
    assert address.workspace_id > 0
