"""The workspace: a folder with the ledger, what each load brought, and the snapshots made of it.

ledger.sqlite          loads, withdrawals, decisions      (the truth, with loads/)
loads/<id>/<n>.parquet the records of a load's sheets     (never changed)
snapshots/<n>/         tables, graph file, manifest       (disposable; can be rebuilt)
CURRENT                the number of the snapshot being served
uploads/               files that were sent and are yet to be loaded (api/uploads.py)
reading/               cells on their way from the reader's process (loaders/formats/scratch.py)
shown/                 which recommendations people were shown (graph/shown.py; no part of the graph)
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from graph.disk import describe_file, disk_errors, remove_folder, sync_file, sync_folder, write_text
from graph.errors import ArgumentError
from graph.ledger import Ledger
from graph.ledger_rows import LoadReport, NewLoadRow, NewSheetRow, SheetOrigin, SheetRow
from graph.lock import WriterLock
from graph.records_file import RecordsFile
from graph.snapshot import MANIFEST, Snapshot, read_manifest, write_manifest
from graph.storage_errors import LoadDamagedError, SnapshotDamagedError, WorkspaceDamagedError, WorkspaceMissingError
from graph.texts import Said

if TYPE_CHECKING:  # polars takes a third of a second: reading the state of a workspace does without
    import polars as pl

LEDGER, LOADS, SNAPSHOTS, CURRENT = "ledger.sqlite", "loads", "snapshots", "CURRENT"
UNFINISHED = ".tmp"
LOCK_SECONDS = 10.0
AGAIN = "-"  # between a load's id and how often it was stored


@dataclass(frozen=True)
class NewSheet:
    """A sheet to be stored as part of a load: its register, its records, and whether rows missing from it are closed."""

    sheet: str
    register: str
    scope: str
    frame: pl.DataFrame
    reported: date | None = None


@dataclass(frozen=True)
class NewLoad:
    """A file to be stored as a load: an id made from its content, its sheets, and its report."""

    id: str
    file: str
    digest: str
    as_of: date | None
    sheets: tuple[NewSheet, ...]
    report: LoadReport = field(default_factory=LoadReport)
    by: str = "local"
    replaces: tuple[str, ...] = ()  # loads of the same file, read in another way, that it takes the place of


@dataclass(frozen=True)
class LoadedSheet:
    """A sheet of a stored load.

    It is the `seq`-th that was loaded; `scope` says what a missing row means, `as_of` the date of its data.
    """

    load_id: str
    seq: int
    file: str
    sheet: str
    register: str
    scope: str
    as_of: date | None
    frame: Callable[[], pl.DataFrame]  # reads its records
    origin: SheetOrigin = field(default_factory=SheetOrigin, kw_only=True)


@dataclass(frozen=True)
class StoredSheet(LoadedSheet):
    """A sheet recorded in the ledger, with the file that stores its records."""

    records: RecordsFile
    reported: date | None = None
    rows: int = 0


class Workspace:
    """A workspace folder; made by `Workspace.open`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.ledger = Ledger(path / LEDGER)

    @classmethod
    def open(cls, path: Path | str, create: bool = False) -> Workspace:
        """Open a workspace, or make an empty one where `create` is set."""
        workspace = cls(Path(path))
        if not workspace.ledger.path.is_file():
            if any((workspace.path / LOADS).glob("*")):
                raise WorkspaceDamagedError(path=str(workspace.ledger.path), reason=Said("缺失", "it is missing"))
            if not create:
                raise WorkspaceMissingError(path=str(path))
            with disk_errors():
                workspace._create()
        workspace.ledger.check_format(workspace.path)
        return workspace

    def _create(self) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise ArgumentError(
                argument="workspace", value=str(self.path), reason=Said("不是文件夹", "it is no folder")
            )
        for folder in (self.path, self.path / LOADS, self.path / SNAPSHOTS):
            folder.mkdir(parents=True, exist_ok=True)
        with self._lock.held(LOCK_SECONDS):
            self.ledger.create()

    @cached_property
    def _lock(self) -> WriterLock:
        return WriterLock(self.path)

    @contextmanager
    def writing(self, timeout: float = LOCK_SECONDS) -> Iterator[None]:
        """Hold the workspace's writer lock during a `with` block, which may be nested within one thread."""
        with disk_errors(), self._lock.held(timeout) as outermost:
            if outermost:
                self._clean()
            yield

    def add_load(self, load: NewLoad) -> str:
        """Store a load and record it in the ledger; a load already there is kept, and restored if it was withdrawn."""
        self.add_loads([load])
        return load.id

    def add_loads(self, loads: Sequence[NewLoad]) -> None:
        """Store the loads of one call in place of those that they replace: all of them or, after an error, none.

        A load on the record whose stored records are damaged is stored again.
        """
        for load in loads:
            if not load.id or Path(load.id).name != load.id or load.id.startswith("."):
                raise ArgumentError(argument="load.id", value=load.id, reason="?")
        with self.writing():
            known = {row["id"]: bool(row["withdrawn"]) for row in self.ledger.loads()}
            loads = [self._mend(load) if load.id in known else load for load in loads]
            new = {load.id: load for load in loads if load.id not in known}
            back = [(load.id, False, load.by) for load in loads if known.get(load.id)]
            gone = [(id_, True, load.by) for load in loads for id_ in load.replaces if known.get(id_) is False]
            self.ledger.add_loads([(_facts(load), self._store_sheets(load)) for load in new.values()], [*back, *gone])

    def _mend(self, load: NewLoad) -> NewLoad:
        """Store a known load again if its records are damaged; where its bytes come out otherwise, return it under a new id.

        The ledger only grows, so it cannot be told of other bytes for the old id: another release may pack the same rows anew.
        """
        on_record = self.sheets_of(load.id)
        if not any(sheet.records.damage() for sheet in on_record):
            return load
        stored = self._store_sheets(load)
        if [row["sha256"] for row in stored] == [sheet.records.sha256 for sheet in on_record]:
            return load
        again = replace(load, id=next_id(load.id), replaces=(*load.replaces, load.id))
        known = any(row["id"] == again.id for row in self.ledger.loads())
        return self._mend(again) if known else again

    def _store_sheets(self, load: NewLoad) -> list[NewSheetRow]:
        """Write the records into a folder beside, then give it its name: a folder with a name is whole."""
        final = self.path / LOADS / load.id
        draft = final.with_name(f"{load.id}.{os.getpid()}{UNFINISHED}")
        draft.mkdir(parents=True)
        try:
            rows = []
            for n, sheet in enumerate(load.sheets):
                path = draft / f"{n}.parquet"
                sheet.frame.write_parquet(path, compression="zstd", compression_level=1)
                sync_file(path)
                stored = describe_file(path)
                rows.append(NewSheetRow(
                    load_id=load.id, n=n, sheet=sheet.sheet, register=sheet.register, scope=sheet.scope, reported=_iso(sheet.reported),
                    rows=sheet.frame.height, size=stored.size, sha256=stored.sha256,
                ))  # fmt: skip
            sync_folder(draft)
            remove_folder(final)  # of a run killed before the load came onto the record
            draft.rename(final)
            sync_folder(final.parent)
        except BaseException:
            remove_folder(draft)
            raise
        return rows

    def live_sheets(self) -> list[StoredSheet]:
        """Return the sheets of every load that is not withdrawn, in the order they were loaded."""
        return self._stored(self.ledger.sheets())

    def sheets_of(self, load_id: str) -> list[StoredSheet]:
        """Return the sheets of one load, withdrawn or not."""
        return self._stored(self.ledger.sheets(load_id))

    def _stored(self, rows: list[SheetRow]) -> list[StoredSheet]:
        files = [self._records_file(row["load_id"], row["n"], row["file"], row["sha256"]) for row in rows]
        origins = self.ledger.origins()
        return [
            StoredSheet(
                load_id=row["load_id"], seq=row["seq"], file=row["file"], sheet=row["sheet"], register=row["register"], scope=row["scope"],
                as_of=_date(row["as_of"]), frame=records.read, records=records, reported=_date(row["reported"]), rows=row["rows"],
                origin=_origin(origins.get(row["load_id"], []), row),
            )
            for row, records in zip(rows, files, strict=True)
        ]  # fmt: skip

    def _records_file(self, load_id: str, n: int, file: str, sha256: str) -> RecordsFile:
        return RecordsFile(self.path / LOADS / load_id / f"{n}.parquet", file, load_id, sha256)

    def find_damage(self) -> list[LoadDamagedError]:
        """Return what is wrong with the stored records of loads that are not withdrawn; every file is read through."""
        found = (sheet.records.damage() for sheet in self.live_sheets())
        return [damage for damage in found if damage is not None]

    def withdraw(self, load_id: str, by: str = "local") -> bool:
        """Withdraw a load: the next snapshot is as if it had never been. Returns whether that changed anything."""
        with self.writing():
            return self.ledger.set_withdrawn(load_id, True, by)

    def restore(self, load_id: str, by: str = "local") -> bool:
        """Bring a withdrawn load back. Returns whether that changed anything."""
        with self.writing():
            return self.ledger.set_withdrawn(load_id, False, by)

    def current(self) -> Snapshot | None:
        """Return the snapshot being served, or None before the first."""
        try:
            name = (self.path / CURRENT).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise SnapshotDamagedError(snapshot="?", reason=f"{CURRENT}: {error}") from error
        if not name.isdigit():
            raise SnapshotDamagedError(snapshot="?", reason=f"{CURRENT}: {name[:20]!r}")
        return read_manifest(self.path / SNAPSHOTS / name)

    def mark_current(self) -> tuple[str, int, int] | None:
        """Return a mark of the snapshot being served that is another after every publish; None where there is none to be seen."""
        try:
            name = (self.path / CURRENT).read_text(encoding="utf-8").strip()
            facts = (self.path / SNAPSHOTS / name / MANIFEST).stat()
        except (OSError, ValueError):
            return None
        return name, facts.st_mtime_ns, facts.st_ino

    def set_current(self, number: int) -> None:
        """Serve another snapshot from now on."""
        write_text(self.path / CURRENT, f"{number}\n")

    def snapshots(self) -> list[int]:
        """Return the numbers of the snapshots on disk, ascending; the newest may be one that was never served."""
        return sorted(int(p.name) for p in (self.path / SNAPSHOTS).glob("*") if p.name.isdigit())

    def kept_snapshots(self) -> list[Snapshot]:
        """Return the snapshots on disk, the oldest first; damaged ones are left out."""
        found = []
        for number in self.snapshots():
            with suppress(SnapshotDamagedError):
                found.append(read_manifest(self.path / SNAPSHOTS / str(number)))
        return found

    @property
    def pending(self) -> bool:
        """Tell whether the ledger has entries that are not in the current snapshot (a run was cut short, or it is damaged)."""
        try:
            current = self.current()
        except SnapshotDamagedError:
            return True
        return self.ledger.revision != (current.revision if current else 0)

    def note_published(self) -> None:
        """Note that the current snapshot holds all that the ledger does: for an entry that changes nothing in the graph."""
        current = self.current()
        if current is not None:
            write_manifest(replace(current, revision=self.ledger.revision))

    def _clean(self) -> None:
        """Remove the half folders that a killed run left."""
        for folder in (self.path / SNAPSHOTS, self.path / LOADS):
            for leftover in folder.glob(f"*{UNFINISHED}"):
                remove_folder(leftover)


def next_id(load_id: str) -> str:
    """Return the id under which a load is stored again where its first records were lost: 3f2a → 3f2a-2 → 3f2a-3."""
    first, _, again = load_id.partition(AGAIN)
    return f"{first}{AGAIN}{int(again or 1) + 1}"


def _facts(load: NewLoad) -> NewLoadRow:
    as_of = _iso(load.as_of)
    return NewLoadRow(id=load.id, file=load.file, digest=load.digest, as_of=as_of, by=load.by, report=load.report)


def _origin(known: Sequence[SheetOrigin], row: SheetRow) -> SheetOrigin:
    # A load that brought no report tells nothing but what its bytes are.
    return known[row["n"]] if row["n"] < len(known) else SheetOrigin(digest=row["digest"])


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
