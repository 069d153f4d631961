"""users.*, dnd.*, team.info, bots.info: who is there, and whether they may be disturbed."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.local.slack.api.call import Call, page_of
from bot.local.slack.describe import app_user_json, person_json
from bot.local.slack.failures import ApiError
from bot.local.slack.world import Json, Person

_EMAIL = "users:read.email"
_MOST_DND = 50
_NIGHT, _MORNING = time(22), time(8)
"""Slack's own quiet hours, where nobody set others."""


async def info(call: Call) -> Json:
    """users.info."""
    user_id = call.need("user", "user_not_found")
    if user_id == call.workspace.world.app.bot_user_id:
        return {"user": app_user_json(call.workspace)}
    return {"user": _describe(call, call.person())}


async def list_all(call: Call) -> Json:
    """users.list: everybody, the app and deactivated people too."""
    everybody: list[Json] = [_describe(call, person) for person in call.workspace.world.people.values()]
    everybody.append(app_user_json(call.workspace))
    page, cursor = page_of(everybody, call.text("cursor"), call.number("limit", 1000, 1000))
    return {"members": page, "cache_ts": call.workspace.now, "response_metadata": {"next_cursor": cursor}}


async def lookup_by_email(call: Call) -> Json:
    """users.lookupByEmail: active people only."""
    email = call.need("email", "users_not_found").lower()
    for person in call.workspace.world.people.values():
        if person.email.lower() == email and not person.deleted:
            return {"user": _describe(call, person)}
    raise ApiError("users_not_found")


async def dnd_info(call: Call) -> Json:
    """dnd.info of one person."""
    return _dnd(call, call.person())


async def dnd_team_info(call: Call) -> Json:
    """dnd.teamInfo of up to 50 people."""
    names = [name.strip() for name in call.need("users", "missing_users").split(",")]
    if len(names) > _MOST_DND:
        raise ApiError("too_many_users")
    people = [person for name in names if (person := call.workspace.find_person(name)) is not None]
    return {"users": {person.id: _dnd(call, person) for person in people}}


async def team_info(call: Call) -> Json:
    """team.info."""
    world = call.workspace.world
    return {
        "team": {
            "id": world.team_id,
            "name": world.team_name,
            "url": f"{call.workspace.address}/",
            "domain": world.team_domain,
            "email_domain": "nordlicht.example",
            "icon": {"image_default": True},
        }
    }


async def bots_info(call: Call) -> Json:
    """bots.info of the app itself."""
    app = call.workspace.world.app
    if call.text("bot") not in {None, app.bot_id}:
        raise ApiError("bot_not_found")
    if call.text("bot") is None:
        return {}
    return {
        "bot": {
            "id": app.bot_id,
            "deleted": not app.installed,
            "name": app.name,
            "updated": 0,
            "app_id": app.id,
            "user_id": app.bot_user_id,
            "icons": {},
        }
    }


def _describe(call: Call, person: Person) -> Json:
    email = _EMAIL in call.workspace.world.app.scopes
    return person_json(call.workspace, person, locale=call.flag("include_locale"), email=email)


def _dnd(call: Call, person: Person) -> Json:
    """The quiet time that goes on or comes next. What somebody snoozed only they see as such: others see its span."""
    now = call.workspace.clock()
    if person.dnd_until is not None and person.dnd_until > now.timestamp():
        return {
            "dnd_enabled": True,
            "next_dnd_start_ts": int(now.timestamp()),
            "next_dnd_end_ts": int(person.dnd_until),
        }
    here = now.astimezone(ZoneInfo(person.tz))
    start = datetime.combine(here.date(), _NIGHT, here.tzinfo)
    if here.time() < _MORNING:
        start -= timedelta(days=1)
    end = datetime.combine(start.date() + timedelta(days=1), _MORNING, here.tzinfo)
    return {
        "dnd_enabled": person.dnd_nights,
        "next_dnd_start_ts": int(start.timestamp()) if person.dnd_nights else 1,
        "next_dnd_end_ts": int(end.timestamp()) if person.dnd_nights else 1,
    }
