"""The whole way in: files → loads in the ledger → the next snapshot. Also its ways back: rebuild, withdraw, difference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl

from graph.digest import digest
from graph.errors import ArgumentError, NothingToLoadError, pick_side
from graph.ledger_rows import LoadReport
from graph.problems import Problem
from graph.publish import Published, publish
from graph.schema import SCHEMA
from graph.server.server_publish import check_server, publish_on_server
from graph.settings import Settings, load_key
from graph.workspace import NewLoad, StoredSheet, Workspace
from loaders.formats.raw_sheet import RawFile
from loaders.formats.read import Source, find_sources, read_sources
from loaders.headers.header_decisions import HeaderDecisions
from loaders.intake import Intake, LoadOptions
from loaders.load_ids import LoadIds, read_digest
from loaders.merging.merge import Merged, merge_loads
from loaders.merging.statements import LoadedSheet
from loaders.report.load_result import LoadResult

Progress = Callable[[str, int, int], None]
_REMEMBERED = 10_000  # problems of merging that a snapshot keeps for the next report


def load_paths(
    workspace_path: Path,
    paths: Sequence[Path],
    *,
    options: LoadOptions | None = None,
    settings: Settings | None = None,
    on_progress: Progress | None = None,
) -> LoadResult:
    """Load files and folders into a workspace and publish the next snapshot.

    A file that was loaded before, under the same options, is not read again. Raises InputError when nothing can be loaded; then
    nothing was written.
    """
    options, settings = options or LoadOptions(), settings or Settings()
    tell = on_progress or (lambda stage, done, total: None)
    if not options.dry_run:
        check_server(settings)
    workspace = Workspace.open(workspace_path, create=True)
    loads, known = _read_new(workspace, find_sources(paths), options, replace(settings, workspace=workspace_path), tell)
    if options.dry_run:
        return _dry_run(workspace, loads, known)
    with workspace.writing():
        tell("store", 0, 1)
        workspace.add_loads(loads)
        result = publish_workspace(workspace, tell, settings=settings)
    reports = [load.report for load in loads] + known
    wanted = {f["file"] for r in reports for f in r["files"]}
    records = tuple((s.file, s.sheet, s.frame) for s in workspace.live_sheets() if s.file in wanted)
    return replace(_with_reports(result, reports), records=records)


def publish_workspace(
    workspace: Workspace, tell: Progress = lambda stage, done, total: None, *, settings: Settings | None = None
) -> LoadResult:
    """Merge everything that the workspace holds and publish it, to the graph server too where the settings name one.

    The caller holds the writing lock.
    """
    result = _publish_pending(workspace, tell)
    publish_on_server(settings or Settings(), workspace, SCHEMA, tell=tell)
    return result


def _publish_pending(workspace: Workspace, tell: Progress) -> LoadResult:
    # A damaged snapshot counts as pending: it is made anew from what is on the record.
    current = None if workspace.pending else workspace.current()
    if current is not None:
        told = tuple(Problem.restore(p) for p in current.meta.get("problems", ()))
        return LoadResult(current.name, current.digest, False, current.counts, problems=told)
    tell("merge", 0, 1)
    merged = _merge(workspace.live_sheets(), workspace)
    tell("publish", 0, 1)
    return _publish(workspace, merged)


def rebuild(
    workspace_path: Path, *, settings: Settings | None = None, on_progress: Progress | None = None
) -> LoadResult:
    """Make the snapshot anew from the ledger and the loads alone; a graph server is read whole and brought to it."""
    tell = on_progress or (lambda stage, done, total: None)
    workspace = Workspace.open(workspace_path)
    with workspace.writing():
        tell("merge", 0, 1)
        merged = _merge(workspace.live_sheets(), workspace)
        tell("publish", 0, 1)
        result = _publish(workspace, merged, anew=True)
        publish_on_server(settings or Settings(), workspace, SCHEMA, compare=True, tell=tell)
        return result


def withdraw(
    workspace_path: Path, load_id: str, *, settings: Settings | None = None, on_progress: Progress | None = None
) -> LoadResult:
    """Take a load back: the next snapshot is as if it had not been. The load stays on the record."""
    workspace = Workspace.open(workspace_path)
    with workspace.writing():
        known = [row["id"] for row in workspace.ledger.loads() if str(row["id"]).startswith(load_id)]
        if len(known) != 1:
            raise ArgumentError(
                argument="load",
                value=load_id,
                reason="no such load / 没有这次载入" if not known else "several / 不唯一",
            )
        workspace.withdraw(known[0], by=(settings or Settings()).user)
        return publish_workspace(workspace, on_progress or (lambda stage, done, total: None), settings=settings)


def _merge(sheets: Sequence[StoredSheet], workspace: Workspace) -> Merged:
    return merge_loads(sheets, SCHEMA, workspace.ledger.decisions())


def _publish(workspace: Workspace, merged: Merged, anew: bool = False) -> LoadResult:
    meta = {"as_of": merged.as_of, "problems": [p.store() for p in merged.problems[:_REMEMBERED]]}
    published: Published = publish(workspace, merged.tables, SCHEMA, meta, anew=anew)
    return LoadResult(
        published.snapshot,
        published.digest,
        published.changed,
        merged.tables.counts(),
        problems=merged.problems,
        difference=published.difference,
    )


def _read_new(
    workspace: Workspace, sources: Sequence[Source], options: LoadOptions, settings: Settings, tell: Progress
) -> tuple[list[NewLoad], list[LoadReport]]:
    """Return the loads made of files not loaded before, and the reports of those that were."""
    decisions = HeaderDecisions.of(workspace.ledger.decisions("header"))
    ids = LoadIds(options, decisions)
    contents = {source: read_digest(source) for source in sources}
    reports_of = ids.find_reports(workspace, sources, contents)
    known: list[LoadReport] = list(reports_of.values())
    new = [source for source in sources if source not in reports_of]
    intake = Intake(options, load_key(settings), decisions=decisions, by=settings.user)
    by_name: dict[str, NewLoad] = {}
    rejected: list[RawFile] = []
    reports: list[LoadReport] = []
    for source, raw in zip(new, read_sources(new, on_progress=tell, meanwhile=intake.prepare), strict=True):
        load = intake.read(raw, partial(ids.make_id, source, contents[source]))
        if load.sheets:
            by_name[load.id] = replace(load, replaces=ids.find_replaced(workspace, load))
        else:
            rejected.append(raw)
            reports.append(load.report)
    if not by_name and not known:
        _raise_nothing(rejected, reports)
    if by_name and reports:
        _append_skipped(next(iter(by_name.values())), reports)
    elif reports:  # everything else was loaded before: told all the same, in this call only, and once
        told = {f["file"] for report in known for f in report.get("skipped", ())}
        known += [report for report in reports if not told.issuperset(f["file"] for f in report["files"])]
    return list(by_name.values()), known


def _append_skipped(load: NewLoad, reports: Iterable[LoadReport]) -> None:
    # What came along and is no register is told with the first load of the call; it makes no load of its own.
    for report in reports:
        load.report["skipped"] = [*load.report.get("skipped", []), *report["files"]]
        load.report["skipped_problems"] = [*load.report.get("skipped_problems", []), *report["problems"]]


def _raise_nothing(files: Sequence[RawFile], reports: Sequence[LoadReport]) -> None:
    for file in files:
        if file.error is not None:
            raise file.error
    found = [f for report in reports for f in report["files"]]

    def tell(lang: str) -> str:
        return "; ".join(f"{f['file']} {f['sheet']}: {pick_side(f.get('reason', ''), lang)}" for f in found)

    raise NothingToLoadError(reason=(tell("zh"), tell("en")) if found else ("没有文件", "no files"))


def _with_reports(result: LoadResult, reports: Sequence[LoadReport]) -> LoadResult:
    """Put the reports of the given files beside the result, and of the merge's problems those about these files."""
    files = [f for r in reports for f in (*r["files"], *r.get("skipped", ()))]
    own = [Problem.restore(p) for r in reports for p in (*r["problems"], *r.get("skipped_problems", ()))]
    letters = {(f["file"], f["sheet"], c["field"]): c["column"] for f in files for c in f["columns"]}
    names = {f["file"] for f in files}
    merged = [
        replace(p, column=letters.get((p.file, p.sheet, p.field), p.column)) for p in result.problems if p.file in names
    ]
    order = sorted([*own, *merged], key=lambda p: (p.severity, p.file, p.sheet, p.row or 0, p.column))
    return replace(result, files=tuple(files), problems=tuple(order))


@dataclass(frozen=True)
class _UnstoredSheet:
    load_id: str
    seq: int
    file: str
    sheet: str
    register: str
    scope: str
    as_of: date | None
    records: pl.DataFrame

    def frame(self) -> pl.DataFrame:
        return self.records


def _dry_run(workspace: Workspace, loads: Sequence[NewLoad], known: Sequence[LoadReport]) -> LoadResult:
    replaced = {id_ for load in loads for id_ in load.replaces}
    stored = [sheet for sheet in workspace.live_sheets() if sheet.load_id not in replaced]
    start = max((s.seq for s in stored), default=0) + 1
    new = [
        _UnstoredSheet(load.id, start + n, load.file, s.sheet, s.register, s.scope, load.as_of, s.frame)
        for n, load in enumerate(loads)
        for s in load.sheets
    ]
    sheets: list[LoadedSheet] = [*stored, *new]
    merged = merge_loads(sheets, SCHEMA, workspace.ledger.decisions())
    current = workspace.current()
    result = LoadResult(
        current.name if current else "",
        digest(merged.tables),
        bool(loads),
        merged.tables.counts(),
        problems=merged.problems,
    )
    records = tuple((s.file, s.sheet, s.frame) for s in new)
    return replace(_with_reports(result, [load.report for load in loads] + list(known)), records=records)
