"""Who is reminded or told: people and groups by Track's numbers, and who of them the bot reaches in Slack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.domain.projects import NUMBER


@dataclass(frozen=True, slots=True)
class Receiver:
    """A person in the workspace. `id` is Track's number of the person; `slack_id` is None where nobody linked them."""

    id: int
    name: str
    email: str = ""
    slack_id: str | None = None


@dataclass(frozen=True, slots=True)
class Circle:
    """A group, by its number and who is in it: Toggl lists no names of groups."""

    id: int
    people: tuple[Receiver, ...] = ()

    @property
    def name(self) -> str:
        """Its number."""
        return NUMBER.format(id=self.id)


@dataclass(frozen=True, slots=True)
class Reach:
    """Everybody who is meant, each once: those `linked` here, and the `others`, by name."""

    linked: tuple[Receiver, ...] = ()
    others: tuple[Receiver, ...] = ()

    @property
    def total(self) -> int:
        """How many are meant."""
        return len(self.linked) + len(self.others)


@dataclass(frozen=True, slots=True)
class Directory:
    """The active people of a workspace and their groups, by number."""

    people: Mapping[int, Receiver] = field(default_factory=dict)
    circles: Mapping[int, Circle] = field(default_factory=dict)

    def named(self, user_ids: Iterable[int]) -> tuple[Receiver, ...]:
        """The people of these numbers, by name; one who is not among the active ones goes by the number."""
        found = [self.people.get(number) or Receiver(number, NUMBER.format(id=number)) for number in user_ids]
        return tuple(sorted(found, key=lambda person: person.name.casefold()))

    def grouped(self, group_ids: Iterable[int]) -> tuple[Circle, ...]:
        """The groups of these numbers; one of which nobody is known is empty."""
        return tuple(self.circles.get(number) or Circle(number) for number in group_ids)

    def reach(self, user_ids: Iterable[int], group_ids: Iterable[int]) -> Reach:
        """Who of the active people among these, and in these groups, can be reached in Slack."""
        meant = {number: self.people[number] for number in user_ids if number in self.people}
        meant |= {person.id: person for circle in self.grouped(group_ids) for person in circle.people}
        everybody = sorted(meant.values(), key=lambda person: person.name.casefold())
        return Reach(
            linked=tuple(person for person in everybody if person.slack_id),
            others=tuple(person for person in everybody if not person.slack_id),
        )
