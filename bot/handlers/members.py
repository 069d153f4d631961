"""Who is in the workspace: a modal that finds people, changes, deactivates and removes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from slack_sdk.models.views import View

from bot.dispatcher import Answer, Choices, FieldErrors, OpenModal, Request, UpdateModal
from bot.domain.durations import parse_duration
from bot.domain.members import Activity, Member, MemberFilters, NameMissing, fitting
from bot.domain.not_understood import NotUnderstood
from bot.handlers import rates
from bot.i18n import N_, Mrkdwn
from bot.services import members
from bot.services.administration import AlreadySo, ChangedSince
from bot.toggl import TogglError
from bot.views import administration
from bot.views import member_forms as forms
from bot.views import members as views
from bot.views.forms import block_id
from bot.views.ids import Actions, Blocks
from bot.views.kit import lines
from bot.views.members import Deed
from bot.views.project_members import group_options

NOBODY_CHOSEN = N_("Choose at least one person.")
NOTHING_CHANGED = N_("Nothing was different, so nothing was changed.")


async def show(request: Request, *, words: str | None) -> Answer:
    """`/toggl members lena`: the modal; a loading view stands there while Toggl is asked."""
    wanted = MemberFilters(words=words or "")

    async def fill() -> tuple[View, Mapping[str, Any]]:
        page = await members.page(request.context, wanted, 1)
        return views.listing(request.t, page, wanted), _data(wanted, 1)

    return OpenModal(views.loading(request.t), fill=fill)


async def search(request: Request) -> Answer:
    """*Search*, and each choice in a filter: the first page of those who fit."""
    return await _listing(request, _wanted(request), 1)


async def turn(request: Request) -> Answer:
    """*Next* and *Back*."""
    return await _listing(request, _wanted(request), int(request.value))


async def back(request: Request) -> Answer:
    """*Back to the list*, as it was."""
    return await _back(request)


async def press(request: Request) -> Answer:
    """A person's menu."""
    deed, wanted, number = Deed.read(request.value), _wanted(request), request.data["page"]
    member = await members.get(request.context, deed.membership)
    data = {**_data(wanted, number), "id": member.membership, "name": member.name, "before": fitting(member.shown())}
    match deed.verb:
        case Deed.RATES:
            return await rates.show_member(request, member.membership, member.name)
        case Deed.ACTIVATE:
            after = {**member.shown(), "active": True}
            changed = await members.edit(request.context, member.membership, member.name, member.shown(), after)
            return await _listing(request, wanted, number, changed=changed)
        case Deed.DEACTIVATE | Deed.REMOVE:
            name = await members.workspace_name(request.context)
            ask = forms.ask_deactivate if deed.verb == Deed.DEACTIVATE else forms.ask_remove
            return UpdateModal(ask(request.t, member, name), data={**data, "deed": deed.verb})
    return UpdateModal(forms.edit(request.t, member, member.shown()), data={**data, "turn": 0})


async def submit_edit(request: Request) -> Answer:
    """*Save* in somebody's form."""
    before, number = request.data["before"], request.data["turn"]
    try:
        after = {**before, **_entered(request, number)}
    except NotUnderstood as error:
        return FieldErrors({block_id(Blocks.MEMBER_HOURS, number): error})
    except NameMissing as error:
        return FieldErrors({block_id(Blocks.MEMBER_NAME, number): error})
    if after == before:
        return await _back(request, did=[request.t.md(NOTHING_CHANGED)])
    try:
        changed = await members.edit(request.context, request.data["id"], request.data["name"], before, after)
    except AlreadySo as so:
        return await _back(request, did=[request.t.md(so.sentence, **so.values)])
    except ChangedSince as since:
        return await _again(request, since, after)
    return await _back(request, changed=changed)


async def confirm(request: Request) -> Answer:
    """*Remove* or *Deactivate*, after the question."""
    before, name, number = request.data["before"], request.data["name"], request.data["id"]
    try:
        if request.data["deed"] == Deed.DEACTIVATE:
            after = {**before, "active": False}
            return await _back(request, changed=await members.edit(request.context, number, name, before, after))
        await members.remove(request.context, number, name, before)
    except AlreadySo as so:
        return await _back(request, did=[request.t.md(so.sentence, **so.values)])
    except ChangedSince as since:
        return await _ask_again(request, since)
    return await _back(request, did=forms.removed(request.t, [(name, None)]))


async def open_choice(request: Request) -> Answer:
    """*Remove several…*: who."""
    return UpdateModal(forms.choose(request.t), data=_data(_wanted(request), request.data["page"]))


async def submit_choice(request: Request) -> Answer:
    """Those who are to be removed were chosen: ask first."""
    picked = {int(number) for number in request.values.get(Blocks.MEMBER_PEOPLE) or ()}
    found = await members.chosen(request.context, picked)
    if not found:
        return FieldErrors({Blocks.MEMBER_PEOPLE: request.t(NOBODY_CHOSEN)})
    return await _ask_all(request, found)


async def remove_all(request: Request) -> Answer:
    """*Remove* after the question about several."""
    shown = {int(number): mark for number, mark in request.data["shown"]}
    try:
        came = await members.remove_all(request.context, shown)
    except members.SomeChanged as since:
        return await _ask_all(request, since.now, changed=since.changed)
    return await _back(request, did=forms.removed(request.t, came))


async def suggest_people(request: Request) -> Answer:
    """The typeahead of whom to remove."""
    return Choices(views.people_options(await members.suggest(request.context, request.text)))


async def suggest_groups(request: Request) -> Answer:
    """The typeahead of groups in somebody's form."""
    return Choices(group_options(request.t, await members.groups(request.context, request.text)))


async def suggest_filter(request: Request) -> Answer:
    """The filter by group."""
    found = group_options(request.t, await members.groups(request.context, request.text))
    return Choices(views.group_filter(request.t, found))


async def _listing(
    request: Request,
    wanted: MemberFilters,
    number: int,
    *,
    did: Sequence[Mrkdwn] = (),
    changed: members.Changed | None = None,
) -> Answer:
    if changed is not None:
        did = [Mrkdwn(f":white_check_mark: {administration.told(request.t, changed.done.change)}")]
    undo_id = changed.undo_id if changed else None
    try:
        page = await members.page(request.context, wanted, number)
    except TogglError:
        if not did:
            raise
        view = views.done_only(request.t, did, undo_id=undo_id)
        return UpdateModal(view, data=_data(wanted, number))
    view = views.listing(request.t, page, wanted, did=did, undo_id=undo_id)
    return UpdateModal(view, data=_data(wanted, page.number), did=lines(did))


async def _back(request: Request, *, did: Sequence[Mrkdwn] = (), changed: members.Changed | None = None) -> Answer:
    return await _listing(request, _kept(request), request.data["page"], did=did, changed=changed)


async def _again(request: Request, since: ChangedSince, after: Mapping[str, Any]) -> Answer:
    """The form once more: what somebody else changed on top, what was entered still in it."""
    member = await members.get(request.context, request.data["id"])
    entered = {name: value for name, value in after.items() if value != request.data["before"][name]}
    t, turn = request.t, request.data["turn"] + 1
    problem = administration.conflict(t, since.change, since.differences, again=administration.SAVE_AGAIN)
    view = forms.edit(t, member, {**since.now, **entered}, turn=turn, problem=problem)
    return UpdateModal(view, data={**request.data, "before": fitting(since.now), "turn": turn})


async def _ask_again(request: Request, since: ChangedSince) -> Answer:
    member = await members.get(request.context, request.data["id"])
    name, t = await members.workspace_name(request.context), request.t
    ask = forms.ask_deactivate if request.data["deed"] == Deed.DEACTIVATE else forms.ask_remove
    problem = administration.conflict(t, since.change, since.differences)
    view = ask(t, member, name, problem=problem)
    return UpdateModal(view, data={**request.data, "name": member.name, "before": fitting(since.now)})


async def _ask_all(request: Request, found: Sequence[Member], *, changed: Sequence[Member] = ()) -> Answer:
    name = await members.workspace_name(request.context)
    shown = [(member.membership, member.mark) for member in found]
    view = forms.ask_remove_all(request.t, found, name, changed=changed)
    return UpdateModal(view, data={**_data(_kept(request), request.data["page"]), "shown": shown})


def _entered(request: Request, turn: int) -> dict[str, Any]:
    """What the form holds. Raises NotUnderstood, NameMissing."""
    values = request.values
    name = (values.get(block_id(Blocks.MEMBER_NAME, turn)) or "").strip()
    if not name:
        raise NameMissing
    hours = (values.get(block_id(Blocks.MEMBER_HOURS, turn)) or "").strip()
    groups = block_id(Blocks.MEMBER_GROUPS, turn)
    chosen = {"groups": sorted(int(number) for number in values[groups] or ())} if groups in values else {}
    return {
        "name": name,
        "role": values.get(block_id(Blocks.MEMBER_ROLE, turn)),
        **chosen,
        "minutes": (round(parse_duration(hours) / timedelta(minutes=1)) if hours else 0) or None,
    }


def _wanted(request: Request) -> MemberFilters:
    """What the list's own search and filters say now."""
    held = request.values.get(Blocks.MEMBER_FILTERS) or {}

    def of(action: str) -> str | None:
        chosen = held.get(action)
        return None if chosen in {None, views.EVERY} else str(chosen)

    role = of(f"{Actions.MEMBER_FILTER}:role")
    activity, group = of(f"{Actions.MEMBER_FILTER}:activity"), of(Actions.MEMBER_GROUP)
    return MemberFilters(
        words=request.values.get(Blocks.MEMBER_WORDS) or "",
        role=role,
        activity=Activity(activity) if activity else None,
        group=int(group) if group else None,
    )


def _kept(request: Request) -> MemberFilters:
    """What they said when the list was left."""
    kept = request.data["wanted"]
    return MemberFilters(**{**kept, "activity": Activity(kept["activity"]) if kept["activity"] else None})


def _data(wanted: MemberFilters, page: int) -> dict[str, Any]:
    kept = {"words": wanted.words, "role": wanted.role, "activity": wanted.activity, "group": wanted.group}
    return {"wanted": kept, "page": page}
