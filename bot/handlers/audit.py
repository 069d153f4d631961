"""Who changed what in the workspace through the bot: looked up, page by page or as a file."""

from __future__ import annotations

from bot.dispatcher import Answer, File, Reply, Request
from bot.domain.audit_query import AuditQuery, parse_audit
from bot.services import audit_log
from bot.views import audit as views
from bot.views import export
from bot.views.audit import Turn


async def show(request: Request, *, words: str | None, csv: str | None) -> Answer:
    """`/toggl audit by:@lena last month csv`."""
    query = parse_audit(
        words or "",
        people=request.pending.people if request.pending else {},
        now=request.now,
        zone=request.t.zone,
        first_weekday=request.t.first_weekday,
    )
    return await (_file(request, query) if csv else _page(request, Turn(query)))


async def turn(request: Request) -> Answer:
    """*Newer* and *Older*."""
    return await _page(request, Turn.read(request.value), replace=True)


async def send_csv(request: Request) -> Answer:
    """*CSV file*: all pages, to the admin's messages."""
    return await _file(request, Turn.read(request.value).query)


async def _page(request: Request, turn: Turn, *, replace: bool = False) -> Answer:
    found = await audit_log.page(request.context, turn.query, turn.page)
    return Reply(views.listing(request.t, turn, found), replace=replace)


async def _file(request: Request, query: AuditQuery) -> Answer:
    entries = await audit_log.everything(request.context, query)
    name = views.file_name(query, request.now.astimezone(request.t.zone).date().isoformat())
    return Reply(
        views.sent(request.t, name, len(entries)),
        files=(File(name, views.csv_file(request.t, entries), request.t("Audit log")),),
        without_files=export.refused(request.t, name),
    )
