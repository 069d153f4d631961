"""What every use case is given: who acts, with which Toggl workspace, over which store, and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.i18n import N_
from bot.services.connections import Connections
from bot.store import Store
from bot.toggl import Workspace


class NotConnected(UserError):
    """The person has no usable Toggl connection for what was asked; the pipeline answers with the connect prompt."""

    sentence = N_("Connect your Toggl account first.")


@dataclass(frozen=True, slots=True)
class Person:
    """A person in Slack, as the store knows them. `account_id` is the row that everything of theirs hangs on."""

    account_id: int
    tenant_id: str
    team_id: str
    user_id: str
    locale: str
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Context:
    """One use case's surroundings. `now` is aware and was read once, at the edge."""

    person: Person
    store: Store
    now: datetime
    connections: Connections = field(repr=False)
    channel_id: str | None = None
    focus: Workspace | None = field(default=None, repr=False)
    track: Workspace | None = field(default=None, repr=False)
    changes: list[str] = field(default_factory=list, repr=False)
    """What was changed on the way, noted by `note_change`; whoever made the context looks at it afterwards."""
    roles: list[str] = field(default_factory=list, repr=False)
    """The person's role, once it was asked for on the way: see `services.roles`."""
    sent: list[str] = field(default_factory=list, repr=False)
    """The operations by which Toggl was asked to change something on the way; whoever made the context fills it."""

    workspace_id: int | None = None
    """The store's id of the workspace; None for the one that the person chose."""
    asked_by: str | None = None
    """The id in Slack of whom an admin does this for, who asked for it."""

    @property
    def toggl(self) -> Workspace:
        """The Focus workspace the person chose. Raises NotConnected."""
        if self.focus is None:
            raise NotConnected
        return self.focus

    @property
    def role(self) -> str | None:
        """The role in the workspace as Toggl told it for this request; None as long as nothing asked."""
        return self.roles[-1] if self.roles else None

    def note_change(self, undo_id: str = "") -> None:
        """Say that something is different now from what the person's App Home shows, and what takes it back, if so."""
        self.changes.append(undo_id)
