"""The whole process of loading: read files, store them as loads, publish the next snapshot; also rebuild and withdraw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import polars as pl

from graph.decisions import Decision, HeaderMeaning, SheetRegister, read_standing
from graph.digest import digest
from graph.errors import ArgumentError, NothingToLoadError
from graph.ledger_rows import LoadReport, ReportedSheet, read_origins, restore_reason
from graph.person_key import keep_key, open_key
from graph.problems import Problem
from graph.publish import Published, publish
from graph.schema import SCHEMA
from graph.server.server_publish import check_server, publish_on_server
from graph.settings import Settings
from graph.texts import Said, join_said, restore_said
from graph.workspace import LoadedSheet, NewLoad, Workspace
from loaders.directories import digest_together, find_directories, read_directory
from loaders.formats.raw_sheet import RawFile
from loaders.formats.read import Source, find_sources, read_sources
from loaders.headers.header_decisions import HeaderDecisions
from loaders.intake import Intake, LoadOptions
from loaders.load_ids import LoadIds, read_digest
from loaders.merging.closings import Closing
from loaders.merging.merge import Merged, merge_loads
from loaders.merging.outcomes import LoadOutcome, Outcome
from loaders.report.load_result import LoadResult
from loaders.report.snapshot_changes import compare_with_current
from loaders.sheets.hsds import ServiceDirectory

Progress = Callable[[str, int, int], None]
_REMEMBERED = 10_000  # problems of merging that a snapshot keeps for the next report


def load_paths(
    workspace_path: Path,
    paths: Sequence[Path],
    *,
    settings: Settings,
    options: LoadOptions | None = None,
    on_progress: Progress | None = None,
) -> LoadResult:
    """Load files and folders into a workspace and publish the next snapshot.

    A file that was loaded before, under the same options, is not read again. Raises InputError when nothing can be loaded; then
    nothing was written.
    """
    return load_sources(
        workspace_path, find_sources(paths), settings=settings, options=options, on_progress=on_progress
    )


def load_sources(
    workspace_path: Path,
    sources: Sequence[Source],
    *,
    settings: Settings,
    options: LoadOptions | None = None,
    on_progress: Progress | None = None,
) -> LoadResult:
    """Load files that have names to be shown by into a workspace and publish the next snapshot, as `load_paths` does."""
    options = options or LoadOptions()
    tell = on_progress or (lambda stage, done, total: None)
    if not options.dry_run:
        check_server(settings)
    workspace = Workspace.open(workspace_path, create=True)
    settings = replace(settings, workspace=workspace_path)
    key = open_key(settings, workspace)
    call = _read_new(workspace, sources, Intake(options, key, by=settings.user), tell)
    if options.dry_run:
        return _dry_run(workspace, call)
    with workspace.writing():
        tell("store", 0, 1)
        keep_key(key, settings, workspace)
        workspace.add_loads(call.loads)
        result = publish_workspace(workspace, tell, settings=settings)
    reported = _with_reports(result, call)
    records = tuple((s.file, s.sheet, s.frame) for s in workspace.live_sheets() if s.load_id in reported.loads)
    return replace(reported, records=records)


def publish_workspace(
    workspace: Workspace, tell: Progress = lambda stage, done, total: None, *, settings: Settings
) -> LoadResult:
    """Merge everything that the workspace holds and publish it, to the graph server too where the settings name one.

    The caller holds the writing lock.
    """
    result = _publish_pending(workspace, tell, settings)
    publish_on_server(settings, workspace, SCHEMA, tell=tell)
    return result


def _publish_pending(workspace: Workspace, tell: Progress, settings: Settings) -> LoadResult:
    # A damaged snapshot counts as pending: it is made anew from what is on the record.
    current = None if workspace.pending else workspace.current()
    if current is not None:
        told = tuple(Problem.restore(p) for p in current.meta.get("problems", ()))
        closings = tuple(Closing.restore(c) for c in current.meta.get("closings", ()))
        outcomes = {load: LoadOutcome.restore(rows) for load, rows in current.meta.get("outcomes", {}).items()}
        return LoadResult(
            current.name, current.digest, False, current.counts, problems=told, closings=closings, outcomes=outcomes
        )
    tell("merge", 0, 1)
    merged = _merge(workspace.live_sheets(), workspace)
    tell("publish", 0, 1)
    return _publish(workspace, merged, settings)


def rebuild(workspace_path: Path, *, settings: Settings, on_progress: Progress | None = None) -> LoadResult:
    """Build the snapshot again from the ledger and the stored loads, and bring a graph server to the same content."""
    tell = on_progress or (lambda stage, done, total: None)
    workspace = Workspace.open(workspace_path)
    with workspace.writing():
        tell("merge", 0, 1)
        merged = _merge(workspace.live_sheets(), workspace)
        tell("publish", 0, 1)
        result = _publish(workspace, merged, settings, anew=True)
        publish_on_server(settings, workspace, SCHEMA, compare=True, tell=tell)
        return result


def withdraw(
    workspace_path: Path, load_id: str, *, settings: Settings, on_progress: Progress | None = None
) -> LoadResult:
    """Withdraw a load, so that the next snapshot is built as if it had never been loaded; the ledger still lists it."""
    workspace = Workspace.open(workspace_path)
    with workspace.writing():
        known = [row["id"] for row in workspace.ledger.loads() if str(row["id"]).startswith(load_id)]
        if len(known) != 1:
            raise ArgumentError(
                argument="load",
                value=load_id,
                reason=Said("不唯一", "several begin so") if known else Said("没有这次载入", "there is no such load"),
            )
        workspace.withdraw(known[0], by=settings.user)
        return publish_workspace(workspace, on_progress or (lambda stage, done, total: None), settings=settings)


def _merge(sheets: Sequence[LoadedSheet], workspace: Workspace) -> Merged:
    return merge_loads(sheets, SCHEMA, read_standing(workspace.ledger, Decision))


def _publish(workspace: Workspace, merged: Merged, settings: Settings, anew: bool = False) -> LoadResult:
    meta = {
        "as_of": merged.as_of,
        "problems": [p.store() for p in merged.problems[:_REMEMBERED]],
        "closings": [c.as_dict() for c in merged.closings],
        "outcomes": {load: outcome.as_list() for load, outcome in merged.outcomes.items()},
    }
    published: Published = publish(workspace, merged.tables, SCHEMA, meta, anew=anew, keep=settings.keep_snapshots)
    return LoadResult(
        published.snapshot,
        published.digest,
        published.changed,
        merged.tables.counts(),
        problems=merged.problems,
        difference=published.difference,
        closings=merged.closings,
        outcomes=merged.outcomes,
    )


@dataclass(frozen=True)
class _Call:
    """What the files of one call are: new loads, the reports of those loaded before, by load, and of those that are no register."""

    loads: Sequence[NewLoad]
    known: Mapping[str, LoadReport]
    rejected: Sequence[LoadReport] = ()

    @property
    def reports_by_load(self) -> list[tuple[str, LoadReport]]:
        return [(load.id, load.report) for load in self.loads] + [
            *self.known.items(),
            *(("", r) for r in self.rejected),
        ]

    @property
    def reports(self) -> list[LoadReport]:
        return [report for _, report in self.reports_by_load]


def _read_new(workspace: Workspace, sources: Sequence[Source], intake: Intake, tell: Progress) -> _Call:
    """Return the loads made of files not loaded before, and the reports of those that were."""
    ledger = workspace.ledger
    decisions = HeaderDecisions.of((*read_standing(ledger, HeaderMeaning), *read_standing(ledger, SheetRegister)))
    ids = LoadIds(intake.options, decisions)
    directories = find_directories(sources)
    contents = digest_together(directories, {source: read_digest(source) for source in sources})
    reports_of = ids.find_reports(workspace, sources, contents)
    # A directory's tables are read together each time: those of which no load is made tell of those loaded before.
    reports_of = {source: told for source, told in reports_of.items() if source not in directories}
    known = dict(reports_of.values())
    new = [source for source in sources if source not in reports_of]
    intake = replace(intake, decisions=decisions)
    by_name: dict[str, NewLoad] = {}
    rejected: list[RawFile] = []
    reports: list[LoadReport] = []
    read = read_sources(new, on_progress=tell, meanwhile=intake.prepare, scratch=workspace.path)
    for source, raw, directory in _with_directories(zip(new, read, strict=True), directories, contents):
        load = intake.read(raw, partial(ids.make_id, source, contents[source]), source.folder, directory)
        if load.sheets:
            by_name[load.id] = replace(load, replaces=ids.find_replaced(workspace, load))
        else:
            rejected.append(raw)
            reports.append(load.report)
    intake.options.registers.check_used(
        [f for load in by_name.values() for f in load.report["files"]]
        + [f for r in (*known.values(), *reports) for f in r["files"]]
    )
    if not by_name and not known:
        _raise_nothing(rejected, reports)
    if by_name and reports:
        _append_skipped(next(iter(by_name.values())), reports)
    elif reports:  # everything else was loaded before: told all the same, in this call only, and once
        told = {f["file"] for report in known.values() for f in report.get("skipped", ())}
        untold = [report for report in reports if not told.issuperset(f["file"] for f in report["files"])]
        return _Call((), known, untold)
    return _Call(list(by_name.values()), known)


def _with_directories(
    read: Iterable[tuple[Source, RawFile]],
    directories: Mapping[Source, Sequence[Source]],
    contents: Mapping[Source, str],
) -> Iterator[tuple[Source, RawFile, ServiceDirectory | None]]:
    """Yield each file that was read with the directory that it is a table of; those of a directory come last."""
    waiting: dict[Source, RawFile] = {}
    for source, raw in read:
        if source in directories:
            waiting[source] = replace(raw, digest=contents[source])
        else:
            yield source, raw, None
    for source, raw in waiting.items():
        yield source, raw, read_directory([waiting[one] for one in directories[source] if one in waiting])


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

    reasons = [
        Said("{where}：{why}", "{where}: {why}").fill(
            where=f"{f['file']} {f['sheet']}", why=restore_said(f.get("reason", ""))
        )
        for f in found
    ]
    nothing = NothingToLoadError(reason=join_said(reasons) if found else Said("没有文件", "no files"))
    nothing.sheets = tuple(found)
    raise nothing


def _with_reports(result: LoadResult, call: _Call) -> LoadResult:
    """Return the result with the reports of the files of a call, and of the problems of merging those about its loads."""
    files = [
        restore_reason(f)
        for load, report in call.reports_by_load
        for f in (*_with_outcomes(report["files"], result.outcomes.get(load)), *report.get("skipped", ()))
    ]
    own = [Problem.restore(p) for r in call.reports for p in (*r["problems"], *r.get("skipped_problems", ()))]
    letters = {(f["file"], f["sheet"], c["field"]): c["column"] for f in files for c in f["columns"]}
    names, loads = {f["file"] for f in files}, frozenset([*(load.id for load in call.loads), *call.known])
    merged = [
        replace(p, column=letters.get((p.file, p.sheet, p.field), p.column))
        for p in result.problems
        if (p.load in loads if p.load else p.file in names)
    ]
    order = sorted([*own, *merged], key=lambda p: (p.severity, p.file, p.sheet, p.row or 0, p.column))
    return replace(result, files=tuple(files), problems=tuple(order), loads=loads)


def _with_outcomes(entries: Sequence[ReportedSheet], outcome: LoadOutcome | None) -> list[ReportedSheet]:
    """Return the entries of a load's report with what became of their rows in the graph."""
    if outcome is None:
        return list(entries)
    sheets = iter(outcome.sheets)
    return [_with_outcome(one, next(sheets, Outcome())) if one["register"] is not None else one for one in entries]


def _with_outcome(entry: ReportedSheet, rows: Outcome) -> ReportedSheet:
    rejected = entry["rows_read"] - rows.in_graph - rows.waiting
    return ReportedSheet(
        **{**entry, "rows_loaded": rows.in_graph, "rows_rejected": rejected},
        rows_waiting=rows.waiting, rows_incomplete=rows.incomplete,
    )  # fmt: skip


def _dry_run(workspace: Workspace, call: _Call) -> LoadResult:
    replaced = {id_ for load in call.loads for id_ in load.replaces}
    stored = [sheet for sheet in workspace.live_sheets() if sheet.load_id not in replaced]
    start = max((s.seq for s in stored), default=0) + 1
    new = [
        LoadedSheet(
            load.id,
            start + n,
            load.file,
            s.sheet,
            s.register,
            s.scope,
            load.as_of,
            partial(pl.DataFrame.clone, s.frame),
            origin=origin,
        )
        for n, load in enumerate(call.loads)
        for s, origin in zip(load.sheets, read_origins(load.report, load.digest), strict=True)
    ]
    merged = _merge([*stored, *new], workspace)
    current = workspace.current()
    result = LoadResult(
        current.name if current else "",
        digest(merged.tables),
        bool(call.loads),
        merged.tables.counts(),
        problems=merged.problems,
        closings=merged.closings,
        outcomes=merged.outcomes,
        is_dry=True,
        effect=compare_with_current(workspace, merged.tables),
    )
    records = tuple((s.file, s.sheet, s.frame) for s in new)
    return replace(_with_reports(result, call), records=records)
