"""Collects the units known while loads are merged, and recognizes them in rows that lack an identifier."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from graph.decisions import Decision
from graph.documents import FrameRow
from graph.kinds import Entity
from graph.schema.organizations import Community
from loaders.names.name_decisions import NameDecisions
from loaders.names.resolve import Registry, Unit, street_core
from loaders.names.street_names import names_street


class UnitRoll:
    """Collects units from registers and mentions, and makes the registry that names are resolved against."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._decided = NameDecisions.of(decisions)
        self._units: list[Unit] = []
        self._registry: Registry | None = None

    def add(self, units: Iterable[Unit]) -> None:
        """Add statements about units; several about one id are one unit with all its names."""
        self._units += units
        self._registry = None

    @property
    def decided(self) -> Mapping[str, str]:
        """Return the ids that people said names stand for, by comparable name."""
        return self._decided.same

    @property
    def registry(self) -> Registry:
        """Return the registry of all units so far."""
        if self._registry is None:
            by_id: dict[str, list[Unit]] = {}
            for unit in self._units:
                by_id.setdefault(unit.id, []).append(unit)
            units = [_joined(s) for _, s in sorted(by_id.items())]
            self._registry = Registry(units, self._decided.same, self._decided.barred, self._decided.dated, placed=True)
        return self._registry

    def follow(self, decision: Decision) -> Decision:
        """Return a decision with the current ids of its units, which change when a unit's credit code becomes known."""
        found = {field: self.registry.find_unit(id_) for field, id_ in decision.units.items()}
        moved = {field: unit.id for field, unit in found.items() if unit and unit.id != decision.units[field]}
        return decision.with_texts(moved)

    @property
    def labels(self) -> dict[str, str]:
        """Return the label of each unit by id."""
        return {u.id: u.label for u in self._units}

    def adopt_known(self, entity: Entity, frame: pl.DataFrame) -> pl.DataFrame:
        """Give a row without an identifier the id of the identified unit, if its name certainly means that unit."""
        first = entity.keys[0].split("{")[0]
        has_identifier = frame["id"].str.starts_with(first).fill_null(True)
        spoken = _spoken_names(entity, frame)
        known = Registry(units_of(frame.filter(has_identifier), entity.label))
        loose = spoken.filter(~has_identifier).unique().drop_nulls()
        sure = {name: i for name, i in ((n, known.find(n, {entity.label}).id) for n in loose.to_list()) if i}
        if not sure:
            return frame
        adopted = spoken.replace_strict(list(sure), list(sure.values()), default=None, return_dtype=pl.String)
        return frame.with_columns(id=pl.when(~has_identifier).then(pl.coalesce(adopted, "id")).otherwise("id"))


def _spoken_names(entity: Entity, frame: pl.DataFrame) -> pl.Series:
    # A community is spoken of with its street (武汉路 + 建设社区), since names repeat between streets.
    if entity.label == Community.label and "@street" in frame.columns:
        return frame["@street"].fill_null("") + frame["name"]
    return frame["name"]


_SEVERAL = re.compile(r"\s*[、,，;；/|]\s*")


def units_of(frame: pl.DataFrame, label: str) -> list[Unit]:
    """Return the distinct units of a frame with id, name and, where it has them, short_name, former_name, @street."""
    wanted = [c for c in ("id", "name", "short_name", "former_name", "@street") if c in frame.columns]
    rows = (
        frame.select(wanted)
        .filter(pl.col("id").is_not_null() & pl.col("name").is_not_null())
        .unique(maintain_order=True)
    )
    return [_unit(row, label) for row in rows.iter_rows(named=True)]


def _unit(row: FrameRow, label: str) -> Unit:
    others = (str(row[n]) for n in ("short_name", "former_name") if row.get(n))
    aliases = tuple(alias for names in others for alias in _SEVERAL.split(names) if alias)  # 汐海船舶、汐船
    told = row.get("@street") or ""
    street = f"sub:{street_core(told)}" if told and names_street(told) else ""
    return Unit(row["id"], label, row["name"], aliases, street)


def _joined(statements: Sequence[Unit]) -> Unit:
    # The name must not depend on the order of loading: the longest, which is the most complete, then the first by character.
    name = min((s.name for s in statements), key=lambda n: (-len(n), n))
    aliases = {a for s in statements for a in (*s.aliases, s.name)} - {name}
    street = min((s.street for s in statements if s.street), default="")
    return Unit(statements[0].id, statements[0].label, name, tuple(sorted(aliases)), street)
