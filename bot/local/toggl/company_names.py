"""Who works at the seeded company, for whom and on what."""

from __future__ import annotations

from typing import Literal, NamedTuple

from bot.local.toggl.records import StatusType, WorkspaceRole

ORGANIZATION = "Nordlicht Studio"
MAIN_WORKSPACE, SECOND_WORKSPACE = "Nordlicht Studio", "Nordlicht Labs"


class Somebody(NamedTuple):
    """A person; `handle` is in their credentials."""

    handle: str
    name: str
    role: WorkspaceRole
    zone: str
    group: Literal["Design", "Engineering", "Consulting"]
    minutes: int = 480


PEOPLE = (
    Somebody("admin", "Astrid Holm", "admin", "Europe/Berlin", "Consulting"),
    Somebody("member", "Mika Tanaka", "user", "Asia/Tokyo", "Engineering"),
    Somebody("lena", "Lena Brandt", "projectlead", "Europe/Berlin", "Design"),
    Somebody("tom", "Tom Okafor", "teamlead", "Europe/London", "Engineering"),
    Somebody("sofia", "Sofia Marín", "admin", "Europe/Madrid", "Consulting"),
    Somebody("jonas", "Jonas Weber", "user", "Europe/Berlin", "Engineering"),
    Somebody("priya", "Priya Nair", "user", "Asia/Kolkata", "Engineering"),
    Somebody("emil", "Emil Sørensen", "user", "Europe/Copenhagen", "Design", 360),
    Somebody("grace", "Grace Kim", "projectlead", "America/New_York", "Consulting"),
    Somebody("diego", "Diego Ferrer", "user", "America/Mexico_City", "Design"),
    Somebody("noor", "Noor Haddad", "user", "Europe/Amsterdam", "Consulting", 300),
    Somebody("yuki", "Yuki Sato", "user", "Asia/Tokyo", "Design"),
    Somebody("viktor", "Viktor Hahn", "user", "Europe/Vienna", "Engineering"),
)
THE_DEMOS = tuple(
    {
        "admin": somebody._replace(name="Lena Hoffmann"),
        "member": somebody._replace(name="Marcus Bell", zone="America/New_York"),
        "lena": somebody._replace(name="Ida Brandt"),
    }.get(somebody.handle, somebody)
    for somebody in PEOPLE
)
"""The same company with the two whom the demo's visitors first are in Slack, working at their hours."""

INVITED = Somebody("hana", "Hana Nováková", "user", "Europe/Prague", "Design")
"""Whoever joins the demo's company once they accept."""
DEACTIVATED = "viktor"
ORGANIZATION_ADMIN = "admin"
ALSO_IN_SECOND_WORKSPACE = ("admin", "member", "tom")
GROUPS = ("Design", "Engineering", "Consulting")

STATUSES: tuple[tuple[str, str, StatusType, bool], ...] = (
    ("To do", "📋", "todo", True),
    ("In progress", "🚧", "in_progress", True),
    ("In review", "👀", "in_progress", False),
    ("Waiting for client", "⏳", "blocked", False),
    ("Blocked", "⛔", "blocked", True),
    ("Done", "✅", "done", True),
)
TAGS = (
    ("urgent", "#d94182"),
    ("meeting", "#2da608"),
    ("deep work", "#0b83d9"),
    ("travel", "#c7741c"),
    ("r&d", "#9e5bd9"),
)


class Work(NamedTuple):
    """A project and its tasks. `hours` is the estimate; marks are words of `company.py`."""

    name: str
    client: str | None
    tasks: tuple[str, ...] = ()
    hours: int | None = None
    parent: str | None = None
    marks: frozenset[str] = frozenset()


def _marks(words: str) -> frozenset[str]:
    return frozenset(words.split())


PROJECTS = (
    Work(
        "Fjord Ferries Booking",
        "Fjord Ferries",
        ("Sketch booking flow", "Seat map", "Review with client"),
        320,
        None,
        _marks("pinned"),
    ),
    Work(
        "Booking App",
        "Fjord Ferries",
        ("Repair login flow", "Push notifications", "Offline tickets", "Beta feedback"),
        180,
        "Fjord Ferries Booking",
    ),
    Work(
        "Booking Backend",
        "Fjord Ferries",
        ("Payment provider", "Load test", "Timetable import"),
        160,
        "Fjord Ferries Booking",
    ),
    Work(
        "Alpenglow Website",
        "Alpenglow Hotels",
        ("Wireframes", "Content model", "Build landing page", "Accessibility audit"),
        140,
    ),
    Work(
        "Alpenglow Brand",
        "Alpenglow Hotels",
        ("Logo drafts", "Colour system", "Type specimen"),
        60,
        None,
        _marks("fee"),
    ),
    Work("Kanto Rail Signage", "Kanto Rail", ("Pictogram set", "Station mock-ups", "Colour contrast tests"), 90),
    Work(
        "Kanto Rail Timetable",
        "Kanto Rail",
        ("Parse timetables", "Search by station", "Delay banner"),
        200,
        None,
        _marks("pinned"),
    ),
    Work("Museum Audio Guide", "Stadtmuseum", ("Script review", "Record German", "Record English"), 80),
    Work(
        "Museum Kiosk", "Stadtmuseum", ("Touch prototype", "Kiosk hardware", "Opening night"), 110, None, _marks("fee")
    ),
    Work("Grünwerk Shop", "Grünwerk", ("Product pages", "Checkout", "Returns"), 150),
    Work("Grünwerk Newsletter", "Grünwerk", ("Template", "Spring issue"), 24),
    Work("Harbour Sensor Dashboard", "Port Authority", ("Sensor protocol", "Alarm rules", "Map layer"), 260),
    Work(
        "Sensor Firmware Review",
        "Port Authority",
        ("Read firmware", "Write findings"),
        40,
        "Harbour Sensor Dashboard",
        _marks("private"),
    ),
    Work("Clinic Appointments", "Praxis Linde", ("Interview nurses", "Calendar view", "Text reminders"), 120),
    Work(
        "Clinic Data Protection",
        "Praxis Linde",
        ("Data map", "Processor contracts"),
        30,
        "Clinic Appointments",
        _marks("private"),
    ),
    Work("Tender Oslo Library", "Oslo Library", ("Read tender", "Cost estimate", "Write proposal"), 50),
    Work("Monthly Reporting", None, ("Write report", "Report template", "Collect numbers"), 20, None, _marks("pinned")),
    Work("Studio Website", None, ("Case study", "Team page", "Fix cookie banner"), 60),
    Work("Design System", None, ("Button states", "Icon grid", "Token names", "Docs page"), 200),
    Work("Design System Tokens", None, ("Export tokens", "Dark theme"), 60, "Design System"),
    Work("Infrastructure", None, ("Upgrade database", "Renew certificates", "Backup drill"), None),
    Work("Support", None, ("Answer mails", "On call", "<!channel> & <@U1>"), None),
    Work("Sales", None, ("First calls", "Follow-ups"), None),
    Work("Hiring Designers", None, ("Read applications", "Interviews"), 40, None, _marks("private")),
    Work("Salaries", None, ("Salary round",), 12, None, _marks("private")),
    Work("Learning", None, ("Read papers", "Conference talk"), None),
    Work("Team", None, ("Stand-up", "Retrospective", "One to one", "Plan the week"), None),
    Work("Office Move", None, ("Floor plan", "Movers"), 30, None, _marks("archived")),
    Work("Fjord Ferries Pitch", "Fjord Ferries", ("Pitch deck",), 25, None, _marks("archived")),
    Work("Winter Campaign", "Alpenglow Hotels", ("Photo shoot", "Landing page"), 45, None, _marks("archived")),
)
LABS_PROJECTS = (
    Work("Open Font", None, ("Draw glyphs", "Kerning")),
    Work("Tide Clock", None, ("Solder prototype", "Report bugs upstream")),
)
