"""The people of the workspace whom alerts and reminders are for, and who of them is linked in Slack."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.domain.account import Identity
from bot.domain.folding import fold
from bot.domain.matching import match
from bot.domain.projects import NUMBER
from bot.domain.receivers import Circle, Directory, Receiver
from bot.services.context import Context
from bot.services.member_changes import track
from bot.store import linked
from bot.toggl import Forbidden, NotFound, models

_SUGGESTIONS = 100


async def directory(context: Context) -> Directory:
    """The workspace's active people and their groups. One call, and none for ten minutes. Raises TogglError."""
    users = [user for user in await track(context).members.cached() if user.user_id is not None and not user.inactive]
    slack_ids = await _slack_ids(context, users)
    people: dict[int, Receiver] = {}
    inside: dict[int, list[Receiver]] = defaultdict(list)
    for user in users:
        number = user.user_id or 0
        name = user.name or user.email or NUMBER.format(id=number)
        people[number] = Receiver(number, name, user.email or "", slack_ids.get(number))
        for group_id in user.group_ids or ():
            inside[group_id].append(people[number])
    circles = {number: Circle(number, tuple(_by_name(members))) for number, members in sorted(inside.items())}
    return Directory(people, circles)


async def known(context: Context) -> Directory:
    """The same, as far as Toggl shows it; nobody where it does not. Raises other TogglErrors."""
    try:
        return await directory(context)
    except (Forbidden, NotFound):
        return Directory()


async def suggest_people(context: Context, query: str) -> Sequence[Receiver]:
    """The people that fit `query`; all for an empty one."""
    everybody = _by_name((await directory(context)).people.values())
    if not query.strip():
        return everybody[:_SUGGESTIONS]
    found = match(query, everybody, context=lambda person: person.email, limit=_SUGGESTIONS)
    return (found.clear,) if found.clear else found.several


async def suggest_groups(context: Context, query: str) -> Sequence[Circle]:
    """The groups whose number or people fit `query`; all for an empty one."""
    words = fold(query).split()
    return [
        circle
        for circle in (await directory(context)).circles.values()
        if all(word in fold(f"{circle.name} {' '.join(person.name for person in circle.people)}") for word in words)
    ][:_SUGGESTIONS]


async def _slack_ids(context: Context, users: Sequence[models.WorkspaceUser]) -> Mapping[int, str]:
    """The ids in Slack of those who linked an account, by Track's number of the person.

    They are known by the address that Toggl gave when they connected; by the name where it gave no address and only
    one person is called so.
    """
    organization_id = track(context).organization_id
    if organization_id is None:
        return {}
    async with context.store.reading() as db:
        known = await linked.of_organization(db, tenant_id=context.person.tenant_id, organization_id=organization_id)
    called_here = [(Identity.read(one.label), one.user_id) for one in known]
    by_address = {fold(who.email): slack_id for who, slack_id in called_here if who.email}
    by_name = {fold(who.name): slack_id for who, slack_id in called_here if who.name and not who.email}
    called = Counter(fold(user.name or "") for user in users)
    found: dict[int, str] = {}
    for user in users:
        name = fold(user.name or "")
        slack_id = by_address.get(fold(user.email or ""))
        if slack_id is None and name and called[name] == 1:
            slack_id = by_name.get(name)
        if slack_id is not None and user.user_id is not None:
            found[user.user_id] = slack_id
    return found


def _by_name(people: Iterable[Receiver]) -> list[Receiver]:
    return sorted(people, key=lambda person: person.name.casefold())
