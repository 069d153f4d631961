"""The command line: serve, try, migrate and look after the bot."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import structlog
import typer
import uvicorn
import uvloop
from cryptography.fernet import Fernet
from pydantic import ValidationError
from starlette.types import ASGIApp

from bot import app as composition
from bot import demo as demonstration
from bot import manifest as manifests
from bot import worker
from bot.dispatcher.slack import SlackError
from bot.doctor import State, examine
from bot.parts import on_sqlite
from bot.settings import Settings
from bot.store import KeyLost, SchemaMismatchError, StoreUnavailable, migrate
from bot.web.connection import Connection
from bot.web.logging import set_up_logging
from bot.web.server import Server

cli = typer.Typer(help="Toggl in Slack.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

T = TypeVar("T")
Data = Annotated[Path | None, typer.Option(help="A file to keep everything in; by default, only memory.")]
Port = Annotated[int, typer.Option(help="The port to serve on, on loopback.")]


class Profile(StrEnum):
    """The behaviours of Toggl that the local one can show."""

    PAGES = "pages"
    OF_2026_08 = "2026-08"


@cli.command()
def demo(
    *,
    port: Port = demonstration.FIRST_PORT,
    folder: Annotated[Path, typer.Option(help="Where the demo keeps its data.")] = demonstration.FOLDER,
    reset: Annotated[bool, typer.Option("--reset", help="Delete the demo's data, and exit.")] = False,
) -> None:
    """Try it: the bot with a local Slack and a local Toggl."""
    try:
        if reset:
            typer.echo("Deleted the demo's data." if demonstration.reset(folder) else "There was nothing to delete.")
        else:
            _run(demonstration.run(port=port, folder=folder))
    except demonstration.InUse as running:
        raise _refusal(f"{running} End it first, with Ctrl-C.") from None
    except demonstration.PortsTaken as taken:
        raise _refusal(str(taken)) from None


@cli.command()
def serve(*, host: str = "0.0.0.0") -> None:  # noqa: S104 (a web process answers whoever its host lets in)
    """Answer Slack over HTTP."""
    settings = _settings()
    missing = composition.missing(settings)
    if missing:
        raise _refusal("Not everything is set yet:\n" + "\n".join(f"  {sentence}" for sentence in missing))
    set_up_logging(settings.log_level)
    try:
        _run(_serve(settings, host))
    except (KeyLost, SchemaMismatchError, StoreUnavailable) as error:
        raise _refusal(str(error)) from None
    except SlackError as error:
        said = f"Slack refuses a connection with SLACK_APP_TOKEN ({error.code})."
        raise _refusal(f"{said} What to do about it: python -m bot doctor") from None


@cli.command(name="worker")
def worker_(*, host: str = "0.0.0.0") -> None:  # noqa: S104 (whoever watches it may be anywhere)
    """Do what is scheduled: reminders, statistics, project updates. Any number, on PostgreSQL."""
    settings = _settings()
    if on_sqlite(settings):
        raise _refusal("An SQLite file is for one process: `serve` does what is scheduled there.")
    missing = [sentence for sentence in composition.missing(settings) if not sentence.startswith("SLACK_SIGNING")]
    if missing:
        raise _refusal("Not everything is set yet:\n" + "\n".join(f"  {sentence}" for sentence in missing))
    set_up_logging(settings.log_level)
    try:
        _run(_work(settings, host))
    except (KeyLost, SchemaMismatchError, StoreUnavailable) as error:
        raise _refusal(str(error)) from None


@cli.command()
def doctor() -> None:
    """Look everything over, and say what is wrong and what to do."""
    if not _run(_examine(_settings())):
        raise typer.Exit(1)


@cli.command(name="manifest")
def manifest_(
    *,
    url: Annotated[str | None, typer.Option(help="Where Slack reaches this bot; PUBLIC_URL otherwise.")] = None,
    socket_mode: Annotated[bool, typer.Option("--socket-mode", help="For a bot without a public address.")] = False,
) -> None:
    """Print the Slack app's manifest for this installation, to paste at "Create an app > From a manifest"."""
    settings = _settings(url)
    own = {
        "/track": settings.command_track,
        "/project": settings.command_project,
        "/toggl": settings.command_toggl,
    }
    address = settings.public_url
    if socket_mode:
        typer.echo(manifests.written(manifests.over_sockets(manifests.read(), own)))
    elif address and address.startswith("https://"):
        typer.echo(manifests.written(manifests.over_http(manifests.read(), address, own)))
    else:
        raise _refusal("Slack needs an https address: give --url https://…, or use --socket-mode without one.")


@cli.command(name="migrate")
def migrate_() -> None:
    """Bring the database to this version's tables."""
    try:
        _run(migrate(_settings().database_url))
    except (SchemaMismatchError, StoreUnavailable) as error:
        raise _refusal(str(error)) from None
    typer.echo("The database is up to date.")


@cli.command(name="rotate-keys")
def rotate_keys_() -> None:
    """Seal everything stored again with the first of ENCRYPTION_KEYS; then the others can go."""
    settings = _settings()
    if not settings.encryption_keys:
        raise _refusal("ENCRYPTION_KEYS is not set: put the new key first, then the one that is in use now.")
    try:
        rotated = _run(composition.rotate(settings))
    except (KeyLost, SchemaMismatchError, StoreUnavailable) as error:
        raise _refusal(str(error)) from None
    typer.echo(f"Sealed again with the first key: {rotated.resealed}; before: {rotated.current}.")
    if rotated.unreadable:
        raise _refusal(
            f"Not readable with any of ENCRYPTION_KEYS: {rotated.unreadable}. Do not remove a key until this is 0."
        )


@cli.command(name="new-key")
def new_key() -> None:
    """Print a new key for ENCRYPTION_KEYS."""
    typer.echo(Fernet.generate_key().decode())


@cli.command(name="local-toggl")
def local_toggl(
    *,
    port: Port,
    profile: Annotated[Profile, typer.Option(help="Which of Toggl's behaviours it shows.")] = Profile.PAGES,
    data: Data = None,
) -> None:
    """Serve the local Toggl alone."""
    from bot.local import toggl  # noqa: PLC0415 (memory that no server of the bot's needs)

    _serve_alone(toggl.create_app(profile=profile.value, data=data), port)


@cli.command(name="local-slack")
def local_slack(
    *,
    port: Port,
    bot_url: Annotated[str, typer.Option(help="Where the bot answers; `/slack/events` is put behind it.")],
    manifest: Annotated[Path, typer.Option(help="The app's manifest.")] = manifests.MANIFEST,
    data: Data = None,
) -> None:
    """Serve the local Slack alone; it signs with SLACK_SIGNING_SECRET and takes SLACK_BOT_TOKEN."""
    from bot.local import slack  # noqa: PLC0415 (memory that no server of the bot's needs)

    settings = _settings()
    if settings.slack_signing_secret is None or settings.slack_bot_token is None:
        raise _refusal("Set SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN to what the bot has too: any words will do.")
    application = slack.create_app(
        bot_url=bot_url,
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        bot_token=settings.slack_bot_token.get_secret_value(),
        manifest=manifest,
        public_url=f"http://localhost:{port}",
        data=data,
    )
    _serve_alone(application, port)


async def _examine(settings: Settings) -> bool:
    """Print every finding; whether all is well."""
    well = True
    async for finding in examine(settings):
        typer.echo(str(finding))
        well = well and finding.state is not State.BAD
    typer.echo("\nReady." if well else "\nNot ready yet: mind the lines marked “wrong”.")
    return well


async def _work(settings: Settings, host: str) -> None:
    async with worker.composed(settings) as application:
        listening = demonstration.free_socket(settings.worker_port, host)
        structlog.get_logger("bot").info("worker_watched_at", port=listening.getsockname()[1])
        config = uvicorn.Config(
            application, http=Connection, lifespan="off", access_log=False, log_config=None, server_header=False
        )
        await Server(config, application, leaving=timedelta()).serve(sockets=[listening])


async def _serve(settings: Settings, host: str) -> None:
    async with composition.composed(settings, works=True) as application:
        config = uvicorn.Config(
            application,
            host=host,
            port=settings.port,
            http=Connection,
            ws="none",
            lifespan="off",
            access_log=False,
            log_config=None,
            server_header=False,
            # Longer than proxies keep a connection (60 s), or one closes in the hands of a proxy that sends on it.
            timeout_keep_alive=75,
            timeout_graceful_shutdown=10,
        )
        await Server(config, application).serve()


def _serve_alone(application: ASGIApp, port: int) -> None:
    config = uvicorn.Config(
        application, host="127.0.0.1", port=port, log_level="warning", access_log=False, timeout_graceful_shutdown=2
    )
    typer.echo(f"http://localhost:{port}")
    _run(demonstration.EndingServer(config).serve())


def _run(work: Coroutine[Any, Any, T]) -> T:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


def _settings(public_url: str | None = None) -> Settings:
    """What the environment says, but for an address that was given."""
    try:
        return Settings(public_url=public_url) if public_url else Settings()
    except ValidationError as error:
        lines = (
            f"  {str(problem['loc'][0]).upper()}: {problem['msg'].removeprefix('Value error, ')}"
            for problem in error.errors(include_input=False)
        )
        raise _refusal("These settings are not usable:\n" + "\n".join(lines)) from None


def _refusal(sentence: str) -> typer.Exit:
    typer.echo(sentence, err=True)
    return typer.Exit(1)


def main() -> None:
    """Run the command that was typed."""
    cli()


if __name__ == "__main__":
    main()
