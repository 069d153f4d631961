"""How a webhook that tells of changed projects is set up in Toggl Track, and taken down again."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from bot.domain.administration import Change
from bot.errors import UserError
from bot.i18n import N_
from bot.services.change_kinds import Kind
from bot.services.context import Context
from bot.services.member_changes import track
from bot.services.project_signs import MODELS
from bot.store import webhooks
from bot.store.webhooks import Webhook
from bot.toggl import NotFound, TogglError
from bot.toggl.models.admin_requests import Events

ADD, REMOVE = "webhook.add", "webhook.remove"
DESCRIPTION = "Project updates in Slack"
ADDRESS = "{public_url}/toggl/webhooks/{id}"
_LOOPBACK = ("http://localhost", "http://127.0.0.1")


class NotReachable(UserError):
    """Toggl could not reach us."""

    sentence = N_("Toggl cannot reach me: I have no public https address. Nothing was changed.")


class ThereAlready(UserError):
    """The workspace has one."""

    sentence = N_("This workspace has such a webhook already. Nothing was changed.")


async def find(context: Context) -> Webhook | None:
    """The workspace's webhook, as far as it was set up here. No call. Raises NotConnected."""
    async with context.store.reading() as db:
        return await webhooks.of_workspace(
            db, tenant_id=context.person.tenant_id, workspace_id=context.toggl.workspace_id or 0
        )


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
    filters = [Events(entity=model, action="*") for model in sorted(MODELS)]
    try:
        made = await track(context).webhooks.create(
            url_callback=ADDRESS.format(public_url=public_url, id=webhook_id),
            event_filters=filters,
            enabled=True,
            description=DESCRIPTION,
            secret=secret,
        )
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
    number = webhook.subscription_id
    if number is None:
        listed = await track(context).webhooks.list()
        number = next((one.subscription_id for one in listed if (one.url_callback or "").endswith(webhook.id)), None)
    if number is not None:
        with contextlib.suppress(NotFound):
            await track(context).webhooks.delete(number)
    async with context.store.writing() as db:
        await webhooks.forget(db, webhook.id)
    return change


KINDS: Mapping[str, Kind] = MappingProxyType({ADD: Kind(_add, inverse=REMOVE), REMOVE: Kind(_remove, inverse=ADD)})
