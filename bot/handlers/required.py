"""Asks what the workspace demands of an entry, and reads what was given."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from bot.dispatcher import Answer, Kind, OpenModal, Request, UpdateModal
from bot.domain.constraints import Field, Given
from bot.domain.tracking import Entry
from bot.errors import UserError
from bot.services import constraints
from bot.views import required as views
from bot.views.choices import read_project
from bot.views.ids import Blocks, Callbacks


async def ask(
    request: Request,
    fields: Collection[Field],
    then: Callbacks,
    data: Mapping[str, Any],
    *,
    running: Entry | None = None,
    done: UserError | None = None,
) -> Answer:
    """The form for `fields`, of the entry that is `running` or of a new one; `data` comes back with it.

    `done` tells what was changed already. Raises NoTagKnown.
    """
    tags = await constraints.get_tags(request.context) if Field.TAG in fields else ()
    form = views.form(request.t, fields, tags=tags, then=then, running=running, done=done)
    kind = UpdateModal if request.kind is Kind.SUBMISSION else OpenModal
    return kind(form, data=data)


def given(request: Request) -> Given:
    """What was filled in."""
    project = request.values.get(Blocks.PROJECT)
    return Given(
        description=request.values.get(Blocks.DESCRIPTION) or "",
        project_id=read_project(project).id if project else None,
        tag_ids=tuple(int(tag_id) for tag_id in request.values.get(Blocks.TAGS) or ()),
    )
