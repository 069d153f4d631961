"""What Slack sends, in its seven shapes, read into one; whatever has another shape is refused."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from bot.dispatcher import metadata, state
from bot.dispatcher.request import Kind, Origin

Body = Mapping[str, Any]
HOME_OPENED = "app_home_opened"
WRITTEN = frozenset({"file_share", "me_message", "thread_broadcast"})
"""The subtypes of what people themselves write: with a file, as `/me`, in a thread and for all of the channel."""
NOTHING: Mapping[str, Any] = MappingProxyType({})
MENTION = re.compile(r"<([@#!]|https?:|mailto:)([^>|]*)(?:\|([^>]*))?>")


class MalformedError(Exception):
    """A body that Slack would not send. It is answered with 400 and has no effect."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One request: `key` is what its route is found by, `delivery` tells its repetitions from new ones."""

    kind: Kind
    key: str
    user_id: str
    team_id: str
    tenant_id: str
    origin: Origin
    text: str = ""
    value: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    view: Mapping[str, Any] | None = None
    delivery: str | None = None
    happened_at: datetime | None = None
    by_bot: bool = False
    body: Body = field(default_factory=dict, repr=False)

    @property
    def in_modal(self) -> bool:
        """Whether it came from an open modal, rather than from a message or the App Home."""
        return self.view is not None and self.view.get("type") == "modal"

    @property
    def home_opened(self) -> bool:
        """Whether somebody opened the App Home: Slack says the same of the Messages tab."""
        return self.key == HOME_OPENED and self.body.get("event", {}).get("tab") == "home"

    @property
    def view_id(self) -> str | None:
        """The view it came from, if any."""
        return str(self.view["id"]) if self.view is not None else None


def handshake(body: Body) -> bool:
    """Whether Bolt answers this one itself: Slack checking the certificate or the address."""
    return body.get("ssl_check") == "1" or (
        body.get("type") == "url_verification" and isinstance(body.get("challenge"), str)
    )


def read(body: Body) -> Incoming:
    """The request in `body`, Slack's parsed JSON or form. Raises MalformedError."""
    if "command" in body:
        return _command(body)
    reader = READERS.get(str(body.get("type")))
    if reader is None:
        raise MalformedError("no type that Slack sends here")
    return reader(body)


def plain_text(text: str) -> str:
    """What a person typed, without Slack's escaping: `<@U1|ann>` is `@ann`, `&amp;` is `&`."""
    if "<" not in text and "&" not in text:
        return text
    return html.unescape(MENTION.sub(_mention, text)) if "&" in text else MENTION.sub(_mention, text)


def people(text: str) -> dict[str, str]:
    """The ids of the people mentioned in `text`, by the name under which `plain_text` leaves them there."""
    found = MENTION.finditer(text) if "<@" in text else ()
    return {mention[3] or mention[2]: mention[2] for mention in found if mention[1] == "@"}


def _mention(found: re.Match[str]) -> str:
    sign, target, label = found.group(1), found.group(2), found.group(3)
    match sign:
        case "@" | "#":
            return sign + (label or target)
        case "!":
            return "@" + (label or target).lstrip("@")
        case "mailto:":
            return label or target
    return sign + target


def _command(body: Body) -> Incoming:
    command = _string(body, "command")
    if not command.startswith("/"):
        raise MalformedError("a command without its slash")
    return Incoming(
        kind=Kind.COMMAND,
        key=command,
        user_id=_string(body, "user_id"),
        team_id=_string(body, "team_id"),
        tenant_id=_tenant(body, _string(body, "team_id"), _optional(body, "enterprise_id")),
        origin=Origin(
            channel_id=_optional(body, "channel_id"),
            response_url=_optional(body, "response_url"),
            trigger_id=_optional(body, "trigger_id"),
        ),
        text=_optional(body, "text") or "",
        delivery=_optional(body, "trigger_id"),
        body=body,
    )


def _action(body: Body) -> Incoming:
    actions = body.get("actions")
    if not isinstance(actions, list) or not actions or not isinstance(actions[0], Mapping):
        raise MalformedError("an action without an action")
    action = actions[0]
    view = _view(body) if body.get("view") is not None else None
    chosen = state.entered(action)
    held = view.get("state") if view else body.get("state")
    return _interaction(
        body,
        Kind.ACTION,
        # Buttons of one kind in one block are told apart by what follows the colon: kit.button's `index`.
        _string(action, "action_id").partition(":")[0],
        view=view,
        value=",".join(map(str, chosen)) if isinstance(chosen, list) else "" if chosen is None else str(chosen),
        values=state.values(held),
    )


def _submission(body: Body) -> Incoming:
    view = _view(body)
    kind = Kind.SUBMISSION if body["type"] == "view_submission" else Kind.CLOSING
    return _interaction(body, kind, _string(view, "callback_id"), view=view, values=state.values(view.get("state")))


def _options(body: Body) -> Incoming:
    view = _view(body) if body.get("view") is not None else None
    values = state.values(view.get("state")) if view else NOTHING
    text = _optional(body, "value") or ""
    return _interaction(body, Kind.OPTIONS, _string(body, "action_id"), view=view, text=text, values=values)


def _shortcut(body: Body) -> Incoming:
    return _interaction(body, Kind.SHORTCUT, _string(body, "callback_id"))


def _interaction(
    body: Body,
    kind: Kind,
    key: str,
    *,
    view: Mapping[str, Any] | None = None,
    text: str = "",
    value: str = "",
    values: Mapping[str, Any] = NOTHING,
) -> Incoming:
    user = _object(body, "user")
    team = _part(body, "team")
    enterprise_id = _optional(_part(body, "enterprise"), "id") or _optional(team, "enterprise_id")
    named = _optional(view or NOTHING, "app_installed_team_id") or _optional(team, "id") or _optional(user, "team_id")
    team_id = named or enterprise_id or _string(user, "team_id")
    origin, data = _origin(body), NOTHING
    if view is not None and view.get("type") == "modal":
        try:
            origin, data = metadata.recalled(view.get("private_metadata"), trigger_id=_optional(body, "trigger_id"))
        except metadata.UnreadableError as error:
            raise MalformedError("private_metadata that is not the pipeline's") from error
    return Incoming(
        kind=kind,
        key=key,
        user_id=_string(user, "id"),
        team_id=team_id,
        tenant_id=_tenant(body, team_id, enterprise_id),
        origin=origin,
        text=text,
        value=value,
        values=values,
        data=data,
        view=view,
        delivery=_optional(body, "trigger_id"),
        body=body,
    )


def _origin(body: Body) -> Origin:
    """Where a button, menu or shortcut was: in a message, in the App Home, or nowhere in particular."""
    container, channel, message = (_part(body, name) for name in ("container", "channel", "message"))
    return Origin(
        channel_id=_optional(channel, "id") or _optional(container, "channel_id"),
        thread_ts=_optional(message, "thread_ts") or _optional(container, "thread_ts"),
        response_url=_optional(body, "response_url"),
        trigger_id=_optional(body, "trigger_id"),
        message_ts=_optional(message, "ts") or _optional(container, "message_ts"),
        home=_part(body, "view").get("type") == "home",
    )


def _event(body: Body) -> Incoming:
    event = _object(body, "event")
    granted = body.get("authorizations")
    grant = granted[0] if isinstance(granted, list) and granted and isinstance(granted[0], Mapping) else NOTHING
    enterprise_id = _optional(grant, "enterprise_id") or _optional(body, "enterprise_id")
    subtype = event.get("subtype")
    # What is told of an app that serves a whole organization, such as its removal, names no workspace.
    team_id = _optional(grant, "team_id") or _optional(body, "team_id") or enterprise_id or _string(body, "team_id")
    user = event.get("user")
    user_id = user if isinstance(user, str) else ""
    return Incoming(
        kind=Kind.EVENT,
        key=_string(event, "type"),
        user_id=user_id,
        team_id=team_id,
        tenant_id=_tenant(grant if "is_enterprise_install" in grant else body, team_id, enterprise_id),
        origin=Origin(
            channel_id=event.get("channel") if isinstance(event.get("channel"), str) else None,
            thread_ts=_optional(event, "thread_ts"),
            message_ts=_optional(event, "ts"),
        ),
        text=_optional(event, "text") or "",
        delivery=_string(body, "event_id"),
        happened_at=_moment(body.get("event_time")),
        by_bot=bool(
            event.get("bot_id") or (subtype and subtype not in WRITTEN) or (user_id and user_id == grant.get("user_id"))
        ),
        body=body,
    )


READERS: Mapping[str, Callable[[Body], Incoming]] = MappingProxyType(
    {
        "block_actions": _action,
        "view_submission": _submission,
        "view_closed": _submission,
        "block_suggestion": _options,
        "shortcut": _shortcut,
        "message_action": _shortcut,
        "event_callback": _event,
    }
)


def _view(body: Body) -> Mapping[str, Any]:
    view = _object(body, "view")
    _string(view, "id")
    return view


def _tenant(body: Body, team_id: str, enterprise_id: str | None) -> str:
    """Whose installation it is: the organization's where the app was installed for all of it, else the workspace's."""
    whole = body.get("is_enterprise_install") in (True, "true")
    return enterprise_id if whole and enterprise_id else team_id


def _moment(seconds: object) -> datetime | None:
    """A moment from Slack's seconds since 1970; None for what is none."""
    try:
        return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None
    except (OverflowError, ValueError, OSError):
        return None


def _object(body: Body, key: str) -> Mapping[str, Any]:
    found = body.get(key)
    if not isinstance(found, Mapping):
        raise MalformedError(f"{key} is missing")
    return found


def _part(body: Body, key: str) -> Mapping[str, Any]:
    """The object under `key`, which Slack may leave out."""
    found = body.get(key)
    return found if isinstance(found, Mapping) else NOTHING


def _string(body: Body, key: str) -> str:
    found = body.get(key)
    if not isinstance(found, str) or not found:
        raise MalformedError(f"{key} is missing")
    return found


def _optional(body: Body, key: str) -> str | None:
    found = body.get(key)
    if found is not None and not isinstance(found, str):
        raise MalformedError(f"{key} is no text")
    return found or None
