"""The alerts on a workspace's projects: which there are, whom they reach; making, changing and deleting them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.administration import Change, Fields
from bot.domain.alerts import Alert, Known
from bot.domain.receivers import Directory
from bot.errors import UserError
from bot.i18n import N_
from bot.services import alert_changes, receivers
from bot.services.administered import Changed, make
from bot.services.context import Context
from bot.services.entry_changes import NothingToSave
from bot.toggl import NotFound, TogglError


class AlertsNotListed(UserError):
    """The companion operation that lists them is not there for this person."""

    sentence = N_("Toggl does not list the alerts of this workspace here, so they can neither be shown nor changed.")


@dataclass(frozen=True, slots=True)
class Alerts:
    """All alerts, and the people whom they may be for."""

    all: tuple[Alert, ...]
    directory: Directory

    @property
    def known(self) -> Known:
        """The words and codes that new ones may use."""
        return Known.of(self.all)

    def find(self, number: int) -> Alert | None:
        """The alert of this number."""
        return next((alert for alert in self.all if alert.id == number), None)


async def look(context: Context) -> Alerts:
    """The alerts as they are now. Two calls, one where the people are kept. Raises AlertsNotListed, TogglError."""
    try:
        found = await alert_changes.read(context)
    except NotFound:
        raise AlertsNotListed from None
    return Alerts(found, await receivers.known(context))


async def look_again(context: Context) -> Alerts | None:
    """The same after a change; None where Toggl does not show them just then."""
    try:
        return await look(context)
    except (AlertsNotListed, TogglError):
        return None


async def create(context: Context, new: Alert) -> Changed:
    """Make an alert. Raises what `administration.change` raises, AlertThereAlready."""
    return await make(context, Change(kind=alert_changes.CREATE, name=new.project, after=new.fields))


async def save(context: Context, number: int, shown: Fields, entered: Fields, *, name: str) -> Changed:
    """Change the fields `entered` of an alert of which these were `shown`: Toggl makes another.

    Raises NothingToSave, as well as `create`.
    """
    if all(shown.get(field) == value for field, value in entered.items()):
        raise NothingToSave
    wanted = Change(kind=alert_changes.EDIT, subject_id=str(number), name=name, before=dict(shown), after=dict(entered))
    return await make(context, wanted)


async def delete(context: Context, number: int, shown: Fields, *, name: str) -> Changed:
    """Delete an alert of which these fields were `shown`. Raises what `administration.change` raises."""
    wanted = Change(kind=alert_changes.DELETE, subject_id=str(number), name=name, before=dict(shown))
    return await make(context, wanted)
