"""users.*, dnd.*, team.info, bots.info."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.local.slack.engine import LocalSlack
from bot.local.slack.seed import ALEX, JONAS, LENA, TOM, YUKI
from tests.conftest import Clock
from tests.local.slack.conftest import Api


async def test_a_person_has_a_zone_and_a_locale_when_asked_for(api: Api) -> None:
    user = (await api.form("users.info", user=YUKI, include_locale="true"))["user"]
    assert (user["tz"], user["tz_offset"], user["locale"]) == ("Asia/Tokyo", 32400, "ja-JP")
    assert user["profile"]["email"] == "yuki@nordlicht.example"
    assert "locale" not in (await api.form("users.info", user=YUKI))["user"]


async def test_an_address_needs_its_own_scope(api: Api, slack: LocalSlack) -> None:
    slack.world.app.scopes.remove("users:read.email")
    assert "email" not in (await api.form("users.info", user=YUKI))["user"]["profile"]


async def test_rights_are_told(api: Api) -> None:
    lena = (await api.form("users.info", user=LENA))["user"]
    alex = (await api.form("users.info", user=ALEX))["user"]
    tom = (await api.form("users.info", user=TOM))["user"]
    assert (lena["is_owner"], lena["is_admin"], alex["is_ultra_restricted"], tom["deleted"]) == (True,) * 4
    assert "tz" not in tom


async def test_the_app_is_a_user_too(api: Api, slack: LocalSlack) -> None:
    assert (await api.form("users.info", user=slack.world.app.bot_user_id))["user"]["is_bot"] is True
    members = (await api.form("users.list"))["members"]
    assert len(members) == 8
    assert sum(member["is_bot"] for member in members) == 1


async def test_nobody_is_found_under_a_wrong_id(api: Api) -> None:
    assert (await api.form("users.info", user="U0NOBODY"))["error"] == "user_not_found"


async def test_active_people_are_found_by_address(api: Api) -> None:
    assert (await api.form("users.lookupByEmail", email="Jonas@nordlicht.example"))["user"]["id"] == JONAS
    assert (await api.form("users.lookupByEmail", email="tom@nordlicht.example"))["error"] == "users_not_found"


async def test_do_not_disturb_is_told_without_what_only_the_person_sees(
    api: Api, slack: LocalSlack, clock: Clock
) -> None:
    now = int(clock().timestamp())
    slack.world.people[JONAS].dnd_until = now + 600
    told = await api.form("dnd.info", user=JONAS)
    assert (told["dnd_enabled"], told["next_dnd_start_ts"], told["next_dnd_end_ts"]) == (True, now, now + 600)
    assert not [name for name in told if name.startswith("snooze")]
    team = await api.form("dnd.teamInfo", users=f"{JONAS},{LENA}")
    assert [team["users"][one]["dnd_enabled"] for one in (JONAS, LENA)] == [True, False]


async def test_nights_without_disturbance_are_told_also_before_they_begin(
    api: Api, slack: LocalSlack, clock: Clock
) -> None:
    slack.world.people[JONAS].dnd_nights = True
    berlin = ZoneInfo("Europe/Berlin")
    here = clock().astimezone(berlin)
    told = await api.form("dnd.info", user=JONAS)
    start, end = (datetime.fromtimestamp(told[f"next_dnd_{part}_ts"], berlin) for part in ("start", "end"))
    assert (f"{start:%H:%M}", f"{end:%H:%M}") == ("22:00", "08:00")
    assert end > here
    assert timedelta(hours=9) <= end - start <= timedelta(hours=11)


async def test_team_and_bot_are_described(api: Api, slack: LocalSlack) -> None:
    assert (await api.form("team.info"))["team"]["name"] == "Nordlicht Studio"
    assert (await api.form("bots.info", bot=slack.world.app.bot_id))["bot"]["app_id"] == slack.world.app.id
    assert (await api.form("bots.info", bot="B0"))["error"] == "bot_not_found"
