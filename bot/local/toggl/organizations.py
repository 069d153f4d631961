"""The companions about an organization: its people, roles, public holidays and time off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.local.toggl.call import Answer
from bot.local.toggl.paging import ordered, page
from bot.local.toggl.roles import ROLES

if TYPE_CHECKING:
    from bot.local.toggl.call import Call
    from bot.local.toggl.records import DayOff, Person


def users(call: Call) -> Answer:
    """Everybody, by name; `user_account_id` is what is `toggl_user_id` elsewhere."""
    people = [person for person in call.world.state.people.values() if person.organization_id == call.organization.id]
    return Answer(200, page(ordered(people, call.query, ("id", "name", "email"), "name"), call.query, _user_shape))


def roles(_call: Call) -> Answer:
    """All roles, of workspaces and of projects."""
    return Answer(200, {"data": [role._asdict() for role in ROLES]})


def public_holidays(call: Call) -> Answer:
    """Days on which nobody works."""
    return Answer(200, page([day for day in _days_off(call) if day.toggl_user_id is None], call.query, _day_shape))


def time_off(call: Call) -> Answer:
    """Who is away, and when."""
    return Answer(200, page([day for day in _days_off(call) if day.toggl_user_id is not None], call.query, _day_shape))


def _days_off(call: Call) -> list[DayOff]:
    days = call.world.state.days_off.values()
    return sorted((day for day in days if day.organization_id == call.organization.id), key=lambda day: day.start_date)


def _day_shape(day: DayOff) -> dict[str, Any]:
    shape: dict[str, Any] = {
        "id": day.id,
        "organization_id": day.organization_id,
        "name": day.name,
        "start_date": day.start_date,
        "end_date": day.end_date,
    }
    if day.toggl_user_id is None:
        return shape | {"date": day.start_date}
    return shape | {"user_account_id": day.toggl_user_id, "toggl_user_id": day.toggl_user_id, "status": "approved"}


def _user_shape(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "user_account_id": person.focus_id,
        "organization_id": person.organization_id,
        "name": person.name,
        "email": person.email,
        "admin": person.organization_admin,
        "avatar_url": None,
        "deleted_at": None,
    }
