"""Try a credential with Toggl: whose it is, and which workspaces it opens, in few calls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.domain.account import Identity, LinkedWorkspace, join_workspaces
from bot.domain.addresses import TogglAddress
from bot.i18n import N_
from bot.services.connect_form import Attempt, Field, FieldProblem
from bot.toggl import (
    CredentialRefused,
    FocusKey,
    Forbidden,
    NotFound,
    Password,
    Refused,
    Toggl,
    TogglError,
    TrackToken,
    UnreadableAnswer,
)

# A free plan has 30 calls an hour: so many other workspaces are asked for at most.
MOST_ASKED_FOR = 3
_NOT_TOLD = (Forbidden, NotFound, Refused)
# A companion may not be served at all: then whatever stands in its place answers, some page for example.
_NOT_SERVED = (*_NOT_TOLD, UnreadableAnswer)


class WorkspaceNotTold(FieldProblem):
    """The credential is right, but Toggl does not say which workspaces are its owner's."""

    field = Field.ADDRESS
    sentence = N_(
        "Toggl accepts this, but does not say which workspace is yours. Paste the address of your Toggl page here, and "
        "the key or password above once more."
    )


class WorkspaceClosed(FieldProblem):
    """The pasted address names a workspace that the credential does not open."""

    field = Field.ADDRESS
    sentence = N_(
        "Toggl does not let you into the workspace at this address. Paste the address of one of your own pages."
    )


@dataclass(frozen=True, slots=True)
class Proof:
    """What Toggl said about a credential. `workspaces` has at least one; the first is the one its owner uses."""

    identity: Identity
    workspaces: tuple[LinkedWorkspace, ...]


async def try_credential(toggl: Toggl, attempt: Attempt, known: Sequence[LinkedWorkspace] = ()) -> Proof:
    """Ask Toggl, with `toggl` holding the attempt's credential alone, who that is and where.

    `known` are workspaces found earlier with another credential of the person's. Raises CredentialRefused and other
    TogglErrors, WorkspaceNotTold, WorkspaceClosed.
    """
    match attempt.credential:
        case FocusKey():
            return await _try_focus(toggl, attempt.address, known)
        case TrackToken():
            return await _try_track(toggl, attempt.address)
        case Password():
            return await _try_both(toggl, attempt.address)


async def _try_focus(toggl: Toggl, address: TogglAddress | None, known: Sequence[LinkedWorkspace]) -> Proof:
    home = address or await _find_focus_home(toggl)
    if home is None:
        raise WorkspaceNotTold
    workspace = toggl.workspace(home.organization_id, home.workspace_id)
    try:
        running = await workspace.tracking.current()
    except _NOT_TOLD:
        raise WorkspaceClosed if address else WorkspaceNotTold from None
    found = LinkedWorkspace(home.organization_id, focus_id=home.workspace_id)
    others = await _ask_for_others(toggl, found, known)
    user_id = running.toggl_user_id if running else None
    return Proof(await _find_focus_name(toggl, home, user_id), (found, *others))


async def _try_track(toggl: Toggl, address: TogglAddress | None) -> Proof:
    workspaces = await _list_track_workspaces(toggl)
    if not workspaces and address:
        workspaces = await _ask_track_for(toggl, address)
    if not workspaces:
        raise WorkspaceNotTold
    identity, preferred = await _find_track_owner(toggl)
    return Proof(identity, _first(workspaces, preferred))


async def _try_both(toggl: Toggl, address: TogglAddress | None) -> Proof:
    """A password: Track names its owner and the workspaces; then Focus is asked which of them it knows."""
    try:
        track = await _try_track(toggl, address)
    except WorkspaceNotTold:
        return await _try_focus(toggl, address, ())
    home = await _find_open_home(toggl, address)
    others = await _ask_for_others(toggl, home, track.workspaces)
    everything = join_workspaces(track.workspaces, (*([home] if home else ()), *others))
    return replace(track, workspaces=_first(everything, home.numbers if home else frozenset()))


async def _find_open_home(toggl: Toggl, address: TogglAddress | None) -> LinkedWorkspace | None:
    """Where the owner of a password works in Focus; None where they have only Track."""
    try:
        home = address or await _find_focus_home(toggl)
    except CredentialRefused:
        return None
    if home is None:
        return None
    found = LinkedWorkspace(home.organization_id, focus_id=home.workspace_id)
    return found if await is_in_focus(toggl, found) else None


async def _find_focus_home(toggl: Toggl) -> TogglAddress | None:
    """Where the credential's owner works in Focus, from two companions; None where either keeps it to itself."""
    try:
        settings = await toggl.get_my_settings()
        if settings.current_workspace_id is None:
            return None
        context = await toggl.get_workspace_context(settings.current_workspace_id)
    except _NOT_SERVED:
        return None
    if context.organization_id is None:
        return None
    return TogglAddress(context.organization_id, settings.current_workspace_id)


async def _find_focus_name(toggl: Toggl, home: TogglAddress, user_id: int | None) -> Identity:
    """The owner's name: Focus has no "who am I", but a time entry carries its owner's id and a list has the names."""
    workspace = toggl.workspace(home.organization_id, home.workspace_id)
    try:
        if user_id is None:
            entries = await workspace.time_entries.recent()
            user_id = next((entry.toggl_user_id for entry in entries.data), None)
        if user_id is None:
            return Identity()
        users = await workspace.members.list_organization_users()
    except TogglError:
        # Only a nicety: people connect without it.
        return Identity()
    owner = next((user for user in users if user.user_account_id == user_id), None)
    return Identity(name=(owner and owner.called) or "", email=(owner and owner.email) or "")


async def _ask_for_others(
    toggl: Toggl, found: LinkedWorkspace | None, known: Sequence[LinkedWorkspace]
) -> tuple[LinkedWorkspace, ...]:
    """Which of the workspaces that Track knows Focus knows by the same number."""
    candidates = [
        LinkedWorkspace(workspace.organization_id, name=workspace.name, focus_id=workspace.track_id)
        for workspace in known
        if workspace.focus_id is None and workspace.track_id is not None
        if found is None or not found.same_as(workspace)
    ]
    return tuple([candidate for candidate in candidates[:MOST_ASKED_FOR] if await is_in_focus(toggl, candidate)])


async def is_in_focus(toggl: Toggl, workspace: LinkedWorkspace) -> bool:
    """Whether Focus knows the workspace by its number. One call."""
    try:
        await toggl.workspace(workspace.organization_id, workspace.focus_id or 0).tracking.current()
    except TogglError:
        # Found later, when the person pastes its address.
        return False
    return True


async def _list_track_workspaces(toggl: Toggl) -> tuple[LinkedWorkspace, ...]:
    try:
        found = await toggl.search_workspaces()
    except _NOT_TOLD:
        found = ()
    try:
        found = found or await toggl.list_my_workspaces()
    except _NOT_SERVED:
        return ()
    return tuple(
        LinkedWorkspace(workspace.organization_id, name=workspace.name or "", track_id=workspace.id)
        for workspace in found
        if workspace.id is not None and workspace.organization_id is not None
    )


async def _ask_track_for(toggl: Toggl, address: TogglAddress) -> tuple[LinkedWorkspace, ...]:
    try:
        workspace = await toggl.get_workspace(address.workspace_id)
    except _NOT_TOLD:
        raise WorkspaceClosed from None
    return (LinkedWorkspace(address.organization_id, name=workspace.name or "", track_id=address.workspace_id),)


async def _find_track_owner(toggl: Toggl) -> tuple[Identity, frozenset[int]]:
    """Who the owner is, and the number of the workspace they use."""
    try:
        me = await toggl.get_me()
    except CredentialRefused:
        raise
    except TogglError:
        # A companion with calls of its own to spend: people connect without it.
        return Identity(), frozenset()
    numbers = frozenset(number for number in (me.default_workspace_id,) if number is not None)
    return Identity(name=me.fullname or "", email=me.email or ""), numbers


def _first(workspaces: Iterable[LinkedWorkspace], preferred: frozenset[int]) -> tuple[LinkedWorkspace, ...]:
    return tuple(sorted(workspaces, key=lambda workspace: not workspace.numbers & preferred))
