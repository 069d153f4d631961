"""Connecting Toggl: the prompt, the modal, and what follows the question whose credential it is."""

from __future__ import annotations

from bot.dispatcher import Answer, Done, FieldErrors, OpenModal, Pending, Reply, Request
from bot.domain.account import Product
from bot.services import account as accounts
from bot.services import connect as connecting
from bot.services import connect_links as links
from bot.services.connect_form import Field, FieldProblem, Filled, Way, read_form
from bot.toggl import CredentialRefused
from bot.views import connect as views
from bot.views.ids import Blocks

_BLOCKS = {
    Field.KEY: Blocks.CONNECT_KEY,
    Field.TOKEN: Blocks.CONNECT_KEY,
    Field.EMAIL: Blocks.CONNECT_EMAIL,
    Field.PASSWORD: Blocks.CONNECT_PASSWORD,
    Field.ADDRESS: Blocks.CONNECT_ADDRESS,
}


async def connect(request: Request) -> Answer:
    """`/toggl connect`: a private link, good once, to the page with masked fields."""
    return await _invite(request, None)


async def prompt(request: Request) -> Answer:
    """Whatever needs a connection that is not there: the way to it, and what was typed runs after it."""
    account = await accounts.find_account(request.context)
    if account.refused:
        return await _reconnect(request)
    if account.workspaces and account.chosen is None:
        ticket_id = await connecting.wait_for_choice(request.context, _dumped(request.pending))
        return Reply(views.choose(request.t, account, ticket_id=ticket_id, typed=_typed(request, request.pending)))
    lacking = account.missing[0] if account.credentials and account.missing else None
    return await _invite(request, request.pending, lacking)


async def refused(request: Request, refusal: CredentialRefused) -> Answer:
    """Toggl refused a stored credential: it is left aside, and the way to a new one is shown."""
    await accounts.mark_refused(request.context, refusal)
    return await _reconnect(request)


async def follow_link(request: Request) -> Answer:  # noqa: ARG001 (Slack also reports the press of a link)
    """The browser opens the page; there is nothing to do here."""
    return Done()


async def open_modal(request: Request) -> Answer:
    """*Connect Toggl…* and *Add a credential*: the page where people can reach it, else a modal."""
    if request.context.connections.public_url:
        return await _invite(request, None)
    ticket_id = request.value or (await _invitation(request, None)).ticket_id
    return OpenModal(views.form(request.t), data={"ticket": int(ticket_id)})


async def submit_modal(request: Request) -> Answer:
    """The modal was sent: who typed it is the person in Slack, so it counts at once."""
    try:
        attempt = read_form(_filled(request))
        connected = await connecting.connect_here(request.context, request.data["ticket"], attempt)
    except FieldProblem as problem:
        return FieldErrors({_BLOCKS[problem.field]: problem})
    return _connected(request, connected, replace=False)


async def confirm(request: Request) -> Answer:
    """*Confirm*: the credential counts, and what was typed before runs."""
    try:
        connected = await connecting.confirm(request.context, int(request.value))
    except connecting.AlreadyAnswered as answered:
        return Reply(views.already_answered(request.t, confirmed=answered.confirmed), replace=True)
    return _connected(request, connected, replace=True)


async def not_me(request: Request) -> Answer:
    """*Not me*: what was entered on the page is forgotten."""
    try:
        await connecting.decline(request.context, int(request.value))
    except connecting.AlreadyAnswered as answered:
        return Reply(views.already_answered(request.t, confirmed=answered.confirmed), replace=True)
    return Reply(views.declined(request.t), replace=True)


async def choose_first(request: Request) -> Answer:
    """The workspace to begin with was chosen; what was typed before runs in it."""
    ticket_id, _, workspace_id = request.value.partition(":")
    try:
        connected = await connecting.choose_first(request.context, int(ticket_id), int(workspace_id))
    except connecting.AlreadyAnswered as answered:
        return Reply(views.already_answered(request.t, confirmed=answered.confirmed), replace=True)
    return _connected(request, connected, replace=True)


async def _invite(request: Request, pending: Pending | None, lacking: Product | None = None) -> Reply:
    invitation = await _invitation(request, pending)
    prompt = views.prompt(
        request.t,
        url=invitation.url,
        typed=_typed(request, pending),
        ticket_id=invitation.ticket_id,
        lacking=lacking,
    )
    return Reply(prompt)


async def _reconnect(request: Request) -> Reply:
    invitation = await _invitation(request, request.pending)
    return Reply(views.reconnect(request.t, url=invitation.url, ticket_id=invitation.ticket_id))


async def _invitation(request: Request, pending: Pending | None) -> links.Invitation:
    context = request.context
    return await links.invite(
        context.store,
        context.connections,
        account_id=context.person.account_id,
        now=request.now,
        pending=_dumped(pending),
    )


def _dumped(pending: Pending | None) -> links.Pending | None:
    return pending.dump() if pending else None


def _typed(request: Request, pending: Pending | None) -> str:
    return f"{request.t.commands[pending.command]} {pending.text}".strip() if pending else ""


def _connected(request: Request, connected: connecting.Connected, *, replace: bool) -> Reply:
    pending = Pending.load(connected.pending) if connected.pending else None
    message = views.connected(
        request.t,
        connected.account,
        ticket_id=connected.choice,
        typed=_typed(request, pending),
        channel_id=pending.channel_id if pending else None,
    )
    return Reply(message, replace=replace, then=pending)


def _filled(request: Request) -> Filled:
    texts = {block: str(request.values.get(block) or "") for block in _BLOCKS.values()}
    key, email, password = (
        texts[Blocks.CONNECT_KEY],
        texts[Blocks.CONNECT_EMAIL],
        texts[Blocks.CONNECT_PASSWORD],
    )
    return Filled(
        way=Way.PASSWORD if not key.strip() and (email or password) else Way.FOCUS_KEY,
        key=key,
        email=email,
        password=password,
        address=texts[Blocks.CONNECT_ADDRESS],
    )
