"""What there is in a planned district: its units, members, venues, uses and agreements, before an office has written it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loaders.district.wordings import WordedNeed, WordedOffer

AS_OF = date(2026, 6, 30)


@dataclass(frozen=True)
class Sizes:
    """How many enterprises, communities, members and venues a synthetic district has."""

    enterprises: int = 17
    communities: int = 24
    members: int = 560
    venues: int = 33


@dataclass(frozen=True)
class Community:
    """A community; `needs` are services."""

    name: str
    street: int
    code: str
    households: int
    party_members: int
    lon: float
    lat: float
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Enterprise:
    """An enterprise; `offers` are services, `homes` the communities where its members live, with weights."""

    name: str
    short: str
    industry: str
    uscc: str
    ownership: str
    street: int
    employees: int
    party_members: int
    lon: float
    lat: float
    offers: tuple[str, ...]
    homes: tuple[tuple[int, int], ...]
    silent: bool = False  # it stands in the list of units, and in nothing else


@dataclass(frozen=True)
class Member:
    """A member, with everything that must not be kept."""

    name: str
    number: str
    phone: str
    employer: int
    community: int
    branch: str
    skill: str
    joined: date
    stage: str
    retired: bool


@dataclass(frozen=True)
class Venue:
    """A venue; `owner` is (side, number), `status` the class that a question must find."""

    name: str
    kind: str
    owner: tuple[str, int]
    street: int
    status: str


@dataclass(frozen=True)
class Use:
    """One use of a venue."""

    day: date
    hours: str
    venue: int
    user: tuple[str, int]


@dataclass(frozen=True)
class Agreement:
    """An agreement of a community and an enterprise, and the days of what they did together."""

    number: str
    community: int
    enterprise: int
    signed: date
    term: str
    content: tuple[str, ...]
    activities: tuple[date, ...]
    planned: bool = False  # drafted, and not signed


@dataclass(frozen=True)
class PlannedDistrict:
    """Everything that is true of a synthetic district: its streets, units, members, venues, uses and agreements."""

    streets: tuple[str, ...]
    communities: tuple[Community, ...]
    enterprises: tuple[Enterprise, ...]
    members: tuple[Member, ...]
    venues: tuple[Venue, ...]
    uses: tuple[Use, ...]
    agreements: tuple[Agreement, ...]
    obvious: tuple[tuple[int, int], ...]
    needs: tuple[WordedNeed, ...]
    offers: tuple[WordedOffer, ...]

    @property
    def reporting(self) -> list[int]:
        """The enterprises that report what they have and want."""
        return [i for i, firm in enumerate(self.enterprises) if not firm.silent]

    @property
    def unit_names(self) -> list[str]:
        """The full names of all enterprises and communities."""
        return [*(e.name for e in self.enterprises), *(c.name for c in self.communities)]
