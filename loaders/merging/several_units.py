"""Several units named in one cell (洛矿、大河热电; A与B; A、B等单位): each is a name of its own, so that an agreement has all its parties.

Whether 、 or 和 parts two names or stands inside one (和平路社区, 科技与产业化处) only the units that are known can tell: a known whole
name wins; else a cell is taken apart where every part is a known unit, or looks like one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import polars as pl

from graph.kinds import Link, Register
from graph.problems import WARNING, Problem
from graph.schema.organizations import UNITS
from graph.workspace import LoadedSheet
from loaders.cleaning.mentions import MENTION
from loaders.merging.statements import SHEET
from loaders.names.resolve import Registry

MAY_PART = r"[、,;/|\n与和及]|等|\s\S"
_FIRM = re.compile(r"[、,;/|\n]|\s+(?=\S{2})")
_LOOSE = re.compile(r"以及|[与和及]")
_MORE = re.compile(
    r"等(?P<count>[0-9]+|[一二两三四五六七八九十]+|多|几|若干)?(?:家|个|多家)?(?:成员|共建|驻区)?"
    r"(?:单位|企业|公司|社区|部门|机构|组织|学校|方)?$"
)
_COUNTS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_SHAPE = re.compile(
    r"\S(?:公司|集团|厂|股份|研究院|设计院|研究所|中心|学校|大学|学院|中学|小学|幼儿园|医院|银行|支行|局|委员会|办事处|街道|协会|商会|联合会|合作社|社区|居委会|村|党委|党支部|党总支|大队|所|站|处|办)$"
)
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")


def part_units(
    sheets: Sequence[LoadedSheet], register: Register, frame: pl.DataFrame, registry: Registry
) -> tuple[pl.DataFrame, list[Problem]]:
    """Return records whose cells with several units are lists of their names, and a problem for each that tells of more units."""
    problems: list[Problem] = []
    for link in register.links:
        name = MENTION + link.field
        if name not in frame.columns or not _names_units(link):
            continue
        many = frame.schema[name] == pl.List(pl.String)
        cells = frame[name].list.join("、") if many else frame[name]
        told = cells.filter(cells.str.contains(MAY_PART)).unique().drop_nulls().to_list()
        parts = {cell: found for cell in told if (found := _take_apart(cell, link, registry)) != ([cell], False)}
        if not parts:
            continue
        lists = {cell: names for cell, (names, _) in parts.items()}
        frame = frame.with_columns(_replaced(frame[name], cells, lists).alias(name))
        more = [cell for cell, (_, is_more) in parts.items() if is_more]
        problems += _tell(sheets, frame.filter(cells.is_in(more)), link, cells.filter(cells.is_in(more)))
    return frame, problems


def _names_units(link: Link) -> bool:
    units = {entity.label for entity in UNITS}
    return (
        len(link.other) > 1
        and {entity.label for entity in link.other} <= units
        and not link.personal
        and not link.rides
    )


def _replaced(column: pl.Series, cells: pl.Series, lists: Mapping[str, Sequence[str]]) -> pl.Series:
    whole = column if column.dtype == pl.List(pl.String) else pl.select(
        pl.when(column.is_not_null()).then(pl.concat_list(column))
    ).to_series()  # fmt: skip
    names = pl.DataFrame(
        {"cell": list(lists), "names": list(lists.values())}, schema={"cell": pl.String, "names": pl.List(pl.String)}
    )
    found = pl.DataFrame({"cell": cells, "whole": whole}).join(names, on="cell", how="left", maintain_order="left")
    return found.select(pl.coalesce("names", "whole")).to_series()


def _take_apart(cell: str, link: Link, registry: Registry) -> tuple[list[str], bool]:
    """Return the names that a cell holds, and whether it says that there are more."""
    labels = {entity.label for entity in link.other}

    def is_known(name: str) -> bool:
        return registry.resolve_many([name], labels)[0].id is not None

    def is_unit(name: str) -> bool:
        return is_known(name) or bool(_SHAPE.search(_BRACKETED.sub("", name)))

    if is_known(cell):
        return [cell], False
    tail = _MORE.search(cell)
    bare = cell[: tail.start()] if tail and tail.start() else cell
    names = [part for firm in _split(_FIRM, bare) for part in _part_loosely(firm, is_known, is_unit)]
    names = list(dict.fromkeys(names))
    sure = link.split or all(map(is_unit, names))
    if not names or not sure or (len(names) == 1 and bare == cell):
        return [cell], False
    return names, bare != cell and _count(tail) != len(names)


def _part_loosely(name: str, is_known: Callable[[str], bool], is_unit: Callable[[str], bool]) -> list[str]:
    """Split at 和, 与 and 及 where both sides are units; in 民政和社会保障局 it stands inside one name."""
    parts = _split(_LOOSE, name)
    if len(parts) < 2 or is_known(name):
        return [name]
    known = sum(map(is_known, parts))
    return parts if known == len(parts) or (known and all(map(is_unit, parts))) else [name]


def _split(pattern: re.Pattern[str], text: str) -> list[str]:
    """Split a text outside its brackets."""
    held = _BRACKETED.sub(lambda found: "\0" * len(found[0]), text)
    parts, start = [], 0
    for found in [*pattern.finditer(held), None]:
        end = found.start() if found else len(text)
        parts.append(text[start:end].strip(" \t。.;,"))
        start = found.end() if found else end
    return [part for part in parts if part]


def _count(tail: re.Match[str] | None) -> int:
    said = tail["count"] if tail else None
    return 0 if said is None else int(said) if said.isdigit() else _COUNTS.get(said, 0)


def _tell(sheets: Sequence[LoadedSheet], rows: pl.DataFrame, link: Link, cells: pl.Series) -> list[Problem]:
    told = rows.select(SHEET, "row").with_columns(cell=cells).unique(["cell", SHEET], keep="first", maintain_order=True)
    return [
        Problem(
            "unit.more", WARNING, sheets[at].file, sheets[at].sheet, row, field=link.field, value=cell, load=sheets[at].load_id
        )
        for at, row, cell in told.iter_rows()
    ]  # fmt: skip
