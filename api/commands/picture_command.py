"""`shilian picture UNIT -o FILE.html`: what surrounds a unit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.door import Door
from api.opening import open_graph
from api.surroundings import draw_unit
from graph.errors import ArgumentError
from queries.reading.scope import Scope


def run(
    door: Door,
    unit: Annotated[
        str,
        typer.Argument(metavar="UNIT", help="单位的名称、简称、拼音或编号 ¦ the unit's name, short name, pinyin or id"),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE.html", help="保存到这个网页文件 ¦ the page to write")
    ],
    hops: Annotated[int, typer.Option("--hops", min=1, max=3, help="走几步 ¦ over how many relations")] = 1,
) -> None:
    """Draw what surrounds a unit into an HTML page that opens without internet."""
    if output.suffix.lower() not in {".html", ".htm"}:
        raise ArgumentError(argument="--output", value=output, reason=".html")
    with open_graph(door.settings) as graph:
        page = draw_unit(graph, Scope(door.settings.user, "analyst"), unit, hops)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(page, encoding="utf-8")
    if door.json:
        door.print_json({"unit": unit, "file": str(output), "bytes": len(page.encode())})
    else:
        door.tell(f"已保存：{output}（用浏览器打开）", f"Saved: {output} (open it in a browser)")
