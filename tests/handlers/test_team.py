from __future__ import annotations

from bot.local.slack.seed import SOFIA
from bot.views.ids import Actions
from tests.road import Road, shown


async def test_somebody_agrees_is_seen_by_a_colleague_and_takes_it_back(road: Road) -> None:
    await road.connect("member")
    await road.command("/track start write report")
    asked = await road.command("/track team")
    assert "*Nobody has agreed to be shown yet.*" in asked.text
    assert "Do you want to be shown, too?" in shown(asked)
    agreed = await road.pressed(asked, Actions.TEAM_AGREE)
    assert agreed.text.startswith("Everybody in this Slack workspace can now see")
    marcus, road.person = road.person, SOFIA
    await road.connect("admin")
    road.clock.pass_(minutes=5)
    seen = await road.command("/track team")
    assert seen.ephemeral_to == SOFIA
    assert f"<@{marcus}>  *Write report*" in shown(seen)
    road.person = marcus
    withdrawn = await road.pressed(agreed, Actions.TEAM_WITHDRAW)
    assert withdrawn.text == "Nobody sees what you are tracking any more."
    assert f"<@{marcus}>" not in shown(await road.command("/track team"))
