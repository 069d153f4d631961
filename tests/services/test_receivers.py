from __future__ import annotations

from bot.domain.receivers import Receiver
from bot.services import receivers
from bot.services.context import Context
from bot.store import accounts, credentials, workspaces
from tests.conftest import Clock, ServedToggl
from tests.services.projecting import People


async def link(context: Context, clock: Clock, user_id: str, label: str, *, organization_id: int | None = None) -> None:
    """Somebody in Slack connects, and Toggl calls them `label`."""
    track = context.track
    assert track is not None
    async with context.store.writing() as db:
        account = await accounts.get_or_create(db, tenant_id="T1", team_id="T1", user_id=user_id, now=clock())
        await credentials.save(
            db, account_id=account.id, kind="focus_key", secret="x", label=label, fingerprint=label, now=clock()
        )
        await workspaces.save(
            db,
            account_id=account.id,
            organization_id=organization_id or track.organization_id or 0,
            name="",
            focus_id=track.workspace_id,
        )


async def who(context: Context, handle: str, toggl: ServedToggl) -> Receiver:
    person = next(person for person in toggl.world.state.people.values() if person.handle == handle)
    return (await receivers.directory(context)).people[person.id]


async def test_people_are_linked_by_address_whatever_they_are_called(
    people: People, toggl: ServedToggl, clock: Clock
) -> None:
    context = people("admin")
    await link(context, clock, "U1", "L. Brandt (LENA@nordlicht.example)")
    await link(context, clock, "U2", "emil@nordlicht.example")
    await link(context, clock, "U3", "Grace Kim")
    assert (await who(context, "lena", toggl)).slack_id == "U1"
    assert (await who(context, "emil", toggl)).slack_id == "U2"
    assert (await who(context, "grace", toggl)).slack_id == "U3"
    assert (await who(context, "tom", toggl)).slack_id is None


async def test_a_name_that_two_have_links_nobody(people: People, toggl: ServedToggl, clock: Clock) -> None:
    context = people("admin")
    next(person for person in toggl.world.state.people.values() if person.handle == "tom").name = "Grace Kim"
    await link(context, clock, "U3", "Grace Kim")
    assert (await who(context, "grace", toggl)).slack_id is None
    assert (await who(context, "tom", toggl)).slack_id is None


async def test_somebody_of_another_organization_is_nobody_here(
    people: People, toggl: ServedToggl, clock: Clock
) -> None:
    context = people("admin")
    await link(context, clock, "U1", "lena@nordlicht.example", organization_id=999)
    assert (await who(context, "lena", toggl)).slack_id is None


async def test_a_refused_credential_reaches_nobody(people: People, toggl: ServedToggl, clock: Clock) -> None:
    context = people("admin")
    label = "lena@nordlicht.example"
    await link(context, clock, "U1", label)
    async with context.store.writing() as db:
        account = await accounts.find(db, tenant_id="T1", user_id="U1")
        assert account is not None
        await credentials.mark_refused(db, account_id=account.id, fingerprint=label, now=clock())
    assert (await who(context, "lena", toggl)).slack_id is None


async def test_who_is_reached_is_counted_once_and_the_deactivated_not_at_all(
    people: People, toggl: ServedToggl, clock: Clock
) -> None:
    """Somebody may be meant by name and through a group."""
    context = people("admin")
    await link(context, clock, "U1", "lena@nordlicht.example")
    directory = await receivers.directory(context)
    lena = await who(context, "lena", toggl)
    viktor = next(person for person in toggl.world.state.people.values() if person.handle == "viktor")
    [design] = [circle.id for circle in directory.circles.values() if lena in circle.people]
    reach = directory.reach([lena.id, viktor.id, 1], [design, 2])
    assert (reach.linked, reach.total) == ((lena,), 4)
    assert viktor.id not in directory.people
    assert [person.name for person in directory.named([viktor.id])] == [f"#{viktor.id}"]


async def test_suggestions_fit_names_addresses_and_groups_by_their_people(people: People) -> None:
    context = people("admin")
    assert [person.name for person in await receivers.suggest_people(context, "emil")] == ["Emil Sørensen"]
    assert len(await receivers.suggest_people(context, "")) == 12
    [circle] = await receivers.suggest_groups(context, "yuki lena")
    assert "Diego Ferrer" in {person.name for person in circle.people}
    assert len(await receivers.suggest_groups(context, "")) == 3
