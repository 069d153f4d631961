"""One call on its way through an operation, and the answer it comes back with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from bot.local.toggl import bodies
from bot.local.toggl.errors import Product, forbidden, invalid, not_found
from bot.local.toggl.records import Member, Organization, Person, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from bot.local.toggl.queries import Query
    from bot.local.toggl.quota import Allowance
    from bot.local.toggl.world import World

T = TypeVar("T")
Profile = Literal["pages", "2026-08"]
PLANS = ("free", "starter", "premium")


class _Nothing:
    """The type of `NOTHING`."""


NOTHING = _Nothing()


@dataclass(slots=True)
class Answer:
    """A status, with JSON, a stream of JSON values, or nothing after it."""

    status: int
    json: Any = NOTHING
    stream: Iterator[Any] | None = None


NO_CONTENT = 204


@dataclass(slots=True)
class Call:
    """What an operation may know.

    `ids` are the numbers in the path, `words` its other parts; `workspace`, `member` and `organization` are those of
    the path, already checked. `left` tells the calls an hour in an organization, and what is left of them;
    `is_json`: the body calls itself so.
    """

    product: Product
    profile: Profile
    world: World
    now: datetime
    person: Person
    query: Query
    ids: Mapping[str, int]
    words: Mapping[str, str]
    raw: bytes
    is_json: bool
    echoes: bool
    left: Callable[[int], tuple[int, Allowance]]
    maybe_organization: Organization | None = None
    maybe_workspace: Workspace | None = None
    maybe_member: Member | None = None
    changed: list[Event] = field(default_factory=list)

    @property
    def organization(self) -> Organization:
        """The organization of the path, to which the person belongs."""
        if self.maybe_organization is None:
            raise not_found("Organization not found/accessible")
        return self.maybe_organization

    @property
    def workspace(self) -> Workspace:
        """The workspace of the path, to which the person belongs."""
        if self.maybe_workspace is None:
            raise not_found("Workspace not found")
        return self.maybe_workspace

    @property
    def member(self) -> Member:
        """How the person belongs to the workspace of the path."""
        if self.maybe_member is None:
            raise forbidden()
        return self.maybe_member

    @property
    def modern(self) -> bool:
        """Whether this is the field of 2026-08 rather than the pages."""
        return self.profile == "2026-08"

    def parsed(self) -> Any:
        """The JSON that was sent, and called so. Raises `Refusal` (400)."""
        if self.raw and not self.is_json:
            raise invalid("Content-Type must be application/json")
        return bodies.parse(self.raw, self.product)

    def body(self, shape: type[T]) -> T:
        """The JSON that was sent, as a `shape`. Raises `Refusal` (400)."""
        return bodies.read(self.parsed(), shape)

    def created(self, shown: Any) -> Answer:
        """201 for a creation whose page shows no body: with the object only where that is asked for."""
        return Answer(201, shown if self.echoes else NOTHING)

    def done(self, shown: Any) -> Answer:
        """200 for a change whose page shows no body: with the object only where that is asked for."""
        return Answer(200, shown if self.echoes else NOTHING)

    def require_admin(self, words: str = "Insufficient permissions") -> None:
        """Raise `Refusal` (403) unless the person administers the workspace."""
        if self.member.role != "admin":
            raise forbidden(words)

    def has_plan(self, plan: str) -> bool:
        """Whether the workspace is on this plan or a higher one."""
        return PLANS.index(self.workspace.plan) >= PLANS.index(plan)

    def tell(self, action: str, entity: str, shown: dict[str, Any]) -> None:
        """Let webhooks know of a change, once the call is done."""
        self.changed.append(Event(action, entity, self.workspace.id, shown))


@dataclass(frozen=True, slots=True)
class Event:
    """A change that webhooks may be subscribed to; one with `to` is the PING of that subscription."""

    action: str
    entity: str
    workspace_id: int
    payload: dict[str, Any]
    to: int | None = None
