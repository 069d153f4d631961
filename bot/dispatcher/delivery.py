"""One request on its way back to Slack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.dispatcher.payloads import NOTHING, Incoming
from bot.dispatcher.request import Kind, Origin, Pending
from bot.dispatcher.tenants import Tenant
from bot.i18n import Translator
from bot.services.context import Person


@dataclass(slots=True)
class Delivery:
    """What is known so far of `incoming`, which came at `now`; the rest is filled in on the way."""

    incoming: Incoming
    now: datetime
    t: Translator
    tenant: Tenant = field(init=False)
    """Without a token until it was looked up."""
    pending: Pending | None = None
    """What was typed, where words were typed."""
    route: str = "unknown"
    """For the log and the metrics; never what a person wrote."""
    person: Person | None = None
    changes: list[str] = field(default_factory=list)
    """What the handler's use cases changed, as they noted it: see `Context.changes`."""
    workspace_id: int | None = None
    """The store's number of the Toggl workspace that it is about; None where none was opened."""
    late_at: float | None = None
    """When it was acknowledged without an answer, in seconds of the event loop."""

    def __post_init__(self) -> None:
        self.tenant = Tenant(self.incoming.tenant_id, "")

    @property
    def typed(self) -> str | None:
        """The words to run again: the command's part in the routes first."""
        return f"{self.pending.command} {self.pending.text}".rstrip() if self.pending else None

    @property
    def late(self) -> bool:
        """Whether Slack got its acknowledgement already."""
        return self.late_at is not None

    @property
    def origin(self) -> Origin:
        """Where the answer belongs, with the time from which a response_url counts, and what a modal is about."""
        origin = self.incoming.origin
        return replace(origin, since=origin.since or self.now, workspace_id=origin.workspace_id or self.workspace_id)

    @property
    def told_at_home(self) -> bool:
        """Whether the App Home tells what was changed: nothing more has to be said then.

        A modal that was opened there stays on top of it when one of its buttons is pressed: it answers itself.
        """
        covered = self.incoming.kind is Kind.ACTION and self.incoming.in_modal
        return self.origin.home and not covered and bool(self.changes)

    @property
    def view(self) -> Mapping[str, Any]:
        """The view that it came from; empty where it came from none."""
        return self.incoming.view or NOTHING

    @property
    def view_id(self) -> str:
        """The id of that view."""
        return self.incoming.view_id or ""

    @property
    def in_form(self) -> bool:
        """Whether there is an open form in which a problem can be shown."""
        return self.incoming.kind in {Kind.SUBMISSION, Kind.ACTION} and self.incoming.in_modal
