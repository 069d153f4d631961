from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.local.toggl.routes import OPERATIONS

CONTRACT = Path(__file__).parents[2] / "contract"


def documented() -> set[tuple[str, str, str, str]]:
    """Product, method, path and id of every operation in both documents."""
    found = set()
    for product in ("focus", "track"):
        document: dict[str, Any] = json.loads((CONTRACT / f"{product}.openapi.json").read_text())
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                found.add((product, method.upper(), path, operation["operationId"]))
    return found


def test_every_documented_operation_is_answered_and_nothing_else_is_passed_off_as_documented() -> None:
    """The table's ids, methods and paths are the documents', both ways; companions are marked."""
    answered = {
        (operation.product, operation.method, operation.path, operation.id)
        for operation in OPERATIONS
        if not operation.companion
    }
    assert answered == documented()
    assert len(answered) == 62


def test_no_two_operations_share_an_id_or_a_place() -> None:
    """Each id and each method with its path is answered by one operation."""
    assert len({operation.id for operation in OPERATIONS}) == len(OPERATIONS)
    assert len({(operation.method, operation.full_path) for operation in OPERATIONS}) == len(OPERATIONS)
