"""Replaces names in records by ids: of units by the registry, of resources by name, of Party bodies by their host."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from graph.kinds import Entity, Link
from graph.names import core, normalize, room, split_branch, split_party_body
from graph.schema.organizations import PartyOrganization, Subdistrict
from loaders.names.named_places import STREET_ID
from loaders.names.resolve import Registry, Resolution, Unit, street_core
from loaders.names.street_names import names_street
from loaders.vocabulary.job_titles import is_beside_unit

# What a mention became: id and label, or why not; `name` and `host` describe an entity that the mention itself creates.
RESOLVED = {
    "mention": pl.String,
    "id": pl.String,
    "label": pl.String,
    "code": pl.String,
    "suggestion": pl.String,
    "name": pl.String,
    "host": pl.String,
    "candidates": pl.String,
}
_ORDINALS = "一二三四五六七八九十"
_SUGGESTED = 3


@dataclass(frozen=True)
class Resource:
    """A thing to which rows of other registers refer by name, such as a venue in a log of use."""

    id: str
    label: str
    name: str
    owner: str | None


@dataclass(frozen=True)
class Resolver:
    """Finds the entity that a name in a record stands for, among all units and resources known so far."""

    registry: Registry
    resources: tuple[Resource, ...] = ()

    def resolve(self, link: Link, mentions: pl.Series, hosts: pl.Series | None = None) -> pl.DataFrame:
        """Return the entity that each distinct name in a link's column stands for, as a frame of RESOLVED columns.

        `hosts` are the ids of the rows' own units, for a link whose mentions are Party bodies of the row's unit; the answer is then
        by row instead of by mention.
        """
        kinds: set[str] = {e.mention for e in link.other}
        if "party" in kinds and hosts is not None:
            return self._own_bodies(mentions, hosts)
        names = mentions.unique().drop_nulls().sort().to_list()
        find = self._finder(link, kinds, names)
        rows = [(m, *find(m), None)[: len(RESOLVED)] for m in names]  # of class words there are no candidates
        return pl.DataFrame(rows, schema=RESOLVED, orient="row")

    def _finder(self, link: Link, kinds: set[str], names: Sequence[str]) -> Callable[[str], tuple[str | None, ...]]:
        labels = {e.label for e in link.other}
        if "party" in kinds:
            return self._find_branch
        if labels == {Subdistrict.label}:
            known = {street_core(u.name) for u in self.registry.units if u.label == Subdistrict.label}
            return lambda m: self._find_street(m, known)
        if kinds == {"create"}:
            label = next(iter(labels))
            return lambda m: (f"{link.scheme}:{class_word(m)}", label, "", "", class_word(m), None)
        things = frozenset(e.label for e in link.other if not e.is_unit)
        if things == labels:
            return lambda m: self._find_resource(m, things)
        units = dict(zip(names, self.registry.resolve_many(names, labels - things), strict=True))
        if link.titled:
            units = {m: self._find_head(m, labels) if found.id is None else found for m, found in units.items()}
        return lambda m: self._find_unit_or_resource(m, _as_row(units[m]), things)

    def _find_street(self, mention: str, known: Collection[str]) -> tuple[str | None, ...]:
        """Return the subdistrict that a text names, known or not; what names none by its form waits for a person."""
        if names_street(mention, known):
            return (f"sub:{street_core(mention)}", Subdistrict.label, "", "", street_name(mention), None)
        decided = self.registry.decided.get(normalize(mention), "")
        if decided.startswith(STREET_ID):
            return (decided, Subdistrict.label, "", "", street_name(decided.removeprefix(STREET_ID)), None)
        return (None, "", "unit.unknown", "", None, None, "")

    def _find_head(self, mention: str, labels: set[str]) -> Resolution:
        """Return the unit whose name stands before a part of it or a job there (东拖 总装分厂, 东拖通风区区长)."""
        whole = self.registry.find(mention, labels)
        heads = [mention[:at].rstrip() for at in range(len(mention) - 1, 1, -1) if is_beside_unit(mention[at:])]
        found = (self.registry.find(head, labels) for head in dict.fromkeys(heads))
        return next((one for one in found if one.id is not None), whole)

    def _find_unit_or_resource(
        self, mention: str, unit: tuple[str | None, ...], things: frozenset[str]
    ) -> tuple[str | None, ...]:
        found = self._find_resource(mention, things) if unit[0] is None and things else unit
        return found if found[0] is not None else unit

    def _find_branch(self, mention: str) -> tuple[str | None, ...]:
        host_name, ordinal = split_branch(mention)
        kind = "党支部"
        if host_name == normalize(mention):
            host_name, kind = split_party_body(mention)
        if not kind:
            return (None, "", "unit.unknown", "", None, None)
        host = self.registry.find(host_name)
        if host.id is None:
            return (f"po:{normalize(mention)}", PartyOrganization.label, "", "", mention, None)
        unit = self.registry.by_id[host.id]
        return (
            f"po:{unit.id}:{kind}:{ordinal}",
            PartyOrganization.label,
            "",
            "",
            f"{unit.name}{written(ordinal)}{kind}",
            unit.id,
        )

    def party_ids(self, names: pl.Series) -> pl.Series:
        """Return the id of each Party body by its name, the same as other registers get that mention it."""
        ids = {n: self._find_branch(n)[0] or f"po:{normalize(n)}" for n in names.unique().drop_nulls().to_list()}
        return names.replace_strict(list(ids), list(ids.values()), default=None, return_dtype=pl.String).alias("id")

    def _own_bodies(self, mentions: pl.Series, hosts: pl.Series) -> pl.DataFrame:
        rows: list[tuple[str | None, ...]] = []
        for mention, host in zip(mentions.to_list(), hosts.to_list(), strict=True):
            if mention is None or host is None:
                rows.append((mention, None, "", "", "", None, None, None))
                continue
            kind = split_party_body(mention)[1] or "党委"
            unit = self.registry.by_id.get(host)
            name = f"{unit.name}{kind}" if unit else mention
            rows.append((mention, f"po:{host}:{kind}:", PartyOrganization.label, "", "", name, host, None))
        return pl.DataFrame(rows, schema=RESOLVED, orient="row")

    def name_within(self, owner: str, mention: str) -> str:
        """Put the owner's name before a thing's name (重二社区义诊), if only this longer name is unambiguous."""
        unit = self.registry.by_id.get(self.registry.find(owner).id or "")
        full = f"{unit.name}{mention}" if unit else mention
        return full if len(self._resource_forms.get(normalize(full), ())) == 1 else mention

    def _find_resource(self, mention: str, labels: frozenset[str]) -> tuple[str | None, ...]:
        decided = self._by_id.get(self.registry.decided.get(normalize(mention), ""))
        if decided is not None and decided.label in labels:
            return (decided.id, decided.label, "", "", None, None)
        for form in dict.fromkeys((normalize(mention), core(mention), room(mention))):
            found = [r for r in self._resource_forms.get(form, ()) if r.label in labels]
            if len(found) == 1:
                return (found[0].id, found[0].label, "", "", None, None)
            if found:
                return self._asked("resource.ambiguous", found)
        return self._asked("resource.unknown", self._like_resources(mention, labels))

    def _asked(self, code: str, things: Sequence[Resource]) -> tuple[str | None, ...]:
        shown = "、".join(dict.fromkeys(map(self._told, things[:_SUGGESTED])))
        return (None, "", code, shown, None, None, "|".join(r.id for r in things[:_SUGGESTED]))

    def _told(self, thing: Resource) -> str:
        """Return a thing's name with its owner's before it, since names of rooms repeat."""
        owner = self.registry.by_id.get(thing.owner or "")
        return f"{owner.name}{thing.name}" if owner and owner.name not in thing.name else thing.name

    @cached_property
    def _by_id(self) -> Mapping[str, Resource]:
        return {r.id: r for r in self.resources}

    @cached_property
    def _resource_forms(self) -> Mapping[str, list[Resource]]:
        forms: dict[str, dict[str, Resource]] = defaultdict(dict)
        for resource in self.resources:
            names = [resource.name]
            owner = self.registry.by_id.get(resource.owner or "")
            names += [prefix + resource.name for prefix in (_spoken(owner) if owner else ())]
            for name in names:
                for form in (normalize, core, room):
                    forms[form(name)][resource.id] = resource
        return {form: list(found.values()) for form, found in forms.items()}

    def _like_resources(self, mention: str, labels: frozenset[str]) -> list[Resource]:
        from rapidfuzz import process  # only where a name was not found

        things = {r.id: r for r in self.resources if r.label in labels}
        names = {i: self._told(r) for i, r in things.items()} | {f"{i}\0": r.name for i, r in things.items()}
        near = process.extract(mention, names, limit=2 * _SUGGESTED, score_cutoff=50)
        return list(dict.fromkeys(things[str(key).rstrip("\0")] for _, _, key in near))[:_SUGGESTED]


def _spoken(owner: Unit) -> tuple[str, ...]:
    """Return the names that may stand before a thing of a unit: its own, and those of a community after its street."""
    street = owner.street_name
    names = (owner.name, *owner.aliases, *([] if owner.is_community else [core(owner.name)]))
    return names + tuple(f"{before}{owner.name}" for before in {street, street.removesuffix("街道")} if before)


def _as_row(found: Resolution) -> tuple[str | None, ...]:
    return (found.id, found.label, found.code, "、".join(found.suggestions), None, None, "|".join(found.candidates[:3]))


def street_name(mention: str) -> str:
    """Return the display name of a subdistrict: 长宁路街道 for 长宁路 or 长宁路办事处; towns keep their word."""
    short = street_core(mention)
    return short if short.endswith(("镇", "乡")) else f"{short}街道"


def class_word(mention: str) -> str:
    """Return a class word without the filler that offices append (便民服务服务 → 便民服务, 法律援助类 → 法律援助)."""
    word = normalize(mention)
    if word.endswith("服务服务"):
        return word[:-2]
    return word[:-1] if word.endswith("类") and len(word) > 2 else word


def written(ordinal: str) -> str:
    """Return the number of a branch as Chinese names write it: 第二 for 第2."""
    if not ordinal.startswith("第"):
        return ordinal
    number = int(ordinal[1:])
    tens, ones = divmod(number, 10)
    if number <= 10:
        return f"第{_ORDINALS[number - 1]}" if number else ordinal
    return f"第{_ORDINALS[tens - 1] if tens > 1 else ''}十{_ORDINALS[ones - 1] if ones else ''}"


def resources_of(frame: pl.DataFrame, entity: Entity) -> list[Resource]:
    """Return the resources in a frame with id, name (or title) and owner, except rows without an id or a name."""
    name = pl.col("name" if "name" in frame.columns else "title").alias("name")
    told = frame.select("id", name, "owner").drop_nulls(["id", "name"]).unique(maintain_order=True)
    return [Resource(i, entity.label, n, o) for i, n, o in told.iter_rows()]
