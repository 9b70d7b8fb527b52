"""Who asks, and what they may see: a required argument of every question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.people import round_down

Role = Literal["viewer", "officer", "analyst", "steward"]


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

    @property
    def as_anybody(self) -> Scope:
        """Return the asker as one who sees numbers of people no better than anybody: for answers that are the same for every role."""
        return Scope(self.user, "viewer")
