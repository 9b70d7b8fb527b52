"""Finds the district, city or subdistrict written before a unit's name, and whether the unit can lie there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

from graph.names import core, cut_suffix, normalize
from loaders.names.forms import SUBDISTRICT, Unit

# 河南省河阳市涧东区青石桥… → 河南, 河阳, 涧东; the 区 of 社区 and the 市 of 市场 begin no name of a unit.
_AREAS = re.compile(
    r"^(?:([^省市区县]{2,8}?)(?:省|自治区))?(?:([^省市区县社]{2,8}?)市(?!场|政))?(?:([^省市区县社]{1,8}?)(?:区|县))?(?=..)"
)
_TOWN_TAIL = re.compile(r"^(?:街道办事处|街道党工委|街道办|街道|办事处|街办|镇|乡)")
_ALONE = {"社区", "居委会", "社区居委会", "居民委员会", "社区居民委员会"}
STREET_ID = "sub:"
# What stands behind a subdistrict says where in it: 东井街道（竖井社区）, 东井街道竖井社区.
_WITHIN = re.compile(r"(?<=..)(?:\(.*\)?|(?<=...)(?<=街道|事处|街办|道办)[、,/·-]?\w{1,12}(?:社区|居委会|委员会|村))$")
_STREET_ENDS = ("街道", "办事处", "街办", "街道办", "工委", "镇", "乡", "政府")


def street_core(name: str) -> str:
    """Return the comparable name of a subdistrict: 长宁路 for 长宁路街道办事处（筹） or 长宁路街道建设社区, 北山镇 for 北山镇人民政府."""
    whole = _WITHIN.sub("", normalize(name))
    stem, kind = cut_suffix(whole)
    return stem if kind in {"街道", "镇"} else whole


class Places:
    """The subdistricts and areas that a registry knows of."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units

    @cached_property
    def streets(self) -> frozenset[str]:
        """Return the cores of the subdistricts that units are or lie in."""
        own = {
            street_core(u.name)
            for u in self._units
            if (u.name.endswith(_STREET_ENDS) and u.is_street) or u.label == SUBDISTRICT
        }
        return frozenset(own | {self.street_of(u) for u in self._units if u.street} - {""})

    @cached_property
    def _lengths(self) -> list[int]:
        # Longest first, so that 青石桥东 is tried before 青石桥.
        return sorted({len(name) for name in self.streets}, reverse=True)

    @staticmethod
    def street_of(unit: Unit) -> str:
        """Return the core of the subdistrict that a unit lies in ('' where nobody said)."""
        return _street_key(unit.street) if unit.street else ""

    def split_street(self, name: str) -> tuple[str, str]:
        """Split 「青石桥街道青四社区」 into the subdistrict's core and the rest; '' where no known subdistrict leads."""
        for length in self._lengths:
            if len(name) > length and name[:length] in self.streets:
                rest = _TOWN_TAIL.sub("", name[length:])
                # A community may carry its street's name (长宁路社区 in 长宁路街道): nothing would be left of it.
                if rest and rest not in _ALONE:
                    return name[:length], rest
        return "", name

    def fit(self, areas: tuple[str, ...], unit: Unit) -> bool:
        """Tell whether a unit may lie in the given areas.

        Where its register names areas, all the given ones must be among them; else it is enough that some unit's register names one
        of them.
        """
        if unit.area:
            return all(area in unit.area for area in areas)
        return any(self._is_known(area) for area in areas)

    def _is_known(self, area: str) -> bool:
        known = self._known.get(area)
        if known is None:
            known = self._known[area] = area in self._everything
        return known

    @cached_property
    def _known(self) -> dict[str, bool]:
        return {}

    @cached_property
    def _everything(self) -> str:
        return "\n".join(f"{u.name}\n{u.area}" for u in self._units)


@lru_cache(maxsize=10_000)
def _street_key(street: str) -> str:
    return (
        core(street.removeprefix(STREET_ID)) if not street.endswith("镇") else normalize(street.removeprefix(STREET_ID))
    )


def split_areas(name: str) -> tuple[tuple[str, ...], str]:
    """Split 「河阳市涧东区青四社区」 into its areas (河阳, 涧东) and the rest; () where it begins with none."""
    found = _AREAS.match(name)
    if found is None or not found.end():
        return (), name
    return tuple(area for area in found.groups() if area), name[found.end() :]
