"""The first step of a load: files and folders in, raw cells with their addresses out."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from graph.errors import FileError, FileMissingError, FileTypeError
from graph.types.personal import mask_label
from loaders.formats.detect import check_file
from loaders.formats.guard import ReadJob, read_guarded
from loaders.formats.limits import FileLimits
from loaders.formats.raw_sheet import RawFile, plain_name
from loaders.vocabulary.offices import is_office

__all__ = ["FileLimits", "Source", "find_sources", "read_files", "read_sources"]

OTHER_ENDINGS = frozenset(
    [
        ".cfg",
        ".htm",
        ".html",
        ".ini",
        ".json",
        ".jsonl",
        ".log",
        ".md",
        ".py",
        ".rst",
        ".svg",
        ".toml",
        ".txt",
        ".xml",
        ".yaml",
        ".yml",
    ]
)
"""Endings of texts that a folder may hold beside its spreadsheets; such a file is read only when it is named itself."""

DEFAULT_LIMITS = FileLimits()
_LONGEST_NAME = 120
_MOST_FOLDERS = 4  # above a file, which may tell whose it is
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Source:
    """A file to be read: its path, the name under which it is shown and stored, and an error if it must not be read.

    `folder` is the office whose folder it lies in. Of two files of one name in one call each is shown with its folder
    (河东街道/名册.csv), since nothing else tells them apart.
    """

    path: Path
    file: str
    error: FileError | None = None
    folder: str = ""

    @property
    def name(self) -> str:
        """Return the file's own name, which is the same with whatever other files it is loaded."""
        return plain_name(self.file)


def read_files(
    paths: Sequence[Path],
    limits: FileLimits = DEFAULT_LIMITS,
    on_progress: Progress | None = None,
    meanwhile: Callable[[], None] = lambda: None,
) -> list[RawFile]:
    """Read files, and all files in folders, sorted by name; what is wrong with one of them is in its result and stops no other.

    `on_progress` hears (file, files read, files in all) after each file; `meanwhile` is what this process can do while another
    one reads. Raises FileMissingError for a path that does not exist.
    """
    return read_sources(find_sources(paths), limits, on_progress, meanwhile)


def find_sources(paths: Sequence[Path]) -> list[Source]:
    """Return the files that paths stand for, a folder for every file in it, sorted by name; FileMissingError for none."""
    return _name_files(_find_files(paths))


def read_sources(
    sources: Sequence[Source],
    limits: FileLimits = DEFAULT_LIMITS,
    on_progress: Progress | None = None,
    meanwhile: Callable[[], None] = lambda: None,
    scratch: Path | None = None,
) -> list[RawFile]:
    """Read files in the order given, as `read_files` does; `scratch` is where what was read may lie for a moment."""
    read: dict[int, RawFile] = {}
    jobs = []
    for number, source in enumerate(sources):
        problem = source.error or _check(source.path, source.file, limits)
        if problem is None:
            jobs.append(ReadJob(number, source.path, source.file))
        else:
            read[number] = RawFile(source.file, _digest(source.path, limits), error=problem)
            _report(on_progress, source.file, len(read), len(sources))
    with ThreadPoolExecutor(1) as beside:
        done = beside.submit(meanwhile) if jobs else None
        for job, raw in read_guarded(jobs, limits, scratch):
            read[job.number] = raw if raw.digest else RawFile(raw.file, _digest(job.path, limits), error=raw.error)
            _report(on_progress, job.file, len(read), len(sources))
    if done is not None:
        done.result()
    return [read[number] for number in range(len(sources))]


def display_name(path: Path) -> str:
    """Return the name of a file as it may be shown and stored: its last part, without what prints nothing or tells of persons."""
    last = re.split(r"[\\/]", str(path))[-1]
    printed = "".join(character for character in last if not unicodedata.category(character).startswith("C")).strip()
    shown = str(mask_label(pl.Series([unicodedata.normalize("NFC", printed)]))[0])
    stem, dot, ending = shown.rpartition(".")
    short = shown if len(shown) <= _LONGEST_NAME else (stem or ending)[: _LONGEST_NAME - 10] + dot + ending[:9]
    return short if short.strip(". ") else "unnamed"


def name_sources(files: Mapping[Path, str]) -> list[Source]:
    """Return files that are kept under other names than those under which they are shown, which are given with them."""
    shown = _tell_apart(files)
    return [Source(path, shown[path]) for path in sorted(files, key=lambda path: (files[path], path.as_posix()))]


def _find_files(paths: Sequence[Path]) -> dict[Path, bool]:
    # Each file once, with whether it was named itself or met in a folder.
    found: dict[Path, bool] = {}
    for path in map(Path, paths):
        if path.is_dir():
            for file in _walk(path):
                found.setdefault(file.resolve(), False)
        elif path.is_file():
            found[path.resolve()] = True
        else:
            raise FileMissingError(file=display_name(path))
    return found


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith((".", "~$", "__MACOSX")) for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path


def _name_files(found: dict[Path, bool]) -> list[Source]:
    names = {path: display_name(path) for path in found}
    shown = _tell_apart(names)
    named: list[Source] = []
    for path in sorted(found, key=lambda path: (names[path], path.as_posix())):
        foreign = not found[path] and path.suffix.lower() in OTHER_ENDINGS
        error = FileTypeError(file=shown[path]) if foreign else None
        named.append(Source(path, shown[path], error, _find_office(path)))
    return named


def _tell_apart(names: Mapping[Path, str]) -> dict[Path, str]:
    """Return the name by which each file is shown: its own, with as many of its folders as part it from others of this name."""
    shown = dict(names)
    for above in range(_MOST_FOLDERS):
        counts = Counter(shown.values())
        for path, name in shown.items():
            if counts[name] > 1 and above < len(path.parents):
                shown[path] = f"{display_name(path.parents[above])}/{name}"
    return shown


def _find_office(path: Path) -> str:
    """Return the name of the nearest folder that is an office's (河东街道), as it may be stored; '' for none."""
    folders = (display_name(folder) for folder in list(path.parents)[:_MOST_FOLDERS])
    return next((folder for folder in folders if is_office(folder)), "")


def _check(path: Path, file: str, limits: FileLimits) -> FileError | None:
    try:
        check_file(path, file, limits)
    except FileError as error:
        return error
    except OSError as error:
        return FileError(file=file, reason=error.strerror or "")
    return None


def _digest(path: Path, limits: FileLimits) -> str:
    # A file over the limit has no digest: reading it through would cost what the limit saves.
    try:
        if path.stat().st_size > limits.max_file_bytes:
            return ""
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return ""


def _report(on_progress: Progress | None, file: str, done: int, total: int) -> None:
    if on_progress is not None:
        on_progress(file, done, total)
