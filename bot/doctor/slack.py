"""Slack: the token and its scopes, the app that workspaces install, Socket Mode."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from bot.dispatcher.scopes import SCOPES
from bot.dispatcher.slack import Slack, SlackError
from bot.doctor.finding import Finding, State
from bot.settings import Settings

OTHER_TOKENS = ("xoxe.", "xoxe-", "xoxp-", "xapp-")
"""How tokens begin that are not for SLACK_BOT_TOKEN: rotated ones, a person's, Socket Mode's."""
SIGNING_SECRET = re.compile(r"[0-9a-f]{32}")
"""What Slack gives out."""
REACH = "Does this machine reach slack.com over https? A proxy or a firewall may be in the way."
WRONG_APP = frozenset({"invalid_client_id", "bad_client_secret"})
INVENTED = "invented-by-doctor"
"""A code that Slack never gave: what it says to it tells whether it knows the app."""


async def app(settings: Settings, slack: Slack) -> AsyncIterator[Finding]:
    """Every finding about the app in Slack."""
    for finding in _signing_secret(settings):
        yield finding
    if settings.slack_bot_token:
        async for finding in _token(settings, settings.slack_bot_token.get_secret_value(), slack):
            yield finding
    elif settings.slack_client_id and settings.slack_client_secret:
        yield await _many(settings, settings.slack_client_id, settings.slack_client_secret.get_secret_value(), slack)
    if settings.slack_app_token:
        try:
            await slack.find_socket(settings.slack_app_token.get_secret_value())
            yield Finding("Socket Mode", State.GOOD, "Slack accepts the connection")
        except SlackError as error:
            step = "Turn Socket Mode on in the app's settings, and create an app-level token with connections:write."
            yield Finding("Socket Mode", State.BAD, f"apps.connections.open says {error.code}", step)


def _signing_secret(settings: Settings) -> list[Finding]:
    secret = settings.slack_signing_secret
    if secret is None or SIGNING_SECRET.fullmatch(secret.get_secret_value()):
        return []
    step = "Copy it again from “Basic Information”, “App Credentials”, if Slack's requests are refused with 401."
    return [Finding("Signing secret", State.NOTE, "does not look like Slack's: 32 digits and letters a to f", step)]


async def _token(settings: Settings, token: str, slack: Slack) -> AsyncIterator[Finding]:
    if settings.slack_client_id:
        said = "SLACK_CLIENT_ID is ignored, because SLACK_BOT_TOKEN is set: nobody else can install the app"
        yield Finding("Slack", State.NOTE, said, "Remove SLACK_BOT_TOKEN if the app is for many workspaces.")
    if token.startswith(OTHER_TOKENS):
        step = (
            "Use the one that begins with xoxb-, from “OAuth & Permissions”. Where the app rotates its tokens "
            "there is none: set SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and PUBLIC_URL in its place, and open "
            "PUBLIC_URL/slack/install."
        )
        yield Finding("Slack token", State.BAD, "SLACK_BOT_TOKEN is not the bot's, or ends within hours", step)
    try:
        known = await slack.introduce(token)
    except SlackError as error:
        yield Finding("Slack", State.BAD, f"auth.test says {error.code}", _step(error))
        return
    yield Finding("Slack", State.GOOD, f"@{known.bot} in {known.team}")
    lacking = sorted(SCOPES.keys() - known.scopes) if known.scopes else []
    if lacking:
        step = "Update the app from manifest.yml, then reinstall it under “OAuth & Permissions”."
        yield Finding("Slack scopes", State.BAD, "missing: " + ", ".join(lacking), step)
    elif known.scopes:
        yield Finding("Slack scopes", State.GOOD, "all there")
    idle = sorted(known.scopes - SCOPES.keys())
    if idle:
        yield Finding("Slack scopes", State.NOTE, "not needed by this version: " + ", ".join(idle))


async def _many(settings: Settings, client_id: str, client_secret: str, slack: Slack) -> Finding:
    """Whether Slack knows the app by its id and secret."""
    try:
        await slack.access(client_id, client_secret, code=INVENTED)
    except SlackError as error:
        if error.code in WRONG_APP:
            step = "Copy SLACK_CLIENT_ID and SLACK_CLIENT_SECRET again from “Basic Information”, “App Credentials”."
            return Finding("Slack", State.BAD, f"oauth.v2.access says {error.code}", step)
        if not error.code.islower() or error.code == "unreadable_answer":  # Slack's own words are in small letters
            return Finding("Slack", State.BAD, f"oauth.v2.access says {error.code}", REACH)
    return Finding("Slack", State.GOOD, f"many workspaces; they install it at {settings.public_url}/slack/install")


def _step(error: SlackError) -> str:
    if error.code in {"invalid_auth", "not_authed", "token_revoked", "account_inactive", "token_expired"}:
        return "Copy the bot token again from “OAuth & Permissions” of your Slack app, and set SLACK_BOT_TOKEN."
    return REACH
