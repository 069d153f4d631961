"""What has to be known before a channel follows what somebody wishes: which project, and who would see it."""

from __future__ import annotations

from bot.domain.folding import fold
from bot.domain.projects import Named, Project
from bot.domain.subscriptions import ALL_PROJECTS, Wish
from bot.services.context import Context
from bot.services.following import following_of
from bot.store import Session, subscriptions, workspaces


async def called(context: Context, name: str) -> Project | None:
    """The project that is called exactly so, among the active ones the person sees. No call for ten minutes."""
    listed = map(Project.of, (await context.toggl.projects.cached()).data)
    return next((project for project in listed if project and fold(project.name) == fold(name)), None)


async def private_ones(context: Context, project: Named | None) -> int:
    """How many of the wished projects are private: of one, or of the first hundred active ones that the person sees.

    None or one call. Raises NotFound where the project is out of sight.
    """
    listed = (await context.toggl.projects.cached()).data
    if project is None:
        return sum(1 for each in listed if each.private)
    known = next((each for each in listed if each.id == project.id), None)
    return int(bool((known or await context.toggl.projects.get(project.id)).private))


async def agreed(context: Context, wish: Wish) -> bool:
    """Whether somebody agreed already that the channel may see private projects by this subscription. No call.

    To all of them only who looks can have agreed: whoever takes that over is asked about what they see.
    """
    async with context.store.reading() as db:
        row = await subscriptions.find_same(
            db,
            tenant_id=context.person.tenant_id,
            channel_id=wish.channel_id,
            workspace_id=context.toggl.workspace_id or 0,
            project_id=wish.project.id if wish.project else ALL_PROJECTS,
        )
        found = await subscriptions.find(db, row.id) if row else None
    following = following_of(found) if found else None
    if following is None or not following.private:
        return False
    return not (following.everything and following.passes_on(context.person.account_id, private=wish.private))


async def workspace_name(context: Context) -> str:
    """What the person's workspace is called; empty where Toggl does not tell."""
    async with context.store.reading() as db:
        return await name_of_workspace(db, context)


async def name_of_workspace(db: Session, context: Context) -> str:
    """The same within a unit of work."""
    found = await workspaces.find_current(db, account_id=context.person.account_id, workspace_id=context.workspace_id)
    return found.name if found else ""
