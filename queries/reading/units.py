"""Which unit is meant: by its id, its name as anybody writes it, or its pinyin; else the names that come close."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from graph.errors import UnknownUnitError
from graph.names import core, folded, normalize, split_party_body
from graph.schema import SCHEMA
from graph.schema.organizations import BELONGS_TO, LOCATED_IN, Subdistrict
from graph.spelling import find_spelled, is_typed, readings
from graph.texts import Said
from queries.reading.entities import DOT, UNIT_NAMES, open_relations, read_units
from queries.reading.kept_frames import keep_frame

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Entity

_STREET = re.compile(r"^.{1,8}?(?:街道办事处|街道|办事处)(?=.{2,})")
_SHORTEST_PREFIX = 2
_ONE_SHORT = (
    r"[^、,，;；/|\s]+(?:\s+[^、,，;；/|\s]+)*"  # one of the short names of a cell; a blank is none of what parts them
)
_NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")  # 松5社区 is nearer to 松五社区 than to 松一社区


class NothingCloseError(UnknownUnitError):
    """A name that stands for no unit in the graph, and that resembles none."""

    zh = "图中没有叫“{name}”的单位，也没有相近的。请核对名称，或先载入（shilian load）列有它的表格，如{sheets}"
    en = (
        "The graph holds no unit called “{name}”, nor one close to it. Check the name, or first load (shilian load) "
        "a spreadsheet that lists it, such as {sheets}"
    )


class SeveralUnitsError(UnknownUnitError):
    """A name that several units of the graph have."""

    code = "unit.several"
    zh = "叫“{name}”的单位不止一个，请写明是哪一个：{suggestions}"
    en = "Several units are called “{name}”; say which: {suggestions}"


class OtherKindError(UnknownUnitError):
    """The name of a unit of another kind than is asked for."""

    code = "unit.kind"
    zh = "“{name}”是{kind}，这里要填{wanted}的名称"
    en = "“{name}” is of the kind {kind}; what is wanted here is: {wanted}"


@dataclass(frozen=True)
class UnitRef:
    """A unit that was found: its id, kind and name."""

    id: str
    label: str
    name: str


def find_unit(graph: Graph, name: str, kinds: Iterable[Entity] | None = None) -> UnitRef:
    """Return the unit that `name` (an id, a name, a short name, pinyin) stands for.

    UnknownUnitError names what comes close, or says that the name is that of a unit of another kind than `kinds`.
    """
    chosen, every = tuple(kinds or graph.schema.units), tuple(graph.schema.units)
    try:
        return _find_of_kinds(graph, name, chosen)
    except NothingCloseError as error:
        other = None if chosen == every else _find_or_none(graph, name, every)
        if other is None:
            raise
        called = {kind.label: Said(kind.zh, kind.en) for kind in every}
        wanted = Said("、".join(kind.zh for kind in chosen), ", ".join(kind.en for kind in chosen))
        raise OtherKindError(name=name, suggestions="", kind=called[other.label], wanted=wanted) from error


def _find_of_kinds(graph: Graph, name: str, kinds: tuple[Entity, ...]) -> UnitRef:
    labels = tuple(kind.label for kind in kinds)
    units = keep_frame(
        graph,
        ("placed units", labels),
        lambda: _with_streets(graph, _each_short(read_units(graph, kinds, as_told=True))),
    )
    return find_among(units, name, labels)


def _find_or_none(graph: Graph, name: str, kinds: tuple[Entity, ...]) -> UnitRef | None:
    try:
        return _find_of_kinds(graph, name, kinds)
    except UnknownUnitError:
        return None


def find_among(units: pl.DataFrame, name: str, labels: Iterable[str]) -> UnitRef:
    """Return the one of the given units that a name, an id or pinyin stands for; UnknownUnitError names what comes close.

    `units` has id, label, name, short_name, former_name and, where known, street: a name that several have is told apart by it.
    Where nothing comes close, the spreadsheets that list these labels are named.
    """
    for found in (
        _by_id(units, name),
        _by_street(units, name),
        *(_by_names(units, tried) for tried in _spellings(name)),
        _by_prefix(units, name),
    ):
        refs = {ref.id: ref for ref in _in_street(units, found, name)}
        if len(refs) == 1:
            return next(iter(refs.values()))
        if refs:
            raise SeveralUnitsError(name=name, suggestions="、".join(_shown(units, list(refs.values())[:5])))
    if near := near_names(units, name):
        raise UnknownUnitError(name=name, suggestions="、".join(near))
    raise NothingCloseError(name=name, suggestions="", sheets=list_sheets(labels))


def _each_short(units: pl.DataFrame) -> pl.DataFrame:
    """Return units with a row for each of the short names that one cell may hold (汐海船舶、汐船): each of them finds the unit."""
    return units.with_columns(pl.col("short_name").str.extract_all(_ONE_SHORT)).explode("short_name")


def list_sheets(labels: Iterable[str]) -> Said:
    """Return the titles of the spreadsheets that list things of some labels; those of units where no spreadsheet lists just these."""
    wanted, units = set(labels), {kind.label for kind in SCHEMA.units}
    listing = [r for r in SCHEMA.registers if r.row.label in wanted] or [
        r for r in SCHEMA.registers if r.row.label in units
    ]
    return Said("、".join(f"《{r.zh}》" for r in listing), ", ".join(f"“{r.en}”" for r in listing))


def _with_streets(graph: Graph, units: pl.DataFrame) -> pl.DataFrame:
    """Return units with the name of the street that each belongs to or lies in."""
    names = graph.entities(Subdistrict.label, "name").select(target="id", street="name")
    ties = pl.concat([open_relations(graph, kind).select("source", "target") for kind in (BELONGS_TO, LOCATED_IN)])
    streets = ties.join(names, on="target").select(id="source", street="street").sort("id", "street")
    return units.join(
        streets.unique("id", keep="first", maintain_order=True), on="id", how="left", maintain_order="left"
    )


def _in_street(units: pl.DataFrame, found: list[UnitRef], name: str) -> list[UnitRef]:
    """Return the found units without those that lie in another street than the one written before the name."""
    written = _STREET.match(normalize(name))
    if written is None or "street" not in units.columns:
        return found
    elsewhere = units.filter(pl.col("street").is_not_null()).select("id", "street").iter_rows()
    others = {unit for unit, street in elsewhere if core(street) != core(written[0])}
    return [ref for ref in found if ref.id not in others or normalize(ref.name).startswith(written[0])]


def _shown(units: pl.DataFrame, refs: list[UnitRef]) -> list[str]:
    """Return the names of units; those that several of them have with their streets before them, or where none is known, by their ids."""
    streets = dict(units.select("id", "street").iter_rows()) if "street" in units.columns else {}
    names = [ref.name for ref in refs]
    whole = [f"{streets[ref.id]}{DOT}{ref.name}" if streets.get(ref.id) else ref.name for ref in refs]
    return [
        name if names.count(name) == 1 else full if whole.count(full) == 1 else ref.id
        for ref, name, full in zip(refs, names, whole, strict=True)
    ]


def is_called(name: str) -> pl.Expr:
    """Return whether a unit bears just this name, now, in short or formerly."""
    written = normalize(name)
    return pl.any_horizontal(folded(c).fill_null("") == written for c in UNIT_NAMES)


def near_names(units: pl.DataFrame, name: str, most: int = 3) -> list[str]:
    """Return the names of units that resemble `name`: near in spelling or made of the same characters."""
    from rapidfuzz import fuzz, process

    asked = core(name) if name.isascii() else core(name).translate(_NUMERALS)  # of an id, digits are no numerals
    choices = {unit: core(unit).translate(_NUMERALS) for unit in units["name"].unique(maintain_order=True).drop_nulls()}
    choices |= {
        f"{row[0]}\0": core(row[1]).translate(_NUMERALS)
        for row in units.filter(pl.col("short_name").is_not_null()).select("name", "short_name").iter_rows()
    }
    near = process.extract(asked, choices, scorer=fuzz.ratio, limit=10)
    scored: dict[str, float] = {}
    for text, ratio, key in near:
        overlap = 100 * len(set(asked) & set(text)) / max(1, len(set(asked) | set(text)))
        unit = str(key).rstrip("\0")
        scored[unit] = max(scored.get(unit, 0), ratio + overlap)
    ranked = sorted(scored, key=lambda unit: (-scored[unit], unit))
    return [unit for unit in ranked if scored[unit] > 0][:most]


def _refs(frame: pl.DataFrame) -> list[UnitRef]:
    return [UnitRef(*row) for row in frame.select("id", "label", "name").sort("name", "id").iter_rows()]


def _by_id(units: pl.DataFrame, name: str) -> list[UnitRef]:
    return _refs(units.filter(pl.col("id") == name.strip()))


def _by_street(units: pl.DataFrame, name: str) -> list[UnitRef]:
    """Return the units of the name behind a dot that lie in the street before it."""
    street, dot, own = name.rpartition(DOT)
    if not dot or "street" not in units.columns:
        return []
    there = {text for text in units["street"].unique().drop_nulls() if core(text) == core(street)}
    return _by_names(units.filter(pl.col("street").is_in(sorted(there))), own)


def _spellings(name: str) -> list[str]:
    """Return the name as given, then without the party body that it may name, then without the street before it."""
    host = split_party_body(name)[0]
    return list(dict.fromkeys((name, host, _STREET.sub("", host))))


def _by_names(units: pl.DataFrame, name: str) -> list[UnitRef]:
    """Return the units of exactly this name; else of this name up to what spellings vary in (有限公司, 居委会)."""
    exact = units.filter(is_called(name))
    if not exact.is_empty():
        return _refs(exact)
    stem = core(name)
    near = units.filter(
        pl.any_horizontal(pl.col(c).str.contains(stem[:2], literal=True) for c in UNIT_NAMES).fill_null(False)
    )
    cores = [row["id"] for row in near.iter_rows(named=True) if stem in {core(row[c]) for c in UNIT_NAMES if row[c]}]
    return _refs(near.filter(pl.col("id").is_in(cores)))


def _by_prefix(units: pl.DataFrame, name: str) -> list[UnitRef]:
    """Return the units whose name begins with `name`, or whose pinyin or initials are `name` or begin with it."""
    asked = normalize(name)
    if len(asked) < _SHORTEST_PREFIX:
        return []
    if not is_typed(asked):
        return _refs(
            units.filter(
                pl.any_horizontal(folded(c).str.starts_with(asked).fill_null(False) for c in ("name", "short_name"))
            )
        )
    names = pl.concat([units["name"], units["short_name"]]).drop_nulls().unique()
    near = set(find_spelled(names, asked))
    spelled = {
        row["id"]: [readings(row[c]) for c in ("name", "short_name") if row[c] in near]
        for row in units.filter(pl.any_horizontal(pl.col("name", "short_name").is_in(sorted(near)))).iter_rows(
            named=True
        )
    }
    exact = [key for key, both in spelled.items() if any(asked in full + initials for full, initials in both)]
    begun = [
        key
        for key, both in spelled.items()
        if any(one.startswith(asked) for full, initials in both for one in full + initials)
    ]
    return _refs(units.filter(pl.col("id").is_in(exact or begun)))
