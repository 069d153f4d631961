"""Administration: members, asking an admin, and the audit log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from bot.domain.administration import Change
from bot.domain.audit import Reason, Result
from bot.domain.audit_query import AuditQuery
from bot.domain.members import PER_PAGE, Activity, Member, MemberFilters, MembershipId, Page, PersonId
from bot.services.asking import AdminNeeded
from bot.services.member_changes import NotTried, StillThere
from bot.services.undo.administration import DoneInPart
from bot.views import admin_requests, administration, audit, member_forms, members
from bot.views.audit import Turn
from tests.views.samples.sample import Sample, sample
from tests.views.samples.studio import NOW, Studio

ADMIN, MARCUS = "U0LENAHOFFM", "U0MARCUSBEL"


@dataclass(frozen=True)
class Request:
    """A request in some state."""

    change: Change
    state: str = "asked"
    decided_by: str | None = None
    workspace: str = ""
    id: str = "request"
    user_id: str = MARCUS
    expires_at: datetime = NOW + timedelta(days=2)
    why: Reason | None = None


@dataclass(frozen=True)
class Entry:
    """A line of the log."""

    change: Change
    result: Result = Result.DONE
    why: Reason | None = None
    at: datetime = NOW
    user_id: str = ADMIN
    who: str = ""
    asked_by: str | None = None
    team_id: str = "T0NORDLICHT"
    here: bool = True
    known: bool = True


@dataclass(frozen=True)
class Found:
    """A page of them."""

    entries: tuple[Entry, ...]
    number: int = 1
    pages: int = 1
    total: int = 1


def samples(studio: Studio) -> Iterator[Sample]:
    """Every state of the views about administration."""
    yield from _listed(studio)
    yield from _forms(studio)
    yield from _told(studio)
    yield from _asked(studio)
    yield from _logged(studio)


def somebody(studio: Studio, name: str = "Lena Brandt", **fields: Any) -> Member:
    """A member with everything filled in."""
    known = {
        "membership": MembershipId(7001),
        "person": PersonId(8001),
        "email": studio.say("lena@nordlicht.example"),
        "role": "projectlead",
        "groups": (7000004, 7000005),
        "minutes": 450,
        "rate": 110.0,
        "cost": 44.5,
    }
    return Member(name=studio.say(name), **{**known, **fields})


def change(studio: Studio) -> Change:
    """A member who was changed."""
    member = somebody(studio)
    after = {**member.shown(), "role": "admin", "minutes": None, "groups": [], "active": False}
    return Change(kind="member.edit", subject_id="7001", name=member.name, before=member.shown(), after=after)


def _listed(studio: Studio) -> Iterator[Sample]:
    t = studio.t
    several = (
        somebody(studio),
        somebody(
            studio, "Emil", role="guest", groups=tuple(range(7000000, 7000009)), minutes=None, rate=None, cost=None
        ),
        somebody(studio, "Hana", activity=Activity.INVITED, email="", groups=(), direct=False),
        somebody(studio, "Viktor", activity=Activity.DEACTIVATED, groups=(1,), minutes=480),
    )
    many = tuple(somebody(studio) for _ in range(PER_PAGE))
    narrow = MemberFilters(words=studio.say("lena")[:100], role="projectlead", activity=Activity.ACTIVE, group=7000004)
    yield sample("", members.loading, t)
    yield sample("several", members.listing, t, Page(several, 1, 1, 4, 4), MemberFilters())
    yield sample("none fits", members.listing, t, Page((), 1, 1, 0, 13), narrow)
    did = [t.md("*{name}*", name=several[0].name)]
    yield sample("many, just changed", members.listing, t, Page(many, 7, 134, 2000, 2013), narrow, did=did, undo_id="u")
    yield sample("", members.done_only, t, did, undo_id="u")


def _forms(studio: Studio) -> Iterator[Sample]:
    t, member, place = studio.t, somebody(studio), studio.say("Nordlicht Studio")
    invited = somebody(studio, activity=Activity.INVITED, role="guest", minutes=None, groups=())
    admins = [somebody(studio, role="admin")] * 2
    crowd = [*admins, *[member] * 98]
    problem = [administration.others(t, change(studio), {"role": ("user", "projectlead"), "groups": ([], [1, 2])})]
    yield sample("", member_forms.edit, t, member, member.shown())
    yield sample("invited", member_forms.edit, t, invited, invited.shown())
    yield sample("changed meanwhile", member_forms.edit, t, member, member.shown(), turn=2, problem=problem)
    yield sample("", member_forms.ask_remove, t, member, place)
    yield sample("an admin, changed meanwhile", member_forms.ask_remove, t, admins[0], place, problem=problem)
    yield sample("", member_forms.ask_deactivate, t, member, place)
    yield sample("", member_forms.choose, t)
    yield sample("two", member_forms.ask_remove_all, t, admins, place)
    yield sample("a hundred, some changed", member_forms.ask_remove_all, t, crowd, place, changed=crowd)


def _told(studio: Studio) -> Iterator[Sample]:
    t, changed = studio.t, change(studio)
    yield sample("with Undo", administration.done, t, changed, undo_id="u")
    yield sample("without", administration.done, t, msgspec.structs.replace(changed, after=None), undo_id=None)
    yield sample("", administration.taken_back, t, changed)


def _asked(studio: Studio) -> Iterator[Sample]:
    t = studio.t
    archive = Request(Change(kind="project.archive", subject_id="1", name=studio.say("Relaunch")))
    edit = Request(change(studio), workspace=studio.say("Nordlicht Studio"))
    fields = {"name": studio.say("Garden"), "fee": [6000.0, "EUR"], "estimate": 600, "color": "#06a893", "tags": ["a"]}
    new = Request(Change(kind="project.new", name=studio.say("Garden"), after={**fields, "start": "2026-12-01"}))
    time = [[studio.say("Write report"), NOW.isoformat(), 5400]] * 30
    log = Request(Change(kind="entry.log_for", name=studio.say("Write report"), after={"for": MARCUS, "entries": time}))
    yield sample("one admin", admin_requests.sent, t, archive, 1)
    yield sample("several", admin_requests.sent, t, edit, 3)
    names = [studio.say(f"Somebody with a long name {number}") for number in range(100)]
    gone = Request(Change(kind="member.remove_all", name=studio.say("Nordlicht Studio"), after={"names": names}))
    for state, asked in (("", archive), ("a member", edit), ("a new project", new), ("time", log), ("many", gone)):
        yield sample(state, admin_requests.request, t, asked)
    for state in ("allowed", "declined", "outdated", "unknown", "expired", "deciding"):
        ended = Request(edit.change, state, None if state == "expired" else ADMIN)
        yield sample(state, admin_requests.closed, t, ended, undo_id="u" if state == "allowed" else None)
        yield sample(state, admin_requests.answered, t, ended)
    left = Reason.of(DoneInPart(done=studio.say("Emil, Grace"), left=studio.say("Hana"), reason=NotTried(name="Hana")))
    some = Request(gone.change, "partly", ADMIN, why=left)
    yield sample("partly", admin_requests.closed, t, some)
    yield sample("partly", admin_requests.answered, t, some)


def _logged(studio: Studio) -> Iterator[Sample]:
    t, changed = studio.t, change(studio)
    plain = AuditQuery()
    narrow = AuditQuery(
        by=studio.say("lena")[:100],
        user_id=ADMIN,
        about="member",
        words=studio.say("emil")[:100],
        first=date(2026, 11, 1),
        last=date(2026, 11, 12),
    )
    lines = [Entry(changed, result, Reason.of(AdminNeeded(None)), asked_by=MARCUS) for result in Result]
    far = Entry(changed, who=studio.say("Ann (ann@example.com)"), here=False, known=False, asked_by="U1")
    yield sample("nothing", audit.listing, t, Turn(plain), Found((), total=0))
    yield sample("nothing fits", audit.listing, t, Turn(narrow), Found((), total=0))
    yield sample("every result", audit.listing, t, Turn(plain), Found(tuple(lines), 2, 3, 23))
    yield sample("from elsewhere", audit.listing, t, Turn(narrow), Found((far,)))
    yield sample("", audit.sent, t, "audit-until-2026-11-12.csv", 23)
    left = [("Emil", NotTried(name=studio.say("Emil"))), (studio.say("Grace"), StillThere(name=studio.say("Grace")))]
    for state, came in (("all", [("Lena", None)]), ("some", [*[("Lena", None)] * 40, *left]), ("nobody", left)):
        did = member_forms.removed(t, came)
        yield sample(f"removed {state}", members.done_only, t, did)
