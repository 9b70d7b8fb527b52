"""Who asks, and what they may see: a required argument of every question."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, replace

from graph.access import OwnUnitError, Role, Token, check_role
from graph.people import round_down

__all__ = ["Role", "Scope"]


@dataclass(frozen=True)
class Scope:
    """The asker: a name for the record, a role, and the unit or the area (a subdistrict, by its id) to which it is limited.

    `own` are the ids of that unit, or of the area and its units; `see` (queries/reading/sight.py) fills them in.
    """

    user: str
    role: Role
    unit_id: str = ""
    area_id: str = ""
    own: frozenset[str] = field(default=frozenset(), compare=False)

    @classmethod
    def of(cls, token: Token) -> Scope:
        """Return the scope that a token gives."""
        return cls(token.name, token.role, token.unit, token.area)

    @property
    def key(self) -> Hashable:
        """Return everything on which an answer depends, for caches: all but the name."""
        return self.role, self.unit_id, self.area_id

    @property
    def is_limited(self) -> bool:
        """Tell whether the asker sees people of one unit or one area only."""
        return bool(self.unit_id or self.area_id)

    @property
    def sees_members(self) -> bool:
        """Tell whether exact numbers of members may be shown (analyst and steward of the district)."""
        return self.role in {"analyst", "steward"} and not self.is_limited

    def sees_members_of(self, unit_id: str) -> bool:
        """Tell whether exact numbers of this unit's own members may be shown (its officer's, too)."""
        own = self.own or {self.unit_id}
        return self.sees_members or (self.role != "viewer" and unit_id != "" and unit_id in own)

    def count(self, members: int) -> int | None:
        """Return a number of people as this scope may see it: exact, or None below five and rounded down to fives."""
        return members if self.sees_members else round_down(members)

    @property
    def as_anybody(self) -> Scope:
        """Return the asker as one who sees numbers of people no better than anybody: for answers that are the same for every role."""
        return replace(self, role="viewer")

    def need_own(self, role: Role, units: Iterable[str]) -> None:
        """Refuse what needs a higher role, and where the asker is limited, what concerns no own unit."""
        self.need(role)
        if self.is_limited and not self.own & set(units):
            raise OwnUnitError

    def need(self, role: Role) -> None:
        """Refuse what needs a higher role than the asker has."""
        check_role(self.role, role)
