"""Finds the units that a name certainly means: by registered name, alias, core, or place; several where they share it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

from graph.names import cut_suffix, legal_marks, unbracket
from loaders.names.forms import Alias, NameForms, Unit, body_key
from loaders.names.named_places import Places, split_areas

_ORDINALS = tuple("一二三四五六七八九十〇0123456789")


class Matcher:
    """Finds the units that comparable names may mean, among the units of a registry."""

    def __init__(
        self, units: Sequence[Unit], decided: Mapping[str, str], dated: Mapping[str, tuple[tuple[str, Alias], ...]]
    ) -> None:
        self.units, self._decided, self._dated = units, decided, dated
        self.forms = NameForms(units)
        self.places = Places(units)

    @cached_property
    def by_id(self) -> dict[str, Unit]:
        """Return the units by id."""
        return {u.id: u for u in self.units}

    def find_unit(self, unit_id: str) -> Unit | None:
        """Return the unit with an id, even with an older id that was made of the unit's name before its credit code was known."""
        known = self.by_id.get(unit_id)
        kind, _, text = unit_id.partition(":")
        if known is None and kind in {"ent", "ins"}:
            found = self.forms.cores.get(text)
            return self.units[found[0]] if len(found) == 1 else None
        return known

    @cached_property
    def _communities(self) -> dict[tuple[str, str, str], list[int]]:
        """Return communities by street ('' for any), core and kind (社区, 村)."""
        found: dict[tuple[str, str, str], list[int]] = {}
        for i in self.forms.communities:
            short, kind = self._place_name(self.forms.names[i])
            for street in {self.places.street_of(self.units[i]), ""}:
                found.setdefault((street, short, kind), []).append(i)
        return found

    def match(self, name: str, allowed: frozenset[str], day: date | None) -> list[str]:
        """Return the ids of units that a name without brackets may mean, from the first and surest kind of match that finds any."""
        if name in self._decided:
            return self._known([self._decided[name]])
        held = self._known(unit for unit, alias in self._dated.get(name, ()) if alias.holds(day))
        if held and day is not None:
            return held
        for positions in (self.forms.by_name(name), self.forms.by_alias(name), self._by_core(name, allowed)):
            ids = self.keep(positions, allowed)
            if ids or held:
                return held + [self.units[i].id for i in ids]
        return [self.units[i].id for i in self.keep(self._by_place(name), allowed)]

    def keep(self, positions: Iterable[int], allowed: frozenset[str]) -> list[int]:
        """Return the positions of units that are of an allowed label; all where none is named."""
        return [i for i in positions if not allowed or self.units[i].label in allowed]

    def _known(self, ids: Iterable[str]) -> list[str]:
        return [unit.id for unit in map(self.find_unit, ids) if unit is not None]

    def _by_core(self, name: str, allowed: frozenset[str]) -> list[int]:
        found = self.forms.by_core(name)
        if len(found) == 1 and not cut_suffix(name)[1] and self._is_open(name, self.units[found[0]], allowed):
            return []
        return found

    def _is_open(self, name: str, unit: Unit, allowed: frozenset[str]) -> bool:
        """Tell whether a name without a word that says what it is may be short for another unit than the one that has its core.

        幸福 may be a firm where 幸福社区 is the only unit known; 重二 is nothing else. 中国化工 is 中国化工有限责任公司, unless other
        names begin so.
        """
        if unit.is_community or unit.is_street:
            return allowed != {unit.label} and not name.endswith(_ORDINALS)
        if legal_marks(name) or cut_suffix(unit.name)[1] not in {"公司", "有限公司"}:
            return False
        return self.forms.begins(name) > self.forms.begins(unbracket(unit.name))

    def _by_place(self, name: str) -> list[int]:
        """Match a community with its subdistrict or areas before it."""
        areas, local = split_areas(name)
        for text, lies_in in ((name, ()), (local, areas)):
            street, rest = self.places.split_street(text)
            stem, kind = cut_suffix(rest)
            if not street and not lies_in:
                continue
            kinds = ("社区", "村") if street and not kind else (kind,)
            found = [i for k in kinds for i in self._communities.get((street, stem, k), ())]
            found = [i for i in found if not lies_in or self.places.fit(lies_in, self.units[i])]
            if found:
                return found
        return []

    def _place_name(self, name: str) -> tuple[str, str]:
        street, rest = self.places.split_street(name)
        stem, kind = cut_suffix(rest if street and len(rest) > 1 else name)
        return stem, kind if kind == "村" else "社区"

    def bodies(self, name: str) -> list[int]:
        """Return the Party bodies that a name means, also in short (一拖三支部 for 中国一拖集团有限公司第三党支部)."""
        host, kind, ordinal = body_key(name) if self.forms.bodies else ("", "", "")
        if not kind:
            return []
        units = self.match(host, frozenset(), None)
        unit = self.by_id[units[0]] if len(units) == 1 else None
        hosts = [host, *(cut_suffix(n)[0] for n in ((unit.name, *unit.aliases) if unit else ()))]
        return next((self.forms.bodies[h, kind, ordinal] for h in hosts if (h, kind, ordinal) in self.forms.bodies), [])
