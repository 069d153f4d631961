"""Connecting: the prompt, the modal where there is no page, the question that makes it count, and the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import ContextBlock, PlainTextInputElement
from slack_sdk.models.blocks.block_elements import EmailInputElement, StaticSelectElement, UrlInputElement
from slack_sdk.models.views import View

from bot.domain.account import Account, Identity, LinkedWorkspace, Product
from bot.i18n import Mrkdwn, Translator, escape
from bot.views.forms import input_block, modal
from bot.views.ids import Actions, Blocks, Callbacks
from bot.views.kit import actions, button, context, cut, option, plain, section
from bot.views.messages import Message

_TYPED_SHOWN = 100
_OPTIONS = 100


def prompt(
    t: Translator, *, url: str | None, typed: str = "", ticket_id: int | None = None, lacking: Product | None = None
) -> Message:
    """The way to the page at `url`; without one, to the modal. `typed` is what runs once the person is connected.

    `lacking` is the product that a person who is connected to the other one needs for it.
    """
    said = _invitation(t, typed, lacking)
    if url:
        connect = button(t("Connect Toggl"), Actions.CONNECT_LINK, style="primary", url=url)
        note = t.md("The link works once, for 10 minutes, and only for you: do not share it.")
    else:
        connect = button(t("Connect Toggl…"), Actions.CONNECT, style="primary", value=str(ticket_id or ""))
        note = t.md("You need a Focus API key, a Track API token, or your e-mail address and password.")
    return Message(said, (section(said), actions(connect), context(note)))


def form(t: Translator) -> View:
    """The fields of the page as a modal, which cannot mask them, and says so."""
    return modal(
        t,
        t("Connect Toggl"),
        [
            section(
                t.md(
                    ":eyes: *Slack does not mask what you type here.* Mind who can see your screen. Enter a key "
                    "or token, or e-mail and password."
                )
            ),
            input_block(
                t("Focus API key or Track API token"),
                Blocks.CONNECT_KEY,
                PlainTextInputElement(action_id=Actions.CONNECT_KEY, max_length=500),
                hint=t("Recommended. A Focus key starts with toggl_sk_, a token has 32 characters."),
                optional=True,
            ),
            input_block(
                t("E-mail"), Blocks.CONNECT_EMAIL, EmailInputElement(action_id=Actions.CONNECT_EMAIL), optional=True
            ),
            input_block(
                t("Password"),
                Blocks.CONNECT_PASSWORD,
                PlainTextInputElement(action_id=Actions.CONNECT_PASSWORD, max_length=500),
                optional=True,
            ),
            input_block(
                t("Address of your Toggl page"),
                Blocks.CONNECT_ADDRESS,
                UrlInputElement(action_id=Actions.CONNECT_ADDRESS),
                hint=t(
                    "Only if your workspace is not found. For example "
                    "https://focus.toggl.com/1234/workspaces/5678/timer."
                ),
                optional=True,
            ),
        ],
        callback=Callbacks.CONNECT,
        submit=t("Connect"),
    )


def question(t: Translator, ticket_id: int, identity: Identity, workspaces: Sequence[LinkedWorkspace]) -> Message:
    """Whether the Slack person is who the credential belongs to; nothing counts before they say so."""
    where = _places(t, workspaces)
    if identity.label:
        said = t.md("Connected as *{who}* in {where}?", who=identity.label, where=where)
    else:
        said = t.md("Connect Toggl in {where}? Focus does not say whose key it is.", where=where)
    return Message(
        said,
        (
            section(said),
            actions(
                button(t("Confirm"), Actions.CONFIRM_CONNECT, value=str(ticket_id), style="primary"),
                button(t("Not me"), Actions.NOT_ME, value=str(ticket_id), style="danger"),
            ),
            context(
                t.md(
                    "Did you just fill in the form on the connect page? If not, press *Not me*: somebody else "
                    "did. Nothing is connected until you confirm; after 10 minutes, what was entered is deleted."
                )
            ),
        ),
    )


def connected(
    t: Translator,
    account: Account,
    *,
    ticket_id: int | None = None,
    typed: str = "",
    channel_id: str | None = None,
) -> Message:
    """The person is connected, and what was `typed` runs; where there are several workspaces, the choice of one."""
    said = who(t, account)
    if account.chosen:
        said = Mrkdwn(f"{said} {t.md('You work in *{name}*.', name=workspace_name(t, account.chosen))}")
        return Message(said, (section(said), *_next(t, typed, channel_id), *_missing(t, account)))
    return _choice(t, said, account, ticket_id=ticket_id, notes=_missing(t, account))


def choose(t: Translator, account: Account, *, ticket_id: int | None, typed: str = "") -> Message:
    """The person is connected, and what they want needs a workspace."""
    said = t.md("{typed} runs as soon as you choose.", typed=_code(typed)) if typed else who(t, account)
    return _choice(t, said, account, ticket_id=ticket_id, notes=())


def already_answered(t: Translator, *, confirmed: bool) -> Message:
    """The question was answered before, or too late."""
    if confirmed:
        said = t.md("That is already done. `{toggl} account` shows what is connected.")
    else:
        said = t.md(
            "Declined, or not confirmed in time: what was entered is deleted, and nothing was connected. "
            "`{toggl} connect` starts again."
        )
    return Message(said, (section(said),))


def declined(t: Translator) -> Message:
    """The credential was not the person's, and is gone."""
    said = t.md(
        "What was entered on the page is deleted, and nothing was connected. Somebody else had your link. For a "
        "new one, type `{toggl} connect`, and do not share it."
    )
    return Message(said, (section(said),))


def reconnect(t: Translator, *, url: str | None, ticket_id: int | None, refused_at: datetime | None = None) -> Message:
    """Toggl refuses a stored credential: the way to a new one."""
    if refused_at:
        said = t.md("Toggl has not accepted your credential since {at}. Nothing was saved.", at=refused_at)
    else:
        said = t.md("Toggl no longer accepts your credential. Nothing was saved.")
    if url:
        again = button(t("Reconnect"), Actions.CONNECT_LINK, style="primary", url=url)
    else:
        again = button(t("Reconnect"), Actions.CONNECT, style="primary", value=str(ticket_id))
    note = t.md("It expired, or was revoked in Toggl. Your settings here are kept.")
    return Message(said, (section(said), actions(again), context(note)))


def who(t: Translator, account: Account) -> Mrkdwn:
    """Who the person is in Toggl, as far as it tells."""
    return t.md("Connected as *{who}*.", who=account.label) if account.label else t.md("Toggl is connected.")


def workspace_name(t: Translator, workspace: LinkedWorkspace) -> str:
    """What a workspace is called; its number where only Focus knows it, which does not tell the name."""
    if workspace.name:
        return workspace.name
    return t("Workspace {number}", number=str(workspace.focus_id or workspace.track_id))


def _invitation(t: Translator, typed: str, lacking: Product | None) -> Mrkdwn:
    if lacking is None:
        if not typed:
            return t.md("Connect Toggl to track time from Slack.")
        return t.md("Connect Toggl, and {typed} runs right after.", typed=_code(typed))
    needed = t("a Focus API key") if lacking is Product.FOCUS else t("a Track API token")
    if not typed:
        return t.md("This needs {needed}: add it to your connection.", needed=needed)
    return t.md("{typed} needs {needed}: add it, and it runs right after.", typed=_code(typed), needed=needed)


def _choice(
    t: Translator, said: Mrkdwn, account: Account, *, ticket_id: int | None, notes: tuple[ContextBlock, ...]
) -> Message:
    asked = Mrkdwn(f"{said} {t.md('Which workspace do you want to work in?')}")
    select = StaticSelectElement(
        action_id=Actions.FIRST_WORKSPACE,
        placeholder=plain(t("Choose a workspace"), 150),
        options=[
            option(workspace_name(t, workspace), f"{ticket_id or 0}:{workspace.id}")
            for workspace in account.workspaces[:_OPTIONS]
        ],
    )
    return Message(asked, (section(asked), actions(select), *notes))


def _places(t: Translator, workspaces: Sequence[LinkedWorkspace]) -> Mrkdwn:
    first = t.md("*{name}*", name=workspace_name(t, workspaces[0]))
    others = len(workspaces) - 1
    if not others:
        return first
    more = escape(t.plural("{n} more workspace", "{n} more workspaces", others))
    return t.md("{first} and {more}", first=first, more=more)


def _next(t: Translator, typed: str, channel_id: str | None) -> tuple[ContextBlock, ...]:
    if not typed:
        return ()
    if channel_id is None or channel_id.startswith("D"):
        return (context(t.md("{typed} runs now.", typed=_code(typed))),)
    return (context(t.md("{typed} runs now in {channel}.", typed=_code(typed), channel=Mrkdwn(f"<#{channel_id}>"))),)


def _missing(t: Translator, account: Account) -> tuple[ContextBlock, ...]:
    return tuple(context(missing(t, product)) for product in account.missing)


def missing(t: Translator, product: Product) -> Mrkdwn:
    """What cannot be done without a credential for `product`."""
    if product is Product.FOCUS:
        return t.md("For timers and tasks, add a Focus API key with `{toggl} connect`.")
    return t.md("For members, rates and reminders, add a Track API token with `{toggl} connect`.")


def _code(text: str) -> Mrkdwn:
    """`text` as a person typed it, in a fixed-width font; it cannot end the span itself."""
    return Mrkdwn(f"`{escape(cut(text, _TYPED_SHOWN).replace('`', 'ˋ'))}`")
