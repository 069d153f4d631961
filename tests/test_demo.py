from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot import demo


def test_a_demo_takes_nothing_from_the_environment_or_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who runs a real bot from the same folder must not have the demo act for their team."""
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("COMMAND_TRACK=/zeit\n")
    kept = demo.Secrets.kept_in(tmp_path / "demo")
    settings = demo.settings_for(
        kept, tmp_path, slack_url="http://localhost:1", bot_url="http://localhost:2", toggl_url="http://localhost:3"
    )
    assert settings.slack_app_token is None
    assert settings.command_track == "/track"


def test_the_secrets_of_a_demo_are_kept_whole_and_for_their_owner_alone(tmp_path: Path) -> None:
    kept = demo.Secrets.kept_in(tmp_path / "demo")
    assert demo.Secrets.kept_in(tmp_path / "demo") == kept
    [file] = (tmp_path / "demo").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
