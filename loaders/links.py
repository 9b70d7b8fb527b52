"""Names in records → ids: units by the registry, resources by name, Party bodies by their host, class words by themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from graph.kinds import Entity, Link
from graph.names import core, normalize, split_branch, split_party_body
from loaders.resolve import Registry, Resolution, street_core

# What a mention became: id and label, or why not; `name` and `host` describe an entity that the mention itself creates.
RESOLVED = {
    "mention": pl.String,
    "id": pl.String,
    "label": pl.String,
    "code": pl.String,
    "suggestion": pl.String,
    "name": pl.String,
    "host": pl.String,
}
_ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Resource:
    """A venue or base that a log or an activity may name."""

    id: str
    label: str
    name: str
    owner: str | None


@dataclass(frozen=True)
class Resolver:
    """Everything that mentions may stand for, and what they were found to stand for."""

    registry: Registry
    resources: tuple[Resource, ...] = ()

    def resolve(self, link: Link, mentions: pl.Series, hosts: pl.Series | None = None) -> pl.DataFrame:
        """Return what each distinct mention of a link stands for, as a frame of RESOLVED columns.

        `hosts` are the ids of the rows' own units, for a link whose mentions are Party bodies of the row's unit; the answer is then
        by row instead of by mention.
        """
        kinds: set[str] = {e.mention for e in link.other}
        if "party" in kinds and hosts is not None:
            return self._own_bodies(mentions, hosts)
        find = self._finder(link, kinds)
        rows = [(m, *find(m)) for m in mentions.unique().drop_nulls().sort().to_list()]
        return pl.DataFrame(rows, schema=RESOLVED, orient="row")

    def _finder(self, link: Link, kinds: set[str]) -> Callable[[str], tuple[str | None, ...]]:
        labels = {e.label for e in link.other}
        if "party" in kinds:
            return self._find_branch
        if labels == {"Subdistrict"}:
            return lambda m: (f"sub:{street_core(m)}", "Subdistrict", "", "", street_name(m), None)
        if kinds == {"create"}:
            label = next(iter(labels))
            return lambda m: (f"{link.scheme}:{class_word(m)}", label, "", "", class_word(m), None)
        if labels <= {"Venue", "RedBase"}:
            return self._find_resource
        return lambda m: self._find_unit(m, labels)

    def _find_unit(self, mention: str, labels: Iterable[str]) -> tuple[str | None, ...]:
        return _as_row(self.registry.resolve(mention, labels))

    def _find_branch(self, mention: str) -> tuple[str | None, ...]:
        host_name, ordinal = split_branch(mention)
        kind = "党支部"
        if host_name == normalize(mention):
            host_name, kind = split_party_body(mention)
        if not kind:
            return (None, "", "unit.unknown", "", None, None)
        host = self.registry.resolve(host_name)
        if host.id is None:
            return (f"po:{normalize(mention)}", "PartyOrganization", "", "", mention, None)
        unit = self.registry.by_id[host.id]
        return (
            f"po:{unit.id}:{kind}:{ordinal}",
            "PartyOrganization",
            "",
            "",
            f"{unit.name}{written(ordinal)}{kind}",
            unit.id,
        )

    def _own_bodies(self, mentions: pl.Series, hosts: pl.Series) -> pl.DataFrame:
        rows: list[tuple[str | None, ...]] = []
        for mention, host in zip(mentions.to_list(), hosts.to_list(), strict=True):
            if mention is None or host is None:
                rows.append((mention, None, "", "", "", None, None))
                continue
            kind = split_party_body(mention)[1] or "党委"
            unit = self.registry.by_id.get(host)
            name = f"{unit.name}{kind}" if unit else mention
            rows.append((mention, f"po:{host}:{kind}:", "PartyOrganization", "", "", name, host))
        return pl.DataFrame(rows, schema=RESOLVED, orient="row")

    def _find_resource(self, mention: str) -> tuple[str | None, ...]:
        for form in (normalize(mention), core(mention)):
            found = self._resource_forms.get(form, ())
            if len(found) == 1:
                return (found[0].id, found[0].label, "", "", None, None)
            if found:
                return (None, "", "unit.ambiguous", "、".join(r.name for r in found[:3]), None, None)
        return (None, "", "resource.unknown", "、".join(self._like_resources(mention)), None, None)

    @cached_property
    def _resource_forms(self) -> Mapping[str, list[Resource]]:
        forms: dict[str, dict[str, Resource]] = defaultdict(dict)
        for resource in self.resources:
            names = [resource.name]
            owner = self.registry.by_id.get(resource.owner or "")
            names += [prefix + resource.name for prefix in ((owner.name, *owner.aliases) if owner else ())]
            for name in names:
                forms[normalize(name)][resource.id] = resource
                forms[core(name)][resource.id] = resource
        return {form: list(found.values()) for form, found in forms.items()}

    def _like_resources(self, mention: str) -> list[str]:
        from rapidfuzz import process  # only where a name was not found

        return [
            name for name, _, _ in process.extract(mention, [r.name for r in self.resources], limit=3, score_cutoff=50)
        ]


def _as_row(found: Resolution) -> tuple[str | None, ...]:
    return (found.id, found.label, found.code, "、".join(found.suggestions), None, None)


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
    """Return a branch's ordinal as it is written: 第二 for 第2."""
    if not ordinal.startswith("第"):
        return ordinal
    number = int(ordinal[1:])
    tens, ones = divmod(number, 10)
    if number <= 10:
        return f"第{_ORDINALS[number - 1]}" if number else ordinal
    return f"第{_ORDINALS[tens - 1] if tens > 1 else ''}十{_ORDINALS[ones - 1] if ones else ''}"


def resources_of(frame: pl.DataFrame, entity: Entity) -> list[Resource]:
    """Return the resources of a frame with id, name, owner."""
    return [
        Resource(i, entity.label, n, o)
        for i, n, o in frame.select("id", "name", "owner").unique(maintain_order=True).iter_rows()
    ]
