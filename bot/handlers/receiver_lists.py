"""The list of alerts or of track reminders: what their modals show first and go back to, page by page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from slack_sdk.models.views import View

from bot.dispatcher import Request, UpdateModal
from bot.domain.receivers import Directory
from bot.i18n import Mrkdwn, Translator
from bot.services.administered import Changed
from bot.services.context import Context
from bot.views.receiver_pieces import page_of

Row = TypeVar("Row")
Row_co = TypeVar("Row_co", covariant=True)
Row_contra = TypeVar("Row_contra", contravariant=True)


class Found(Protocol[Row_co]):
    """All of them as they are now, and the people whom they may be for."""

    @property
    def all(self) -> Sequence[Row_co]:
        """The rows of the list."""

    @property
    def directory(self) -> Directory:
        """The people and groups behind their numbers."""


class Listing(Protocol[Row_contra]):
    """The view of one page."""

    def __call__(
        self,
        t: Translator,
        rows: Sequence[Row_contra],
        directory: Directory,
        /,
        *,
        page: int,
        did: Mrkdwn | None,
        undo_id: str | None,
        problem: Sequence[Mrkdwn],
    ) -> View:
        """`did` tells what was just done, `problem` what was not."""


class Unread(Protocol):
    """The view of what was done, where the list cannot be shown after it."""

    def __call__(self, t: Translator, did: Mrkdwn, /, *, undo_id: str | None) -> View:
        """With the button that undoes it."""


def page_left(request: Request) -> int:
    """The page of the list that the modal came from, which its forms hand on as `page`."""
    page: int = request.data.get("page", 0)
    return page


@dataclass(frozen=True, slots=True)
class ReceiverList(Generic[Row]):
    """How one such list is read, and how it is shown; it stays on the page that was left."""

    look: Callable[[Context], Awaitable[Found[Row]]]
    look_again: Callable[[Context], Awaitable[Found[Row] | None]]
    listing: Listing[Row]
    unread: Unread

    async def show(self, request: Request, *, page: int | None = None, problem: Sequence[Mrkdwn] = ()) -> UpdateModal:
        """The list as it is now, on `page`, counted from 0, or the one that was left. Raises what `look` raises."""
        return self._page(request, await self.look(request.context), page=page, problem=problem)

    async def show_done(self, request: Request, done: Changed, sentence: str) -> UpdateModal:
        """The list as it is now, with what was done: `sentence`, with a place for a name."""
        did = request.t.md(sentence, name=done.change.name)
        found = await self.look_again(request.context)
        if found is None:
            return UpdateModal(self.unread(request.t, did, undo_id=done.undo_id), did=did)
        return self._page(request, found, did=did, undo_id=done.undo_id)

    def _page(
        self,
        request: Request,
        found: Found[Row],
        *,
        page: int | None = None,
        did: Mrkdwn | None = None,
        undo_id: str | None = None,
        problem: Sequence[Mrkdwn] = (),
    ) -> UpdateModal:
        shown = page_of(len(found.all), page_left(request) if page is None else page)
        view = self.listing(
            request.t, found.all, found.directory, page=shown, did=did, undo_id=undo_id, problem=problem
        )
        return UpdateModal(view, data={"page": shown}, did=did or "")
