"""Project updates in channels: looking for changes, telling what was found, and the digests."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.domain.project_updates import Told
from bot.i18n import N_, Translator
from bot.jobs import refusals
from bot.jobs.job import Due, Office, Outgoing, OvertakenError, Prepared
from bot.services import departures, project_notes, project_polls, project_posting, resting
from bot.services.context import Context, NotConnected
from bot.services.project_polls import Assignment
from bot.services.project_posting import Item, Telling
from bot.services.project_routing import card_key, update_key
from bot.services.project_watching import POLL
from bot.store import Session, accounts
from bot.toggl import CredentialMissing, CredentialRefused
from bot.views import project_digest, project_updates
from bot.views.messages import Message
from bot.views.project_digest import Digest

NOTHING = N_("Nothing had changed.")
STAYS = timedelta(days=30)


async def look(office: Office, due: Due) -> Prepared:
    """Look at all projects with one person's credential: nothing is posted here, and nothing written but changes."""
    assignment = Assignment.of(due.schedule)
    async with office.store.reading() as db:
        account = await accounts.find_by_id(db, assignment.account)
    if account is None:
        return Prepared(keep=project_polls.orphan(due.schedule, now=due.now))
    following = await project_polls.followed(office.store, due.schedule, now=due.now)
    if not following:
        return Prepared(keep=project_polls.end(due.schedule))
    context = await office.context(assignment.account, now=due.now, focus_id=assignment.workspace)
    try:
        polled = await project_polls.poll(context, due.schedule, following)
    except (NotConnected, CredentialMissing, CredentialRefused) as trouble:
        return await _unable(office, due, context, trouble, assignment.workspace)
    return Prepared(keep=polled.keep, again_at=polled.again_at)


async def tell_change(office: Office, due: Due) -> Prepared:
    """Let channels be told what somebody did through the bot, as one subscriber sees it."""
    news = project_notes.read(due.schedule)
    async with office.store.reading() as db:
        owner = due.schedule.owner_id
        account = None if owner is None else await accounts.find_by_id(db, owner)
    if account is None:
        return Prepared()
    context = await office.context(account.id, now=due.now, focus_id=news.workspace)
    try:
        polled = await project_notes.settle(context, due.schedule)
    except (NotConnected, CredentialMissing, CredentialRefused) as trouble:
        return await _unable(office, due, context, trouble, news.workspace)
    return Prepared(keep=polled.keep, again_at=polled.again_at)


async def post(office: Office, due: Due) -> Prepared:
    """Tell a channel what it wants to know at once, and bring its cards up to date."""
    channel_id = due.schedule.channel_id or ""
    telling = await project_posting.at_once(
        office.store, tenant_id=due.schedule.tenant_id, channel_id=channel_id, now=due.now
    )
    t = _translator(office, telling, due)
    posts = [one for item in telling.items for one in _posts(t, telling, item)]
    # While the channel follows anything its schedule stays, so that it can rest where the channel cannot be reached.
    later = due.now + STAYS if telling.active else None
    return Prepared(posts=tuple(posts), keep=_keep(telling), again_at=telling.waits_until or later)


async def digest(office: Office, due: Due) -> Prepared:
    """Tell a channel what happened since its last digest; nothing where nothing did."""
    channel_id = due.schedule.channel_id or ""
    telling = await project_posting.digest(office.store, tenant_id=due.schedule.tenant_id, channel_id=channel_id)
    keep = _keep(telling)
    if not telling.items:
        return Prepared(keep=keep, skipped=NOTHING)
    t = _translator(office, telling, due)
    made = Digest(
        channel_id=channel_id,
        day=due.at.astimezone(telling.settings.tz).date(),
        told=[(item.snapshot, item.told) for item in telling.items if item.snapshot],
        followed=tuple(telling.followed.values()),
        user_id=telling.items[0].following.user_id,
    )
    key = f"digest:{channel_id}:{due.at.isoformat()}"
    first, *rest = project_digest.digest(t, made)
    plain, shown = project_digest.without_chart(t, made), project_digest.figures(t, made)
    drawn = {f"projects-{made.day}.png": shown.chart} if shown else {}
    posts = [Outgoing(key=key, channel_id=channel_id, message=first, otherwise=plain, charts=drawn)]
    posts += [
        Outgoing(key=f"{key}:{number}", channel_id=channel_id, message=message)
        for number, message in enumerate(rest, start=2)
    ]
    return Prepared(posts=tuple(posts), keep=keep)


async def _unable(office: Office, due: Due, context: Context, trouble: Exception, workspace_id: int) -> Prepared:
    """Nothing can be looked for with the person's credential: what follows with it rests, and everybody is told once.

    Who connects again lets it go on.
    """
    person = context.person
    t = office.translator(person.locale, zone=person.zone, now=due.now)
    fingerprint: str | None = None
    posts: tuple[Outgoing, ...] = ()
    if isinstance(trouble, CredentialRefused):
        fingerprint, posts = await refusals.told(context, t, trouble)

    async def keep(db: Session) -> None:
        if fingerprint is not None:
            await resting.rest(db, person.account_id, fingerprint=fingerprint, now=due.now)
        await departures.refused(db, person.account_id, workspace_id=workspace_id, now=due.now)
        if due.schedule.kind == POLL:
            await project_polls.end_with_this_run(db, due.schedule, now=due.now)

    return Prepared(posts=posts, keep=keep)


def _posts(t: Translator, telling: Telling, item: Item) -> list[Outgoing]:
    """A project's card, new or edited; what happened, below it where the channel wants it so; and why it ends.

    A new card says itself what nobody asked to be told at once.
    """
    channel_id, settings = item.following.channel_id, telling.settings
    card, number = card_key(channel_id, item.project_id), f"{channel_id}:{item.project_id}:{item.last}"
    posts = []
    new = () if item.carded or (item.wanted and not project_updates.speaks_for_itself(item.told)) else item.told
    if item.card:
        message = _card(t, item, new)
        if item.carded:
            posts.append(Outgoing(key=f"edit:{number}", channel_id=channel_id, message=message, edit_of=card))
        else:
            posts.append(Outgoing(key=card, channel_id=channel_id, message=message))
    if item.told and item.snapshot and not item.withheld and not new:
        message = project_updates.happened(t, item.snapshot, item.told, item.following)
        posts.append(
            Outgoing(
                key=update_key(channel_id, item.project_id, item.last),
                channel_id=channel_id,
                message=message,
                thread_of=card if settings.threaded else None,
                broadcast=settings.threaded and settings.broadcast and item.wanted,
            )
        )
    if item.rests and not (item.told and item.snapshot and item.snapshot.gone):
        message = project_updates.rests(t, item.following, item.rests)
        posts.append(Outgoing(key=f"rests:{number}", channel_id=channel_id, message=message))
    return posts


def _card(t: Translator, item: Item, new: tuple[Told, ...]) -> Message:
    if item.withheld or item.snapshot is None:
        return project_updates.withheld(t, item.following)
    return project_updates.card(t, item.snapshot, item.following, told=new)


def _keep(telling: Telling) -> Callable[[Session], Awaitable[None]]:
    async def keep(db: Session) -> None:
        if not await project_posting.told(db, telling):
            raise OvertakenError

    return keep


def _translator(office: Office, telling: Telling, due: Due) -> Translator:
    """The language of whoever set the channel up, by the channel's clock."""
    return office.translator(telling.locale, zone=telling.settings.tz, now=due.now)
