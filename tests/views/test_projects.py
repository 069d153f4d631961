"""Projects in Slack: whatever a project is called and holds, Slack takes its messages and forms, and nobody wakes."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.views import View

from bot.dispatcher.state import values as entered_values
from bot.domain.project_edits import ALL, ATTRIBUTES, Field, Merged
from bot.domain.project_filters import WHICH, ProjectFilters
from bot.domain.projects import Change, Fee, Fields, Named, Project
from bot.i18n import Translator
from bot.local.slack.inputs import initial_state
from bot.local.slack.rules import check_message, check_view
from bot.services.project_people import Group, Member, Role
from bot.views import project_changes as changes
from bot.views import project_form, project_members
from bot.views import projects as views
from bot.views.forms import FieldProblem
from bot.views.messages import Message
from bot.views.project_answers import read
from bot.views.project_inputs import named_options
from bot.views.project_pieces import Deed, Subject, bar, days, deed_value, read_deed
from bot.views.projects import Turn
from tests.domain.projecting import FIELDS, PROJECTS, UNHURRIED

T = Translator()
HOSTILE = "<!channel> & <@U1> *_`~" * 20
MANAGER = Role(1201, "Project manager", manager=True)
PLAIN = Role(1202, "Project member", manager=False)
MEMBERS = st.lists(
    st.builds(
        Member,
        st.integers(1, 10**9),
        st.text(min_size=1, max_size=300),
        group=st.booleans(),
        people=st.lists(st.text(max_size=80), max_size=12).map(tuple),
        manager=st.booleans(),
    ),
    max_size=120,
)


def taken(message: Message) -> None:
    assert check_message({"channel": "C1", **message.payload}) == []
    assert not re.search(r"<[!@#]", message.text)


def shown(view: View) -> dict[str, Any]:
    assert check_view({**view.to_dict(), "private_metadata": ""}) == []
    found: dict[str, Any] = view.to_dict()
    return found


def project(**fields: Any) -> Project:
    return Project(id=7, fields=Fields(name="Relaunch", **fields))


@given(st.lists(PROJECTS, max_size=10), st.sampled_from(WHICH), st.none() | st.integers(0, 10**4), st.booleans())
@UNHURRIED
def test_any_page_of_a_list_is_a_message(found: list[Project], which: str, total: int | None, more: bool) -> None:  # noqa: FBT001 (Hypothesis)
    turn = Turn(ProjectFilters(which=which, words=HOSTILE[:100], client="c" * 100), page=3)
    taken(views.listing(T, turn, found, more=more, total=total))
    assert Turn.read(turn.value()) == turn


@given(PROJECTS, st.lists(PROJECTS, max_size=40), MEMBERS)
@UNHURRIED
def test_any_card_is_a_message(shown_project: Project, family: list[Project], members: list[Member]) -> None:
    named = [project_members.brief(T, member) for member in members]
    taken(views.card(T, shown_project, parents=family[:4], children=family, members=named))
    taken(views.card(T, shown_project, members=None))
    taken(changes.ask_delete(T, shown_project, family))
    taken(changes.saved(T, shown_project, shown_project, undo_id="u"))


@given(FIELDS, st.sampled_from([ALL, (Field.NAME,), (Field.START, Field.END)]))
@UNHURRIED
def test_any_form_sent_as_it_was_filled_holds_what_was_in_it(fields: Fields, asked: tuple[Field, ...]) -> None:
    asked = tuple(field for field in asked if field in project_form.fitting(fields))
    if not fields.name.strip() or (fields.fee and not fields.fee.currency):
        return
    view = shown(project_form.edit(T, fields, asked)) if asked else None
    if view is None or (fields.start and fields.end and fields.end < fields.start):
        return
    state = initial_state(view["blocks"])
    answered = read(entered_values({"values": state}), asked)
    for field in asked:
        for attribute in ATTRIBUTES[field]:
            now, then = answered[attribute], getattr(fields, attribute)
            if field in {Field.CLIENT, Field.PARENT}:
                assert (now and now.id) == (then and then.id)
            elif field is Field.TAGS:
                assert [tag.id for tag in now] == [tag.id for tag in then]
            elif field is Field.FEE and then:
                assert abs(now.amount - then.amount) < 0.001 and now.currency == then.currency
            elif isinstance(then, str):
                assert (now or "").strip() == then.strip()
            else:
                assert now == then


def test_a_form_filled_anew_has_other_ids_so_that_slack_shows_what_is_new() -> None:
    merged = Merged(Fields(name="x"), taken=(Field.ESTIMATE,), kept=(Field.NAME,))
    view = shown(project_form.edit_again(T, merged, ALL, turn=2))
    ids = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    assert ids and all(block_id.endswith(":2") for block_id in ids)
    said = json.dumps(view)
    assert "Updated to what is there now: Estimate." in said
    assert "Changed by both of you; yours would replace theirs: Name." in said


@pytest.mark.parametrize("fee", [Fee(5.0, "euros"), Fee(1e15, "EUR")])
def test_a_fee_that_no_form_could_hold_is_left_as_it_is(fee: Fee) -> None:
    assert Field.FEE not in project_form.fitting(Fields(name="Relaunch", fee=fee))


def test_a_form_says_which_field_is_too_long_for_it() -> None:
    fields = Fields(name="x", description="d" * 3001)
    asked = project_form.fitting(fields)
    assert Field.DESCRIPTION not in asked
    assert "Too long for Slack, so left as it is: Description." in json.dumps(
        shown(project_form.edit(T, fields, asked))
    )


@pytest.mark.parametrize(
    ("given_values", "block", "words"),
    [
        ({"project.name": "  "}, "project.name", "needs a name"),
        ({"project.estimate": "soonish"}, "project.estimate", "soonish"),
        ({"project.fee": "6000"}, "project.currency", "currency"),
        ({"project.fee": "6000", "project.currency": "E1"}, "project.currency", "three letters"),
        ({"project.fee": "nan", "project.currency": "EUR"}, "project.fee", "number"),
        ({"project.start": "2026-12-02", "project.end": "2026-12-01"}, "project.end", "before the first"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(given_values: dict[str, str], block: str, words: str) -> None:
    with pytest.raises(FieldProblem) as caught:
        read({"project.name": "x", **given_values}, ALL)
    assert caught.value.block == block
    assert words in T(caught.value.reason.sentence, **caught.value.reason.values)


@given(
    MEMBERS,
    st.lists(
        st.builds(Role, st.integers(1, 9999), st.text(min_size=1, max_size=90), manager=st.booleans()), max_size=8
    ),
)
@UNHURRIED
def test_any_team_is_a_modal(members: list[Member], roles: list[Role]) -> None:
    distinct = list({role.id: role for role in roles}.values())
    shown(
        project_members.team(
            T, HOSTILE[:100], members, distinct, did=T.md("Added {names}.", names=HOSTILE), undo_id="u"
        )
    )


def test_a_member_is_offered_the_other_role_and_a_way_out() -> None:
    view = shown(project_members.team(T, "x", [Member(5, "Ann", manager=True)], [MANAGER, PLAIN]))
    [menu] = [block["accessory"] for block in view["blocks"] if block.get("accessory")]
    assert [choice["text"]["text"] for choice in menu["options"]] == ["Role: Project member", "Remove"]
    deed = project_members.Deed.read(menu["options"][0]["value"])
    assert deed == project_members.Deed(5, group=False, manager=True, role_id=1202)


def test_groups_are_told_apart_by_their_people() -> None:
    [offered] = project_members.group_options(T, [Group(9, ("Ann", "Bob"))])
    assert offered.to_dict()["description"]["text"] == "Ann, Bob"


@given(st.integers(1, 10**12), st.text(max_size=300), st.sampled_from(Deed))
@UNHURRIED
def test_a_button_carries_its_project_in_an_options_length(number: int, name: str, deed: Deed) -> None:
    value = deed_value(deed, Subject(number, name, "0123abcd"))
    assert len(value) <= 150
    read_back, subject = read_deed(value)
    assert (read_back, subject.id, subject.mark) == (deed, number, "0123abcd")
    assert subject.name == name or subject.name.endswith("…")


@given(st.integers(0, 10**6))
@UNHURRIED
def test_the_bar_is_full_from_a_hundred_percent_on(percent: int) -> None:
    assert len(bar(percent)) == 10
    assert (bar(percent) == "▰" * 10) == (percent >= 100)


def test_days_with_an_open_side_are_said_so() -> None:
    assert days(T, date(2026, 9, 1), date(2026, 12, 31)) == "Sep 1 – Dec 31, 2026"
    assert days(T, date(2026, 9, 1), None) == "from Sep 1, 2026"
    assert days(T, None, date(2026, 9, 1)) == "until Sep 1, 2026"
    assert days(T, None, None) == ""


def test_progress_is_a_bar_with_its_numbers_or_the_estimate_alone() -> None:
    known = Project(id=7, fields=Fields(name="Relaunch", estimate=600), tracked_secs=3600 * 4)
    assert "`▰▰▰▰▱▱▱▱▱▱` 40% · 4 h of 10 h" in json.dumps(views.card(T, known, members=()).payload, ensure_ascii=False)
    unknown = json.dumps(views.card(T, project(estimate=600), members=()).payload)
    assert "*Estimate:* 10 h" in unknown
    assert "%" not in unknown


@pytest.mark.parametrize("change", list(Change))
def test_every_change_and_its_undo_are_said(change: Change) -> None:
    taken(changes.done(T, change, Subject(7, HOSTILE), undo_id="u"))
    taken(changes.taken_back(T, change, HOSTILE))


def test_every_other_change_is_said_too() -> None:
    subject = Subject(7, HOSTILE)
    for message in (
        changes.created(T, subject, undo_id="u"),
        changes.create_undone(T, HOSTILE),
        changes.kept(T, subject),
        changes.chosen(T, HOSTILE, HOSTILE + "2", undo_id="u"),
        changes.chosen(T, None, HOSTILE, undo_id="u"),
        changes.default(T, HOSTILE),
        changes.default(T, None),
        changes.default_undone(T, HOSTILE),
        changes.default_undone(T, None),
        changes.team_undone(T, "added", HOSTILE, [HOSTILE] * 50),
        views.pick(T, Deed.SHOW, HOSTILE, [subject] * 8),
        views.pick(T, Deed.PIN, "", [subject]),
        views.pick(T, Deed.PIN, HOSTILE, []),
        views.pick(T, Deed.RESTORE, "", []),
        views.changed_meanwhile(T, T.md("*{name}* was changed.", name=HOSTILE), project()),
    ):
        taken(message)


def test_a_long_name_of_a_client_fits_into_an_option() -> None:
    [offered] = named_options([Named(10**9, "x" * 400)])
    assert len(str(offered.value)) <= 150
