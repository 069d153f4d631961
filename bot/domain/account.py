"""What a person has linked: credentials, the products they open, and the Toggl workspaces found with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class Product(StrEnum):
    """Toggl's two products, each with its own API."""

    FOCUS = "Focus"
    TRACK = "Track"


class CredentialKind(StrEnum):
    """The three things people sign in to Toggl with."""

    FOCUS_KEY = "focus_key"
    TRACK_TOKEN = "track_token"  # noqa: S105 (the name of a kind)
    PASSWORD = "password"  # noqa: S105 (the name of a kind)

    @property
    def products(self) -> frozenset[Product]:
        """What it opens: a key of one product does not work on the other, a password works on both."""
        match self:
            case CredentialKind.FOCUS_KEY:
                return frozenset({Product.FOCUS})
            case CredentialKind.TRACK_TOKEN:
                return frozenset({Product.TRACK})
            case CredentialKind.PASSWORD:
                return frozenset(Product)


@dataclass(frozen=True, slots=True)
class LinkedWorkspace:
    """A Toggl workspace a person can use, with its id in each product that knows it.

    `id` is its row in the store; 0 while it is only found and not yet kept. `name` is empty where only Focus knows
    the workspace: Focus does not tell it.
    """

    organization_id: int
    name: str = ""
    focus_id: int | None = None
    track_id: int | None = None
    id: int = 0

    @property
    def numbers(self) -> frozenset[int]:
        """Its ids in Toggl."""
        return frozenset(number for number in (self.focus_id, self.track_id) if number is not None)

    @property
    def products(self) -> frozenset[Product]:
        """The products that know it."""
        numbers = {Product.FOCUS: self.focus_id, Product.TRACK: self.track_id}
        return frozenset(product for product, number in numbers.items() if number is not None)

    def completes(self, other: LinkedWorkspace) -> bool:
        """Whether each is known to one product only, the two to different ones, within one organization."""
        return self.organization_id == other.organization_id and self.products ^ other.products == frozenset(Product)

    def same_as(self, other: LinkedWorkspace) -> bool:
        """Whether both mean one workspace: a number that both products gave out within one organization."""
        return self.organization_id == other.organization_id and bool(self.numbers & other.numbers)

    def joined(self, other: LinkedWorkspace) -> LinkedWorkspace:
        """The workspace with what `other` knows of it; what `other` says is newer."""
        return replace(
            self,
            name=other.name or self.name,
            focus_id=other.focus_id or self.focus_id,
            track_id=other.track_id or self.track_id,
            id=self.id or other.id,
        )


@dataclass(frozen=True, slots=True)
class Identity:
    """Who Toggl says the credential belongs to; empty where it does not tell."""

    name: str = ""
    email: str = ""

    @property
    def label(self) -> str:
        """For example `Ann Admin (ann@nordlicht.example)`; empty where nothing is known."""
        return f"{self.name} ({self.email})" if self.name and self.email else self.name or self.email

    @classmethod
    def read(cls, label: str) -> Identity:
        """Who a `label` names; what is no name with an address behind it is one or the other."""
        name, _, email = label.removesuffix(")").rpartition(" (") if label.endswith(")") else ("", "", label)
        if "@" not in email:
            return cls(name=label)
        return cls(name, email)


@dataclass(frozen=True, slots=True)
class LinkedCredential:
    """A stored credential, without its secret."""

    kind: CredentialKind
    label: str
    fingerprint: str
    """What tells it from others and shows nothing of it; its calls are counted under it."""
    since: datetime
    refused_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Allowance:
    """What Toggl last said is left of the hourly calls."""

    remaining: int
    resets_at: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """Everything a person has linked."""

    credentials: tuple[LinkedCredential, ...] = ()
    workspaces: tuple[LinkedWorkspace, ...] = ()
    chosen: LinkedWorkspace | None = None
    allowance: Allowance | None = None

    @property
    def label(self) -> str:
        """Who the person is in Toggl, as far as any of the credentials tells."""
        return next((credential.label for credential in self.credentials if credential.label), "")

    @property
    def products(self) -> frozenset[Product]:
        """The products that a credential opens which Toggl has not refused since."""
        return frozenset(
            product
            for credential in self.credentials
            if credential.refused_at is None
            for product in credential.kind.products
        )

    @property
    def refused(self) -> bool:
        """Whether Toggl refused one of the credentials."""
        return any(credential.refused_at is not None for credential in self.credentials)

    def find_credential(self, product: Product) -> LinkedCredential | None:
        """The credential that is used for `product`: one made for it alone before one for both."""
        usable = (one for one in self.credentials if one.refused_at is None and product in one.kind.products)
        return min(usable, key=lambda one: len(one.kind.products), default=None)

    @property
    def missing(self) -> tuple[Product, ...]:
        """The products that nothing opens yet."""
        return tuple(product for product in Product if product not in self.products)


def join_workspaces(known: Sequence[LinkedWorkspace], found: Iterable[LinkedWorkspace]) -> tuple[LinkedWorkspace, ...]:
    """All workspaces, each once, whichever product told of it, in the order in which they became known.

    Nobody documents whether the products share their numbers. So two of them are one workspace where the numbers agree
    within an organization, or where each is the only one that its product knows there.
    """
    everything = list(known)
    for workspace in found:
        place = next((place for place, other in enumerate(everything) if other.same_as(workspace)), None)
        if place is None:
            everything.append(workspace)
        else:
            everything[place] = everything[place].joined(workspace)
    return tuple(_pair_the_only_ones(everything))


def _pair_the_only_ones(workspaces: Sequence[LinkedWorkspace]) -> list[LinkedWorkspace]:
    paired = list(workspaces)
    for organization_id in {workspace.organization_id for workspace in workspaces}:
        here = [workspace for workspace in workspaces if workspace.organization_id == organization_id]
        in_focus = [workspace for workspace in here if workspace.focus_id is not None]
        in_track = [workspace for workspace in here if workspace.track_id is not None]
        if len(in_focus) == len(in_track) == 1 and in_focus[0] is not in_track[0]:
            first, second = sorted((in_focus[0], in_track[0]), key=here.index)
            paired[paired.index(first)] = first.joined(second)
            paired.remove(second)
    return paired
