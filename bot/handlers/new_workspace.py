"""Make a workspace, and go over to it."""

from __future__ import annotations

from bot.dispatcher import Answer, FieldErrors, OpenModal, Reply, Request
from bot.handlers.workspace_settings import beside_unpaid
from bot.services import new_workspace
from bot.services.new_workspace import Made
from bot.services.workspace_settings import Unpaid
from bot.views import account, workspace_answers, workspace_forms, workspaces
from bot.views.forms import FieldProblem
from bot.views.ids import Blocks


async def show(request: Request) -> Answer:
    """`/toggl new-workspace`: the form."""
    organizations = await new_workspace.organizations(request.context)
    data = {"organization": organizations[0].id}
    return OpenModal(workspace_forms.new(request.t, organizations), data=data)


async def submit(request: Request) -> Answer:
    """*Create*."""
    try:
        fields = workspace_answers.read(request.values)
    except FieldProblem as problem:
        return FieldErrors({problem.block: problem.reason})
    chosen = request.values.get(Blocks.WORKSPACE_ORGANIZATION) or request.data["organization"]
    numbers = tuple(int(number) for number in request.values.get(Blocks.WORKSPACE_PEOPLE) or ())
    admins = await new_workspace.name_admins(request.context, numbers)
    try:
        made = await new_workspace.create(request.context, int(chosen), fields, admins)
    except Unpaid as unpaid:
        return beside_unpaid(request, unpaid)
    value = None if made.id is None else workspaces.switch_value(made.organization_id, made.id, made.name)
    return Reply(workspaces.created(request.t, made.name, switch=value, left=made.left))


async def switch(request: Request) -> Answer:
    """*Switch to it*."""
    organization_id, number, name = workspaces.read_switch(request.value)
    now = await new_workspace.switch(request.context, Made(number, organization_id, name))
    return Reply(account.chosen(request.t, now), replace=True)
