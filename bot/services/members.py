"""The people of a workspace: looked up, changed, deactivated and removed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.administration import Change
from bot.domain.members import Member, MemberFilters, Page, page_of
from bot.errors import UserError
from bot.i18n import N_
from bot.services import administration, undo
from bot.services.administration import Done
from bot.services.context import Context, NotConnected
from bot.services.member_changes import EDIT, REMOVE, everybody
from bot.services.project_people import Group
from bot.store import workspaces

_SUGGESTIONS = 100


class MemberGone(UserError):
    """The person is not in the workspace any more."""

    sentence = N_("That person is no longer in the workspace. Nothing was saved.")


class SomeChanged(UserError):
    """Of those who were to be removed, some are not as they were shown: `changed`. `now` are all who are there."""

    sentence = N_("Some of them were changed by somebody else since this was shown. Nothing was saved.")

    def __init__(self, changed: Sequence[Member], now: Sequence[Member]) -> None:
        super().__init__()
        self.changed = changed
        self.now = now


@dataclass(frozen=True, slots=True)
class Changed:
    """What was done with a member, and what takes it back, if anything."""

    done: Done
    undo_id: str | None


async def page(context: Context, wanted: MemberFilters, number: int) -> Page:
    """Some of those who are wanted: two calls, or none for ten minutes. Raises NotConnected, TogglError."""
    return page_of(await everybody(context), wanted, number)


async def get(context: Context, membership: int) -> Member:
    """One of them. Raises MemberGone."""
    for member in await everybody(context):
        if member.membership == membership:
            return member
    raise MemberGone


async def chosen(context: Context, memberships: Collection[int]) -> tuple[Member, ...]:
    """Those of them who are there, by name."""
    return tuple(member for member in await everybody(context) if member.membership in memberships)


async def suggest(context: Context, words: str) -> tuple[Member, ...]:
    """Those whom `words` may mean, at most a hundred."""
    wanted = MemberFilters(words=words)
    return tuple(member for member in await everybody(context) if wanted.fits(member))[:_SUGGESTIONS]


async def groups(context: Context, words: str) -> tuple[Group, ...]:
    """The groups that people are in, by their numbers and their people; those that fit `words`."""
    inside: dict[int, list[str]] = {}
    for member in await everybody(context):
        for number in member.groups:
            inside.setdefault(number, []).append(member.name)
    found = [Group(number, tuple(names)) for number, names in sorted(inside.items())]
    asked = words.casefold().split()
    return tuple(group for group in found if all(word in group.name.casefold() for word in asked))[:_SUGGESTIONS]


async def workspace_name(context: Context) -> str:
    """What the workspace is called. Raises NotConnected."""
    async with context.store.reading() as db:
        found = await workspaces.find_current(
            db, account_id=context.person.account_id, workspace_id=context.workspace_id
        )
    if found is None:
        raise NotConnected
    return found.name


async def edit(
    context: Context, membership: int, name: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Changed:
    """Give the fields of `before`, which were shown, the values of `after`. As `administration.change`."""
    wanted = Change(kind=EDIT, subject_id=str(membership), name=name, before=dict(before), after=dict(after))
    done = await administration.change(context, wanted)
    return Changed(done, await undo.record(context, done.undo) if done.undo else None)


async def remove(context: Context, membership: int, name: str, before: Mapping[str, Any]) -> None:
    """Take one out of the workspace. Raises what `administration.change` does."""
    await administration.change(
        context, Change(kind=REMOVE, subject_id=str(membership), name=name, before=dict(before))
    )
    context.note_change()


async def remove_all(context: Context, shown: Mapping[int, int]) -> tuple[tuple[str, UserError | None], ...]:
    """Take several out, by their memberships, each with the mark of how they were shown.

    Of each by name, why they were not removed, None where they were. Raises SomeChanged, MemberGone, and what
    `administration.change_all` does; nobody was removed then.
    """
    now = await chosen(context, shown)
    if not now:
        raise MemberGone
    if changed := [member for member in now if member.mark != shown[member.membership]]:
        raise SomeChanged(changed, now)
    wanted = [
        Change(kind=REMOVE, subject_id=str(member.membership), name=member.name, before=member.shown())
        for member in now
    ]
    came = await administration.change_all(context, wanted, name=await workspace_name(context))
    context.note_change()
    return tuple((change.name, why) for change, why in came)
