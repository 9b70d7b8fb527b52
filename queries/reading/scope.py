"""Who asks, and what they may see: a required argument of every question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["viewer", "officer", "analyst", "steward"]
K_ANONYMITY = 5  # no count of people below this leaves the product for a role that may not see member rows


@dataclass(frozen=True)
class Scope:
    """The asker: a name for the record, a role, and for a unit officer the unit's id."""

    user: str
    role: Role
    unit_id: str = ""

    @property
    def sees_members(self) -> bool:
        """Tell whether exact numbers of members may be shown (analyst and steward: district level)."""
        return self.role in {"analyst", "steward"}

    def sees_members_of(self, unit_id: str) -> bool:
        """Tell whether exact numbers of this unit's own members may be shown (its officer's, too)."""
        return self.sees_members or (self.role == "officer" and self.unit_id == unit_id != "")

    def count(self, members: int) -> int | None:
        """Return a number of people as this scope may see it: exact, or None below five and rounded down to fives."""
        return members if self.sees_members else round_down(members)


def round_down(members: int) -> int | None:
    """Return a number of people as everybody may see it: None below five, else rounded down to fives."""
    return None if members < K_ANONYMITY else members - members % K_ANONYMITY


def suppress(counts: dict[str, int]) -> dict[str, int | None]:
    """Return counts that add up to something known, as everybody may see them.

    Where exactly one is below five, the next smallest is withheld too: else it could be had by subtraction.
    """
    shown = {name: round_down(number) for name, number in counts.items()}
    withheld = [name for name, number in counts.items() if 0 < number < K_ANONYMITY]
    rest = sorted((number, name) for name, number in counts.items() if shown[name] is not None)
    if len(withheld) == 1 and rest:
        shown[rest[0][1]] = None
    return shown
