"""What a handler may return: the whole vocabulary of answers. The pipeline sends them, whatever the request was."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from slack_sdk.models.blocks import Option
from slack_sdk.models.views import View

from bot.dispatcher.request import Pending
from bot.errors import UserError
from bot.views.messages import Message


@dataclass(frozen=True, slots=True)
class File:
    """A file for the person alone; `name` has its ending, and `alt_text` says what a picture shows."""

    name: str
    content: bytes = field(repr=False)
    title: str
    alt_text: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """Say something where the person is: privately unless `in_channel`.

    Answering a button or menu, `replace` puts it in the place of the message that held the button; otherwise it is a
    new private message. Answering a submitted modal, the modal closes and the message appears where the modal came
    from. Once the reply was sent, `then` runs, as if the person had typed it now.

    Answering a list's menu, or a form that it opened, `original` takes the list's place: it shows the change.
    `files` go to the person's DM first. `otherwise` makes what is said where the workspace refuses one of the blocks,
    as some do with charts; it may take its time to draw.
    """

    message: Message
    in_channel: bool = False
    replace: bool = False
    then: Pending | None = None
    files: tuple[File, ...] = ()
    without_files: Message | None = None
    """What is said where Slack does not take the files."""
    otherwise: Callable[[], Reply] | None = None
    original: Message | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """Post `message` for all of the conversation `channel_id`, and tell the person so with `receipt`.

    Where Slack refuses, an open form stays with `refusal` under the input `block_id`; without one the person is told
    `unposted` instead of the receipt. `response_url` is what Slack gave for the channel that a form's select chose.
    `replace` and `otherwise` are as in a reply, the files of `otherwise` being for all.
    """

    channel_id: str
    message: Message
    receipt: Message
    unposted: Message | None = None
    block_id: str = ""
    refusal: str = ""
    response_url: str = field(default="", repr=False)
    replace: bool = False
    otherwise: Callable[[], Reply] | None = None


@dataclass(frozen=True, slots=True)
class OpenModal:
    """Open `view`. With `fill`, `view` is a loading view shown at once, and what `fill` gives replaces it.

    `private_metadata` belongs to the pipeline; a view's own data goes into `data` (JSON, together under 3,000
    characters) and comes back as `request.data` on submission.
    """

    view: View
    data: Mapping[str, Any] = field(default_factory=dict)
    fill: Callable[[], Awaitable[tuple[View, Mapping[str, Any]]]] | None = None


@dataclass(frozen=True, slots=True)
class PushModal:
    """Put `view` on top of the modal that is open (a stack of three)."""

    view: View
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UpdateModal:
    """Replace the open modal by `view`; `did` (mrkdwn) is what it tells of a change, for the App Home to keep."""

    view: View
    data: Mapping[str, Any] = field(default_factory=dict)
    did: str = ""


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """Keep the submitted modal open and show each text or error under the input whose `block_id` it is keyed by."""

    errors: Mapping[str, str | UserError]


@dataclass(frozen=True, slots=True)
class Choices:
    """The options of a typeahead, at most 100; `groups` where they have headings (then `options` is empty)."""

    options: Sequence[Option] = ()
    groups: Sequence[tuple[str, Sequence[Option]]] = ()


@dataclass(frozen=True, slots=True)
class PublishHome:
    """Show `view` as the person's App Home.

    A function composes it when its turn has come: of two for one person, the one that is shown last is the newer.
    """

    view: View | Callable[[], Awaitable[View]]


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing more to show: acknowledge, and close a submitted modal."""


Answer = Reply | Post | OpenModal | PushModal | UpdateModal | FieldErrors | Choices | PublishHome | Done
