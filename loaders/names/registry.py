"""Finds the unit that a name in a cell means, by identifier, decision, registered name, alias or core.

Anything less is a suggestion, never a merge.
registry = Registry.of(frame)          # id, name and, where known, label, aliases, street, area, uscc
registry.resolve("中信重机党委")        # Resolution(id="uscc:…", label="Enterprise", …)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import polars as pl

from graph.names import cut_suffix, is_masked, normalize, split_brackets, split_branch, split_party_body, unbracket
from graph.schema.organizations import Enterprise
from loaders.names import name_figures as figures
from loaders.names.credit_codes import CODE_LENGTH, find_codes
from loaders.names.distinguishing import tells_apart
from loaders.names.forms import Alias, Unit
from loaders.names.matching import Matcher
from loaders.names.named_places import split_areas
from loaders.names.scores import comparable, comparable_cut
from loaders.names.similarity import NameIndex

# Party bodies that stand for the unit whose name they bear; a branch or the body of a part (机关, 离退休) does not.
_OF_THE_WHOLE = frozenset({"党委", "党总支", "党支部", "党组", "党工委"})
MASKED, AMBIGUOUS, UNKNOWN = "unit.masked", "unit.ambiguous", "unit.unknown"


@dataclass(frozen=True)
class Resolution:
    """What a name stands for: an id and label when sure, else a problem code and up to three suggestions."""

    id: str | None
    label: str = ""
    code: str = ""
    suggestions: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()  # ids of the units that the suggestions name, or that an ambiguous name may mean


@dataclass(frozen=True)
class Registry:
    """The units known, and what people decided about names.

    `decided` gives a unit for a comparable name, at any time; `dated` the units that had a name in a period; `barred` the pairs
    of comparable name and unit that somebody said are different. Where the dated names of rows were `placed` before, those that
    are left are of another time, and only suggest.
    """

    units: Sequence[Unit]
    decided: Mapping[str, str] = field(default_factory=dict)
    barred: frozenset[tuple[str, str]] = frozenset()
    dated: Mapping[str, tuple[tuple[str, Alias], ...]] = field(default_factory=dict)
    placed: bool = False

    @classmethod
    def of(cls, frame: pl.DataFrame) -> Registry:
        """Return the registry of a frame with id, name and, where known, label, aliases, street, area, uscc."""
        blank = {name: pl.lit("") for name in ("street", "area", "uscc")}
        blank |= {"label": pl.lit(Enterprise.label), "aliases": pl.lit([], pl.List(pl.String))}
        filled = frame.with_columns(value.alias(name) for name, value in blank.items() if name not in frame.columns)
        columns = (pl.col("id").cast(pl.String), "label", "name", "aliases", "street", "area", "uscc")
        rows = filled.select(columns).iter_rows()
        return cls([_unit(*row) for row in rows if row[0] is not None and row[2]])

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self.units, self.decided, {} if self.placed else self.dated)

    @property
    def by_id(self) -> dict[str, Unit]:
        """Return the units by id."""
        return self._matcher.by_id

    @cached_property
    def _codes(self) -> dict[str, str]:
        spoken = ((u.id, text) for u in self.units for text in (u.id, u.code) if len(text) >= CODE_LENGTH)
        return {code: unit for unit, text in spoken for code in find_codes(text)}

    def resolve_many(
        self, mentions: Sequence[str], labels: Iterable[str] = (), days: Sequence[date | None] | None = None
    ) -> list[Resolution]:
        """Return what each of many names stands for, with suggestions for those that are not known."""
        allowed = frozenset(labels)
        found = [self.find(m, allowed, day) for m, day in zip(mentions, days or [None] * len(mentions), strict=True)]
        unknown = [i for i, one in enumerate(found) if one.code == UNKNOWN]
        ranked = self.rank_many([mentions[i] for i in unknown], allowed)
        for i, near in zip(unknown, ranked, strict=True):
            ids = tuple(unit for unit, _ in near)
            found[i] = replace(found[i], suggestions=self._names(ids), candidates=ids)
        return found

    def resolve(self, mention: str, labels: Iterable[str] = (), day: date | None = None) -> Resolution:
        """Return the unit that a name stands for on a day; only units of `labels` (all if empty) count."""
        return self.resolve_many([mention], labels, [day])[0]

    def rank_many(
        self, mentions: Sequence[str], labels: Iterable[str] = (), limit: int = figures.SUGGESTED
    ) -> list[list[tuple[str, float]]]:
        """Return the units most like each name, best first: (id, score in [0, 1]). What was decided to be different stays out."""
        allowed = frozenset(labels)
        asked = [split_party_body(m)[0] if not self._matcher.bodies(normalize(m)) else m for m in mentions]
        more = figures.LOOKED_AT if allowed or self.barred else 1  # some of them may not count
        ranked = self._index.rank_many(asked, limit * more) if asked else []
        return [self._admit(m, near, allowed)[:limit] for m, near in zip(mentions, ranked, strict=True)]

    def _admit(self, mention: str, near: list[tuple[str, float]], allowed: frozenset[str]) -> list[tuple[str, float]]:
        name = normalize(mention)
        return [
            (i, s) for i, s in near if (not allowed or self.by_id[i].label in allowed) and (name, i) not in self.barred
        ]

    @cached_property
    def _index(self) -> NameIndex:
        former: dict[str, list[str]] = {}
        for name, holders in self.dated.items():
            for unit, _ in holders:
                former.setdefault(unit, []).append(name)
        others = ((*u.aliases, *former.get(u.id, ())) for u in self.units)
        forms = zip(self.units, self._matcher.forms.cut, others, strict=True)
        return NameIndex([(u.id, (comparable_cut(*cut), *map(comparable, more))) for u, cut, more in forms])

    def timely(self, mention: str, day: date | None) -> str | None:
        """Return the unit that by decision had a name on a given day; without a day, the only unit that ever had the name."""
        host, kind = split_party_body(mention)
        name = normalize(mention) if kind not in _OF_THE_WHOLE or normalize(mention) in self.dated else host
        held = {unit for unit, alias in self.dated.get(name, ()) if alias.holds(day)}
        if day is None:
            held |= {i for i in (self.find(name).id,) if i}
        known = {unit.id for unit in map(self._matcher.find_unit, held) if unit is not None}
        return min(known) if len(known) == 1 else None

    def find(self, mention: str, labels: Iterable[str] = (), day: date | None = None) -> Resolution:
        """Return the unit that a name stands for, without the costly search for suggestions where it is unknown."""
        allowed = frozenset(labels)
        name = normalize(mention)
        if name in self.decided:
            return self._found(self.decided[name])
        if ":" in mention and mention in self.by_id:
            return self._found(mention)
        if is_masked(mention):
            return Resolution(None, code=MASKED)
        codes = find_codes(mention)
        if codes:
            return self._by_code(mention, codes, allowed, day)
        return self._settle(self._mean(name, allowed, day), name) or self._relatives(name, allowed)

    def _settle(self, ids: list[str], name: str) -> Resolution | None:
        """Return the one unit that is meant, or the several that a person has to choose from; None where there is none."""
        ids = [i for i in dict.fromkeys(ids) if (name, i) not in self.barred]
        if len(ids) == 1:
            return self._found(ids[0])
        return self._ambiguous(ids) if ids else None

    def _ambiguous(self, ids: list[str]) -> Resolution:
        return Resolution(
            None, code=AMBIGUOUS, suggestions=self._names(ids[: figures.SUGGESTED]), candidates=tuple(ids)
        )

    def _mean(self, name: str, allowed: frozenset[str], day: date | None) -> list[str]:
        """Return the units that a comparable name may mean for sure: one is it, several have to be told apart by a person."""
        host, kind = split_party_body(name)
        for form in dict.fromkeys((name, host)):
            if form != name and (kind not in _OF_THE_WHOLE or split_branch(name)[1] or self._matcher.bodies(name)):
                break
            ids = self._in_brackets(form, allowed, day)
            if ids:
                return ids
        return [self.units[i].id for i in self._matcher.keep(self._matcher.bodies(name), allowed)]

    def _in_brackets(self, name: str, allowed: frozenset[str], day: date | None) -> list[str]:
        """Match a name as a whole; else what stands outside of its brackets, if nothing inside says something else."""
        ids = self._matcher.match(unbracket(name), allowed, day)
        outer, inner = split_brackets(name)
        if ids or not inner or not outer:
            return ids
        for spoken, others in ((outer, inner), *((part, (outer,)) for part in inner)):
            ids = self._matcher.match(spoken.removeprefix("现") if spoken in inner else spoken, allowed, day)
            if len(ids) == 1 and all(self._says_nothing_else(other, ids[0], allowed, day) for other in others):
                return ids
        return []

    def _says_nothing_else(self, text: str, unit: str, allowed: frozenset[str], day: date | None) -> bool:
        meant = self._matcher.match(text, allowed, day)
        known = self.by_id[unit]
        if not meant and tells_apart(text):
            return any(text in unbracket(name) for name in (known.name, *known.aliases))
        return meant == [unit] or (not meant and any(_is_picked(text, n) for n in (known.name, *known.aliases)))

    def _by_code(self, mention: str, codes: tuple[str, ...], allowed: frozenset[str], day: date | None) -> Resolution:
        """Match a name that a credit code stands for or beside: the code counts where the name does not speak against it."""
        rest = normalize(mention)
        for code in codes:
            rest = rest.replace(code.lower(), "")
        rest = rest.replace("()", "").replace("[]", "").strip(":,;、/")
        ids = {self._codes[c] for c in codes if c in self._codes}
        named = self._mean(rest, allowed, day) if rest else []
        if not ids:
            # Another code than the one written is known of the unit: one of the two is wrong.
            contrary = any(find_codes(i) or find_codes(self.by_id[i].code) for i in named)
            return self._settle([] if contrary else named, normalize(mention)) or Resolution(None, code=UNKNOWN)
        unit = min(ids)
        known = self.by_id[unit]
        fits = not rest or (unit in named if named else any(_is_picked(rest, n) for n in (known.name, *known.aliases)))
        sure = len(ids) == 1 and fits and (not allowed or known.label in allowed)
        return (self._settle([unit], normalize(mention)) if sure else None) or Resolution(None, code=UNKNOWN)

    def _relatives(self, name: str, allowed: frozenset[str]) -> Resolution:
        """Return the group, listed company and others of a bare name, if there are several: to be asked about, never merged."""
        host = split_party_body(name)[0]
        ids = dict.fromkeys(self.units[i].id for i in self._matcher.keep(self._matcher.forms.relatives(host), allowed))
        ids = {i: None for i in ids if (name, i) not in self.barred}
        return self._ambiguous(list(ids)) if len(ids) > 1 else Resolution(None, code=UNKNOWN)

    def find_unit(self, unit_id: str) -> Unit | None:
        """Return the unit with an id, even with an older id that was made of the unit's name before its credit code was known."""
        return self._matcher.find_unit(unit_id)

    def _found(self, unit_id: str) -> Resolution:
        unit = self.find_unit(unit_id)
        return Resolution(unit.id, unit.label) if unit else Resolution(None, code=UNKNOWN)

    def _names(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the names of units; one that several of them have with its street before it."""
        units = [self.by_id[i] for i in ids]
        times = Counter(u.name for u in units)
        return tuple(f"{u.street_name}{u.name}" if times[u.name] > 1 else u.name for u in units)


def _is_picked(short: str, full: str) -> bool:
    """Tell whether the characters of `short` stand in `full` in this order, so that it adds nothing to it."""
    characters = iter(normalize(full))
    return all(c in characters for c in normalize(short))


def _unit(  # noqa: PLR0913 -- the columns of a frame
    id: str,
    label: str,
    name: str,
    aliases: Sequence[str] | None,
    street: str | None,
    area: str | None,
    uscc: str | None,
) -> Unit:
    """Return a unit of a frame; a place that names a subdistrict counts as one, any other as an area."""
    known = tuple(a for a in aliases or () if a)
    if not street and not area:
        return Unit(id, label or "", name, known, code=uscc or "")
    place = normalize(street or area or "")
    rest = split_areas(place)[1]  # 涧东区青石桥街道 → 青石桥街道
    if not street and cut_suffix(rest)[1] not in {"街道", "镇"}:
        return Unit(id, label or "", name, known, "", place, uscc or "")
    beyond = place if rest != place else normalize(area or "") if street else ""
    return Unit(id, label or "", name, known, rest, beyond, uscc or "")
