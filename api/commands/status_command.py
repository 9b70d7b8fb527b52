"""`shilian status`: what the workspace holds, read without opening any engine."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from rich.table import Table

from api.door import Door
from graph.errors import WorkspaceMissingError
from graph.settings import Settings
from graph.snapshot import Snapshot
from graph.workspace import Workspace


def run(door: Door) -> None:
    """Show the snapshot being served, what is in it, and whether something waits to be published."""
    server = describe_server(door.settings) if door.settings.graph else None
    try:
        document = _describe_workspace(door.settings.workspace)
    except WorkspaceMissingError:
        if server is None:
            raise
        document = {}  # a graph on a server is read without a workspace
    if server is not None:
        document |= {"server": server}
    if door.json:
        door.print_json(document)
        return
    _show(door, document)


def _describe_workspace(path: Path) -> dict[str, Any]:
    workspace = Workspace.open(path)
    snapshot = workspace.current()
    if snapshot is None and not workspace.ledger.revision:
        raise WorkspaceMissingError(path=str(path))
    return describe(workspace, snapshot)


def describe_server(settings: Settings) -> dict[str, Any]:
    """Return what a graph server says of itself: the snapshot that it serves, and a publish that has not ended."""
    from graph.connect import open_server_engine  # only where a server is named: its driver takes a quarter of a second
    from graph.server.state import read_state

    with closing(open_server_engine(settings)) as engine:
        state = read_state(engine)
        facts = state.facts if state else None
        publishing = facts.publishing if facts else None
        return {
            "address": engine.address,
            "snapshot": (facts.snapshot or None) if facts else None,
            "digest": (facts.digest or None) if facts else None,
            "as_of": facts.as_of if facts else None,
            "counts": facts.counts if facts else {"entities": {}, "relations": {}},
            "publishing": {"under_way": publishing.is_under_way, **vars(publishing)} if publishing else None,
        }


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
    if "workspace" in document:
        _show_workspace(door, document)
    if "server" in document:
        _show_server(door, document["server"], document)


def _show_server(door: Door, server: dict[str, Any], document: dict[str, Any]) -> None:
    door.tell(
        f"图服务器 {server['address']}：快照 {server['snapshot'] or '—'}  {str(server['digest'] or '')[:16]}",
        f"graph server {server['address']}: snapshot {server['snapshot'] or '—'}  {str(server['digest'] or '')[:16]}",
    )
    publishing = server["publishing"]
    if publishing:
        step = f"{publishing['step']}/{publishing['steps']}"
        door.note(
            f"正在向它发布快照 {publishing['snapshot']}（{step}）；若已中断，再运行一次 shilian load 即可接着完成。",
            f"Snapshot {publishing['snapshot']} is being published to it ({step}); if that broke off, run shilian load again to go on.",
        )
    elif server["digest"] != document.get("digest", server["digest"]):
        door.note(
            "服务器上的图与工作区不同：再运行一次 shilian load。",
            "The server's graph differs from the workspace: run shilian load again.",
        )


def _show_workspace(door: Door, document: dict[str, Any]) -> None:
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
