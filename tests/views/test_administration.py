from __future__ import annotations

import pytest

from bot.domain.administration import Change
from bot.domain.audit import Result
from bot.domain.audit_query import SUBJECTS
from bot.i18n import Translator
from bot.services import administration as services
from bot.store.audit import BEGUN
from bot.views import administration, audit
from bot.views.change_words import FIELDS, TITLES, VALUES

T = Translator()


def test_every_kind_of_change_is_called_something() -> None:
    together = {f"{name}_all" for name, kind in services.KINDS.items() if kind.many}
    assert set(services.KINDS) | together <= set(TITLES)
    asked = set(TITLES) - set(services.KINDS) - together
    assert all(kind.partition(".")[0] in {"project", "entry"} for kind in asked), asked


def test_every_subject_can_be_looked_for() -> None:
    assert {kind.partition(".")[0] for kind in TITLES} == set(SUBJECTS.values())
    assert {name.partition(".")[0] for name in FIELDS} <= set(SUBJECTS.values())


def test_only_fields_with_a_name_have_ways_to_say_their_values() -> None:
    assert set(VALUES) <= set(FIELDS)


def test_every_result_is_said_and_the_store_means_the_same_by_begun() -> None:
    assert set(audit.RESULTS) == set(Result)
    assert BEGUN == Result.BEGUN


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ({"name": "A"}, {"name": "B"}, ["Name: A → B"]),
        ({"name": "A", "role": "user"}, {"name": "A", "role": "admin"}, ["Role: Member → Admin"]),
        (None, {"name": "A", "active": False}, ["Name: A", "Active: no"]),
        ({"groups": [1]}, {"groups": []}, ["Groups: Group #1 → none"]),
        ({"minutes": None}, {"minutes": 450}, ["Working hours per day: none → 7 h 30 min"]),
        ({"name": "<!channel>"}, {"name": "&"}, ["Name: &lt;!channel&gt; → &amp;"]),
        ({"secret": 1}, {"secret": 2}, []),
        ({"name": "A"}, None, []),
    ],
)
def test_what_is_other_is_said_a_line_a_field(
    before: dict[str, object] | None, after: dict[str, object] | None, lines: list[str]
) -> None:
    change = Change(kind="member.edit", name="A", before=before, after=after)
    assert administration.differences(T, change).splitlines() == lines
