from __future__ import annotations

from tests.local.toggl.conftest import NOON, Place


async def test_the_front_page_tells_who_is_here_with_which_credentials(here: Place) -> None:
    """What runs is shown, names are escaped."""
    here.toggl.start_elsewhere("member", "<!channel> & <@U1>", at=NOON)
    page = await here.anybody().get("/")
    assert page.headers["Content-Type"].startswith("text/html")
    assert "toggl_sk_admin" in page.text
    assert "member@nordlicht.example" in page.text
    assert "&lt;!channel&gt; &amp; &lt;@U1&gt;" in page.text
    assert "<!channel>" not in page.text


async def test_the_address_that_people_paste_shows_a_timer_and_a_day(here: Place) -> None:
    """Whatever stands after the workspace; in the zone of whom it is seen as."""
    here.toggl.start_elsewhere("member", "Write report", at=NOON)
    page = await here.anybody().get(f"{here.workspace.replace('/organizations', '')}/timer?person=member")
    assert "<strong>Write report</strong>, since 21:00" in page.text
    assert (await here.anybody().get("/1/workspaces/2/timer")).status_code == 404


async def test_what_is_not_there_is_said_in_the_shape_of_the_product(here: Place) -> None:
    """An unknown path is 404, an unknown method 405 with the methods there are."""
    assert (await here.focus().get("/nothing")).json()["error"] == "not_found"
    assert (await here.track().get("/nothing")).json() == "Not found"
    wrong = await here.focus().put(f"{here.workspace}/projects")
    assert (wrong.status_code, set(wrong.headers["Allow"].split(", "))) == (405, {"GET", "POST"})
    assert wrong.json()["error"] == "method_not_allowed"
