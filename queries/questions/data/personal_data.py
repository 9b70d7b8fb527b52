"""我们掌握哪些个人信息？ What personal data is held, what for, until when; and what was dropped when it was read. Numbers only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import polars as pl

from graph.people import find_people
from graph.texts import NOTHING, Said, join_said
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.answers.rows import Record, column
from queries.reading.area import InArea, list_units
from queries.reading.entities import open_entities
from queries.reading.scope import Scope
from queries.reading.units_of import keep_within

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Entity

Kept = Literal["pseudonym", "count", "dropped"]
KEPT = {
    "pseudonym": Said("以化名保存", "under a pseudonym"),
    "count": Said("只存人数", "as a number"),
    "dropped": Said("读取时去除，未保存", "dropped when read, never stored"),
}
_UNSAID = Said("未说明用途，请补充", "no purpose is on record: state one")
_NEVER = Said("不保存", "not kept")
_LIST = "、"


@dataclass(frozen=True)
class PersonalData:
    """A kind of personal data: what of it is held, of how many people, what for, until when, and from which spreadsheets."""

    kind: Said = column("对象", "of whom")
    kept: Kept = column("保存方式", "how it is kept", words=KEPT)
    number: int | None = column("人数", "people")
    held: Said = column("内容", "what")
    why: Said = column("用途", "what for")
    until: Said = column("保存到", "until when")
    registers: Said = column("来源表格", "spreadsheets")
    records: list[Record] = column("出处", "records", "hidden")


@question(
    phrases=Said(
        "个人信息 掌握；个人信息 保存；隐私 数据；个人信息 存了 哪些；个人信息 保存 到什么时候；隐私 依据；身份证 保存",
        "personal data held; what personal data",
    )
)
def personal_data(graph: Graph, scope: Scope, *, area: InArea = None) -> Answer[PersonalData]:
    """我们掌握哪些个人信息，为什么、到什么时候？ What personal data is held, what for, until when? People are counted, never listed."""
    units = list_units(graph, area) if area else None
    people = [kind for kind in graph.schema.entities if kind.label in find_people(graph.schema)]
    return Answer([*(_held(graph, scope, kind, units) for kind in people), *_dropped(graph)])


def _held(graph: Graph, scope: Scope, kind: Entity, units: pl.Series | None) -> PersonalData:
    """Return what is held of the people of a kind, and how many they are as the asker may see it."""
    found = open_entities(graph, kind, list(kind.columns())[-1]).with_columns(label=pl.lit(kind.label))
    ties = [
        r
        for r in graph.schema.relations
        if graph.counts["relations"].get(r.type) and any(kind.label in p for p in r.pairs())
    ]
    told = [Said(p.zh, p.en) for p in kind.properties] + [Said(r.zh, r.en) for r in ties]
    registers = [r for r in graph.schema.registers if r.row.label == kind.label]
    files = found.select("load_id", "sheet").unique().sort("load_id", "sheet").drop_nulls().iter_rows()
    return PersonalData(
        Said(kind.zh, kind.en), "count" if kind.is_cohort else "pseudonym", scope.count(keep_within(graph, found, units).height),
        join_said(told, _LIST, ", "), kind.kept_for or _UNSAID, kind.kept_until or _UNSAID,
        join_said([Said(r.zh, r.en) for r in registers], _LIST, ", "),
        [Record(kind.label, graph.files.get(load, ""), sheet, None) for load, sheet in files],
    )  # fmt: skip


def _dropped(graph: Graph) -> Iterator[PersonalData]:
    """Yield by register the personal columns that were met in sheets and dropped."""
    headers: defaultdict[str, dict[str, None]] = defaultdict(dict)
    records: defaultdict[str, list[Record]] = defaultdict(list)
    history = graph.history
    for load in history.loads() if history else ():
        for sheet in history.report(load["id"]).get("files", ()) if history and not load["withdrawn"] else ():
            met = [c["header"] for c in sheet["columns"] if c["treatment"] == "dropped_personal"]
            if met and sheet["register"]:
                headers[sheet["register"]] |= dict.fromkeys(met)
                records[sheet["register"]].append(Record("", sheet["file"], sheet["sheet"], None))
    for name, dropped in sorted(headers.items()):
        register = graph.schema.register(name)
        said = Said(register.zh, register.en)
        held = _LIST.join(dropped)
        yield PersonalData(said, "dropped", None, Said(held, f"columns {held}"), NOTHING, _NEVER, said, records[name])
