"""A graph in memory for tests of questions: the members of graph.graph.Graph over tables that a test writes down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

import polars as pl

from graph.kinds import Schema
from graph.schema import SCHEMA
from graph.tables import Tables, empty_tables, entity_columns, relation_columns

LOAD = "load-1"


@dataclass(frozen=True, eq=False)  # known by itself, as what is kept with a graph is found
class MemoryGraph:
    """Tables behind the members that questions read; `number` tells one snapshot from another."""

    tables: Tables
    number: str = "1"
    as_of: date | None = date(2026, 6, 30)
    files: Mapping[str, str] = field(default_factory=lambda: {LOAD: "sample.xlsx"})
    schema: Schema = SCHEMA
    serial: int = field(default_factory=count(1).__next__)
    history: Any = None
    shown: Any = None
    seen_as: str = ""

    @property
    def snapshot(self) -> str:
        return self.number

    @property
    def digest(self) -> str:
        return f"digest-{self.serial}"

    @property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        return self.tables.counts()

    def sources(self, id: str) -> pl.DataFrame:
        rows = [
            frame.filter(pl.col("id") == id).select(pl.lit(label).alias("label"), "id", "load_id", "sheet", "row")
            for label, frame in self.tables.entities.items()
        ]
        return pl.concat(rows)

    def find_written(self, asked: str) -> None:
        """No index: all has to be looked through."""

    def entities(self, label: str, *columns: str) -> pl.DataFrame:
        frame = self.tables.entities[label]
        return frame.select("id", *columns, "valid_from", "valid_to", "load_id", "sheet", "row") if columns else frame

    def relations(self, type: str) -> pl.DataFrame:
        ends = {"source_label": pl.String, "target_label": pl.String}
        parts = [pl.DataFrame(schema=ends | relation_columns(self.schema.relation(type)))]
        for (kind, source, target), frame in self.tables.relations.items():
            if kind == type and frame.height:
                parts.append(
                    frame.select(pl.lit(source).alias("source_label"), pl.lit(target).alias("target_label"), pl.all())
                )
        return pl.concat(parts)

    def relations_between(self, type: str, source: str, target: str) -> pl.DataFrame:
        return self.tables.relations[(type, source, target)]

    def kept(self, key: object, make: Callable[[], Any]) -> Any:
        return make()

    def read(self, cypher: str, **parameters: Any) -> pl.DataFrame:
        raise AssertionError(f"the graph in memory reads no Cypher: {cypher}")


class Writer:
    """Collects entities and relations as a test names them; every one gets a row of the sample sheet as its source."""

    def __init__(self) -> None:
        self._entities: dict[str, dict[str, dict[str, Any]]] = {}
        self._relations: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
        self._row = 1

    def _source(self) -> dict[str, Any]:
        self._row += 1
        return {"load_id": LOAD, "sheet": "Sheet1", "row": self._row}

    def entity(self, label: str, id: str, **values: Any) -> str:
        """Add an entity (or nothing where it is there) and return its id."""
        self._entities.setdefault(label, {}).setdefault(id, {"id": id} | values | self._source())
        return id

    def relate(self, type: str, source: tuple[str, str], target: tuple[str, str], **values: Any) -> None:
        """Add a relation between (label, id) and (label, id)."""
        row = {"source": source[1], "target": target[1]} | values | self._source()
        self._relations.setdefault((type, source[0], target[0]), []).append(row)

    def tables(self, order: Sequence[int] | None = None) -> Tables:
        """Return the tables; `order` reverses their rows, which must change nothing."""
        empty = empty_tables(SCHEMA)
        step = -1 if order else 1
        entities = dict(empty.entities)
        for label, rows in self._entities.items():
            entities[label] = _frame(list(rows.values())[::step], entity_columns(SCHEMA.entity(label)))
        relations = dict(empty.relations)
        for key, rows in self._relations.items():
            relations[key] = _frame(rows[::step], relation_columns(SCHEMA.relation(key[0])))
        return Tables(entities, relations)


def _frame(rows: list[dict[str, Any]], columns: dict[str, Any]) -> pl.DataFrame:
    unknown = {name for row in rows for name in row} - set(columns)
    assert not unknown, f"the schema has no {sorted(unknown)}"
    return pl.DataFrame([{name: row.get(name) for name in columns} for row in rows], schema=columns)


class District(Writer):
    """A small district in the words of its registers: communities, enterprises, and what they need, offer and do together."""

    def community(
        self, name: str, lon: float | None = 112.4, lat: float | None = 34.6, needs: Sequence[str] = (), **values: Any
    ) -> str:
        key = self.entity("Community", f"com:{name}", name=name, lon=lon, lat=lat, **values)
        for service in needs:
            self.need(key, "Community", service)
        return key

    def enterprise(
        self, name: str, lon: float | None = 112.4, lat: float | None = 34.6, offers: Sequence[str] = (), **values: Any
    ) -> str:
        key = self.entity("Enterprise", f"ent:{name}", name=name, lon=lon, lat=lat, **values)
        for service in offers:
            self.offer(key, "Enterprise", service)
        return key

    def need(self, unit: str, label: str, service: str, /, **values: Any) -> None:
        key = self.entity("Need", f"need:{unit}:{service}", title=f"{service}服务", category=service, **values)
        self.relate("SEEKS", (label, unit), ("Need", key))
        self.relate("ABOUT", ("Need", key), ("Concept", self.concept("service", service)))

    def offer(self, unit: str, label: str, service: str, /, **values: Any) -> None:
        key = self.entity("Offering", f"off:{unit}:{service}", title=service, category="服务", **values)
        self.relate("OFFERS", (label, unit), ("Offering", key))
        self.relate("ABOUT", ("Offering", key), ("Concept", self.concept("service", service)))

    def concept(self, scheme: str, name: str) -> str:
        return self.entity("Concept", f"{scheme}:{name}", name=name, scheme=scheme)

    def members(self, enterprise: str, community: str | None, count: int, skill: str | None = None) -> None:
        for n in range(count):
            person = f"m:{enterprise}:{community}:{skill}:{n}"
            key = self.entity("Member", person, pseudonym=person)
            self.relate("WORKS_AT", ("Member", key), ("Enterprise", enterprise))
            if community:
                self.relate("LIVES_IN", ("Member", key), ("Community", community))
            if skill:
                self.relate("HAS_SKILL", ("Member", key), ("Concept", self.concept("skill", skill)))

    def agreement(self, number: str, community: str, enterprise: str, **values: Any) -> str:
        key = self.entity("Agreement", f"agr:{number}", number=number, **values)
        self.relate("SIGNED", ("Community", community), ("Agreement", key), side="甲")
        self.relate("SIGNED", ("Enterprise", enterprise), ("Agreement", key), side="乙")
        return key

    def activity(self, title: str, community: str, *enterprises: str, day: date = date(2026, 1, 5)) -> None:
        key = self.entity("Activity", f"act:{title}", title=title, day=day)
        self.relate("LEADS", ("Community", community), ("Activity", key))
        for enterprise in enterprises:
            self.relate("TAKES_PART_IN", ("Enterprise", enterprise), ("Activity", key))

    def graph(self, number: str = "1", reverse: bool = False, as_of: date | None = date(2026, 6, 30)) -> Any:
        return MemoryGraph(self.tables([1] if reverse else None), number, as_of)
