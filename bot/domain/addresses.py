"""The address of a Toggl page as people paste it, and the organization and workspace it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.errors import UserError
from bot.i18n import N_

# https://focus.toggl.com/{organization_id}/workspaces/{workspace_id}/… ; Slack wraps what looks like a link in <…|…>.
_ADDRESS = re.compile(
    r"<?(?:https?://)?(?:[a-z0-9-]+\.)*toggl\.com/([0-9]{1,18})/workspaces/([0-9]{1,18})(?:[/?#|>].*)?",
    re.ASCII | re.IGNORECASE,
)


class NotAnAddress(UserError):
    """What was pasted names no organization and workspace."""

    sentence = N_(
        "That is not the address of a Toggl page. It looks like https://focus.toggl.com/1234/workspaces/5678 and "
        "is in your browser’s address bar when Toggl is open."
    )


@dataclass(frozen=True, slots=True)
class TogglAddress:
    """The ids in the address of a Toggl Focus page."""

    organization_id: int
    workspace_id: int


def parse_address(text: str) -> TogglAddress:
    """The ids in a pasted address, with or without scheme, path and query. Raises NotAnAddress."""
    found = _ADDRESS.fullmatch(text.strip())
    if found is None:
        raise NotAnAddress
    organization_id, workspace_id = map(int, found.groups())
    if not organization_id or not workspace_id:
        raise NotAnAddress
    return TogglAddress(organization_id, workspace_id)
