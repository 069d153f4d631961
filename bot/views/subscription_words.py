"""What is followed, how it is told, and why it rests, in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.recurrence import Weekly
from bot.domain.recurrence_words import words
from bot.domain.subscriptions import ChannelSettings, Following, Mode, Paused, ProjectEvent
from bot.i18n import N_, Mrkdwn, Translator, mention
from bot.views.kit import called

EVENTS: Mapping[ProjectEvent, str] = MappingProxyType(
    {
        ProjectEvent.CREATED: N_("Created"),
        ProjectEvent.RENAMED: N_("Renamed"),
        ProjectEvent.DATES: N_("Dates changed"),
        ProjectEvent.ESTIMATE: N_("Estimate changed"),
        ProjectEvent.ARCHIVED: N_("Archived or unarchived"),
        ProjectEvent.DELETED: N_("Deleted or restored"),
        ProjectEvent.PINNED: N_("Pinned or unpinned"),
        ProjectEvent.MEMBERS: N_("Members changed"),
        ProjectEvent.HOURS: N_("Hours at 50, 80 and 100% of the estimate"),
    }
)

MODES: Mapping[Mode, str] = MappingProxyType(
    {Mode.AT_ONCE: N_("Right away"), Mode.DIGEST: N_("In the digest"), Mode.OFF: N_("Off")}
)

REASONS: Mapping[Paused, str] = MappingProxyType(
    {
        Paused.BY_PERSON: N_("Paused."),
        Paused.DISCONNECTED: N_("On hold: whoever subscribed is no longer connected to Toggl here."),
        Paused.REFUSED: N_("On hold: Toggl no longer accepts {person}’s credential. They can reconnect."),
        Paused.LOST_SIGHT: N_("On hold: {person} can no longer see it in Toggl."),
        Paused.PRIVATE: N_("On hold: it became private, and nobody has agreed yet that this channel may see it."),
        Paused.GONE: N_("On hold: it was deleted in Toggl. It continues if it is restored."),
        Paused.SHARED: N_("On hold: this channel is now shared with another organization."),
        Paused.ARCHIVED_CHANNEL: N_("On hold: the channel is archived."),
        Paused.NOT_IN_CHANNEL: N_("On hold: I am no longer in the channel. It continues when I am invited again."),
    }
)

TAKEN_OVER = frozenset({Paused.DISCONNECTED, Paused.REFUSED, Paused.LOST_SIGHT})
"""Reasons for which somebody else's credential helps."""


def channel(channel_id: str) -> Mrkdwn:
    """A channel by its id in Slack, which shows its name."""
    return Mrkdwn(f"<#{channel_id}>")


def what(t: Translator, following: Following) -> Mrkdwn:
    """What is followed, within a sentence; a project that the channel may not see any more is not named."""
    if hidden(following):
        return t.md("one project")
    return everything(t, following.project_name) if following.everything else project(t, following.project_name)


def hidden(following: Following) -> bool:
    """Whether not even the project's name may be shown in the channel."""
    return following.paused in {Paused.LOST_SIGHT, Paused.PRIVATE} and not following.everything


def project(t: Translator, name: str) -> Mrkdwn:
    """One project, within a sentence."""
    return t.md("*{name}*", name=called(name))


def everything(t: Translator, workspace: str) -> Mrkdwn:
    """All projects of a workspace, within a sentence; Toggl does not always tell its name."""
    return t.md("all projects of *{workspace}*", workspace=called(workspace)) if workspace else t.md("all projects")


def reason(t: Translator, following: Following) -> Mrkdwn:
    """Why the subscription rests; empty where it does not."""
    if following.paused is None:
        return Mrkdwn()
    person = mention(following.user_id) if following.user_id else t("whoever subscribed")
    return t.md(REASONS[following.paused], person=person)


def told(t: Translator, following: Following, settings: ChannelSettings) -> Mrkdwn:
    """What the channel is told by the subscription, and when."""
    modes = {event: following.mode(event, settings) for event in ProjectEvent}
    return _modes(t, modes, settings)


def usual(t: Translator, settings: ChannelSettings) -> Mrkdwn:
    """How the channel is told where a subscription has no choices of its own."""
    return _modes(t, {event: settings.modes.get(event, Mode.OFF) for event in ProjectEvent}, settings)


def digest(t: Translator, settings: ChannelSettings) -> str:
    """When digests come, with the zone in which that is meant."""
    when = words(str(Weekly(settings.digest_at, settings.digest_days)), t)
    return t("{when} ({zone})", when=when, zone=zone_name(settings.zone))


def zone_name(zone: str) -> str:
    """A time zone as people read it: `Europe/Berlin`, `America/New York`."""
    return zone.replace("_", " ")


def _modes(t: Translator, modes: Mapping[ProjectEvent, Mode], settings: ChannelSettings) -> Mrkdwn:
    names = {mode: [t(EVENTS[event]) for event in ProjectEvent if modes[event] is mode] for mode in Mode}
    parts = []
    if names[Mode.AT_ONCE]:
        parts.append(t.md("Right away: {events}.", events=_listed(t, names[Mode.AT_ONCE], len(modes))))
    if names[Mode.DIGEST]:
        listed = _listed(t, names[Mode.DIGEST], len(modes), rest=bool(names[Mode.AT_ONCE]) and not names[Mode.OFF])
        parts.append(t.md("In the digest, {when}: {events}.", when=digest(t, settings), events=listed))
    return Mrkdwn(" ".join(parts)) if parts else t.md("No updates at the moment.")


def _listed(t: Translator, names: list[str], all_of_them: int, *, rest: bool = False) -> str:
    """These events; one word for all of them, or for what is left."""
    if len(names) == all_of_them:
        return t("everything")
    if rest and len(names) > all_of_them // 2:
        return t("everything else")
    return ", ".join(names)
