"""Fuzzed files and cells: whatever comes in, nothing crashes or hangs, and every row is loaded or reported.

Hypothesis chooses what to try. `--fuzz N` sets how many files are made (and half as many columns of cells for every value type),
`--fuzz-seed` where the choosing begins; what fails is told with the seed of its file, and tried first next time.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import hypothesis
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import FileTooLargeError
from graph.problems import ERROR, PROBLEMS, Problem
from graph.types.value_type import PROBLEM_SCHEMA, ValueType
from loaders.cleaning.items import read_items
from loaders.formats.raw_sheet import RawFile
from loaders.formats.read import FileLimits, read_files
from loaders.intake import Intake, LoadOptions
from tests.graph.test_types_all import TYPES
from tests.loaders.fuzzing import cell, file_bytes

pytestmark = pytest.mark.guarded

SECONDS = 5.0  # for one small file or column; a pattern that runs away takes minutes
FILES_A_CHILD = 10  # read by one guarded process, which ends a file that takes too long
CELLS = 20  # of a column
SEEDS = st.integers(0, 2**32 - 1)
ABOUT_THE_FILE = {
    "sheet.skipped",
    "sheet.hidden",
    "file.macros",
    "column.missing",
    "column.duplicate",
    "column.unread",
    "column.asked",
}

Fuzz = Callable[[Any, st.SearchStrategy[Any], float], None]


@pytest.fixture
def fuzz(request: pytest.FixtureRequest) -> Fuzz:
    """Return what tries a check with a share of `--fuzz` examples of a strategy."""

    def run(check: Callable[[Any], None], strategy: st.SearchStrategy[Any], share: float) -> None:
        most = max(1, round(int(request.config.getoption("--fuzz")) * share))
        limits = settings(max_examples=most, deadline=None, suppress_health_check=list(HealthCheck))
        hypothesis.seed(int(request.config.getoption("--fuzz-seed")))(limits(given(strategy)(check)))()

    return run


def test_every_row_of_a_fuzzed_file_is_loaded_or_reported(fuzz: Fuzz, tmp_path: Path) -> None:
    loaded = 0

    def check(seeds: list[int]) -> None:
        nonlocal loaded
        for raw in read_guarded(seeds, tmp_path):
            loaded += count_rows(raw)

    fuzz(check, st.lists(SEEDS, min_size=FILES_A_CHILD, max_size=FILES_A_CHILD, unique=True), 1 / FILES_A_CHILD)
    assert loaded > 0


def read_guarded(seeds: Iterable[int], folder: Path) -> list[RawFile]:
    """Return files made from seeds as the guarded reader reads them; none of them may take its process down."""
    paths = []
    for seed in seeds:
        name, data = file_bytes(random.Random(seed))
        paths.append(folder / f"{seed} {name}")
        paths[-1].write_bytes(data)
    read = read_files(paths, FileLimits(wall_seconds=SECONDS))
    for path in paths:
        path.unlink()
    for raw in read:
        told = raw.error.message("en") if raw.error else ""
        assert not isinstance(raw.error, FileTooLargeError), f"{raw.file}: {told}"
        assert "stopped the reader" not in told, raw.file
    return read


def count_rows(raw: RawFile) -> int:
    """Return how many rows of a file were loaded; every other row must have been reported."""
    try:
        load = Intake(LoadOptions(), b"k" * 32).read(raw, lambda files: "fuzz")
    except Exception as crash:  # whatever it is, the seed in the name must be told
        raise AssertionError(raw.file) from crash
    problems = [Problem.restore(p) for p in load.report["problems"]]
    for part in load.report["files"]:
        if part["register"] is None:
            assert part["reason"] or part.get("error"), f"{raw.file}: skipped without a reason"
            continue
        told = {p.row for p in problems if p.severity == ERROR and p.sheet == part["sheet"]}
        assert part["rows_read"] == part["rows_loaded"] + part["rows_rejected"], raw.file
        assert part["rows_rejected"] <= len(told), f"{raw.file}: a row was left out in silence"
    stated = sum(f["rows_loaded"] for f in load.report["files"] if f["register"])
    assert stated == sum(sheet.frame["row"].n_unique() for sheet in load.sheets), raw.file
    check_problems(problems, raw.file)
    return int(stated)


def check_problems(problems: Iterable[Problem], file: str) -> None:
    for problem in problems:
        assert problem.code in PROBLEMS, file
        assert problem.code in ABOUT_THE_FILE or problem.row, f"{file}: {problem.code} names no row"
        assert problem.message("zh") and problem.message("en")


@pytest.mark.parametrize("kind", TYPES, ids=repr)
def test_every_fuzzed_cell_is_cleaned_or_told(kind: ValueType, fuzz: Fuzz) -> None:
    def check(seed: int) -> None:
        chance = random.Random(seed)
        raw = pl.Series([cell(chance) for _ in range(CELLS)])
        frame, problems = kind.clean_column("x", raw)
        assert frame.height == raw.len()
        assert problems.schema == pl.Schema(PROBLEM_SCHEMA)
        assert set(problems["code"]) <= set(PROBLEMS)

    fuzz(check, SEEDS, 1 / CELLS)


def test_fuzzed_lists_are_taken_apart_the_same_way_twice(fuzz: Fuzz) -> None:
    def check(seed: int) -> None:
        chance = random.Random(seed)
        text = cell(chance) * chance.choice([1, 1, 20])
        items = read_items(text)
        read_items.cache_clear()
        assert read_items(text) == items
        assert all(item.title and item.content for item in items)
        assert len({item.title for item in items}) == len(items)

    fuzz(check, SEEDS, 1.0)
