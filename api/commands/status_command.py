"""`shilian status`: what the workspace holds, read without opening any engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TypedDict

from rich.table import Table

from api.door import Door
from graph.engines import open_server_engine
from graph.settings import Settings
from graph.snapshot import Snapshot
from graph.storage_errors import WorkspaceMissingError
from graph.texts import Said
from graph.workspace import Workspace

Counts = Mapping[str, Mapping[str, int]]  # of entities by label, of relations by type


class WorkspaceStatus(TypedDict):
    """What a workspace holds, as the JSON of `status` has it."""

    workspace: str
    snapshot: str | None
    digest: str | None
    as_of: date | None
    published: str | None
    pending: bool
    counts: Counts
    loads: int
    withdrawn: int
    decisions: int
    snapshots: Sequence[int]
    damaged: Sequence[Said]


class ServerStatus(TypedDict):
    """What a graph server holds, and the publish to it that has not ended."""

    address: str
    snapshot: str | None
    digest: str | None
    as_of: date | None
    counts: Counts
    publishing: Mapping[str, object] | None


def run(door: Door) -> None:
    """Show the snapshot being served, what is in it, and whether something waits to be published."""
    server = describe_server(door.settings) if door.settings.graph else None
    try:
        workspace = _describe_workspace(door.settings.workspace)
    except WorkspaceMissingError:
        if server is None:
            raise
        workspace = None  # a graph on a server is read without a workspace
    if door.json:
        door.print_json({**(workspace or {}), **({"server": server} if server else {})})
        return
    if workspace is not None:
        _show_workspace(door, workspace)
    if server is not None:
        _show_server(door, server, workspace["digest"] if workspace else server["digest"])


def _describe_workspace(path: Path) -> WorkspaceStatus:
    workspace = Workspace.open(path)
    snapshot = workspace.current()
    if snapshot is None and not workspace.ledger.revision:
        raise WorkspaceMissingError(path=str(path))
    return describe(workspace, snapshot)


def describe_server(settings: Settings) -> ServerStatus:
    """Return what a graph server says of itself: the snapshot that it serves, and a publish that has not ended."""
    from graph.server.state import read_state  # only where a server is named: polars takes a third of a second

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


def describe(workspace: Workspace, snapshot: Snapshot | None) -> WorkspaceStatus:
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
        "damaged": [damage.said for damage in workspace.find_damage()],
    }


def _show_server(door: Door, server: ServerStatus, wanted: str | None) -> None:
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
    elif server["digest"] != wanted:
        door.note(
            "服务器上的图与工作区不同：再运行一次 shilian load。",
            "The server's graph differs from the workspace: run shilian load again.",
        )


def _show_workspace(door: Door, document: WorkspaceStatus) -> None:
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
    entities, relations = (list(document["counts"].get(part, {}).items()) for part in ("entities", "relations"))
    for n in range(max(len(entities), len(relations))):
        left, right = (part[n] if n < len(part) else ("", "") for part in (entities, relations))
        counts.add_row(left[0], str(left[1]), right[0], str(right[1]))
    door.out.print(counts)
    for damage in document["damaged"]:
        door.note(damage, damage.en)
    if document["pending"]:
        door.note("有内容尚未发布：运行 shilian rebuild。", "Something is not published yet: run shilian rebuild.")
