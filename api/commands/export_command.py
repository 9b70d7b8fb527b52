"""`shilian export FOLDER`: the graph as files that other programs read; `export neo4j-import FOLDER` as those that Neo4j imports.

`export agreement A B -o FILE.docx` writes the draft of an agreement between two units.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.door import Door
from api.graph_files import export_graph
from api.opening import open_graph
from api.papers.making import save_draft
from graph.connect import find_whole_snapshot
from graph.errors import ArgumentError
from graph.schema import SCHEMA
from graph.server.import_files import write_import_files
from graph.texts import Said
from graph.workspace import Workspace

NEO4J_IMPORT = "neo4j-import"
AGREEMENT = "agreement"
USAGE = "[neo4j-import] FOLDER | agreement UNIT UNIT -o FILE.docx"


def run(
    door: Door,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="[neo4j-import] FOLDER | agreement UNIT UNIT",
            help=Said(
                "写到这个文件夹；前面加 neo4j-import 则写 Neo4j 导入用的文件；agreement 甲 乙 写两家单位的协议草案",
                "the folder to write into; after neo4j-import, files that Neo4j imports; after agreement, two units to draft one for",
            ),
        ),
    ],
    people: Annotated[
        bool, typer.Option("--people", help=Said("包括化名的党员行", "with the members' rows, under their pseudonyms"))
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE.docx",
            help=Said("协议草案写到这个文件", "the file for the draft of an agreement"),
        ),
    ] = None,
) -> None:
    """Write entities and relations as CSV (UTF-8) and the whole as GraphML, everything as Neo4j imports it, or a draft agreement."""
    if words[0] == AGREEMENT and len(words) == 3 and output is not None:
        _export_agreement(door, (words[1], words[2]), output)
        return
    if words[0] == NEO4J_IMPORT and len(words) == 2:
        _export_for_neo4j(door, Path(words[1]))
        return
    if len(words) != 1 or words[0] in {NEO4J_IMPORT, AGREEMENT} or output is not None:
        raise ArgumentError(argument="FOLDER", value=" ".join(words), reason=USAGE)
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


def _export_agreement(door: Door, units: tuple[str, str], path: Path) -> None:
    """Write the draft of an agreement between two units."""
    with open_graph(door.settings) as graph:
        written = save_draft(graph, door.settings.user, units, path)
        document = {"file": str(written), "units": list(units), "snapshot": graph.snapshot, "digest": graph.digest}
    if door.json:
        door.print_json(document)
    else:
        door.tell(f"协议草案：{written}", f"Draft of the agreement: {written}")


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
