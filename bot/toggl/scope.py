"""Calls as one person in one workspace: fills the ids in, and keys the cache."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.toggl import writing
from bot.toggl.cache import Cache
from bot.toggl.calls import Call, Received, path_of
from bot.toggl.errors import Forbidden, NotFound, QuotaReserved
from bot.toggl.operations import Operation, Product
from bot.toggl.quota import Quota, Spending
from bot.toggl.transport import Transport

T = TypeVar("T")


def quota_owner(operation: Operation, organization_id: int | None) -> str:
    """Whose hour a call of `operation` is counted on: Track's `/me…` has one of its own, the rest an organization's."""
    if operation.product is Product.TRACK and operation.path.startswith("/me"):
        return "me"
    return operation.product.name.lower() if organization_id is None else str(organization_id)


@dataclass(frozen=True, slots=True)
class Scope:
    """One person, and one workspace with its id in either product; None where a call needs none."""

    transport: Transport
    cache: Cache
    spending: Spending = Spending.PERSON
    organization_id: int | None = None
    workspace_id: int | None = None
    track_workspace_id: int | None = None

    @property
    def now(self) -> datetime:
        """The moment, aware."""
        return self.transport.now()

    async def call(
        self, operation: Operation, *, query: Mapping[str, Any] | None = None, body: Any = None, **places: Any
    ) -> Received:
        """Call `operation`. Raises TogglError; ValueError for a time without a zone."""
        return await self.transport.call(self._call(operation, query or {}, body, places))

    def stream(self, operation: Operation, *, query: Mapping[str, Any], **places: Any) -> AsyncGenerator[bytes, None]:
        """The answer's bytes as they come. Raises TogglError; ValueError for a time without a zone."""
        return self.transport.stream(self._call(operation, query, None, places))

    async def cached(
        self, operation: Operation, lifetime: timedelta, load: Callable[[], Awaitable[T]], *details: str | int | None
    ) -> T:
        """What `load` gives, kept for `lifetime` under the operation and `details`.

        That a companion is not served, or not to this person, is kept too: or each command would cost a vain call.
        """
        key = (*self.key(operation), *details)

        async def served() -> T | Forbidden | NotFound:
            try:
                return await load()
            except (Forbidden, NotFound) as error:
                if not operation.companion:
                    raise
                return error

        try:
            found = await self.cache.get(key, lifetime, served)
        except QuotaReserved:
            if self.spending is Spending.JOB:
                raise
            # A job's fetch was under way and stopped at the people's reserve: this is a person.
            found = await self.cache.get(key, lifetime, served)
        if isinstance(found, Forbidden | NotFound):
            raise type(found)(found.trouble)
        return found

    def key(self, operation: Operation) -> tuple[str | int | None, ...]:
        """The beginning of all cache keys of `operation` as this person here. Raises CredentialMissing."""
        return (
            self.transport.identity(operation).mark,
            self.organization_id,
            self._workspace(operation.product),
            operation.name,
        )

    async def quota(self, operation: Operation) -> Quota | None:
        """What Toggl last said is left for `operation`, without a call. Raises CredentialMissing."""
        return await self.transport.quota(operation, quota_owner(operation, self.organization_id))

    def drop(self, *operations: Operation) -> None:
        """Forget what is kept of `operations`."""
        for operation in operations:
            self.cache.drop(*self.key(operation))

    def _workspace(self, product: Product) -> int | None:
        return self.track_workspace_id if product is Product.TRACK else self.workspace_id

    def _call(self, operation: Operation, query: Mapping[str, Any], body: Any, places: Mapping[str, Any]) -> Call:
        ours = {"organization_id": self.organization_id, "workspace_id": self._workspace(operation.product)}
        return Call(
            operation,
            path_of(operation, {**ours, **places}),
            quota_owner(operation, places.get("organization_id", self.organization_id)),
            writing.query(query),
            None if body is None else writing.body(body),
            self.spending,
        )
