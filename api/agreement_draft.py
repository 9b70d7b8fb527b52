"""A draft of the agreement of two units as a Word file: parties, needs and what meets them, members in numbers, room for signatures.

Numbers of members are those that anybody may see (five or more, rounded down): the draft leaves the house.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import ArgumentError, MissingPackageError
from graph.texts import Said
from queries.matching.arrays import Cell
from queries.matching.needs import Asks
from queries.pairing.engine import Engine, open_engine
from queries.pairing.reasons import tell_members, tell_skills
from queries.pairing.specs import ENTERPRISE_COMMUNITY
from queries.reading.scope import Scope
from queries.reading.units import find_unit
from queries.words.spoken import name_class

if TYPE_CHECKING:
    from graph.graph import Graph

SUFFIX = ".docx"
FONT = "宋体"
BLANK = "＿＿＿＿＿＿＿＿"
SIGNATURE = ("（盖章）", f"代表签字：{BLANK}", "日期：　　　　年　　月　　日")


@dataclass(frozen=True)
class Party:
    """One party of an agreement as its register has it."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Draft:
    """What a draft says: the parties, (need, what meets it) of either, and sentences about the members."""

    parties: tuple[Party, Party]
    needs: tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]
    members: tuple[str, ...]


def write_draft(graph: Graph, user: str, units: tuple[str, str], path: Path) -> Path:
    """Write the draft of an agreement between two units (names or ids, in either order) and return its path."""
    if path.suffix.lower() != SUFFIX:
        raise ArgumentError(argument="--output", value=path, reason=SUFFIX)
    draft = make_draft(graph, user, units)
    path.parent.mkdir(parents=True, exist_ok=True)
    _document(draft).save(str(path))
    return path


def make_draft(graph: Graph, user: str, units: tuple[str, str]) -> Draft:
    """Return what the draft of an agreement between a community and an enterprise says."""
    engine = open_engine(graph, Scope(user, "viewer"), ENTERPRISE_COMMUNITY)
    labels = (engine.spec.left, engine.spec.right)
    found = {
        unit.label: unit.id for unit in (find_unit(graph, name, map(graph.schema.entity, labels)) for name in units)
    }
    if set(found) != set(labels):
        reason = Said("应是一个社区和一家企业", "must be a community and an enterprise")
        raise ArgumentError(argument="UNIT", value="|".join(units), reason=reason)
    sides = engine.sides
    left, right = sides.left.places[found[labels[0]]], sides.right.places[found[labels[1]]]
    parties = (_party(sides.left.row(left)), _party(sides.right.row(right)))
    needs = (
        _met(engine, sides.asks, (left, right), found[labels[1]]),
        _met(engine, sides.asks_back, (right, left), found[labels[0]]),
    )
    return Draft(parties, needs, (tell_members(sides, left, right).zh, tell_skills(sides, left, right).zh))


def _party(row: Cell) -> Party:
    shown = (("统一社会信用代码", "uscc"), ("地址", "address"))
    return Party(row["name"], tuple(f"{zh}：{row[field]}" for zh, field in shown if row.get(field)))


def _name_offers(offers: Sequence[Cell], need: str, asks: Asks) -> dict[str, None]:
    """Return the classes of offers that serve a need, each once, as users read them."""
    serving = (offer["service"] for offer in offers if need in asks.answers.get(offer["service"], frozenset()))
    return dict.fromkeys(map(name_class, serving))


def _met(engine: Engine, asks: Asks, places: tuple[int, int], giver: str) -> tuple[tuple[str, str], ...]:
    """Return each need of one unit and what the other offers for it."""
    offers = engine.sides.told.offers.of(giver)
    return tuple(
        (name_class(need), "、".join(_name_offers(offers, need, asks)) or "（协商）")
        for need in asks.wanted(places[0])
    )  # fmt: skip


def _document(draft: Draft) -> Any:
    try:
        from docx import Document
        from docx.oxml.ns import qn
    except ImportError as missing:
        raise MissingPackageError(package="python-docx") from missing
    document = Document()
    style = document.styles["Normal"]
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    document.add_heading("共驻共建协议（草案）", 0)
    for title, party in zip(("甲方", "乙方"), draft.parties, strict=True):
        document.add_paragraph(f"{title}：{party.name}")
        for line in party.lines:
            document.add_paragraph(line)
    document.add_heading("一、需求与资源", 1)
    for title, giver, rows in (("甲方需求", "乙方提供", draft.needs[0]), ("乙方需求", "甲方提供", draft.needs[1])):
        if rows:
            _add_table(document, [(title, giver), *rows])
    document.add_heading("二、党员力量（汇总）", 1)
    for sentence in draft.members:
        document.add_paragraph(f"{sentence}。")
    document.add_heading("三、共建内容与期限", 1)
    document.add_paragraph(f"共建内容：{BLANK * 3}")
    document.add_paragraph(f"有效期：{BLANK}，自　　　　年　　月　　日起。")
    document.add_heading("四、签署", 1)
    heads = tuple(f"{title}：{party.name}" for title, party in zip(("甲方", "乙方"), draft.parties, strict=True))
    _add_table(document, [heads, *((line, line) for line in SIGNATURE)])
    return document


def _add_table(document: Any, rows: Sequence[tuple[str, ...]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph()
