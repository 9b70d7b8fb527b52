"""Finds cells of current sheets that disagree about one value, and lists them for people to decide; until then the newer counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import polars as pl

from graph.kinds import Entity
from graph.problems import WARNING, Problem
from graph.types.hiding import HIDDEN


def find_conflicts(
    entity: Entity,
    statements: Sequence[pl.DataFrame],
    files: Mapping[str, str],
    settled: Collection[tuple[str, str]] = (),
    hidden: bool = False,
) -> list[Problem]:
    """Return a problem for each property on which current sheets disagree, at the cell whose value is not used.

    `files` gives the file name of each load; `settled` are the (id, property) that a person decided.
    Of persons (`hidden`) the place is told, but neither who it is nor what is said.
    """
    properties = [c for p in entity.properties if not p.changes for c in p.columns() if not c.endswith("_precision")]
    repeated = _repeated(statements, properties)
    found: list[Problem] = []
    for name in properties if repeated.height else ():
        found += _differences(repeated, name, entity, files)
    found = [p for p in found if (dict(p.details)["id"], p.field) not in settled]
    return [_hide(p) for p in found] if hidden else found


def _hide(problem: Problem) -> Problem:
    details = dict(problem.details) | {"id": "", "other": HIDDEN}
    return replace(problem, value=HIDDEN, details=tuple(details.items()))


def _repeated(statements: Sequence[pl.DataFrame], properties: Sequence[str]) -> pl.DataFrame:
    kept = ["id", "_rank", "load_id", "sheet", "row"]
    frames = [f.filter("_live").select(*kept, *(p for p in properties if p in f.columns)) for f in statements]
    if len(frames) == 1:  # in order of their ids, so that a repeated one stands beside its like
        ids = frames[0]["id"]
        return frames[0].filter(((ids == ids.shift(1)) | (ids == ids.shift(-1))).fill_null(False))
    everything = pl.concat(frames, how="diagonal_relaxed") if frames else pl.DataFrame(schema={"id": pl.String})
    return everything.filter(everything["id"].is_duplicated())


def _differences(repeated: pl.DataFrame, name: str, entity: Entity, files: Mapping[str, str]) -> Iterable[Problem]:
    if name not in repeated.columns:
        return
    said = repeated.filter(pl.col(name).is_not_null()).sort("id", "_rank", "load_id", "sheet", "row")
    text = said[name].list.join("、") if said.schema[name] == pl.List(pl.String) else said[name].cast(pl.String)
    said = said.with_columns(_text=text)
    counts = pl.col("_text").last().over("id")
    lost = said.filter(pl.col("_text") != counts) if said.height else said
    lost = lost.unique(["id", "_text"], keep="last", maintain_order=True)  # a list sent twice disagrees once
    last = said.unique("id", keep="last").select("id", "_text", "load_id", "sheet", "row") if lost.height else lost
    winners = {unit: facts for unit, *facts in last.iter_rows()} if lost.height else {}
    for row in lost.select("id", "load_id", "sheet", "row", "_text").iter_rows():
        unit, load_id, sheet, line, value = row
        other, other_load, other_sheet, other_row = winners[unit]
        details = (
            ("other", other), ("entity", entity.label), ("id", unit),
            ("other_file", files.get(other_load, "")), ("other_sheet", other_sheet), ("other_row", str(other_row or "")),
        )  # fmt: skip
        within = (load_id, sheet) == (other_load, other_sheet)
        yield Problem(
            "conflict.within" if within else "conflict", WARNING, files.get(load_id, ""), sheet, line, field=name, value=value,
            details=details, load=load_id,
        )  # fmt: skip
