"""Every operation under every fault: the right error, and nothing that may have had an effect sent twice."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.responses import Response

from bot.toggl import (
    AnswerLost,
    CredentialRefused,
    Forbidden,
    NotFound,
    PaidFeature,
    QuotaSpent,
    RateLimited,
    TogglError,
    Unavailable,
)
from bot.toggl.operations import Operation
from tests.conftest import Clock
from tests.toggl.conftest import Face
from tests.toggl.fakes import Scripted, Trouble, answer
from tests.toggl.test_contract import CALLS, COMPANIONS, operations_by_name

TRIES = 3
SPENT: dict[str, Any] = {"X_Toggl_Quota_Remaining": "0", "X_Toggl_Quota_Resets_In": "60"}
# What Toggl decides before it does anything: one request, whatever the operation.
DECIDED: list[tuple[Response, type[TogglError]]] = [
    (answer(b"", 401), CredentialRefused),
    (answer("paid", 402), PaidFeature),
    (answer("quota", 402, **SPENT), QuotaSpent),
    (answer("no right", 403), Forbidden),
    (answer("no such thing", 404), NotFound),
    (answer(b"<html>slow down</html>", 429, Retry_After="60"), RateLimited),
]
# What leaves open whether it was done, unless the operation only reads.
OPEN: list[Response | Trouble] = [
    answer(b"<html>oops</html>", 500),
    answer(b"", 503),
    answer(b"", 504),
    Trouble.DROPPED,
]


@pytest.mark.parametrize("name", sorted({**CALLS, **COMPANIONS}))
async def test_each_fault_is_its_error_and_no_effect_is_doubled(name: str, face: Face, clock: Clock) -> None:
    operation, toggl = operations_by_name()[name], Scripted(answer(b"", 503))
    faced = await face(toggl, naps=[])

    async def fails(fault: Response | Trouble) -> tuple[TogglError, int]:
        """The error of a call under `fault`, and how often its request was sent."""
        toggl.script, toggl.requests = [fault], []
        faced.toggl._scope.cache.drop()
        clock.pass_(hours=1)  # No quota and no pace is left over from the fault before.
        with pytest.raises(TogglError) as caught:
            await {**CALLS, **COMPANIONS}[name](faced.toggl, faced.ws)
        return caught.value, toggl.requests.count(toggl.requests[0])

    for fault, kind in DECIDED:
        error, sent = await fails(fault)
        assert isinstance(error, kind)
        assert (error.operation, error.may_have_had_effect, sent) == (name, False, 1)
    error, sent = await fails(answer(b"", 503, Retry_After="0"))
    assert (type(error), sent) == (Unavailable, TRIES)
    for open_fault in OPEN:
        error, sent = await fails(open_fault)
        assert (type(error), sent) == _expected(operation)


def _expected(operation: Operation) -> tuple[type[TogglError], int]:
    return (Unavailable if operation.reads else AnswerLost), (TRIES if operation.repeatable else 1)
