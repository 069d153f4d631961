"""The account: what is linked, the choice of a workspace, and letting go of it all."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import ButtonElement

from bot.domain.account import Account, CredentialKind, LinkedCredential, LinkedWorkspace
from bot.i18n import Translator, escape
from bot.views.connect import missing, who, workspace_name
from bot.views.ids import Actions
from bot.views.kit import actions, button, called, confirm, context, lines, section
from bot.views.messages import Message

_LISTED = 20  # two blocks' worth of buttons each would near Slack's 50


def card(t: Translator, account: Account) -> Message:
    """Who the person is in Toggl, through which credentials, where, and what is left of the hour."""
    said = who(t, account)
    facts = [
        *(_credential(t, credential) for credential in account.credentials),
        t.md("*Workspace:* {name}", name=account.chosen.name or str(account.chosen.focus_id))
        if account.chosen
        else t.md("*Workspace:* not chosen yet"),
        t.md("*From your Slack profile:* time zone {zone}, language {locale}", zone=t.zone.key, locale=t.locale),
    ]
    if account.allowance:
        facts.append(
            t.md(
                "*Toggl calls left:* {remaining}, until {at}",
                remaining=account.allowance.remaining,
                at=account.allowance.resets_at,
            )
        )
    row: list[ButtonElement] = []
    if not account.chosen and account.workspaces:
        row.append(button(t("Choose a workspace"), Actions.LIST_WORKSPACES, style="primary"))
    elif len(account.workspaces) > 1:
        row.append(button(t("Change workspace"), Actions.LIST_WORKSPACES))
    if account.refused:
        row.append(button(t("Reconnect"), Actions.CONNECT, style="primary"))
    elif account.missing:
        row.append(button(t("Add a credential"), Actions.CONNECT))
    return Message(
        said,
        (
            section(said),
            section(lines(facts)),
            *(context(missing(t, product)) for product in account.missing),
            actions(*row, _disconnect_button(t)),
        ),
    )


def workspaces(t: Translator, found: Sequence[LinkedWorkspace], chosen: LinkedWorkspace | None) -> Message:
    """The workspaces to choose from, the chosen one marked."""
    said = t.md("Your Toggl workspaces:")
    blocks: list[Block] = [section(said)]
    for workspace in found[:_LISTED]:
        here = chosen is not None and workspace.id == chosen.id
        name = workspace_name(t, workspace)
        shown = called(name)
        blocks.append(
            section(
                t.md(":white_check_mark: *{name}*, chosen", name=shown) if here else t.md("*{name}*", name=shown),
                accessory=None
                if here
                else button(
                    t("Choose"),
                    Actions.CHOOSE_WORKSPACE,
                    value=str(workspace.id),
                    label=t("Choose {name}", name=name),
                ),
            )
        )
    if len(found) > _LISTED:
        blocks.append(context(t.md("There are more: `{toggl} workspace` with part of the name finds them all.")))
    return Message(said, tuple(blocks))


def chosen(t: Translator, account: Account) -> Message:
    """A workspace was chosen."""
    name = workspace_name(t, account.chosen) if account.chosen else ""
    said = t.md("You work in *{name}* now.", name=name)
    return Message(said, (section(said),))


def ask_disconnect(t: Translator, account: Account, *, following: int = 0, webhooks: int = 0) -> Message:
    """What disconnecting would delete, and the button that does it.

    `following` subscriptions of channels look with this account, and would rest; `webhooks` would end.
    """
    said = (
        t.md("Disconnect *{who}* from Slack?", who=account.label)
        if account.label
        else t.md("Disconnect Toggl from Slack?")
    )
    what = t.md(
        "Your credentials, workspaces, open links and undo steps are deleted here right away. Toggl keeps your "
        "time entries and everything else; a running timer keeps running."
    )
    rests = t.plural(
        "{n} project subscription of a channel is then on hold, and the channel is told: others can take it over.",
        (
            "{n} project subscriptions of channels are then on hold, and the channels are told: others can take them "
            "over."
        ),
        following,
    )
    ends = t.md("The webhook that you set up with `{project} webhook` ends, too.")
    small = [*([escape(rests)] if following else []), *([ends] if webhooks else [])]
    also = (context(*small),) if small else ()
    return Message(said, (section(said), section(what), *also, actions(_disconnect_button(t))))


def disconnected(t: Translator, forgotten: Account, *, webhooks_left: int = 0) -> Message:
    """What was deleted, exactly; and what is left in Toggl because it could not be told."""
    said = t.md("Disconnected. Toggl itself keeps your time entries and everything else.")
    deleted = lines(
        [
            *(f"• {_kind(t, credential.kind)}" for credential in forgotten.credentials),
            "• " + t.plural("{n} workspace", "{n} workspaces", len(forgotten.workspaces)),
            "• " + t("Open links, undo steps, your language and time zone"),
        ]
    )
    stays = t.md(
        ":warning: Toggl did not let me end the webhook that you set up. It does nothing here any more; an admin can "
        "delete it in Toggl Track under *Integrations*, *Webhooks*."
    )
    return Message(
        said,
        (
            section(said),
            section(f"{t.md('Deleted here:')}\n{deleted}"),
            *([section(stays)] if webhooks_left else []),
            context(
                t.md("A key or token stays valid until you delete it in Toggl. To come back, type `{toggl} connect`.")
            ),
        ),
    )


def nothing_linked(t: Translator) -> Message:
    """There is nothing to disconnect."""
    said = t.md("Nothing is connected, so there is nothing to disconnect. `{toggl} connect` connects Toggl.")
    return Message(said, (section(said),))


def _credential(t: Translator, credential: LinkedCredential) -> str:
    said = t.md(
        "*{kind}:* {products}, since {since}",
        kind=_kind(t, credential.kind),
        products=" + ".join(sorted(product.value for product in credential.kind.products)),
        since=credential.since,
    )
    if credential.refused_at is None:
        return said
    return f"{said} {t.md(':warning: refused by Toggl since {at}', at=credential.refused_at)}"


def _kind(t: Translator, kind: CredentialKind) -> str:
    match kind:
        case CredentialKind.FOCUS_KEY:
            return t("Focus API key")
        case CredentialKind.TRACK_TOKEN:
            return t("Track API token")
        case CredentialKind.PASSWORD:
            return t("E-mail and password")


def _disconnect_button(t: Translator) -> ButtonElement:
    return button(
        t("Disconnect"),
        Actions.DISCONNECT,
        style="danger",
        confirm=confirm(
            t("Disconnect Toggl?"),
            t.md("What is stored here about your Toggl account is deleted right away. Toggl keeps its data."),
            yes=t("Disconnect"),
            no=t("Cancel"),
            style="danger",
        ),
    )
