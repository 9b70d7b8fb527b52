"""Names in cells → units: by identifier, exact name, declared alias, core name; anything less is a suggestion, never a merge.

registry = Registry.of(frame)          # id, label, name, aliases, street
registry.resolve("中信重机党委")        # Resolution(id="uscc:…", label="Enterprise", …)
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from graph.names import STREET_SUFFIXES, bare, core, is_masked, legal_marks, normalize, split_party_body, strip_suffix
from loaders.similarity import NameIndex

# 河南省河阳市涧东区青石桥… → 青石桥…; the 区 of 社区 is no district.
_AREA_PREFIX = re.compile(
    r"^(?:[^省市区县]{1,8}(?:省|自治区))?(?:[^省市区县社]{1,8}市)?(?:[^省市区县社]{1,8}(?:区|县))?(?=..)"
)
_TOWN_TAIL = re.compile(r"^(?:街道办事处|街道党工委|街道|办事处|街办|镇|乡)")


@dataclass(frozen=True)
class Resolution:
    """What a name stands for: an id and label when sure, else a problem code and up to three suggestions."""

    id: str | None
    label: str = ""
    code: str = ""
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unit:
    """A unit that names may stand for."""

    id: str
    label: str
    name: str
    aliases: tuple[str, ...] = ()
    street: str = ""


@dataclass(frozen=True)
class Registry:
    """The units known, and every comparable form of their names."""

    units: Sequence[Unit]
    decided: Mapping[str, str] = field(default_factory=dict)  # normalised name → unit id, by a person's decision
    barred: frozenset[tuple[str, str]] = frozenset()  # (normalised name, unit id) that a person said are different

    @classmethod
    def of(cls, frame: pl.DataFrame) -> Registry:
        """Return the registry of a frame with id, name and, where known, label, aliases, street."""
        filled = frame.with_columns(
            pl.lit(default).alias(name)
            for name, default in (("label", "Enterprise"), ("street", ""))
            if name not in frame.columns
        )
        if "aliases" not in filled.columns:
            filled = filled.with_columns(aliases=pl.lit([], pl.List(pl.String)))
        rows = filled.select("id", "label", "name", "aliases", "street").iter_rows()
        return cls([Unit(i, label, name, tuple(a or ()), street or "") for i, label, name, a, street in rows])

    @cached_property
    def by_id(self) -> dict[str, Unit]:
        """Return the units by id."""
        return {u.id: u for u in self.units}

    @cached_property
    def streets(self) -> dict[str, str]:
        """Return the cores of subdistrict names with their ids."""
        return {core(u.name): u.id for u in self.units if u.label == "Subdistrict"}

    @cached_property
    def _street_lengths(self) -> list[int]:
        # Longest first, so that 青石桥东 is tried before 青石桥.
        return sorted({len(name) for name in self.streets}, reverse=True)

    @cached_property
    def _forms(self) -> tuple[dict[str, set[str]], ...]:
        exact, alias, cores = defaultdict(set), defaultdict(set), defaultdict(set)
        for unit in self.units:
            exact[normalize(unit.name)].add(unit.id)
            cores[core(unit.name)].add(unit.id)
            for other in unit.aliases:
                alias[normalize(other)].add(unit.id)
        return exact, alias, cores

    @cached_property
    def _bares(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for unit in self.units:
            if unit.label not in {"Community", "Subdistrict"}:
                found[bare(unit.name)].add(unit.id)
        return found

    @cached_property
    def _communities(self) -> dict[tuple[str, str], set[str]]:
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for unit in self.units:
            if unit.label == "Community":
                short = self._community_core(unit.name)
                for street in {unit.street, ""}:
                    found[street, short].add(unit.id)
        return found

    def _community_core(self, name: str) -> str:
        street, rest = self.split_street(normalize(name))
        return core(rest) if street and len(rest) > 1 else core(name)

    def split_street(self, name: str) -> tuple[str, str]:
        """Split 「青石桥街道青四社区」 into the subdistrict's id and the rest; '' where no known subdistrict leads."""
        for length in self._street_lengths:
            street = self.streets.get(name[:length]) if len(name) > length else None
            if street:
                rest = _TOWN_TAIL.sub("", name[length:])
                # A community may carry its street's name (长宁路社区 in 长宁路街道): nothing would be left of it.
                if rest and rest not in {"社区", "居委会", "社区居委会"}:
                    return street, rest
        return "", name

    def resolve(self, mention: str, labels: Iterable[str] = ()) -> Resolution:
        """Return the unit that a name stands for; only units of `labels` (all if empty) count."""
        name = normalize(mention)
        if name in self.decided:
            return self._found(self.decided[name])
        if is_masked(mention):
            return Resolution(None, code="unit.masked")
        allowed = frozenset(labels)
        host = split_party_body(mention)[0]
        for form in dict.fromkeys((name, host)):
            ids = self._matches(form, allowed) - {unit for barred, unit in self.barred if barred == name}
            if len(ids) == 1:
                return self._found(next(iter(ids)))
            if ids:
                return Resolution(None, code="unit.ambiguous", suggestions=self._names(sorted(ids)[:3]))
        return Resolution(None, code="unit.unknown", suggestions=self.suggest(host, allowed))

    def suggest(self, name: str, labels: Iterable[str] = (), limit: int = 3) -> tuple[str, ...]:
        """Return the names of the units most like `name`, best first."""
        allowed = frozenset(labels)
        ranked = self._index.rank(name, limit * 4)
        return self._names([i for i, _ in ranked if not allowed or self.by_id[i].label in allowed][:limit])

    @cached_property
    def _index(self) -> NameIndex:
        return NameIndex([(u.id, (u.name, *u.aliases)) for u in self.units])

    def _matches(self, name: str, allowed: frozenset[str]) -> set[str]:
        def keep(ids: set[str]) -> set[str]:
            return {i for i in ids if not allowed or self.by_id[i].label in allowed}

        exact, alias, cores = self._forms
        for ids in (
            keep(exact.get(name, set())),
            keep(alias.get(name, set())),
            self._by_core(name, keep(cores.get(core(name), set()))),
        ):
            if ids:
                return ids
        if not allowed or "Community" in allowed:
            ids = self._match_community(name)
            if ids:
                return ids
        return keep(self._match_relative(name))

    def _by_core(self, name: str, ids: set[str]) -> set[str]:
        # Two communities of one name in two streets share a core: the street decides, or a person.
        street, _ = self.split_street(name)
        narrowed = {i for i in ids if self.by_id[i].street == street} if street else ids
        return narrowed or ids

    def _match_community(self, name: str) -> set[str]:
        local = _AREA_PREFIX.sub("", name)
        for text in dict.fromkeys((name, local)):
            street, rest = self.split_street(text)
            ids = (
                self._communities.get((street, core(rest)), set())
                if street
                else self._communities.get(("", core(text)), set())
            )
            if ids:
                return ids
        return set()

    def _match_relative(self, name: str) -> set[str]:
        """Match a short form without legal words (河阳中信重型机器) to the only unit that it can mean."""
        ids = self._bares.get(bare(name), set())
        # A full legal name that differs is another company; 集团 never stands for 股份; relatives of one bare name are asked.
        if len(ids) != 1 or name.endswith("公司"):
            return ids if len(ids) > 1 else set()
        unit = self.by_id[next(iter(ids))]
        return ids if legal_marks(name) <= legal_marks(unit.name) else set()

    def _found(self, unit_id: str) -> Resolution:
        unit = self.by_id.get(unit_id)
        return Resolution(unit.id, unit.label) if unit else Resolution(None, code="unit.unknown")

    def _names(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.by_id[i].name for i in ids)


def street_core(name: str) -> str:
    """Return the comparable name of a subdistrict: 长宁路 for 长宁路街道办事处."""
    return strip_suffix(normalize(name), STREET_SUFFIXES)


def match_names(names: Sequence[str], registry: pl.DataFrame) -> pl.DataFrame:
    """Return up to three units of a registry for each name, with a verdict.

    `registry` has id and name and, where known, aliases (list), area (or street), kind (or label). The answer has name, rank,
    candidate_id, candidate, score in [0, 1] and verdict: `same` is what a load would merge by itself, `ask` a suggestion to
    review, `none` no candidate.
    """
    renamed = registry.rename(
        {old: new for old, new in (("area", "street"), ("kind", "label")) if old in registry.columns}
    )
    known = Registry.of(renamed)
    rows: list[tuple[str, int, str | None, str | None, float, str]] = []
    for name in names:
        sure = known.resolve(name)
        ranked = [(i, s) for i, s in known._index.rank(split_party_body(name)[0], 4) if i != sure.id]
        if sure.code == "unit.masked":
            ranked = []
        if sure.id:
            rows.append((name, 1, sure.id, known.by_id[sure.id].name, 1.0, "same"))
        start = 2 if sure.id else 1
        rows += [
            (name, rank, i, known.by_id[i].name, round(s, 4), "ask")
            for rank, (i, s) in enumerate(ranked[: 4 - start], start)
        ]
        if not sure.id and not ranked:
            rows.append((name, 1, None, None, 0.0, "none"))
    schema = {
        "name": pl.String,
        "rank": pl.Int64,
        "candidate_id": pl.String,
        "candidate": pl.String,
        "score": pl.Float64,
        "verdict": pl.String,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")
