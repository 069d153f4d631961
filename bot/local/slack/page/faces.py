"""Says how a person or the app looks beside what they wrote: name, colour, initials or picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from markupsafe import Markup

from bot.local.slack.manifest import Manifest
from bot.local.slack.page.emoji import picture
from bot.local.slack.world import Message, Person, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """Somebody's name and avatar. `color` is CSS; `picture` replaces the initials."""

    id: str
    name: str
    color: str
    initials: str
    picture: Markup | None = None
    is_app: bool = False


SLACKBOT: Final = Face(id="USLACKBOT", name="Slackbot", color="#611f69", initials="S")


def initials(name: str) -> str:
    """The first letters of the first and last word: `Ada King Lovelace` gives `AL`."""
    words = [word for word in name.split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or name[:1].upper()


def face_of(person: Person) -> Face:
    """A person's face."""
    name = person.real_name or person.name
    return Face(id=person.id, name=name, color=f"#{person.color.lstrip('#')}", initials=initials(name))


def app_face(world: World, manifest: Manifest) -> Face:
    """The app's face: its first letter on the manifest's colour."""
    name = manifest.bot_name or world.app.name
    return Face(
        id=world.app.bot_user_id, name=name, color=manifest.background_color, initials=name[:1].upper(), is_app=True
    )


def author_of(message: Message, world: World, manifest: Manifest) -> Face:
    """Who wrote `message`, under the name and picture that the app may have chosen for it."""
    if message.author_id == SLACKBOT.id:
        return SLACKBOT
    if message.author_id is not None:
        person = world.people.get(message.author_id)
        return SLACKBOT if person is None else face_of(person)
    app = app_face(world, manifest)
    return Face(
        id=app.id,
        name=message.username or app.name,
        color=app.color,
        initials=initials(message.username) if message.username else app.initials,
        picture=_picture(message.icon),
        is_app=True,
    )


def _picture(icon: str | None) -> Markup | None:
    if not icon:
        return None
    if urlsplit(icon).scheme in {"http", "https"}:
        return Markup('<img src="{}" alt="">').format(icon)
    return picture(icon.strip(":"))
