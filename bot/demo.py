"""The whole product in one process: the bot, a local Slack and a local Toggl, kept in one folder."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import itertools
import json
import secrets
import shutil
import signal
import socket
from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass
from pathlib import Path

import typer
import uvicorn
from cryptography.fernet import Fernet
from pydantic import SecretStr
from starlette.types import ASGIApp

from bot import app
from bot.manifest import MANIFEST
from bot.settings import Settings
from bot.web.logging import set_up_logging

FOLDER = Path(".demo")
FIRST_PORT = 8420
HINT = "type /track start rep, and connect with the key toggl_sk_member"
ACCOUNTS = """Connect with the key toggl_sk_member. An admin is admin@nordlicht.example, the password admin-password.
  Your picture in the corner lets you switch to another person in Slack."""
_PORTS_TRIED = 50
_LINGER = 2  # seconds that open pages get when the demo ends


class PortsTaken(Exception):
    """No port in the range that is tried is free."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What the parts of one demo share; made once and kept with its data, so that a second start can read it."""

    signing_secret: str
    bot_token: str
    encryption_key: str

    @classmethod
    def kept_in(cls, folder: Path) -> Secrets:
        """The secrets of the demo in `folder`, made if it is new; readable by its owner only."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / "secrets.json"
        if not path.exists():
            made = cls(secrets.token_hex(16), f"xoxb-local-{secrets.token_hex(12)}", Fernet.generate_key().decode())
            unfinished = path.with_suffix(".new")
            unfinished.touch(mode=0o600)
            unfinished.write_text(json.dumps({name: getattr(made, name) for name in cls.__slots__}), encoding="utf-8")
            unfinished.replace(path)
        return cls(**json.loads(path.read_text(encoding="utf-8")))


class EndingServer(uvicorn.Server):
    """A server that first tells its application to end what it streams, where the application has a way to."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the streams, which nobody else would, and then everything."""
        hang_up = getattr(getattr(self.config.app, "state", None), "hang_up", None)
        if hang_up:
            hang_up()
        await super().shutdown(sockets)


class QuietServer(EndingServer):
    """One that leaves signals to the process it shares with others."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Capture none."""
        yield


class InUse(Exception):
    """A demo that runs keeps its data in the folder."""


@contextlib.contextmanager
def held(folder: Path) -> Generator[None, None, None]:
    """Keep `folder` for this process alone; two demos on the same files would overwrite each other. Raises InUse."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse(f"Another demo is using the data in {folder}.") from None
        yield


def reset(folder: Path = FOLDER) -> bool:
    """Forget the demo's data; False if there was none. Raises InUse."""
    if not folder.exists():
        return False
    with held(folder):
        shutil.rmtree(folder)
    return True


async def run(*, port: int = FIRST_PORT, folder: Path = FOLDER) -> None:
    """Serve the demo until Ctrl-C, its page at `port` or the next free one; any port for 0. Raises PortsTaken.

    Where another demo runs with the data in `folder`, this one keeps its own beside it.
    """
    with contextlib.ExitStack() as stack:
        await _serve_from(_free_folder(folder, stack), port)


def _free_folder(folder: Path, stack: contextlib.ExitStack) -> Path:
    for number in itertools.count(2):
        with contextlib.suppress(InUse):
            stack.enter_context(held(folder))
            return folder
        taken, folder = folder, folder.with_name(f"{folder.name.removesuffix(f'-{number - 1}')}-{number}")
        typer.echo(f"Another demo is using the data in {taken}, so this one keeps its own in {folder}.")
    raise AssertionError("numbers do not end")


async def _serve_from(folder: Path, port: int) -> None:
    from bot.local import slack, toggl  # noqa: PLC0415 (5 MB that only a demo needs)
    from bot.local.toggl.company_names import THE_DEMOS  # noqa: PLC0415 (the same)

    kept = Secrets.kept_in(folder)
    page, bot, backend = (free_socket(port + offset if port else 0) for offset in range(3))
    if port and page.getsockname()[1] != port:
        typer.echo(f"Port {port} is taken, so the page is at the next free one.")
    settings = settings_for(kept, folder, slack_url=url(page), bot_url=url(bot), toggl_url=url(backend))
    set_up_logging(settings.log_level)
    # Toggl as it is today: it tells how long was worked on a project, which the pages leave without a unit.
    local_toggl = toggl.create_app(profile="2026-08", data=folder / "toggl.json", people=THE_DEMOS)
    local_slack = slack.create_app(
        bot_url=url(bot),
        signing_secret=kept.signing_secret,
        bot_token=kept.bot_token,
        manifest=MANIFEST,
        public_url=url(page),
        hint=HINT,
        data=folder / "slack.json",
    )
    async with app.composed(settings, works=True) as application:
        await serve((local_toggl, backend), (application, bot), (local_slack, page), told=lambda: _welcome(url(page)))
    typer.echo("Stopped. `make demo` picks up where you left off.")


async def _welcome(address: str) -> None:
    typer.echo(f"\n  Toggl in Slack: open {address}\n")
    typer.echo(f"  {ACCOUNTS}\n")
    typer.echo("  Ctrl-C stops it and keeps what you did. To start afresh: make demo-reset\n")


async def serve(*served: tuple[ASGIApp, socket.socket], told: Callable[[], Awaitable[None]]) -> None:
    """Serve each application on its listening socket until Ctrl-C; `told` runs once all of them answer."""
    servers = [server(application) for application, _ in served]
    _stop_on_signal(servers)
    tasks = [
        asyncio.create_task(one.serve(sockets=[listening])) for one, (_, listening) in zip(servers, served, strict=True)
    ]
    await _started(servers, tasks)
    await told()
    await asyncio.gather(*tasks)


def settings_for(kept: Secrets, folder: Path, *, slack_url: str, bot_url: str, toggl_url: str) -> Settings:
    """The bot's settings in a demo: every one, because what is not given comes from the environment or `.env`."""
    return Settings.model_validate(
        {
            **{name: field.default for name, field in Settings.model_fields.items()},
            "slack_signing_secret": SecretStr(kept.signing_secret),
            "slack_bot_token": SecretStr(kept.bot_token),
            "slack_api_url": f"{slack_url}/api/",
            "toggl_focus_url": f"{toggl_url}/api",
            "toggl_track_url": f"{toggl_url}/api/v9",
            "toggl_webhooks_url": f"{toggl_url}/webhooks/api/v1",
            "database_url": f"sqlite:///{folder / 'bot.sqlite3'}",
            "encryption_keys": kept.encryption_key,
            "public_url": bot_url,
            "log_level": "WARNING",
        }
    )


def server(application: ASGIApp) -> QuietServer:
    """A server for `application` that says nothing and ends promptly."""
    return QuietServer(
        uvicorn.Config(
            application,
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=_LINGER,
            lifespan="on",
            ws="none",
        )
    )


def free_socket(port: int, host: str = "127.0.0.1") -> socket.socket:
    """A listening socket at `port` or the next free one. Raises PortsTaken."""
    for candidate in range(port, port + _PORTS_TRIED):
        bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((host, candidate))
            bound.listen()  # at once: a socket that is only bound leaves its port to the next one that asks
        except OSError:
            bound.close()
        else:
            return bound
    raise PortsTaken(f"The ports {port} to {port + _PORTS_TRIED - 1} are all taken.")


def url(listening: socket.socket) -> str:
    """The address of a bound socket."""
    return f"http://localhost:{listening.getsockname()[1]}"


def _stop_on_signal(servers: list[QuietServer]) -> None:
    def stop() -> None:
        for one in servers:
            one.force_exit = one.should_exit
            one.should_exit = True

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop)


async def _started(servers: list[QuietServer], tasks: list[asyncio.Task[None]]) -> None:
    """Wait until all serve; one that ended instead is raised."""
    while not all(one.started for one in servers):
        for task in tasks:
            if task.done():
                await task
                return
        await asyncio.sleep(0.02)
