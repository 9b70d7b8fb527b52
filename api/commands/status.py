"""`shilian status`: what the workspace holds, read without opening any engine."""

from __future__ import annotations

from typing import Any

from rich.table import Table

from api.door import Door
from graph.errors import WorkspaceMissingError
from graph.snapshot import Snapshot
from graph.workspace import Workspace


def run(door: Door) -> None:
    """Show the snapshot being served, what is in it, and whether something waits to be published."""
    workspace = Workspace.open(door.settings.workspace)
    snapshot = workspace.current()
    if snapshot is None and not workspace.ledger.revision:
        raise WorkspaceMissingError(path=str(door.settings.workspace))
    document = describe(workspace, snapshot)
    if door.json:
        door.print_json(document)
        return
    _show(door, document)


def describe(workspace: Workspace, snapshot: Snapshot | None) -> dict[str, Any]:
    """Return the state of a workspace as the JSON of `status`."""
    loads = workspace.ledger.loads()
    return {
        "workspace": str(workspace.path),
        "snapshot": snapshot.name if snapshot else None,
        "digest": snapshot.digest if snapshot else None,
        "as_of": snapshot.as_of if snapshot else None,
        "published": snapshot.published if snapshot else None,
        "pending": workspace.pending,
        "counts": snapshot.counts if snapshot else {"entities": {}, "relations": {}},
        "loads": sum(not load["withdrawn"] for load in loads),
        "withdrawn": sum(load["withdrawn"] for load in loads),
        "decisions": len(workspace.ledger.decisions()),
        "snapshots": workspace.snapshots(),
    }


def _show(door: Door, document: dict[str, Any]) -> None:
    say = door.say
    facts = Table(box=None, show_header=False, pad_edge=False)
    facts.add_row(say("工作区", "workspace"), document["workspace"])
    facts.add_row(
        say("快照", "snapshot"), f"{document['snapshot']}  {str(document['digest'])[:16]}  {document['published']}"
    )
    facts.add_row(say("数据截至", "as of"), str(document["as_of"] or "—"))
    facts.add_row(
        say("载入", "loads"),
        say(
            f"{document['loads']} 次有效，{document['withdrawn']} 次已撤回",
            f"{document['loads']} live, {document['withdrawn']} withdrawn",
        ),
    )
    facts.add_row(say("决定", "decisions"), str(document["decisions"]))
    door.out.print(facts)
    counts = Table(header_style="bold", box=None, pad_edge=False)
    for heading in (say("实体", "entities"), "", say("关系", "relations"), ""):
        counts.add_column(heading, justify="left" if heading else "right")
    entities, relations = (list(document["counts"][part].items()) for part in ("entities", "relations"))
    for n in range(max(len(entities), len(relations))):
        left, right = (part[n] if n < len(part) else ("", "") for part in (entities, relations))
        counts.add_row(left[0], str(left[1]), right[0], str(right[1]))
    door.out.print(counts)
    if document["pending"]:
        door.note("有内容尚未发布：运行 shilian rebuild。", "Something is not published yet: run shilian rebuild.")
