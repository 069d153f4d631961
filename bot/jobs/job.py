"""What a job is given and gives back: it never talks to Slack, and may be begun anew at any point."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from bot.clock import Clock
from bot.dispatcher.reach import Reach
from bot.i18n import Translator
from bot.services.connections import Connections, open_toggl
from bot.services.context import Context, NotConnected, Person
from bot.store import Session, Store, accounts
from bot.store.tables import Schedule
from bot.toggl import Spending
from bot.views.charts import Chart
from bot.views.messages import Message

USEFUL_FOR = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Due:
    """A schedule whose time `at` (UTC) has come. `now` is read once; `late` is how much later than `at` that is."""

    schedule: Schedule
    at: datetime
    now: datetime

    @property
    def late(self) -> timedelta:
        """How long ago it was due."""
        return self.now - self.at

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the schedule's times are meant."""
        return ZoneInfo(self.schedule.zone)


@dataclass(frozen=True, slots=True)
class Office:
    """What jobs work with. `names` are those of the slash commands here, by their part in the routes.

    `reach` is what Slack says of people before they are written to.
    """

    store: Store
    connections: Connections = field(repr=False)
    clock: Clock
    names: Mapping[str, str]
    reach: Reach = field(repr=False)

    async def context(
        self,
        account_id: int | None,
        *,
        now: datetime,
        channel_id: str | None = None,
        focus_id: int | None = None,
        workspace_id: int | None = None,
    ) -> Context:
        """What use cases take, in the name of a person; calls to Toggl leave the last ones to the person.

        It is in the workspace they chose, in that with the number `focus_id` in Focus, or in theirs that is the store's
        `workspace_id`. Raises NotConnected where the person is not known any more, KeyLost, StoreUnavailable.
        """
        async with self.store.reading() as db:
            account = None if account_id is None else await accounts.find_by_id(db, account_id)
        if account is None:
            raise NotConnected
        opened = await open_toggl(
            self.store, self.connections, account_id=account.id, focus_id=focus_id, workspace_id=workspace_id
        )
        return Context(
            person=Person(
                account_id=account.id,
                tenant_id=account.tenant_id,
                team_id=account.team_id,
                user_id=account.user_id,
                locale=account.locale,
                zone=ZoneInfo(account.zone),
            ),
            store=self.store,
            now=now,
            connections=self.connections,
            channel_id=channel_id,
            focus=opened.focus and opened.focus.spending(Spending.JOB),
            track=opened.track and opened.track.spending(Spending.JOB),
        )

    def translator(self, locale: str, *, zone: ZoneInfo | None = None, now: datetime | None = None) -> Translator:
        """Sentences in `locale` (Slack's, for example `de-DE`), times as they are in `zone`."""
        return Translator(locale, zone or ZoneInfo("UTC"), now=now, commands=self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A post: in the conversation `channel_id`, or to the person `account_id` in their DM.

    `key` is this post's alone, for ever: a key that was posted is never posted again. `edit_of` is the key of a post
    that is replaced by this message (posted anew where it was deleted), `thread_of` of one whose thread it belongs to,
    `broadcast` shows that to the channel too. `otherwise` is posted where the workspace refuses native charts, with
    `charts` (by file names) as pictures in its thread.
    `repeatable` tells whether it is repeated where it is unsure whether it was posted, and Slack cannot be asked.
    """

    key: str
    message: Message
    channel_id: str | None = None
    account_id: int | None = None
    edit_of: str | None = None
    thread_of: str | None = None
    broadcast: bool = False
    otherwise: Message | None = None
    charts: Mapping[str, Chart] = field(default_factory=dict)
    repeatable: bool = True

    def __post_init__(self) -> None:
        """Refuse what has no place, or two."""
        if (self.channel_id is None) == (self.account_id is None):
            raise ValueError("a post goes to a conversation or to a person")

    @property
    def content(self) -> dict[str, Any]:
        """What Slack is given, as JSON."""
        return {
            "message": self.message.payload,
            **({"otherwise": self.otherwise.payload} if self.otherwise else {}),
            **({"charts": msgspec.to_builtins(self.charts)} if self.charts else {}),
        }


class OvertakenError(Exception):
    """Another run did some of the work first, as after a crash: this one is begun anew, with what is left."""


async def _nothing(_: Session) -> None:
    """Keep nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What came of a job's run. Sentences are marked with `N_` and have no places.

    `keep` is awaited in the unit of work that stores the posts: both count, or neither. `skipped` says in the history
    why nothing is posted. `pause` pauses the schedule, and is told to its owner. `again_at` (UTC) is the next time,
    instead of what the pattern says, or of the end of a one-shot.
    """

    posts: tuple[Outgoing, ...] = ()
    keep: Callable[[Session], Awaitable[None]] = _nothing
    skipped: str = ""
    pause: str = ""
    again_at: datetime | None = None


Prepare = Callable[[Office, Due], Awaitable[Prepared]]


@dataclass(frozen=True, slots=True)
class Job:
    """Work of one `kind`. `name` is what people call it; what came due longer ago than `useful_for` is skipped."""

    kind: str
    prepare: Prepare
    name: str
    useful_for: timedelta = USEFUL_FOR
