"""Lookup tables of units by every comparable form of their names: exact, alias, core, related companies, Party bodies."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from graph.names import (
    bare,
    bare_core,
    cut_plain,
    cut_suffix,
    normalize,
    split_brackets,
    split_branch,
    split_party_body,
    unbracket,
)
from graph.schema.organizations import Community, Subdistrict
from loaders.names import name_figures as figures
from loaders.names.distinguishing import tells_apart

# Words that units are told apart by in a register of them, whichever language or letter case it is written in.
COMMUNITY, SUBDISTRICT = Community.label, Subdistrict.label
_LABELS = {"社区": COMMUNITY, "村": COMMUNITY, "街道": SUBDISTRICT, "镇": SUBDISTRICT}
_PLACES = frozenset(_LABELS)
_BODY_ENDS = ("党委", "总支", "支部", "党组", "工委", "委员会")
_WORDLESS_NEVER = 99


@dataclass(frozen=True)
class Alias:
    """A name that a unit had or has: from and until a day, both included; None leaves an end open."""

    name: str
    start: date | None = None
    end: date | None = None

    def holds(self, day: date | None) -> bool:
        """Tell whether the unit had the name on a day; on a day that is not known, it may have had it."""
        return day is None or ((self.start is None or self.start <= day) and (self.end is None or day <= self.end))


class Unit(NamedTuple):  # a registry has hundreds of thousands
    """A unit that names may stand for.

    `area` is the place that its register says it lies in, where that is no subdistrict; `code` its credit code, where the id is
    not made of it.
    """

    id: str
    label: str
    name: str
    aliases: tuple[str, ...] = ()
    street: str = ""
    area: str = ""
    code: str = ""

    @property
    def kind(self) -> str:
        """Return what the name says the unit is: 社区, 村, 街道, 镇, 公司, 有限公司 or ''."""
        return cut_suffix(self.name)[1]

    @property
    def street_name(self) -> str:
        """Return the name of the street that it lies in; '' where nobody said."""
        short = self.street.removeprefix("sub:")
        return short if not short or short.endswith(("镇", "乡", "街道")) else f"{short}街道"

    @property
    def is_community(self) -> bool:
        """Tell whether the unit is a community or village, by its label or, where that is none of ours, by its name."""
        return self.label == COMMUNITY or _LABELS.get(self.kind) == COMMUNITY

    @property
    def is_street(self) -> bool:
        """Tell whether the unit is a subdistrict or town."""
        return self.label == SUBDISTRICT or _LABELS.get(self.kind) == SUBDISTRICT


def body_key(name: str) -> tuple[str, str, str]:
    """Return the host's core, the kind and the ordinal of a Party body's name (一拖三支部 → 一拖, 党支部, 第3); '' kind for others."""
    host, ordinal = split_branch(name)
    if host != normalize(name):
        return cut_suffix(host)[0], "党支部", ordinal
    host, kind = split_party_body(name)
    return cut_suffix(host)[0], kind, ""


class NameForms:
    """Lookup tables from every form of a unit's name (exact, alias, core, Party body) to the units that have it."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units

    @cached_property
    def names(self) -> list[str]:
        """Return the registered names as comparable texts, in the order of the units."""
        return [unbracket(u.name) for u in self.units]

    @cached_property
    def cut(self) -> list[tuple[str, str]]:
        """Return the core and the kind word of each unit's registered name, in the order of the units."""
        return [cut_plain(name) for name in self.names]

    @cached_property
    def communities(self) -> list[int]:
        """Return the positions of communities and villages."""
        return [i for i, (_, kind) in enumerate(self.cut) if kind in {"社区", "村"} or self.units[i].label == COMMUNITY]

    @cached_property
    def _aliases(self) -> list[tuple[int, str]]:
        told = [(i, unbracket(a)) for i, u in enumerate(self.units) if u.aliases for a in u.aliases]
        places = ((i, u.name) for i, u in enumerate(self.units) if u.name.endswith((")", "）")) and u.is_community)
        return told + [(i, plain) for i, name in places if (plain := _without_remark(name))]

    @cached_property
    def exact(self) -> CharacterPlaces:
        """Return the positions of units by registered name, as a comparable text."""
        return CharacterPlaces(self.names, range(len(self.units)))

    @cached_property
    def aliases(self) -> CharacterPlaces:
        """Return the positions of units by each of their other names."""
        return CharacterPlaces([a for _, a in self._aliases], [i for i, _ in self._aliases])

    @cached_property
    def cores(self) -> CharacterPlaces:
        """Return the positions of units by the core of their registered name."""
        return CharacterPlaces([core for core, _ in self.cut], range(len(self.units)))

    @cached_property
    def alias_cores(self) -> CharacterPlaces:
        """Return the positions of units by the core of each of their other names."""
        return CharacterPlaces([cut_suffix(a)[0] for _, a in self._aliases], [i for i, _ in self._aliases])

    @cached_property
    def bares(self) -> CharacterPlaces:
        """Return a lookup of units (without places) by their name's core without 集团, 股份 and 中国."""
        at = [i for i, (_, kind) in enumerate(self.cut) if kind not in _PLACES]
        return CharacterPlaces([bare_core(self.cut[i][0]) for i in at], at)

    @cached_property
    def bodies(self) -> dict[tuple[str, str, str], list[int]]:
        """Return the positions of Party bodies by host, kind and ordinal."""
        found: dict[tuple[str, str, str], list[int]] = {}
        for i, name in enumerate(self.names):
            if name.endswith(_BODY_ENDS) and (key := body_key(name))[1]:
                found.setdefault(key, []).append(i)
        return found

    def by_name(self, name: str) -> list[int]:
        """Return the units of exactly this registered name."""
        return self.exact.get(name)

    def by_alias(self, name: str) -> list[int]:
        """Return the units that have the given alias, with or without a plain 公司 at its end."""
        found = self.aliases.get(name)
        stem, kind = cut_suffix(name)
        # 洛轴有限公司 may well be another company than the one that goes by 洛轴.
        return found or self._of_kind(self.alias_cores.get(stem), stem, kind, _WORDLESS_NEVER)

    def by_core(self, name: str) -> list[int]:
        """Return the units whose registered name has the core of `name` and is not of another kind."""
        stem, kind = cut_suffix(name)
        return self._of_kind(self.cores.get(stem), stem, kind, figures.WORDLESS_FROM)

    def begins(self, name: str) -> int:
        """Return how many registered names begin with `name`."""
        return bisect_left(self._sorted, f"{name}\uffff") - bisect_left(self._sorted, name)

    def relatives(self, name: str) -> list[int]:
        """Return the units whose names differ only by 集团, 股份, 公司 or 中国, which is never enough to merge them."""
        return self.bares.get(bare(name))

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.exact)

    def _of_kind(self, found: list[int], stem: str, kind: str, wordless_from: int) -> list[int]:
        same = [i for i in found if any(_same_kind(kind, k, stem, wordless_from) for k in self._kinds(i, stem))]
        # A name without a legal word (东方红拖拉机) is any of the relatives that share it: the group, the listed company.
        return sorted({*same, *self.bares.get(stem)}) if same and not kind else same

    def _kinds(self, i: int, stem: str) -> list[str]:
        cut = (cut_suffix(name) for name in (self.units[i].name, *self.units[i].aliases))
        return [kind for core, kind in cut if core == stem]


def _without_remark(name: str) -> str:
    """Return a place's name without what its brackets add, 北一社区 of 北一社区(老厂片); '' where they tell it from another one (东区)."""
    plain, inner = split_brackets(name)
    return plain if inner and not any(map(tells_apart, inner)) else ""


def _same_kind(asked: str, known: str, stem: str, wordless_from: int) -> bool:
    """Tell whether a name of kind `asked` may be a spelling of a name of kind `known` that has the same core."""
    if asked == known or not asked:
        return True
    if asked == "公司":
        return known in {"有限公司", ""}
    return asked == "有限公司" and (known == "公司" or (not known and len(stem) >= wordless_from))


class CharacterPlaces:
    """A memory-saving lookup from a text to the positions that have it, for texts that are nearly all distinct."""

    def __init__(self, keys: Sequence[str], positions: Sequence[int]) -> None:
        self._one = dict(zip(keys, positions, strict=True))
        self._many: dict[str, list[int]] = {}
        if len(self._one) < len(keys):
            repeated = {key for key, times in Counter(keys).items() if times > 1}
            for key, position in zip(keys, positions, strict=True):
                if key in repeated:
                    self._many.setdefault(key, []).append(position)

    def __iter__(self) -> Iterator[str]:
        return iter(self._one)

    def get(self, key: str) -> list[int]:
        """Return the positions of a key, ascending and without repeats."""
        many = self._many.get(key)
        if many is not None:
            return sorted(set(many))
        return [self._one[key]] if key in self._one else []
