from __future__ import annotations

from decimal import Decimal

import pytest

from bot.domain import workspace_settings as settings
from bot.domain.workspace_settings import Setting
from bot.toggl import models


def test_an_answer_that_tells_nothing_gives_plain_values_still() -> None:
    read = settings.read(models.TrackWorkspace())
    assert read["name"] == ""
    assert read["projects_private_by_default"] is False
    assert (read["default_currency"], read["default_hourly_rate"], read["rounding_minutes"]) == ("", "0", 0)
    assert set(read) == set(Setting) - {Setting.RATE_MODE, Setting.PLAN}


@pytest.mark.parametrize(
    ("money", "said"), [("95.50", "95.5"), ("0.0", "0"), ("1000", "1000"), ("0.05", "0.05"), ("1e30", "1E+30")]
)
def test_an_amount_has_the_digits_it_needs(money: str, said: str) -> None:
    assert settings.amount(Decimal(money)) == said


@pytest.mark.parametrize(
    ("words", "setting"),
    [
        ("Must be a premium user to use rounding_minutes", Setting.ROUNDING_MINUTES),
        ("Must be a premium user to use rounding", Setting.ROUNDING),
        ("Must be a premium user to use default_hourly_rate", Setting.RATE),
        ("restricting tag management to administrators requires a premium subscription", Setting.TAGS_BY_ADMINS),
        ("Upgrade your plan, says the stage manager", None),
        ("", None),
    ],
)
def test_toggls_words_name_what_the_plan_does_not_include(words: str, setting: Setting | None) -> None:
    assert settings.unpaid(words) is setting


def test_what_reaches_into_the_past_or_names_a_plan_is_final() -> None:
    assert settings.is_final({"rate_change_mode": "override-all", "default_hourly_rate": "110"})
    assert settings.is_final({"initial_pricing_plan": 3})
    assert not settings.is_final({"default_hourly_rate": "110", "name": "Nordlicht"})
