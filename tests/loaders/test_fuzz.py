"""Fuzzed files and cells: whatever comes in, nothing crashes or hangs, and every row is loaded or reported.

`--fuzz N` sets how many files are made (and half as many columns of cells for every value type); `--fuzz-seed` where they begin, so
that a failure can be made again: its number is in the message.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator

import polars as pl
import pytest

from graph.problems import ERROR, PROBLEMS, Problem
from graph.types.base import PROBLEM_SCHEMA, ValueType
from loaders.formats.content import read_content
from loaders.formats.limits import Limits
from loaders.intake import Intake, LoadOptions, restore_problem
from loaders.cleaning.items import read_items
from loaders.sheets.sheet import RawFile
from tests.graph.test_types_all import TYPES
from tests.loaders.fuzzing import cell, file_bytes

SECONDS = 5.0  # for one small file or column; a pattern that runs away takes minutes
ABOUT_THE_FILE = {"sheet.skipped", "sheet.hidden", "file.macros", "column.missing", "column.duplicate", "column.asked"}


@pytest.fixture
def seeds(request: pytest.FixtureRequest) -> Iterable[int]:
    first = int(request.config.getoption("--fuzz-seed"))
    return range(first, first + int(request.config.getoption("--fuzz")))


def read_or_refuse(name: str, data: bytes) -> RawFile | None:
    """Return what was read of a file; None where its error is one for the user."""
    from graph.errors import ShilianError

    try:
        return read_content(data, name, Limits())
    except ShilianError:
        return None


def timed(seeds: Iterable[int]) -> Iterator[tuple[int, random.Random]]:
    for seed in seeds:
        start = time.monotonic()
        yield seed, random.Random(seed)
        assert time.monotonic() - start < SECONDS, f"--fuzz-seed {seed} took too long"


def test_every_row_of_a_fuzzed_file_is_loaded_or_reported(seeds: Iterable[int]) -> None:
    intake = Intake(LoadOptions(), b"k" * 32)
    loaded = 0
    for seed, chance in timed(seeds):
        name, data = file_bytes(chance)
        try:
            raw = read_or_refuse(name, data)
            load = intake.read(raw, lambda files: "fuzz") if raw is not None else None
        except Exception as crash:  # whatever it is, the seed must be told
            raise AssertionError(f"--fuzz-seed {seed}: {name} ({len(data)} bytes)") from crash
        if load is None:
            continue
        problems = [restore_problem(p) for p in load.report["problems"]]
        for part in load.report["files"]:
            if part["register"] is None:
                assert part["reason"] or part.get("error"), f"--fuzz-seed {seed}: skipped without a reason"
                continue
            told = {p.row for p in problems if p.severity == ERROR and p.sheet == part["sheet"]}
            assert part["rows_read"] == part["rows_loaded"] + part["rows_rejected"], f"--fuzz-seed {seed}"
            assert part["rows_rejected"] <= len(told), f"--fuzz-seed {seed}: a row was left out in silence"
            loaded += part["rows_loaded"]
        kept = sum(sheet.frame["row"].n_unique() for sheet in load.sheets)
        assert kept == sum(f["rows_loaded"] for f in load.report["files"] if f["register"]), f"--fuzz-seed {seed}"
        check_problems(problems, seed)
    assert loaded > 0


def check_problems(problems: Iterable[Problem], seed: int) -> None:
    for problem in problems:
        assert problem.code in PROBLEMS, f"--fuzz-seed {seed}"
        assert problem.code in ABOUT_THE_FILE or problem.row, f"--fuzz-seed {seed}: {problem.code} names no row"
        assert problem.message("zh") and problem.message("en")


@pytest.mark.parametrize("kind", TYPES, ids=repr)
def test_every_fuzzed_cell_is_cleaned_or_told(kind: ValueType, seeds: Iterable[int]) -> None:
    for seed, chance in timed(list(seeds)[::20]):
        raw = pl.Series([cell(chance) for _ in range(20)])
        frame, problems = kind.clean_column("x", raw)
        assert frame.height == raw.len(), f"--fuzz-seed {seed}"
        assert problems.schema == pl.Schema(PROBLEM_SCHEMA)
        assert set(problems["code"]) <= set(PROBLEMS)


def test_fuzzed_lists_are_taken_apart_the_same_way_twice(seeds: Iterable[int]) -> None:
    for seed, chance in timed(seeds):
        text = cell(chance) * chance.choice([1, 1, 20])
        items = read_items(text)
        read_items.cache_clear()
        assert read_items(text) == items, f"--fuzz-seed {seed}"
        assert all(item.title and item.content for item in items)
        assert len({item.title for item in items}) == len(items)
