"""What is sent, what is sent again, and what an answer or its absence becomes."""

from __future__ import annotations

import base64
import logging
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.toggl import (
    AnswerLost,
    Credential,
    CredentialMissing,
    Endpoints,
    FocusKey,
    Http,
    NotFound,
    Password,
    Patience,
    RateLimited,
    Toggl,
    TogglError,
    TrackToken,
    Unavailable,
    UnreadableAnswer,
    UnreadableReceipt,
)
from tests.serving import address, listening
from tests.toggl.conftest import ADMIN, Face, World
from tests.toggl.fakes import Scripted, Trouble, answer

PROJECT = {"id": 5, "name": "Web"}
SPENT: dict[str, Any] = {"X_Toggl_Quota_Remaining": "0", "X_Toggl_Quota_Resets_In": "600"}


async def test_each_product_gets_the_credential_made_for_it(face: Face) -> None:
    toggl = Scripted(answer([]), answer({"data": []}))
    faced = await face(toggl, credentials=[Password("ada@example.com", "secret"), *ADMIN])
    await faced.ws.members.list()
    await faced.ws.projects.list()
    track, focus = (headers["authorization"] for headers in toggl.headers)
    assert track == "Basic " + base64.b64encode(b"a" * 32 + b":api_token").decode()
    assert focus == "Bearer toggl_sk_admin"


async def test_a_password_serves_both_products(face: Face) -> None:
    toggl = Scripted(answer([]), answer({"data": []}))
    faced = await face(toggl, credentials=[Password("ada@example.com", "sécret")])
    await faced.ws.members.list()
    await faced.ws.projects.list()
    assert {headers["authorization"] for headers in toggl.headers} == {"Basic YWRhQGV4YW1wbGUuY29tOnPDqWNyZXQ="}


async def test_what_changes_something_is_told_as_it_is_sent(world: World, http: Http) -> None:
    told: list[str] = []
    toggl = Toggl(http, ADMIN, endpoints=world.endpoints, ledger=world.ledger, changing=told.append)
    place = world.local.workspace()
    ws = toggl.workspace(place.organization_id, place.id)
    await ws.projects.list()
    with pytest.raises(NotFound):
        await ws.tracking.stop(end=world.local.now())
    assert told == ["stop_tracking"]


async def test_without_a_credential_for_the_product_nothing_is_sent(face: Face) -> None:
    toggl = Scripted(answer([]))
    faced = await face(toggl, credentials=[FocusKey("key")])
    with pytest.raises(CredentialMissing, match="This needs Toggl Track") as caught:
        await faced.ws.members.list()
    assert caught.value.operation == "list_workspace_users"
    assert not toggl.requests


async def test_each_product_is_asked_with_its_own_workspace_id(face: Face) -> None:
    toggl = Scripted(answer([]), answer({"data": []}))
    faced = await face(toggl)
    ws = faced.toggl.workspace(1, 2, 3)
    await ws.members.list()
    await ws.tasks.list()
    assert [path for _, path in toggl.requests] == [
        "/api/v9/organizations/1/workspaces/3/workspace_users",
        "/api/organizations/1/workspaces/2/tasks",
    ]


async def test_a_read_is_tried_again_until_it_works(face: Face) -> None:
    toggl = Scripted(answer(b"", 500), Trouble.DROPPED, answer(PROJECT))
    faced = await face(toggl)
    assert (await faced.ws.projects.get(5)).name == "Web"
    assert len(toggl.requests) == 3


async def test_tries_are_bounded_in_number(face: Face) -> None:
    toggl = Scripted(answer(b"", 503))
    faced = await face(toggl)
    with pytest.raises(Unavailable):
        await faced.ws.projects.get(5)
    assert len(toggl.requests) == 3


async def test_tries_are_bounded_in_time(face: Face) -> None:
    toggl = Scripted(answer(b"", 503))
    faced = await face(toggl, patience=Patience(attempts=100, total=0.0001))
    with pytest.raises(Unavailable):
        await faced.ws.projects.get(5)
    assert len(toggl.requests) == 1


async def test_a_put_is_sent_again_after_a_lost_answer(face: Face) -> None:
    toggl = Scripted(Trouble.DROPPED, answer(b"", 204))
    faced = await face(toggl)
    await faced.ws.projects.replace(5, name="Web")
    assert toggl.bodies == [{"name": "Web"}, {"name": "Web"}]


async def test_a_delete_that_finds_nothing_the_second_time_has_been_done_the_first_time(face: Face) -> None:
    toggl = Scripted(Trouble.DROPPED, answer({"error": "not_found"}, 404))
    faced = await face(toggl)
    await faced.ws.projects.delete(5)
    assert len(toggl.requests) == 2


async def test_a_delete_that_finds_nothing_at_once_has_not_been_done(face: Face) -> None:
    faced = await face(Scripted(answer(b"", 503, Retry_After="1"), answer({"error": "not_found"}, 404)))
    with pytest.raises(NotFound):
        await faced.ws.projects.delete(5)


@pytest.mark.parametrize("trouble", [Trouble.DROPPED, answer(b"", 500), answer(b"", 503), answer(b"", 504)])
async def test_a_change_that_may_have_been_made_is_not_sent_again(trouble: Trouble, face: Face) -> None:
    toggl = Scripted(trouble)
    faced = await face(toggl)
    with pytest.raises(AnswerLost) as caught:
        await faced.ws.projects.archive(5)
    assert len(toggl.requests) == 1
    assert caught.value.may_have_had_effect
    assert not caught.value.retry
    assert "may or may not" in str(caught.value)


async def test_a_change_that_was_refused_before_it_was_processed_is_sent_again(face: Face) -> None:
    toggl = Scripted(answer(b"", 429, Retry_After="0"), answer(b"", 503, Retry_After="0"), answer(b"", 204))
    faced = await face(toggl)
    await faced.ws.projects.archive(5)
    assert len(toggl.requests) == 3


@pytest.mark.parametrize("said", ["1", "Fri, 20 Nov 2099 10:00:00 GMT", "soon", "", "-5", "1e999", "²"])
async def test_a_pause_that_is_too_long_or_unknown_is_told_to_the_person(said: str, face: Face) -> None:
    toggl = Scripted(answer(b"<html>slow down</html>", 429, Retry_After=said))  # the patience of tests is 0.01 s
    faced = await face(toggl)
    with pytest.raises(RateLimited) as caught:
        await faced.ws.projects.list()
    assert len(toggl.requests) == 1
    assert caught.value.retry_after >= 1
    assert caught.value.retry


async def test_a_silent_toggl_is_given_up_and_the_change_called_unknown(http: Http, face: Face) -> None:
    http.timeout = 0.05
    toggl = Scripted(Trouble.SILENCE)
    faced = await face(toggl)
    with pytest.raises(AnswerLost) as caught:
        await faced.ws.projects.pin(5)
    assert not caught.value.ended
    assert len(toggl.requests) == 1


async def test_no_connection_means_nothing_was_saved(http: Http) -> None:
    bound = listening()
    nowhere = address(bound)
    bound.close()
    ws = Toggl(
        http, ADMIN, endpoints=Endpoints(nowhere, nowhere), patience=Patience(attempts=2, first_pause=0, jitter=0)
    )
    with pytest.raises(Unavailable, match="Nothing was saved") as caught:
        await ws.workspace(1, 2).projects.archive(5)
    assert not caught.value.may_have_had_effect
    assert caught.value.retry


async def test_a_lost_answer_is_not_forgotten_when_the_next_try_fails_otherwise(face: Face) -> None:
    """The second attempt had no effect, but the first may have: "nothing was saved" would be untrue."""
    faced = await face(Scripted(Trouble.DROPPED, answer(b"", 402, **SPENT)))
    with pytest.raises(AnswerLost):
        await faced.ws.projects.replace(5, name="Web")


@pytest.mark.parametrize("content", [b"", b"<html>", b"[1]", b'"text"', b"7", b"\xff", b"[" * 100_000])
async def test_a_read_that_cannot_be_read_says_so(content: bytes, face: Face) -> None:
    faced = await face(Scripted(answer(content)))
    with pytest.raises(UnreadableAnswer) as caught:
        await faced.ws.projects.get(5)
    assert not caught.value.may_have_had_effect


async def test_a_change_whose_answer_cannot_be_read_may_have_been_made(face: Face) -> None:
    faced = await face(Scripted(answer(b"<html>ok</html>")))
    with pytest.raises(UnreadableReceipt, match="Toggl accepted this") as caught:
        await faced.ws.alerts.create({"project_id": 5})
    assert caught.value.may_have_had_effect


async def test_garbage_in_place_of_gzip_is_unreadable(face: Face) -> None:
    faced = await face(Scripted(answer(b"no gzip", Content_Encoding="gzip")))
    with pytest.raises(UnreadableAnswer):
        await faced.ws.projects.list()


async def test_a_secret_shows_nowhere(face: Face, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    credentials: list[Credential] = [
        FocusKey("focus-secret"),
        TrackToken("track-secret"),
        Password("ada@example.com", "pass-secret"),
    ]
    faced = await face(Scripted(Trouble.DROPPED), credentials=credentials)
    with pytest.raises(TogglError) as caught:
        await faced.ws.projects.archive(5)
    shown = [
        caplog.text,
        repr(credentials),
        repr(caught.value),
        str(caught.value),
        repr(faced.toggl),
        repr(faced.ws._scope),
    ]
    assert not [text for text in shown if "secret" in text or "ada@" in text]


async def test_a_time_without_a_zone_is_refused_before_anything_is_sent(face: Face) -> None:
    toggl = Scripted(answer({"data": []}))
    faced = await face(toggl)
    naive = datetime(2026, 11, 20, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="no time zone"):
        await faced.ws.time_entries.list(date_from=naive, date_to=naive)
    with pytest.raises(ValueError, match="no time zone"):
        await faced.ws.tracking.stop(end=naive)
    assert not toggl.requests
