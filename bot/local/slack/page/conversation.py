"""Lays out a channel or thread: which messages follow each other, under which day, and who answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
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

_TOGETHER: Final = timedelta(minutes=5)


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
    top = [message for message in seen if _is_top(message)]
    return _rows(top, seen, world, manifest, reader, scope="")


def left_out(count: int) -> int:
    """How many of `count` messages a page leaves out at first."""
    return max(count - SHOWN, 0) // STEP * STEP


def thread_rows(world: World, manifest: Manifest, channel_id: str, thread_ts: str, reader: Reader) -> list[Row]:
    """A thread: its first message and every reply."""
    seen = world.seen_by(reader.person_id, channel_id)
    thread = [message for message in seen if thread_ts in {message.ts, message.thread_ts}]
    return _rows(thread, [], world, manifest, reader, scope="thread")


def _is_top(message: Message) -> bool:
    return message.thread_ts in {None, message.ts} or message.reply_broadcast


def _rows(
    messages: Sequence[Message],
    seen: Sequence[Message],
    world: World,
    manifest: Manifest,
    reader: Reader,
    *,
    scope: str,
) -> list[Row]:
    rows: list[Row] = []
    for message in messages:
        at = of_ts(message.ts, reader)
        before = rows[-1] if rows else None
        earlier = None if before is None else of_ts(before.message.ts, reader)
        new_day = earlier is None or earlier.date() != at.date()
        author = author_of(message, world, manifest)
        together = (
            before is not None
            and earlier is not None
            and not new_day
            and at - earlier < _TOGETHER
            and (before.author.id, before.author.name) == (author.id, author.name)
            and before.message.ephemeral_to == message.ephemeral_to
        )
        rows.append(
            Row(
                message=message,
                surface=Surface(
                    kind="message",
                    key=message_key(message.channel_id, message.ts),
                    scope=scope,
                    state=message.state.get(reader.person_id, {}),
                ),
                author=author,
                time=clock(at, reader),
                exact=exact(at, reader),
                divider=day(at, reader) if new_day else None,
                compact=together,
                edited=exact(of_ts(message.edited_ts, reader), reader) if message.edited_ts else None,
                replies=_replies(message, seen, world, manifest, reader),
                reactions=_reactions(message, reader),
                files=tuple(world.files[file_id] for file_id in message.files if file_id in world.files),
                mentions_me=f"<@{reader.person_id}" in message.text,
            )
        )
    return rows


def _replies(
    message: Message, seen: Sequence[Message], world: World, manifest: Manifest, reader: Reader
) -> Replies | None:
    answers = [other for other in seen if other.thread_ts == message.ts != other.ts and other.ephemeral_to is None]
    if not answers:
        return None
    faces = {author.id: author for author in (author_of(answer, world, manifest) for answer in answers)}
    last = of_ts(answers[-1].ts, reader)
    return Replies(len(answers), tuple(faces.values())[:5], f"{day(last, reader)} at {clock(last, reader)}")


def _reactions(message: Message, reader: Reader) -> tuple[Reaction, ...]:
    return tuple(
        Reaction(
            name=name,
            picture=picture(name) or f":{name}:",
            count=len(people),
            mine=reader.person_id in people,
            who=", ".join(reader.people.get(person, person) for person in people),
        )
        for name, people in message.reactions.items()
        if people
    )
