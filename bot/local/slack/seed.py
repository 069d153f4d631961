"""The workspace a newcomer meets: Nordlicht Studio, its people in four zones, its channels, a few messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.local.slack.manifest import Manifest
from bot.local.slack.world import App, Channel, Message, Person, World

TEAM_ID = "T0NORDLICHT"
APP_ID = "A0TIMETRACK"
BOT_ID = "B0TIMETRACK"
BOT_USER_ID = "U0TIMETRACK"

LENA, MARCUS, YUKI = "U0LENAHOFFM", "U0MARCUSBEL", "U0YUKITANAK"
SOFIA, JONAS, ALEX, TOM = "U0SOFIAROME", "U0JONASWEBE", "U0ALEXKIMGU", "U0TOMFISCHE"
GENERAL, DESIGN, WEBSITE, LEADS = "C0GENERAL01", "C0DESIGN001", "C0WEBSITE01", "C0LEADS0001"

_PEOPLE = (
    Person(
        id=LENA,
        name="lena",
        real_name="Lena Hoffmann",
        title="Studio lead",
        tz="Europe/Berlin",
        locale="de-DE",
        color="9f3a5d",
        is_owner=True,
        is_admin=True,
    ),
    Person(
        id=MARCUS,
        name="marcus",
        real_name="Marcus Bell",
        title="Operations",
        tz="America/New_York",
        locale="en-US",
        color="2f6f8f",
        is_admin=True,
    ),
    Person(
        id=YUKI,
        name="yuki",
        real_name="Yuki Tanaka",
        title="Illustrator",
        tz="Asia/Tokyo",
        locale="ja-JP",
        color="3b7a57",
    ),
    Person(
        id=SOFIA,
        name="sofia",
        real_name="Sofía Romero",
        title="Front-end developer",
        tz="Europe/Madrid",
        locale="es-ES",
        color="b3611f",
    ),
    Person(
        id=JONAS,
        name="jonas",
        real_name="Jonas Weber",
        title="Copywriter",
        tz="Europe/Berlin",
        locale="de-DE",
        color="5a4fa3",
    ),
    Person(
        id=ALEX,
        name="alex",
        real_name="Alex Kim",
        title="Freelance photographer",
        tz="America/New_York",
        locale="en-US",
        color="77695a",
        is_guest=True,
    ),
    Person(
        id=TOM,
        name="tom",
        real_name="Tom Fischer",
        title="Left in spring",
        tz="Europe/Berlin",
        locale="de-DE",
        color="8a8a8a",
        deleted=True,
    ),
)
_MEMBERS = [LENA, MARCUS, YUKI, SOFIA, JONAS]
_CHANNELS = (
    Channel(id=GENERAL, name="general", members=list(_MEMBERS), topic="Everything that concerns all of us"),
    Channel(id=DESIGN, name="design", members=[LENA, YUKI, SOFIA], topic="Sketches, type, colour"),
    Channel(
        id=WEBSITE,
        name="website-relaunch",
        members=[*_MEMBERS, ALEX],
        topic="Launch on 14 December",
        app_is_member=True,
    ),
    Channel(id=LEADS, name="leads", kind="private", members=[LENA, MARCUS], topic="Hiring and budgets"),
)
_SAID = (
    (GENERAL, LENA, 190, "Guten Morgen! Studio breakfast is at ten, the oven is on."),
    (GENERAL, MARCUS, 176, "Reminder: please have October's hours in by tonight, I send the invoices tomorrow."),
    (GENERAL, SOFIA, 171, "Mine are in. Two hours are on the wrong project, I will move them after lunch."),
    (DESIGN, YUKI, 150, "New winter illustrations are in the shared folder, three variants of the harbour."),
    (DESIGN, LENA, 141, "The second one. The light on the water is exactly it."),
    (WEBSITE, SOFIA, 95, "The navigation works on small screens now. Could someone try it with a screen reader?"),
    (WEBSITE, ALEX, 88, "Product photos come this afternoon, 40 of them, already cropped."),
    (WEBSITE, JONAS, 60, "Imprint and privacy texts are final. Next: the about page."),
    (LEADS, MARCUS, 45, "We are at 82 % of the relaunch budget with three weeks to go."),
)


def seed(manifest: Manifest, now: datetime) -> World:
    """A fresh world for an app with this manifest. `now` dates the messages that were written this morning."""
    world = World(
        team_id=TEAM_ID,
        team_name="Nordlicht Studio",
        team_domain="nordlicht-studio",
        app=App(
            id=APP_ID, bot_id=BOT_ID, bot_user_id=BOT_USER_ID, name=manifest.bot_name, scopes=list(manifest.scopes)
        ),
    )
    created = int((now - timedelta(days=400)).timestamp())
    for person in _PEOPLE:
        world.people[person.id] = replace(person, email=f"{person.name}@nordlicht.example")
    for channel in _CHANNELS:
        world.channels[channel.id] = replace(channel, members=list(channel.members), created=created)
    for person in world.people.values():
        dm = "D0" + person.id[2:]
        world.channels[dm] = Channel(
            id=dm, name="", kind="im", members=[person.id], app_is_member=True, created=created
        )
    world.channels["D0LENAMARCS"] = Channel(
        id="D0LENAMARCS", name="", kind="im", members=[LENA, MARCUS], created=created
    )
    for position, (channel_id, author_id, minutes_ago, text) in enumerate(_SAID):
        at = int((now - timedelta(minutes=minutes_ago)).timestamp())
        world.messages.setdefault(channel_id, []).append(
            Message(ts=f"{at}.{position:06d}", channel_id=channel_id, author_id=author_id, text=text)
        )
    return world
