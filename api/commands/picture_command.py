"""`shilian picture UNIT -o FILE.html`: what surrounds a unit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.command import wrong_usage
from api.door import Door
from api.opening import open_graph
from api.surroundings import draw_unit, read_unit_and_hops
from graph.errors import ArgumentError
from graph.texts import Said
from queries.reading.scope import Scope


def run(
    door: Door,
    unit: Annotated[
        str,
        typer.Argument(
            metavar="UNIT", help=Said("单位的名称、简称、拼音或编号", "the unit's name, short name, pinyin or id")
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE.html", help=Said("保存到这个网页文件", "the page to write"))
    ],
    hops: Annotated[str, typer.Option("--hops", metavar="1–3", help=Said("走几步", "over how many relations"))] = "1",
) -> None:
    """Draw what surrounds a unit into an HTML page that opens without internet."""
    if output.suffix.lower() not in {".html", ".htm"}:
        raise ArgumentError(argument="--output", value=output, reason=".html")
    with wrong_usage():
        given = read_unit_and_hops({"unit": unit, "hops": hops})
    with open_graph(door.settings) as graph:
        page = draw_unit(graph, Scope(door.settings.user, "analyst"), given)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(page, encoding="utf-8")
    if door.json:
        door.print_json({"unit": unit, "file": str(output), "bytes": len(page.encode())})
    else:
        door.tell(f"已保存：{output}（用浏览器打开）", f"Saved: {output} (open it in a browser)")
