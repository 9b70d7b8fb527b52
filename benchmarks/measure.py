"""What every benchmark needs: work in a child process with its peak memory, medians, and one plain table."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import statistics
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[1]
MIB = 1 << 20


@dataclass(frozen=True)
class Work:
    """A piece of work done in a child process: its wall time and processor time, peak memory of the process and its children."""

    seconds: float
    cpu: float  # of all threads and finished children: what a busy machine disturbs least
    peak_mib: float
    result: Any


def run_child(work: Callable[..., Any], *arguments: Any, variables: dict[str, str] | None = None) -> Work:
    """Call a module's function with JSON arguments in a fresh process, and watch its memory."""
    named = f"{_module_of(work)}:{work.__qualname__}"
    command = [sys.executable, "-m", "benchmarks.measure", named, json.dumps(arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"} | (variables or {})
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, cwd=ROOT) as process:
        peak = _watch(process)
        output = process.stdout.read() if process.stdout else b""
    if process.returncode:
        raise SystemExit(f"{named} failed with exit code {process.returncode}")
    told = json.loads(output.decode("utf-8").splitlines()[-1])
    return Work(told["seconds"], told["cpu"], max(peak, told["peak"]) / MIB, told["result"])


def _module_of(work: Callable[..., Any]) -> str:
    """Return the name that a function's module is imported by, also where it is the one being run (python -m)."""
    spec = getattr(sys.modules["__main__"], "__spec__", None)
    return spec.name if work.__module__ == "__main__" and spec is not None else work.__module__


def _watch(process: subprocess.Popen[bytes]) -> int:
    """Sample the memory of a process and its children until it ends; pages that they share count for each of them."""
    peak, watched = 0, psutil.Process(process.pid)
    while process.poll() is None:
        try:
            family = [watched, *watched.children(recursive=True)]
            peak = max(peak, sum(_memory(p) for p in family))
        except psutil.Error:
            break
        time.sleep(0.02)
    process.wait()
    return peak


def _memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:  # it ended meanwhile
        return 0


def _serve() -> None:
    """Do the work that the command line names, and print what came of it."""
    module, name = sys.argv[1].split(":")
    arguments = json.loads(sys.argv[2])
    work = getattr(importlib.import_module(module), name)
    start, used = time.perf_counter(), _processor_time()
    result = work(*arguments)
    seconds, cpu = time.perf_counter() - start, _processor_time() - used
    print(json.dumps({"seconds": seconds, "cpu": cpu, "peak": _own_peak(), "result": result}))


def _processor_time() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _own_peak() -> int:
    try:
        import resource
    except ImportError:  # Windows: the samples of the parent are all there is
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * unit


def median_seconds(work: Callable[[], Any], runs: int) -> float:
    """Return the median wall time of `runs` calls."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


@dataclass
class Board:
    """A table of results: what was measured, the figure, the goal, and whether it was met."""

    title: str
    rows: list[tuple[str, str, str, str]] = field(default_factory=list)
    missed: int = 0

    def add(self, what: str, figure: str, goal: str = "", met: bool | None = None) -> None:
        """Add a line; `met` is None for a figure without a goal."""
        self.missed += met is False
        self.rows.append((what, figure, goal, {None: "", True: "yes", False: "NO"}[met]))

    def print(self) -> None:
        """Print the table."""
        lines = [("", "measured", "goal", "met"), *self.rows]
        widths = [max(_width(line[i]) for line in lines) for i in range(4)]
        print(f"\n{self.title}")
        for line in lines:
            print(
                "  ".join(
                    cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)
                ).rstrip()
            )
        sys.stdout.flush()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def parse(description: str, arguments: Sequence[str] | None, **options: int | str) -> argparse.Namespace:
    """Read options of a benchmark: each has a default of the type wanted."""
    parser = argparse.ArgumentParser(description=description.splitlines()[0])
    for name, default in options.items():
        parser.add_argument(
            f"--{name.replace('_', '-')}", type=type(default), default=default, help=f"(default {default})"
        )
    return parser.parse_args(arguments)


if __name__ == "__main__":
    _serve()
