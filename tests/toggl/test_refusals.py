"""A status becomes its error, with Toggl's words, whatever body came with it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.toggl import (
    CredentialRefused,
    Forbidden,
    NotFound,
    PaidFeature,
    QuotaSpent,
    RateLimited,
    Refused,
    TogglError,
    Unavailable,
)
from tests.toggl.conftest import Face
from tests.toggl.fakes import Scripted, answer

SPENT: dict[str, Any] = {"X_Toggl_Quota_Remaining": "0", "X_Toggl_Quota_Resets_In": "600"}

REFUSALS = [
    (answer(b"", 401), CredentialRefused, ""),
    (answer({"error": "invalid_session", "error_description": "Sign in"}, 401), CredentialRefused, "Sign in"),
    (answer("Incorrect username and/or password", 403), CredentialRefused, "Incorrect username and/or password"),
    (answer({"error": "forbidden", "error_description": "No right"}, 403), Forbidden, "No right"),
    (answer("Workspace not found", 404), NotFound, "Workspace not found"),
    (answer({"error": "quota"}, 402, **SPENT), QuotaSpent, "quota"),
    (
        answer("Premium only", 402, X_Toggl_Quota_Remaining="7", X_Toggl_Quota_Resets_In="9"),
        PaidFeature,
        "Premium only",
    ),
    (answer("Premium only", 402), PaidFeature, "Premium only"),
    (
        answer(b"<html><title>x</title><h1>429 Slow &amp; down</h1></html>", 429, Retry_After="9"),
        RateLimited,
        "429 Slow & down",
    ),
    (answer({"error": "bad", "error_description": "per_page is too large"}, 400), Refused, "per_page is too large"),
    (answer({"error": "conflict"}, 409), Refused, "conflict"),
    (answer({"error": "gone"}, 410), NotFound, "gone"),
    (answer(b"", 418), Refused, ""),
    (answer(b"", 302, Location="/elsewhere"), Refused, ""),
    (answer(b"<html>Bad gateway</html>", 502), Unavailable, "Bad gateway"),
    (answer(b"", 501), Refused, ""),
    (answer(b"\xff\xfe{", 503), Unavailable, "\ufffd\ufffd{"),
]


@pytest.mark.parametrize(("response", "kind", "words"), REFUSALS)
async def test_a_status_becomes_its_error_with_toggls_words(
    response: object, kind: type[TogglError], words: str, face: Face
) -> None:
    faced = await face(Scripted(response))  # type: ignore[arg-type]  # a response, seen through parametrize
    with pytest.raises(TogglError) as caught:
        await faced.ws.projects.list()
    assert type(caught.value) is kind
    assert caught.value.words == words
    assert caught.value.operation == "list_projects"
    assert not caught.value.may_have_had_effect
    assert str(caught.value)


async def test_an_error_carries_what_support_asks_for(face: Face) -> None:
    body = {"error": "bad", "error_description": "No", "error_values": {"field": "name"}, "trace_id": "t-1"}
    faced = await face(Scripted(answer(body, 422)))
    with pytest.raises(Refused) as caught:
        await faced.ws.projects.create(name="")
    error = caught.value
    assert (error.operation, error.status, error.code, error.trace_id) == ("create_project", 422, "bad", "t-1")
    assert str(error) == "Toggl did not accept this: No. Nothing was saved."
    assert repr(error) == (
        "Refused(Trouble(operation='create_project', status=422, words='No', code='bad', trace_id='t-1'))"
    )


async def test_long_words_are_cut(face: Face) -> None:
    faced = await face(Scripted(answer("x" * 1000, 400)))
    with pytest.raises(Refused) as caught:
        await faced.ws.projects.list()
    assert len(caught.value.words) == 300
    assert caught.value.words.endswith("…")
