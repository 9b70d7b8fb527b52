"""`shilian picture UNIT -o FILE.html`: what surrounds a unit; with --explore, the explorer as a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from api.command import wrong_usage
from api.door import Door
from api.opening import open_graph
from api.surroundings import draw_unit, read_unit_and_hops
from graph.errors import ArgumentError, MissingArgumentError
from graph.texts import Said
from queries.browsing.alone import Scene, draw_alone
from queries.reading.scope import Scope

MOST_AROUND = 150  # of which the picture is still readable; more comes by expanding


def run(
    door: Door,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE.html", help=Said("保存到这个网页文件", "the page to write"))
    ],
    unit: Annotated[
        str,
        typer.Argument(
            metavar="[UNIT]",
            help=Said(
                "单位的名称、简称、拼音或编号；用 --explore 时可不填，即全区",
                "the unit's name, short name, pinyin or id; with --explore it may be left out: the whole district",
            ),
        ),
    ] = "",
    hops: Annotated[str, typer.Option("--hops", metavar="1–3", help=Said("走几步", "over how many relations"))] = "1",
    explore: Annotated[
        bool,
        typer.Option(
            "--explore",
            help=Said(
                "可展开、筛选、查找的图谱，一个文件，不需要服务器",
                "the explorer in one file: expand, filter and find without a server",
            ),
        ),
    ] = False,
) -> None:
    """Draw what surrounds a unit into an HTML page that opens without internet."""
    if output.suffix.lower() not in {".html", ".htm"}:
        raise ArgumentError(argument="--output", value=output, reason=".html")
    if not (unit or explore):
        raise MissingArgumentError(argument="UNIT")
    with wrong_usage():
        given = read_unit_and_hops({"unit": unit, "hops": hops}) if unit else {}
    scope = Scope(door.settings.user, "analyst")
    with open_graph(door.settings) as graph:
        page = draw_alone(graph, scope, door.lang, _begin_with(given)) if explore else draw_unit(graph, scope, given)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(page, encoding="utf-8")
    if door.json:
        door.print_json({"unit": unit, "file": str(output), "bytes": len(page.encode())})
    else:
        door.tell(f"已保存：{output}（用浏览器打开）", f"Saved: {output} (open it in a browser)")


def _begin_with(given: Mapping[str, object]) -> Scene:
    """Return what the explorer begins with: what surrounds a unit, or the whole district."""
    if not given:
        return Scene("overview")
    return Scene("around", {"entity": given["unit"], "hops": given["hops"], "limit": MOST_AROUND})
