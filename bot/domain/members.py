"""The people of a workspace, joined from Toggl's two lists, and finding some of two thousand."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NewType

import msgspec

from bot.domain.folding import fold
from bot.errors import UserError
from bot.i18n import N_
from bot.toggl import models

MembershipId = NewType("MembershipId", int)
"""Track's number of somebody's place in one workspace: what changing and removing take."""
PersonId = NewType("PersonId", int)
"""Track's number of the person, in every workspace the same: what renaming takes. Never a membership's."""

ADMIN, USER, PROJECT_LEAD, TEAM_LEAD = "admin", "user", "projectlead", "teamlead"
ROLES = (ADMIN, PROJECT_LEAD, TEAM_LEAD, USER)
"""The roles that Toggl documents, by the codes it gives them."""

PER_PAGE = 15
MOST_GROUPS = 100
"""So many a form can hold; of whom is in more, the groups stay as they are."""


class NameMissing(UserError):
    """A name of spaces."""

    sentence = N_("A member needs a name.")


class Activity(StrEnum):
    """Whether somebody can work in the workspace."""

    ACTIVE = "active"
    INVITED = "invited"
    """They have not accepted the invitation."""
    DEACTIVATED = "deactivated"


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody in the workspace. `minutes` are a working day's, None where the workspace's own count.

    `direct` is false where they are in it only through a group. Rates are an hour's, in the workspace's currency.
    """

    membership: MembershipId
    person: PersonId | None
    name: str
    email: str = ""
    role: str = USER
    groups: tuple[int, ...] = ()
    minutes: int | None = None
    activity: Activity = Activity.ACTIVE
    direct: bool = True
    rate: float | None = None
    cost: float | None = None

    def shown(self) -> dict[str, Any]:
        """The fields that a form can change, as `administration` compares them."""
        return {
            "name": self.name,
            "role": self.role,
            "groups": sorted(self.groups),
            "minutes": self.minutes,
            "active": self.activity is not Activity.DEACTIVATED,
        }

    @property
    def mark(self) -> int:
        """A number that is another once anything of them was changed."""
        return zlib.crc32(msgspec.json.encode(self.shown()))


def fitting(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What a form keeps of `Member.shown`: all but groups that it cannot hold."""
    return {name: value for name, value in fields.items() if name != "groups" or len(value) <= MOST_GROUPS}


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFilters:
    """Whom to show: by words of their name or address, role, activity, and group; all where nothing is said."""

    words: str = ""
    role: str | None = None
    activity: Activity | None = None
    group: int | None = None

    def fits(self, member: Member) -> bool:
        """Whether `member` is one of them."""
        if self.role not in {None, member.role} or self.activity not in {None, member.activity}:
            return False
        if self.group is not None and self.group not in member.groups:
            return False
        text = fold(f"{member.name} {member.email}")
        return all(word in text for word in fold(self.words).split())


@dataclass(frozen=True, slots=True)
class Page:
    """Some of those who are wanted; `number` counts from 1. `found` are wanted, `total` are in the workspace."""

    members: tuple[Member, ...]
    number: int
    pages: int
    found: int
    total: int


def joined(memberships: Iterable[models.WorkspaceUser], people: Iterable[models.User]) -> tuple[Member, ...]:
    """Everybody with a membership, by name. The lists belong together by the person's number, and by that alone."""
    known = {person.id: person for person in people if person.id is not None}
    found = []
    for user in memberships:
        if user.id is None:
            continue
        number = user.user_id if user.user_id is not None else user.uid
        person = known.get(number) if number is not None else None
        found.append(_member(MembershipId(user.id), number, user, person))
    return tuple(sorted(found, key=lambda member: (fold(member.name), member.membership)))


def page_of(everybody: Sequence[Member], wanted: MemberFilters, number: int) -> Page:
    """The page `number` of those who are wanted, or the nearest there is."""
    found = [member for member in everybody if wanted.fits(member)]
    pages = max(1, -(-len(found) // PER_PAGE))
    number = min(max(1, number), pages)
    shown = found[(number - 1) * PER_PAGE : number * PER_PAGE]
    return Page(tuple(shown), number, pages, len(found), len(everybody))


def _member(
    membership: MembershipId, number: int | None, user: models.WorkspaceUser, person: models.User | None
) -> Member:
    name = user.name or (person.fullname if person else None)
    email = user.email or (person.email if person else None) or ""
    inactive = user.inactive if user.inactive is not None else bool(person and person.inactive)
    invited = user.active is False
    admin = user.admin or user.workspace_admin
    return Member(
        membership=membership,
        person=PersonId(number) if number is not None else None,
        name=name or email or f"#{number or membership}",
        email=email,
        role=user.role or (person.role if person else None) or (ADMIN if admin else USER),
        groups=user.group_ids or (),
        minutes=user.working_hours_in_minutes or None,
        activity=Activity.DEACTIVATED if inactive else Activity.INVITED if invited else Activity.ACTIVE,
        direct=user.is_direct is not False,
        rate=user.rate,
        cost=user.labor_cost,
    )
