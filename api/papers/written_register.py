"""A register written back from the graph: the rows of its own form, each with the rows of files that it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from api.papers.end_names import EndNames
from graph.errors import UnknownLoadError
from graph.kinds import Column, Entity, ItemsOf, Link, Register, Relation
from graph.types import Count, OfficePhone
from graph.types.teams import may_be_person
from graph.types.value_type import CellValue
from loaders.cleaning.mentions import MENTION
from loaders.template import own_columns
from queries.answers.rows import Record
from queries.reading.scope import Scope

if TYPE_CHECKING:
    from graph.graph import Graph

Place = tuple[str, str]  # a load and a sheet of it
_LISTED, _REVIEWED = "、", "to_review"


@dataclass(frozen=True)
class WrittenRow:
    """A row of a register: its cells by the field of their column, and the rows of files that told of it."""

    cells: Mapping[str, CellValue]
    records: tuple[Record, ...]
    values: Mapping[str, Any] = field(default_factory=dict)  # what the graph stores of the thing


@dataclass(frozen=True)
class LinkedName:
    """What one thing is linked to by a column: the other's name, and the properties that the link has from other columns."""

    name: str
    cells: Mapping[str, CellValue]
    is_own: bool = True  # told by this register, not by another one


def write_register(graph: Graph, register: Register, scope: Scope) -> list[WrittenRow]:
    """Return the rows of a register as the graph has them, in the order in which they were first told; persons have none."""
    writer, kind = _RegisterWriter(graph, register, scope), register.row
    return list(writer.linked_rows(kind) if isinstance(kind, Relation) else writer.rows(kind))


def write_things(graph: Graph, scope: Scope, *registers: Register) -> list[WrittenRow]:
    """Return the things that registers tell of as their forms have them, one row each however many others it is linked to."""
    found: dict[str, WrittenRow] = {}
    for register in registers:
        if isinstance(register.row, Relation):
            continue
        for row in _RegisterWriter(graph, register, scope).rows(register.row, together=True):
            found.setdefault(row.values["id"], row)
    return list(found.values())


class _RegisterWriter:
    def __init__(self, graph: Graph, register: Register, scope: Scope) -> None:
        self.graph, self.register, self.scope = graph, register, scope
        self.columns = own_columns(register)
        self.links = [c for c in self.columns if isinstance(c, Link)]
        self.names = EndNames(graph)
        self.inputs = {p.name for p in register.inputs}

    def rows(self, kind: Entity, *, together: bool = False) -> Iterator[WrittenRow]:
        """Yield the rows of a register whose rows are things; `together` gives one row each."""
        told = self._told(kind)
        frame = self.graph.entities(kind.label).filter(pl.col("valid_to").is_null())
        rows = {row["id"]: row for row in frame.iter_rows(named=True)}
        ties = {link.field: self._ties(link, kind) for link in self.links}
        for id_, records in told.items():
            if id_ not in rows or (rows[id_].get(_REVIEWED) and all(map(self._is_of_another, records))):
                continue
            own = self._own_cells(rows[id_]) | self._listed(records)
            ends = {link.field: self._ends(link, id_, ties[link.field].get(id_, []), records) for link in self.links}
            for cells in [_join(ends)] if together else self._spread(ends):
                yield WrittenRow(own | cells, tuple(map(self._record, records)), rows[id_])

    def linked_rows(self, kind: Relation) -> Iterator[WrittenRow]:
        """Yield the rows of a register whose rows are links between two things."""
        frame = self.graph.relations(kind.type).filter(pl.col("valid_to").is_null())
        for row in frame.sort("load_id", "sheet", "row").iter_rows(named=True):
            if not self._is_read_by((row["load_id"], row["sheet"])):
                continue
            cells = self._own_cells(row)
            for link in self.links:
                cells[link.field] = self.names.of(row[f"{link.end}_label"]).get(row[link.end])
                if link.within:
                    cells[link.within] = self.names.owner_of(row[link.end]) or None
            yield WrittenRow(cells, (self._record((row["load_id"], row["sheet"], row["row"])),))

    def _told(self, kind: Entity) -> dict[str, list[tuple[str, str, int]]]:
        """Return the rows of files that told of each thing by way of this register, the first told first."""
        frame = self.graph.statements(kind.label)
        order = {place: n for n, place in enumerate(self._registers)}
        found: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
        rows = frame.select("id", "load_id", "sheet", "row").iter_rows()
        for id_, load, sheet, row in sorted(rows, key=lambda r: (order.get((r[1], r[2]), len(order)), r[3] or 0, r[0])):
            if self._is_read_by((load, sheet)):
                found[id_].append((load, sheet, row))
        return found

    @cached_property
    def _registers(self) -> Mapping[Place, frozenset[str]]:
        return self.graph.history.registers() if self.graph.history else {}

    def _is_read_by(self, place: Place) -> bool:
        """Tell whether a sheet was read by this register; where nobody knows by what it was, all of the kind are meant."""
        return self.register.name in self._registers.get(place, {self.register.name} if not self._registers else ())

    def _own_cells(self, row: Mapping[str, Any]) -> dict[str, CellValue]:
        """Return the cells of a thing's own properties, as far as the asker may see them."""
        if row.get(_REVIEWED) and row.get("content"):  # read out of free text: as that says it, it is read so again
            return {"title": row["content"]}
        cells: dict[str, CellValue] = {}
        known = {p.name: p for p in self.register.row.properties}
        for column in self.columns:
            if isinstance(column, Link) or column.field not in known:
                continue
            type_ = known[column.field].type
            cell = type_.write(*(row[name] for name in type_.columns(column.field)))
            cells[column.field] = self._shown(column, cell)
        return cells

    def _is_of_another(self, place: tuple[str, str, int]) -> bool:
        """Tell whether a row belongs to a register that lists things of this one in a cell (企业: 可提供会议室1间)."""
        read_by = self._registers.get(place[:2], frozenset()) - {self.register.name}
        listing = (self.graph.schema.register(name).columns for name in read_by)
        return any(isinstance(c, ItemsOf) and c.into == self.register.name for columns in listing for c in columns)

    def _listed(self, records: Sequence[tuple[str, str, int]]) -> dict[str, CellValue]:
        """Return the cells that list things of other registers, as they were written."""
        cells: dict[str, CellValue] = {}
        for column in self.columns:
            if isinstance(column, ItemsOf):
                told = self._items_of(column.into)
                texts = dict.fromkeys(text for place in records for text in told.get(place, ()))
                cells[column.field] = _LISTED.join(texts) or None
        return cells

    def _items_of(self, into: str) -> Mapping[tuple[str, str, int], list[str]]:
        """Return what each row of a file lists of another register: the texts of things that were read out of one cell."""
        if into not in self._items:
            label = self.graph.schema.register(into).row.label
            frame = self.graph.entities(label, "content", _REVIEWED).filter(pl.col("valid_to").is_null(), _REVIEWED)
            texts = dict(frame.select("id", "content").drop_nulls().iter_rows())
            found: dict[tuple[str, str, int], list[str]] = defaultdict(list)
            for id_, *place in self.graph.statements(label).select("id", "load_id", "sheet", "row").iter_rows():
                if id_ in texts:
                    found[place[0], place[1], place[2]].append(texts[id_])
            self._items[into] = found
        return self._items[into]

    @cached_property
    def _items(self) -> dict[str, Mapping[tuple[str, str, int], list[str]]]:
        return {}

    def _shown(self, column: Column, cell: CellValue) -> CellValue:
        """Return a cell as the asker may see it: of few people no number, of offices no telephone below the district."""
        type_ = self.register.type_of(column)
        if isinstance(type_, OfficePhone) and not self.scope.sees_members:
            return None
        if isinstance(type_, Count) and type_.of == "people" and isinstance(cell, int):
            return self.scope.count(cell)
        return cell

    def _ties(self, link: Link, kind: Entity) -> dict[str, list[LinkedName]]:
        """Return what each thing is linked to by a column."""
        own, other = ("target", "source") if link.end == "source" else ("source", "target")
        frame = self.graph.relations(link.relation.type).filter(
            pl.col("valid_to").is_null(), pl.col(f"{own}_label") == kind.label,
            pl.col(f"{other}_label").is_in([e.label for e in link.other]),
            *(pl.col(name) == value for name, value in link.constants),
        )  # fmt: skip
        if not link.constants:
            frame = frame.filter(~pl.any_horizontal(pl.lit(False), *self._of_sisters(link)))
        found: dict[str, list[LinkedName]] = defaultdict(list)
        for row in frame.sort("load_id", "sheet", "row", other).iter_rows(named=True):
            name = self.names.of(row[f"{other}_label"]).get(row[other])
            if name is not None:
                is_own = self._is_read_by((row["load_id"], row["sheet"]))
                found[row[own]].append(LinkedName(name, self._link_cells(link, row), is_own))
        if link.split or link.gathers:
            return found
        return {id_: _of_this_form(ties, kind, link) for id_, ties in found.items()}

    def _of_sisters(self, link: Link) -> list[pl.Expr]:
        """Return what is true of the relations that other columns of the same relation tell (甲方 beside 乙方)."""
        others = [k for k in self.register.links if k.relation is link.relation and k.end == link.end and k.constants]
        return [pl.col(name).eq_missing(value) for k in others for name, value in k.constants]

    def _link_cells(self, link: Link, row: Mapping[str, Any]) -> dict[str, CellValue]:
        """Return the cells of the columns that fill a relation's properties (加入时间)."""
        cells = {}
        for name, input_ in link.properties:
            if input_ in self.inputs:
                type_ = link.relation.property(name).type
                cells[input_] = type_.write(*(row[stored] for stored in type_.columns(name)))
        return cells

    def _ends(
        self, link: Link, id_: str, ties: Sequence[LinkedName], records: Sequence[tuple[str, str, int]]
    ) -> Sequence[LinkedName]:
        """Return the ends of a column for one thing: those of the graph, or the names as written where they stand for nothing known."""
        if ties or not self.scope.sees_members:
            return ties
        for place in reversed(records):
            names = self._written(link, place)
            if names:
                return [LinkedName(name, {}) for name in names]
        return ties

    def _written(self, link: Link, place: tuple[str, str, int]) -> list[str]:
        """Return the names in a cell as they were written, without those that may be persons'."""
        load, sheet, row = place
        named = self._mentions.get((load, sheet))
        if named is None:
            named = self._mentions[load, sheet] = self._read_mentions(load, sheet)
        return named.get(row, {}).get(link.field, [])

    @cached_property
    def _mentions(self) -> dict[Place, dict[int, dict[str, list[str]]]]:
        return {}

    def _read_mentions(self, load: str, sheet: str) -> dict[int, dict[str, list[str]]]:
        if self.graph.history is None:
            return {}
        try:
            frame = self.graph.history.rows(load, sheet, self.register.name)
        except UnknownLoadError:
            return {}
        columns = {MENTION + link.field: link.field for link in self.links if MENTION + link.field in frame.columns}
        read: dict[int, dict[str, list[str]]] = {}
        for row in frame.select("row", *columns).iter_rows(named=True):
            read[row["row"]] = {field: _names(row[name]) for name, field in columns.items() if row[name] is not None}
        return read

    def _spread(self, ends: Mapping[str, Sequence[LinkedName]]) -> Iterator[dict[str, CellValue]]:
        """Yield the cells of the links, row by row: names that may share a cell stand in one, others in a row each."""
        shared = {k.field for k in self.links if k.split and not any(f in self.inputs for _, f in k.properties)}
        height = max((len(ties) for name, ties in ends.items() if name not in shared), default=1)
        for place in range(max(height, 1)):
            cells: dict[str, CellValue] = {}
            for name, ties in ends.items():
                if name in shared:
                    cells[name] = _LISTED.join(dict.fromkeys(tie.name for tie in ties)) or None
                elif ties and (place < len(ties) or len(ties) == 1):
                    tie = ties[min(place, len(ties) - 1)]
                    cells[name] = tie.name
                    cells |= tie.cells
            yield cells

    def _record(self, place: tuple[str, str, int]) -> Record:
        load, sheet, row = place
        return Record(self.register.row.label, self.graph.files.get(load, ""), sheet or "", row)


def _join(ends: Mapping[str, Sequence[LinkedName]]) -> dict[str, CellValue]:
    """Return the cells of the links with all names in one."""
    cells: dict[str, CellValue] = {}
    for end, ties in ends.items():
        cells |= {name: cell for tie in ties for name, cell in tie.cells.items() if cell is not None}
        cells[end] = _LISTED.join(dict.fromkeys(tie.name for tie in ties)) or None
    return cells


def _of_this_form(ties: list[LinkedName], kind: Entity, link: Link) -> list[LinkedName]:
    """Return what belongs into the one cell of a column: what this register told; else the one thing that others tell.

    Of the Party bodies of a unit other registers tell more than the one that its own form asks for.
    """
    own = [tie for tie in ties if tie.is_own]
    is_own_body = kind.is_unit and any(e.mention == "party" for e in link.other)
    return own or (ties if len(ties) == 1 and not is_own_body else [])


def _names(written: str | list[str]) -> list[str]:
    names = pl.Series([written] if isinstance(written, str) else written, dtype=pl.String).drop_nulls()
    return names.filter(~may_be_person(names)).to_list()
