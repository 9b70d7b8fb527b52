"""Starting: `shilian --help` and `shilian status` against an interpreter that does nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import ROOT, Board, median_seconds, parse


def main(arguments: Sequence[str] | None = None) -> Board:
    """Run the benchmark and print its table."""
    options = parse(__doc__ or "", arguments, runs=7)
    with tempfile.TemporaryDirectory() as folder:
        return _measure(Path(folder), options.runs)


def _measure(folder: Path, runs: int) -> Board:
    from loaders.district import generate_workbooks

    registers = folder / "registers"
    generate_workbooks(registers, members=100)
    (registers / "truth.json").unlink()
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        "SHILIAN_WORKSPACE": str(folder / "workspace"),
        "SHILIAN_KEY_FILE": str(folder / "key"),
    }

    def run(*command: str) -> None:
        done = subprocess.run([sys.executable, *command], env=environment, cwd=folder, capture_output=True, check=False)
        if done.returncode:
            raise SystemExit(f"{command}: {done.stderr.decode('utf-8', 'replace')}")

    run("-m", "api.cli", "load", str(registers))
    bare = median_seconds(lambda: run("-c", "pass"), runs)
    board = Board(f"startup: median of {runs}")
    board.add("python -c pass", f"{bare:.3f} s")
    for command in ("--help", "status", "loads"):
        seconds = median_seconds(lambda command=command: run("-m", "api.cli", command), runs)  # type: ignore[misc]
        board.add(f"shilian {command}", f"{seconds:.3f} s, {seconds / bare:.1f} × bare")
    board.print()
    return board


if __name__ == "__main__":
    main()
