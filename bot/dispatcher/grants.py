"""What Slack gives an app that was allowed into a workspace: tokens for codes, and new tokens for those that end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.dispatcher.slack import Slack, SlackError
from bot.store import Installation

UNREADABLE = "unreadable_answer"


@dataclass(frozen=True, slots=True)
class Tokens:
    """A bot token, with what renews it and how long it lives where the app rotates its tokens."""

    bot_token: str = field(repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    lifetime: timedelta | None = None


class App:
    """The app as Slack's OAuth knows it. Everything raises SlackError."""

    def __init__(self, slack: Slack, *, client_id: str, client_secret: str) -> None:
        self.client_id = client_id
        self._slack = slack
        self._client_secret = client_secret

    async def install(self, *, code: str, redirect_uri: str, now: datetime) -> Installation:
        """What the code stands for: the workspace, or the whole organization, that allowed the app."""
        said = await self._slack.access(self.client_id, self._client_secret, code=code, redirect_uri=redirect_uri)
        tokens = _tokens(said)
        enterprise, team, person = (_part(said, name) for name in ("enterprise", "team", "authed_user"))
        whole = said.get("is_enterprise_install") is True
        tenant_id = enterprise.get("id") if whole else team.get("id")
        if not tenant_id:
            raise SlackError("oauth.v2.access", UNREADABLE)
        return Installation(
            tenant_id=str(tenant_id),
            team_id=team.get("id"),
            enterprise_id=enterprise.get("id"),
            is_enterprise_install=whole,
            app_id=said.get("app_id"),
            bot_user_id=said.get("bot_user_id"),
            bot_token=tokens.bot_token,
            refresh_token=tokens.refresh_token,
            token_expires_at=now + tokens.lifetime if tokens.lifetime else None,
            scopes=str(said.get("scope") or ""),
            installer_user_id=person.get("id"),
            installed_at=now,
        )

    async def renew(self, refresh_token: str) -> Tokens:
        """The next tokens. The ones before end soon, and `refresh_token` is used up."""
        return _tokens(
            await self._slack.access(
                self.client_id, self._client_secret, grant_type="refresh_token", refresh_token=refresh_token
            )
        )


def _tokens(said: Mapping[str, Any]) -> Tokens:
    token, refresh_token, seconds = (said.get(name) for name in ("access_token", "refresh_token", "expires_in"))
    if not isinstance(token, str):
        raise SlackError("oauth.v2.access", UNREADABLE)
    lives = timedelta(seconds=seconds) if isinstance(seconds, int) and isinstance(refresh_token, str) else None
    return Tokens(token, refresh_token if lives else None, lives)


def _part(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = said.get(name)
    return found if isinstance(found, Mapping) else {}
