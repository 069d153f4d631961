"""How a webhook that tells of changed projects is set up in Toggl Track, and taken down again."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import msgspec

from bot.domain.administration import Change
from bot.errors import UserError
from bot.i18n import N_
from bot.services.change_kinds import Kind
from bot.services.connections import open_toggl
from bot.services.context import Context
from bot.services.member_changes import track
from bot.services.project_signs import MODELS
from bot.store import KeyLost, SealBrokenError, webhooks
from bot.store.webhooks import Webhook
from bot.toggl import NotFound, Refused, TogglError, Workspace
from bot.toggl.models.admin_requests import Events
from bot.toggl.models.webhooks import WebhookSubscription

ADD, REMOVE = "webhook.add", "webhook.remove"
DESCRIPTION = "Project updates in Slack ({name})"
"""What the subscription is called in Toggl, where no two of a workspace may be called the same."""
ADDRESS = "{public_url}/toggl/webhooks/{id}"
_NAME = 8
_LOOPBACK = ("http://localhost", "http://127.0.0.1")


class NotReachable(UserError):
    """Toggl could not reach us."""

    sentence = N_("Toggl cannot reach me: I have no public https address. Nothing was changed.")


class ThereAlready(UserError):
    """The workspace has one."""

    sentence = N_("This workspace already has this webhook. Nothing was changed.")


async def find(context: Context) -> Webhook | None:
    """The workspace's webhook, as far as it was set up here. No call. Raises NotConnected."""
    async with context.store.reading() as db:
        return await webhooks.of_workspace(
            db, tenant_id=context.person.tenant_id, workspace_id=context.toggl.workspace_id or 0
        )


async def set_up_by(context: Context) -> int:
    """How many webhooks the person set up. No call."""
    async with context.store.reading() as db:
        return len(await webhooks.of_account(db, account_id=context.person.account_id))


async def end_all(context: Context) -> int:
    """End in Toggl what the person set up, before they are forgotten here; how many are left there all the same.

    A call for each, tried once: nobody is kept from leaving. Without its address what is left has no effect here.
    """
    account_id = context.person.account_id
    async with context.store.reading() as db:
        rows = await webhooks.of_account(db, account_id=account_id)
    hurried = replace(context.connections, patience=replace(context.connections.patience, attempts=1))
    left = 0
    for row in rows:
        try:
            opened = await open_toggl(context.store, hurried, account_id=account_id, focus_id=row.workspace_id)
            ended = opened.track is not None
            if opened.track is not None:
                await _end(opened.track, row.id, row.subscription_id)
        except (TogglError, KeyLost, SealBrokenError):
            ended = False
        left += not ended
    return left


async def _add(context: Context, change: Change) -> Change:
    """Make an address and subscribe it: Track asks at once whether it is ours, so it is kept before."""
    public_url = context.connections.public_url or ""
    if not public_url.startswith(("https://", *_LOOPBACK)):
        raise NotReachable
    if await find(context) is not None:
        raise ThereAlready
    webhook_id, secret = secrets.token_urlsafe(24), secrets.token_hex(32)
    async with context.store.writing() as db:
        await webhooks.add(
            db,
            webhook_id=webhook_id,
            secret=secret,
            tenant_id=context.person.tenant_id,
            account_id=context.person.account_id,
            organization_id=context.toggl.organization_id or 0,
            workspace_id=context.toggl.workspace_id or 0,
            now=context.now,
        )
    try:
        made = await _subscribe(context, public_url, webhook_id, secret)
    except TogglError as error:
        if not error.may_have_had_effect:  # else it may be there, and is known by its address
            async with context.store.writing() as db:
                await webhooks.forget(db, webhook_id)
        raise
    async with context.store.writing() as db:
        await webhooks.number(db, webhook_id, subscription_id=made.subscription_id)
    return msgspec.structs.replace(change, subject_id=webhook_id)


async def _remove(context: Context, change: Change) -> Change:
    """End the subscription and forget the address: what still comes is not known any more."""
    webhook = await find(context)
    if webhook is None:
        return change
    await _end(track(context), webhook.id, webhook.subscription_id)
    async with context.store.writing() as db:
        await webhooks.forget(db, webhook.id)
    return change


async def _subscribe(context: Context, public_url: str, webhook_id: str, secret: str) -> WebhookSubscription:
    """Subscribe the address. Where Toggl takes no more, what was left behind at addresses of ours makes room."""
    api, address = track(context).webhooks, ADDRESS.format(public_url=public_url, id="")

    async def create() -> WebhookSubscription:
        return await api.create(
            url_callback=address + webhook_id,
            event_filters=[Events(entity=model, action="*") for model in sorted(MODELS)],
            enabled=True,
            description=DESCRIPTION.format(name=webhook_id[:_NAME]),
            secret=secret,
        )

    try:
        return await create()
    except Refused:
        if not await _end_forgotten(context, address):
            raise
    return await create()


async def _end_forgotten(context: Context, address: str) -> bool:
    """End the subscriptions to addresses of ours that nobody here knows any more; whether there were any."""
    api, ended = track(context).webhooks, False
    for one in await api.list():
        url = one.url_callback or ""
        if one.subscription_id is None or not url.startswith(address):
            continue
        async with context.store.reading() as db:
            known = await webhooks.is_known(db, url.removeprefix(address))
        if not known:
            await api.delete(one.subscription_id)
            ended = True
    return ended


async def _end(workspace: Workspace, webhook_id: str, number: int | None) -> None:
    """End the subscription of an address, looked up by it where Toggl never told its number; fine if it is gone."""
    if number is None:
        listed = await workspace.webhooks.list()
        number = next((one.subscription_id for one in listed if (one.url_callback or "").endswith(webhook_id)), None)
    if number is not None:
        with contextlib.suppress(NotFound):
            await workspace.webhooks.delete(number)


KINDS: Mapping[str, Kind] = MappingProxyType({ADD: Kind(_add, inverse=REMOVE), REMOVE: Kind(_remove, inverse=ADD)})
