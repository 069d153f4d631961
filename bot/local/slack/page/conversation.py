"""Lays out a channel or thread: which messages follow each other, under which day, and who answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup

from bot.local.slack.manifest import Manifest
from bot.local.slack.page.dates import clock, day, exact, of_ts
from bot.local.slack.page.emoji import picture
from bot.local.slack.page.faces import Face, author_of
from bot.local.slack.page.surface import Reader, Surface, message_key
from bot.local.slack.world import File, Message, World

SHOWN: Final = 100
"""How many messages a page holds at least; older ones are one link away."""

STEP: Final = 50
"""How many more come before the oldest ones are left out, so that the list does not move with each message."""

_TOGETHER: Final = 300.0
"""Seconds within which one author's messages stand together."""

_FACES: Final = 5


@dataclass(frozen=True, slots=True)
class Replies:
    """The line under a message that has a thread."""

    count: int
    faces: tuple[Face, ...]
    last: str


@dataclass(frozen=True, slots=True)
class Reaction:
    """An emoji under a message, and who chose it."""

    name: str
    picture: Markup | str
    count: int
    mine: bool
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One message as one reader sees it. `divider` is the day that begins with it; `compact` hides the author."""

    message: Message
    surface: Surface
    author: Face
    time: str
    exact: str
    divider: str | None = None
    compact: bool = False
    edited: str | None = None
    replies: Replies | None = None
    reactions: tuple[Reaction, ...] = ()
    files: tuple[File, ...] = field(default=())
    mentions_me: bool = False


def channel_rows(world: World, manifest: Manifest, channel_id: str, reader: Reader) -> list[Row]:
    """A channel's messages, oldest first: replies stay in their threads unless they were also sent to the channel."""
    seen = world.seen_by(reader.person_id, channel_id)
    top = [message for message in seen if message.thread_ts in {None, message.ts} or message.reply_broadcast]
    return _Layout(world, manifest, reader, seen).rows(top)


def left_out(count: int) -> int:
    """How many of `count` messages a page leaves out at first."""
    return max(count - SHOWN, 0) // STEP * STEP


def thread_rows(world: World, manifest: Manifest, channel_id: str, thread_ts: str, reader: Reader) -> list[Row]:
    """A thread: its first message and every reply."""
    seen = world.seen_by(reader.person_id, channel_id)
    thread = [message for message in seen if thread_ts in {message.ts, message.thread_ts}]
    return _Layout(world, manifest, reader, (), scope="thread").rows(thread)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Lays messages out for one reader. `seen` is where answers are looked for."""

    world: World
    manifest: Manifest
    reader: Reader
    seen: Sequence[Message]
    scope: str = ""

    def rows(self, messages: Iterable[Message]) -> list[Row]:
        rows: list[Row] = []
        for message in messages:
            rows.append(self._row(message, rows[-1] if rows else None))
        return rows

    def _row(self, message: Message, before: Row | None) -> Row:
        at = of_ts(message.ts, self.reader)
        author = author_of(message, self.world, self.manifest)
        new_day = before is None or of_ts(before.message.ts, self.reader).date() != at.date()
        return Row(
            message=message,
            surface=Surface(
                kind="message",
                key=message_key(message.channel_id, message.ts),
                scope=self.scope,
                state=message.state.get(self.reader.person_id, {}),
            ),
            author=author,
            time=clock(at, self.reader),
            exact=exact(at, self.reader),
            divider=day(at, self.reader) if new_day else None,
            compact=before is not None and not new_day and _goes_on(before, message, author),
            edited=exact(of_ts(message.edited_ts, self.reader), self.reader) if message.edited_ts else None,
            replies=self._replies(message),
            reactions=self._reactions(message),
            files=tuple(self.world.files[file_id] for file_id in message.files if file_id in self.world.files),
            mentions_me=f"<@{self.reader.person_id}" in message.text,
        )

    def _replies(self, message: Message) -> Replies | None:
        answers = [
            other
            for other in self.seen
            if other.thread_ts == message.ts and other.ts != message.ts and other.ephemeral_to is None
        ]
        if not answers:
            return None
        authors = (author_of(answer, self.world, self.manifest) for answer in answers)
        faces = {author.id: author for author in authors}
        last = of_ts(answers[-1].ts, self.reader)
        when = f"{day(last, self.reader)} at {clock(last, self.reader)}"
        return Replies(len(answers), tuple(faces.values())[:_FACES], when)

    def _reactions(self, message: Message) -> tuple[Reaction, ...]:
        return tuple(
            Reaction(
                name=name,
                picture=picture(name) or f":{name}:",
                count=len(people),
                mine=self.reader.person_id in people,
                who=", ".join(self.reader.people.get(person, person) for person in people),
            )
            for name, people in message.reactions.items()
            if people
        )


def _goes_on(before: Row, message: Message, author: Face) -> bool:
    """Whether the author need not be named again. Private messages stand alone: each can be dismissed."""
    return (
        float(message.ts) - float(before.message.ts) < _TOGETHER
        and (before.author.id, before.author.name) == (author.id, author.name)
        and before.message.ephemeral_to is message.ephemeral_to is None
    )
