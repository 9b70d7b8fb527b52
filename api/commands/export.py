"""`shilian export FOLDER`: the graph as files that other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.door import Door
from api.graph_files import export_graph
from api.opening import open_graph


def run(
    door: Door,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="写到这个文件夹 ¦ the folder to write into")],
    people: Annotated[
        bool, typer.Option("--people", help="包括化名的党员行 ¦ with the members' rows, under their pseudonyms")
    ] = False,
) -> None:
    """Write entities and relations as CSV (UTF-8) and the whole as GraphML."""
    with open_graph(door.settings) as graph:
        written = export_graph(graph, folder, people=people)
        document = {"folder": str(folder), "snapshot": graph.snapshot, "digest": graph.digest, "files": written}
    if door.json:
        door.print_json(document)
        return
    for name, rows in written.items():
        door.tell(f"{name}  {rows} 行", f"{name}  {rows} rows")
    door.tell(f"已导出到 {folder}", f"Exported to {folder}")
