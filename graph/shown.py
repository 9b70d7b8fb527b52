"""A log of the recommendations that users were shown; it is stored next to the graph and never changes the graph.

shown/<n>.jsonl   an answer a line, only ever appended to; the newest files stay, so that the log never outgrows its bound

A line holds ids of units, resources and groups, ranks, and the name of the weights: nobody's name, not even the asker's.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypedDict, cast

if TYPE_CHECKING:  # polars takes a third of a second: an answer is logged without it
    import polars as pl

    from graph.types.value_type import PolarsType

log = logging.getLogger("shilian.graph")
FOLDER = "shown"
SUFFIX = ".jsonl"
FILE_BYTES = 4 << 20  # a file is left alone once it is so large
FILES = 8  # newest files kept: 32 MB, some sixty thousand answers
MOST_PAIRS = 1_000  # of one answer; how many there were in all stands in `of`


@dataclass(frozen=True)
class Shown:
    """The recommendations of one answer: which pairing, scored by which weights, and the pairs (ids) with their ranks."""

    pairing: str
    weights: str
    left: Sequence[str]
    right: Sequence[str]
    rank: Sequence[int]


class ShownLine(TypedDict):
    """A line of the log: when an answer was shown, to which question, of which snapshot, and what it recommended."""

    at: datetime
    question: str
    snapshot: str
    digest: str
    pairing: str
    weights: str
    left: list[str]
    right: list[str]
    rank: list[int]


class ShownLog:
    """The log of shown recommendations of one workspace; safe to use from several threads and processes.

    A failure to write it is a warning and does not fail the answer.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._complained = False

    def add(self, shown: Shown, question: str, snapshot: str, digest: str) -> None:
        """Append what an answer showed; where that fails (a full disk, a folder that may only be read) a warning says so once."""
        if not shown.left:
            return
        line = _write_line(shown, {"question": question, "snapshot": snapshot, "digest": digest[:16]})
        try:
            with self._lock:
                self._append(line)
        except OSError as error:
            if not self._complained:
                self._complained = True
                log.warning(
                    "what was shown cannot be logged in %s (%s); answers are not affected",
                    self.folder,
                    error.strerror or error,
                )

    def _append(self, line: bytes) -> None:
        """Append in one write, so that processes do not mix their lines; after a line that was cut off, begin a new one."""
        self.folder.mkdir(exist_ok=True)
        numbers = self._numbers()
        newest = numbers[-1] if numbers else 1
        if numbers and self._path(newest).stat().st_size >= FILE_BYTES:
            newest += 1
            for old in [*numbers, newest][:-FILES]:
                self._path(old).unlink(missing_ok=True)
        with self._path(newest).open("a+b", buffering=0) as file:
            is_cut_off = file.seek(0, os.SEEK_END) > 0 and _last_byte(file) != b"\n"
            file.write(b"\n" + line if is_cut_off else line)

    def _numbers(self) -> list[int]:
        return sorted(int(path.stem) for path in self.folder.glob(f"*{SUFFIX}") if path.stem.isdecimal())

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06}{SUFFIX}"

    def lines(self) -> Iterator[ShownLine]:
        """Return what was logged, oldest first; a line that a kill or a full disk cut off is left out."""
        for number in self._numbers():
            with self._path(number).open("rb") as file:
                for line in file:
                    try:
                        yield _read_line(line)
                    except (ValueError, KeyError, TypeError):
                        continue

    def read(self, pairing: str) -> pl.DataFrame:
        """Return the pairs that were shown of a pairing: left, right, at (UTC), rank, weights, question; oldest first."""
        import polars as pl

        columns: dict[str, PolarsType] = {
            "left": pl.List(pl.String), "right": pl.List(pl.String), "at": pl.Datetime("ms"), "rank": pl.List(pl.Int64),
            "weights": pl.String, "question": pl.String,
        }  # fmt: skip
        rows = [line for line in self.lines() if line["pairing"] == pairing]
        return pl.DataFrame(rows, schema=columns).explode("left", "right", "rank")


def _last_byte(file: BinaryIO) -> bytes:
    file.seek(-1, os.SEEK_END)
    return file.read(1)


def _write_line(shown: Shown, about: dict[str, str]) -> bytes:
    pairs = {name: list(getattr(shown, name)[:MOST_PAIRS]) for name in ("left", "right", "rank")}
    told: dict[str, object] = {"at": datetime.now(UTC).isoformat(timespec="seconds"), **about}
    told |= {"pairing": shown.pairing, "weights": shown.weights, **pairs}
    if len(shown.left) > MOST_PAIRS:
        told["of"] = len(shown.left)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def _read_line(line: bytes) -> ShownLine:
    """Return a line of the log; ValueError, KeyError or TypeError for one that is none."""
    told = json.loads(line)
    told["at"] = datetime.fromisoformat(told["at"]).astimezone(UTC).replace(tzinfo=None)
    lists = [told["left"], told["right"], told["rank"]]
    if not len(lists[0]) == len(lists[1]) == len(lists[2]):
        raise ValueError(line)
    texts = [told["pairing"], told["weights"], told["question"], *lists[0], *lists[1]]
    if not all(isinstance(text, str) for text in texts) or not all(isinstance(rank, int) for rank in lists[2]):
        raise TypeError(line)
    return cast("ShownLine", told)
