"""Settings that cannot work, or would not be safe, are refused; what is secret in them is not repeated."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.settings import Settings


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("public_url", "http://bot.example", "use https"),
        ("public_url", "bot.example", "is not an http address"),
        ("public_url", "https://bot.example/toggl", "nothing behind it"),
        ("public_url", "https://bot.example?a=b", "nothing behind it"),
        ("public_url", "https://ann:hunter2@bot.example", "nothing behind it"),
        ("public_url", "https://bot example", "nothing behind it"),
        ("database_url", "mysql://ann:hunter2@host/bot", "must start with"),
        ("database_url", "postgresql://ann:hunter2@host:hunter2/bot", "cannot be read"),
        ("database_url", "sqlite://", "needs a file"),
        ("encryption_keys", "hunter2", "new-key"),
        ("command_track", "/my track", "not a slash command name"),
    ],
)
def test_what_cannot_work_is_refused(name: str, value: str, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate({name: value})
    [problem] = refused.value.errors(include_input=False, include_context=False)
    assert said in problem["msg"]
    assert "hunter2" not in problem["msg"]


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("public_url", "https://bot.example/", "https://bot.example"),
        ("public_url", "http://localhost:3000", "http://localhost:3000"),
        ("database_url", "postgres://ann:a%2Fb@host/bot", "postgresql+psycopg://ann:a%2Fb@host/bot"),
        ("database_url", "postgresql:///bot?host=/run/pg", "postgresql+psycopg:///bot?host=/run/pg"),
        ("slack_api_url", "https://slack.example/api", "https://slack.example/api/"),
    ],
)
def test_what_works_is_taken_in_one_form(name: str, value: str, kept: str) -> None:
    assert getattr(Settings.model_validate({name: value}), name) == kept
