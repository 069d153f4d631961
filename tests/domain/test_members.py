from __future__ import annotations

import pytest

from bot.domain.members import PER_PAGE, Activity, MemberFilters, joined, page_of
from bot.toggl.models.members import User, WorkspaceUser


def test_the_two_lists_are_joined_by_the_persons_number_alone() -> None:
    """Numbers of memberships may be those of other people: only the person's own number counts."""
    memberships = (WorkspaceUser(id=1, user_id=2), WorkspaceUser(id=2, uid=1), WorkspaceUser(id=3))
    people = (User(id=1, fullname="One", email="one@x"), User(id=2, fullname="Two"), User(id=3, fullname="Three"))
    found = {member.membership: (member.person, member.name, member.email) for member in joined(memberships, people)}
    assert found == {1: (2, "Two", ""), 2: (1, "One", "one@x"), 3: (None, "#3", "")}


def test_what_only_the_other_list_has_is_nobody_to_change() -> None:
    assert joined((), (User(id=1, fullname="One"),)) == ()
    assert joined((WorkspaceUser(user_id=1),), ()) == ()


@pytest.mark.parametrize(
    ("user", "other", "activity"),
    [
        (WorkspaceUser(id=1, uid=5, active=True, inactive=False), None, Activity.ACTIVE),
        (WorkspaceUser(id=1, uid=5), None, Activity.ACTIVE),
        (WorkspaceUser(id=1, uid=5, active=False), None, Activity.INVITED),
        (WorkspaceUser(id=1, uid=5, active=False, inactive=True), None, Activity.DEACTIVATED),
        (WorkspaceUser(id=1, uid=5), User(id=5, inactive=True), Activity.DEACTIVATED),
        (WorkspaceUser(id=1, uid=5, inactive=False), User(id=5, inactive=True), Activity.ACTIVE),
    ],
)
def test_invited_and_deactivated_people_are_told_apart(
    user: WorkspaceUser, other: User | None, activity: Activity
) -> None:
    [member] = joined((user,), (other,) if other else ())
    assert member.activity is activity


@pytest.mark.parametrize(
    ("user", "role"),
    [
        (WorkspaceUser(id=1, role="projectlead", admin=True), "projectlead"),
        (WorkspaceUser(id=1, admin=True), "admin"),
        (WorkspaceUser(id=1, workspace_admin=True), "admin"),
        (WorkspaceUser(id=1), "user"),
        (WorkspaceUser(id=1, role="astronaut"), "astronaut"),
    ],
)
def test_the_role_is_what_toggl_calls_it(user: WorkspaceUser, role: str) -> None:
    [member] = joined((user,), ())
    assert member.role == role


def test_people_are_found_by_words_in_any_order_without_accents() -> None:
    everybody = joined((WorkspaceUser(id=1, name="Núria Álvarez", email="nuria@sol.example"),), ())
    for words in ("alvarez", "nuria ALV", "sol nuria", ""):
        assert MemberFilters(words=words).fits(everybody[0]), words
    assert not MemberFilters(words="nuria mond").fits(everybody[0])


def test_a_page_that_is_not_there_is_the_nearest_one() -> None:
    everybody = joined((WorkspaceUser(id=number, name=f"{number:05}") for number in range(1, 2001)), ())
    pages = -(-2000 // PER_PAGE)
    assert page_of(everybody, MemberFilters(), 0).number == 1
    assert page_of(everybody, MemberFilters(), 9999).number == pages
    seen = [member for number in range(1, pages + 1) for member in page_of(everybody, MemberFilters(), number).members]
    assert seen == list(everybody)
    nobody = page_of(everybody, MemberFilters(role="admin"), 3)
    assert (nobody.members, nobody.number, nobody.pages, nobody.found, nobody.total) == ((), 1, 1, 0, 2000)


def test_a_mark_is_another_once_anything_of_a_person_is() -> None:
    users = (
        WorkspaceUser(id=1, name="A"),
        WorkspaceUser(id=1, name="B"),
        WorkspaceUser(id=1, name="A", role="admin"),
        WorkspaceUser(id=1, name="A", group_ids=(1,)),
        WorkspaceUser(id=1, name="A", inactive=True),
    )
    plain, *others = (joined((user,), ())[0] for user in users)
    assert plain.mark not in {other.mark for other in others}
    assert len({other.mark for other in others}) == len(others)
