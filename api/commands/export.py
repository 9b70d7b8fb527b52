"""`shilian export FOLDER`: the graph as files that other programs read; `export neo4j-import FOLDER` as those that Neo4j imports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.door import Door
from api.graph_files import export_graph
from api.opening import open_graph
from graph.connect import find_whole_snapshot
from graph.errors import ArgumentError
from graph.schema import SCHEMA
from graph.server.import_files import write_import_files
from graph.workspace import Workspace

NEO4J_IMPORT = "neo4j-import"


def run(
    door: Door,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="[neo4j-import] FOLDER",
            help="写到这个文件夹；前面加 neo4j-import 则写 Neo4j 导入用的文件"
            " ¦ the folder to write into; after neo4j-import, files that Neo4j imports",
        ),
    ],
    people: Annotated[
        bool, typer.Option("--people", help="包括化名的党员行 ¦ with the members' rows, under their pseudonyms")
    ] = False,
) -> None:
    """Write entities and relations as CSV (UTF-8) and the whole as GraphML, or everything as Neo4j imports it."""
    if words[0] == NEO4J_IMPORT and len(words) == 2:
        _export_for_neo4j(door, Path(words[1]))
        return
    if len(words) != 1 or words[0] == NEO4J_IMPORT:
        raise ArgumentError(argument="FOLDER", value=" ".join(words), reason="[neo4j-import] FOLDER")
    folder = Path(words[0])
    with open_graph(door.settings) as graph:
        written = export_graph(graph, folder, people=people)
        document = {"folder": str(folder), "snapshot": graph.snapshot, "digest": graph.digest, "files": written}
    if door.json:
        door.print_json(document)
        return
    for name, rows in written.items():
        door.tell(f"{name}  {rows} 行", f"{name}  {rows} rows")
    door.tell(f"已导出到 {folder}", f"Exported to {folder}")


def _export_for_neo4j(door: Door, folder: Path) -> None:
    """Write the whole snapshot – the members' rows too, under their pseudonyms – and the command that imports it."""
    snapshot = find_whole_snapshot(Workspace.open(door.settings.workspace), SCHEMA)
    written = write_import_files(snapshot, SCHEMA, folder)
    if door.json:
        document = {"folder": str(folder), "snapshot": snapshot.name, "digest": snapshot.digest}
        door.print_json(document | {"files": written.rows, "command": written.command})
        return
    rows = sum(written.rows.values())
    door.tell(
        f"已写出 {len(written.rows)} 个文件，共 {rows} 行：{folder}",
        f"Wrote {len(written.rows)} files, {rows} rows: {folder}",
    )
    door.tell(
        "请停止 Neo4j，在该文件夹中运行（会替换数据库的全部内容）：",
        "Stop Neo4j, then run in that folder (it replaces all that the database holds):",
    )
    door.tell(written.command, written.command)
    door.tell(
        "然后启动 Neo4j；以后用 shilian load --graph 只发布变化。",
        "Then start Neo4j; from now on shilian load --graph publishes only what changes.",
    )
