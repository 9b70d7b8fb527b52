"""A graph made of a few lines in a test, kept by the embedded engine in a temporary file."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import polars as pl

from graph.backends.ladybug import LadybugBackend, build
from graph.backends.protocol import GraphFacts
from graph.graph import Graph
from graph.schema import SCHEMA
from graph.tables import SOURCES, Tables, empty_tables, entity_columns, relation_columns

AS_OF = date(2026, 6, 30)
PROVENANCE = ("load_id", "sheet", "row")
_DIGESTS = count(1)  # one a graph: what is remembered of one is not answered of another
Lines = Mapping[str, list[dict[str, Any]]]


def small_graph(entities: Lines, relations: Sequence[tuple[Any, ...]] = (), history: Any = None) -> Graph:
    """Return a graph of entities {label: [{id, …}]} and relations [(type, source id, target id, {…})]; rows are numbered from 3."""
    folder = Path(tempfile.mkdtemp(prefix="shilian-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    tables = make_tables(entities, relations)
    build(folder / "graph.lbug", tables, SCHEMA)
    facts = GraphFacts("1", f"d{next(_DIGESTS)}", AS_OF, tables.counts(), {"load1": "登记表.xlsx"})
    return Graph(LadybugBackend(folder / "graph.lbug", facts, 1 << 28), SCHEMA, None, history)


def make_tables(entities: Lines, relations: Sequence[tuple[Any, ...]]) -> Tables:
    """Return the tables of a few lines."""
    empty = empty_tables(SCHEMA)
    labels: dict[str, str] = {}
    frames: dict[str, pl.DataFrame] = {}
    for label, rows in entities.items():
        given = [{"load_id": "load1", "sheet": label, "row": n, **row} for n, row in enumerate(rows, start=3)]
        frames[label] = pl.DataFrame(given, schema=entity_columns(SCHEMA.entity(label)))
        labels |= {row["id"]: label for row in rows}
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for number, (kind, source, target, *props) in enumerate(relations, start=3):
        row = {
            "load_id": "load1",
            "sheet": kind,
            "row": number,
            "source": source,
            "target": target,
            **(props[0] if props else {}),
        }
        groups.setdefault((kind, labels[source], labels[target]), []).append(row)
    tied = {key: pl.DataFrame(rows, schema=relation_columns(SCHEMA.relation(key[0]))) for key, rows in groups.items()}
    return Tables({**empty.entities, **frames}, {**empty.relations, **tied}, pl.DataFrame(schema=SOURCES))


@cache
def small_district() -> Graph:
    """Return (built once, shared, never to be closed) two streets, three communities, two enterprises, their members, venues, agreements, activities, needs and offers."""
    return small_graph(ENTITIES, RELATIONS)


def _day(text: str) -> date:
    return date.fromisoformat(text)


_VENUES: list[dict[str, Any]] = [
    {
        "id": "ven:idle",
        "name": "一拖会议室",
        "kind": "会议室",
        "keeps_log": True,
        "open_hours_weekly": 40.0,
        "status": "闲置",
    },
    {
        "id": "ven:rare",
        "name": "一拖礼堂",
        "kind": "礼堂",
        "keeps_log": True,
        "open_hours_weekly": 40.0,
        "status": "在用",
    },
    {
        "id": "ven:blind",
        "name": "重二社区图书室",
        "kind": "图书室",
        "keeps_log": False,
        "open_hours_weekly": 20.0,
        "status": "闲置",
    },
    {
        "id": "ven:shut",
        "name": "重二社区会议室",
        "kind": "会议室",
        "keeps_log": True,
        "open_hours_weekly": 40.0,
        "status": "已停用",
    },
    {"id": "ven:busy", "name": "洛轴篮球场", "kind": "篮球场", "open_hours_weekly": 91.0, "status": "在用"},
]
ENTITIES: dict[str, list[dict[str, Any]]] = {
    "Subdistrict": [{"id": "sub:ca", "name": "长安路街道"}, {"id": "sub:zz", "name": "郑州路街道"}],
    "Enterprise": [
        {"id": "ent:yt", "name": "中国一拖集团有限公司", "short_name": "一拖", "lon": 112.40, "lat": 34.66},
        {"id": "ent:lz", "name": "洛阳轴承集团有限公司", "short_name": "洛轴", "lon": 112.43, "lat": 34.67},
    ],
    "Community": [
        {"id": "com:ce", "name": "重二社区", "lon": 112.41, "lat": 34.66},
        {"id": "com:ca", "name": "长安社区", "lon": 112.42, "lat": 34.66},
        {"id": "com:zz", "name": "郑州路社区", "lon": 112.50, "lat": 34.70},
    ],
    "Venue": _VENUES,
    "RedBase": [{"id": "red:ngb", "name": "农耕博物馆"}],
    "Agreement": [
        {"id": "agr:1", "number": "共建〔2024〕1号", "signed": _day("2024-03-01"), "expires": _day("2026-08-31"), "performance": "正常履行"},
        {"id": "agr:2", "number": "共建〔2025〕2号", "signed": _day("2025-01-10")},
        {"id": "agr:3", "number": "共建〔2025〕3号"},
        {"id": "agr:4", "number": "共建〔2020〕4号", "signed": _day("2020-01-01"), "expires": _day("2021-12-31")},
    ],
    "Activity": [
        {"id": "act:1", "title": "主题党日", "day": _day("2025-05-01")},
        {"id": "act:2", "title": "签约之前的活动", "day": _day("2024-06-01")},
    ],
    "Member": [{"id": f"m{n}", "pseudonym": f"m{n}"} for n in range(30)],
    "Concept": [{"id": "skill:law", "name": "法律", "scheme": "skill"}, {"id": "service:med", "name": "健康义诊", "scheme": "service"}, {"id": "service:law", "name": "法律援助", "scheme": "service"}],
    "Need": [
        {"id": "need:1", "title": "健康义诊服务", "category": "健康义诊"},
        {"id": "need:2", "title": "法律援助服务", "category": "法律援助"},
        {"id": "need:3", "title": "法律咨询", "category": "法律援助", "status": "已完成"},
    ],
    "Offering": [{"id": "off:1", "title": "健康义诊", "category": "服务"}],
    "ResourceUse": [
        {"id": "use:old", "day": _day("2024-09-01"), "time_hours": 2.0, "purpose": "培训"},
        {"id": "use:1", "day": _day("2026-05-01"), "time_hours": 3.0, "purpose": "联谊"},
        *({"id": f"use:b{n}", "day": _day(f"2026-0{1 + n % 6}-1{n // 6}"), "time_hours": 2.0, "purpose": "比赛"} for n in range(24)),
    ],
}  # fmt: skip
RELATIONS: list[tuple[Any, ...]] = [
    ("BELONGS_TO", "com:ce", "sub:ca"), ("BELONGS_TO", "com:ca", "sub:ca"), ("BELONGS_TO", "com:zz", "sub:zz"), ("LOCATED_IN", "ent:yt", "sub:ca"), ("LOCATED_IN", "ent:lz", "sub:zz"),
    ("OWNS", "ent:yt", "ven:idle"), ("OWNS", "ent:yt", "ven:rare"), ("OWNS", "com:ce", "ven:blind"), ("OWNS", "com:ce", "ven:shut"), ("OWNS", "ent:lz", "ven:busy"), ("OWNS", "ent:lz", "red:ngb"),
    ("USES", "use:old", "ven:rare"), ("USED_BY", "use:old", "com:ca"), ("USES", "use:1", "ven:rare"), ("USED_BY", "use:1", "com:ce"),
    *(("USES", f"use:b{n}", "ven:busy") for n in range(24)), *(("USED_BY", f"use:b{n}", "com:ca") for n in range(24)),
    ("SIGNED", "com:ce", "agr:1", {"side": "甲"}), ("SIGNED", "ent:yt", "agr:1", {"side": "乙"}),
    ("SIGNED", "com:ca", "agr:2", {"side": "甲"}), ("SIGNED", "ent:lz", "agr:2", {"side": "乙"}),
    ("SIGNED", "com:zz", "agr:3", {"side": "甲"}), ("SIGNED", "ent:lz", "agr:3", {"side": "乙"}),
    ("SIGNED", "com:zz", "agr:4", {"side": "甲"}), ("SIGNED", "ent:yt", "agr:4", {"side": "乙"}),
    ("LEADS", "com:ce", "act:1"), ("TAKES_PART_IN", "ent:yt", "act:1"), ("LEADS", "com:ca", "act:2"), ("TAKES_PART_IN", "ent:lz", "act:2"),
    ("PARTNERED_WITH", "ent:yt", "com:ce", {"agreement": "agr:1"}),
    *(("WORKS_AT", f"m{n}", "ent:yt") for n in range(20)), *(("WORKS_AT", f"m{n}", "ent:lz") for n in range(20, 30)),
    *(("LIVES_IN", f"m{n}", "com:ce") for n in range(12)), *(("LIVES_IN", f"m{n}", "com:ca") for n in range(12, 18)), ("LIVES_IN", "m18", "com:zz"), ("LIVES_IN", "m19", "com:zz"),
    *(("LIVES_IN", f"m{n}", "com:zz") for n in range(20, 28)), *(("HAS_SKILL", f"m{n}", "skill:law") for n in range(7)), ("HAS_SKILL", "m12", "skill:law"),
    ("SEEKS", "com:ce", "need:1"), ("ABOUT", "need:1", "service:med"), ("SEEKS", "com:ca", "need:2"), ("ABOUT", "need:2", "service:law"), ("SEEKS", "com:ca", "need:3"), ("ABOUT", "need:3", "service:law"),
    ("OFFERS", "ent:yt", "off:1"), ("ABOUT", "off:1", "service:med"),
]  # fmt: skip
