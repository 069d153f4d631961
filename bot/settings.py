"""Everything that can be configured, from environment variables, in one frozen class that refuses unsafe values."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from pydantic import BeforeValidator, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def _split(value: object) -> object:
    return [part for part in value.replace(",", " ").split() if part] if isinstance(value, str) else value


class Settings(BaseSettings):
    """The environment of one process. Secrets are `SecretStr`: they show as asterisks in every repr and log."""

    model_config = SettingsConfigDict(frozen=True, env_file=".env", extra="ignore", env_ignore_empty=True)

    slack_signing_secret: SecretStr | None = None
    slack_bot_token: SecretStr | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"

    toggl_focus_url: str = "https://focus.toggl.com/api"
    toggl_track_url: str = "https://api.track.toggl.com/api/v9"
    toggl_webhooks_url: str = "https://api.track.toggl.com/webhooks/api/v1"

    database_url: str = "sqlite:///bot.sqlite3"
    encryption_keys: Annotated[tuple[SecretStr, ...], NoDecode, BeforeValidator(_split)] = ()
    public_url: str | None = None
    port: int = Field(default=3000, ge=0, le=65535)
    worker_port: int = Field(default=3001, ge=0, le=65535)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    command_track: str = "/track"
    command_project: str = "/project"
    command_toggl: str = "/toggl"

    @field_validator("encryption_keys")
    @classmethod
    def _keys_are_fernet_keys(cls, keys: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        for position, key in enumerate(keys, start=1):
            try:
                Fernet(key.get_secret_value())
            except ValueError:
                raise ValueError(
                    f"key {position} of ENCRYPTION_KEYS is not a Fernet key; make one with: python -m bot new-key"
                ) from None
        return keys

    @field_validator("slack_api_url")
    @classmethod
    def _ends_with_a_slash(cls, url: str) -> str:
        return url.rstrip("/") + "/"

    @field_validator("toggl_focus_url", "toggl_track_url", "toggl_webhooks_url", "public_url")
    @classmethod
    def _has_no_trailing_slash(cls, url: str | None) -> str | None:
        return url.rstrip("/") if url else None

    @field_validator("slack_api_url", "toggl_focus_url", "toggl_track_url", "toggl_webhooks_url", "public_url")
    @classmethod
    def _is_encrypted_or_local(cls, url: str | None) -> str | None:
        if url is None:
            return None
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"{url!r} is not an http address")
        if parts.scheme == "http" and parts.hostname not in LOOPBACK:
            raise ValueError(f"{url!r} would send secrets unencrypted; use https")
        return url

    @field_validator("public_url")
    @classmethod
    def _is_a_whole_host(cls, url: str | None) -> str | None:
        parts = urlsplit(url or "")
        if url and (
            parts.path or parts.query or parts.fragment or "@" in parts.netloc or not url.isprintable() or " " in url
        ):
            # What stood before the @ is a password: the address is not repeated here.
            raise ValueError(
                "it must be https:// and a host, and nothing behind it: the bot answers at /slack and /connect"
            )
        return url

    @field_validator("database_url")
    @classmethod
    def _names_a_driver(cls, url: str) -> str:
        scheme, separator, rest = url.partition("://")
        driver = {
            "postgres": "postgresql+psycopg",
            "postgresql": "postgresql+psycopg",
            "postgresql+psycopg": "postgresql+psycopg",
            "sqlite": "sqlite+aiosqlite",
            "sqlite+aiosqlite": "sqlite+aiosqlite",
        }.get(scheme)
        if not separator or driver is None:
            # The address may hold a password: it is not repeated here.
            raise ValueError("it must start with sqlite:/// or postgresql://")
        try:
            parsed = make_url(f"{driver}://{rest}")
        except (ArgumentError, ValueError):
            raise ValueError(
                "it cannot be read: is it postgresql://user:password@host:port/name, and is what is special in the "
                "password written as %40 for @, %2F for / and so on?"
            ) from None
        if parsed.get_backend_name() == "sqlite" and parsed.database in {None, "", ":memory:"}:
            raise ValueError("it needs a file: sqlite:///bot.sqlite3")
        return f"{driver}://{rest}"

    @field_validator("command_track", "command_project", "command_toggl")
    @classmethod
    def _is_a_command_name(cls, name: str) -> str:
        word = name.removeprefix("/")
        if not word.replace("-", "").replace("_", "").isalnum() or len(word) > 31:  # noqa: PLR2004 (Slack: 32 with the slash)
            raise ValueError(f"{name!r} is not a slash command name")
        return f"/{word.lower()}"
