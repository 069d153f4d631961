from __future__ import annotations

import re
from decimal import Decimal

import pytest

from bot.domain import workspace_settings as settings
from bot.domain.workspace_settings import Setting
from bot.toggl import models
from bot.views.workspace_inputs import BLOCKS
from bot.views.workspace_pieces import LABELS
from tests.toggl.contract import documented


def test_an_answer_that_tells_nothing_gives_plain_values_still() -> None:
    read = settings.read(models.TrackWorkspace())
    assert read["name"] == ""
    assert read["projects_private_by_default"] is False
    assert (read["default_currency"], read["default_hourly_rate"], read["rounding_minutes"]) == ("", "0", 0)
    assert set(read) == set(Setting) - {Setting.RATE_MODE, Setting.PLAN}


def test_the_form_has_every_documented_field_marks_the_paid_ones_and_begins_as_toggl_does() -> None:
    pages = {each.id: each.spec for each in documented()}
    for operation in ("update_workspace", "create_workspace"):
        fields = pages[operation]["requestBody"]["content"]["application/json"]["schema"]["properties"]
        assert set(fields) == set(Setting) | {"admins"}  # who have a form of their own
        paid = {name for name, field in fields.items() if "premium feature" in field["description"]}
        refused = pages["create_workspace"]["responses"]["402"]["description"].split(" - ")
        assert paid | set(filter(None, map(settings.unpaid, refused))) == settings.PAID
        said = {
            name: re.search(r"will be (\S+?)\.? initially", field["description"], re.IGNORECASE)
            for name, field in fields.items()
        }
        began = {name: words[1].strip("'").casefold() for name, words in said.items() if words}
        ours = {name: str(settings.INITIAL[Setting(name)]).casefold() for name in began}
        assert ours == {name: value.removesuffix(".0") for name, value in began.items()}
    assert set(BLOCKS) == set(LABELS) == set(Setting)


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
