"""Reading: a workbook of 100,000 × 20 cells against calamine's bare rows, a CSV of a million rows against polars' bare read_csv."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import Board, parse, run_child

GOAL = 1.5


def read_records(path: str) -> int:
    """Read a file into records of its register, as a load does, and return how many there are."""
    from loaders.formats.read import read_files
    from loaders.intake import Intake, LoadOptions

    intake = Intake(LoadOptions(), b"0" * 32)
    (source,) = read_files([Path(path)], meanwhile=intake.prepare)
    load = intake.read(source, lambda files: "benchmark")
    return sum(sheet.frame.height for sheet in load.sheets)


def read_raw(path: str) -> int:
    """Read a file into raw cells with their addresses, and return how many rows there are."""
    from loaders.formats.read import read_files

    (source,) = read_files([Path(path)])
    return sum(sheet.cells.height for sheet in source.sheets)


def read_calamine(path: str) -> int:
    """Read the first sheet of a workbook as calamine gives it, into a list of rows."""
    import fastexcel

    return len(fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string").to_polars().rows())


def read_polars(path: str) -> int:
    """Read a CSV as polars gives it, every column as text."""
    import polars as pl

    return pl.read_csv(path, infer_schema=False).height


def start() -> None:
    """Do nothing in a child process: what a start costs."""


def write_workbook(path: Path, rows: int) -> None:
    """Write a register of needs with 20 columns, 6 of which the register knows."""
    from xlsxwriter import Workbook

    services = ("治安防范", "便民服务", "法律援助", "环境整治")
    with Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet("需求清单")
        page.write_row(
            0,
            0,
            ["需求单位", "需求类别", "需求内容", "需求数量", "截止日期", "紧急程度", *(f"补充{i}" for i in range(14))],
        )
        for row in range(rows):
            service = services[row % 4]
            known = [
                f"松{row % 90}社区",
                service,
                f"{service}第{row}项",
                row % 9 + 1,
                f"2026-{row % 12 + 1:02d}-15",
                "一般",
            ]
            page.write_row(
                row + 1, 0, [*known, *(row * (i + 1) % 9973 if i % 2 else f"说明{row % 500}-{i}" for i in range(14))]
            )


def main(arguments: Sequence[str] | None = None) -> Board:
    """Run the benchmark and print its table."""
    options = parse(__doc__ or "", arguments, rows=100_000, csv_rows=1_000_000, runs=3)
    with tempfile.TemporaryDirectory() as folder:
        return _measure(Path(folder), options.rows, options.csv_rows, options.runs)


def _measure(folder: Path, rows: int, csv_rows: int, runs: int) -> Board:
    from loaders.district import generate_csv

    workbook, text = folder / "需求清单.xlsx", folder / "csv" / "members.csv"
    write_workbook(workbook, rows)
    generate_csv(folder / "csv", members=csv_rows)
    board = Board(f"reading: {rows:,} × 20 workbook, {csv_rows:,}-row CSV, median of {runs}")
    for name, path, wanted, bare, work in (
        ("xlsx", workbook, rows, read_calamine, read_records),
        ("csv", text, csv_rows, read_polars, read_raw),
    ):
        plain = [run_child(bare, str(path)) for _ in range(runs)]
        ours = [run_child(work, str(path)) for _ in range(runs)]
        seconds, base = (statistics.median(w.seconds for w in done) for done in (ours, plain))
        board.add(f"{name}: {bare.__name__}", f"{base:.2f} s ({max(w.peak_mib for w in plain):,.0f} MiB)")
        board.add(f"{name}: {work.__name__}", f"{seconds:.2f} s ({max(w.peak_mib for w in ours):,.0f} MiB)")
        goal = f"≤ {GOAL}" if name == "xlsx" else ""
        board.add(f"{name}: ratio", f"{seconds / base:.2f}", goal, seconds / base <= GOAL if goal else None)
        board.add(f"{name}: rows", f"{ours[0].result:,}", f"{wanted:,}", ours[0].result >= wanted)
    records = run_child(read_records, str(text))
    board.add("csv: read_records", f"{records.seconds:.2f} s ({records.peak_mib:,.0f} MiB)")
    board.print()
    return board


if __name__ == "__main__":
    main()
