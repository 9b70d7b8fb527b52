"""Run every benchmark, or those named: python -m benchmarks build pairing.

There are build, reading, trace, http, memory, pages,
startup, pairing, quality, names, planting, crash, city_questions, city_engines and neo4j.

`--small` is for a quick look.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

SMALL: dict[str, list[str]] = {
    "startup": ["--runs", "3"],
    "reading": ["--rows", "10000", "--csv-rows", "50000", "--runs", "1"],
    "build": ["--members", "50000", "--runs", "1"],
    "trace": ["--members", "50000", "--traces", "300"],
    "http": ["--seconds", "1", "--runs", "1"],
    "memory": ["--requests", "500"],
    "pages": ["--requests", "480", "--seconds", "1"],
    "pairing": ["--sizes", "district,city", "--runs", "1"],
    "quality": [],
    "names": ["--units", "30000", "--names", "1000"],
    "planting": ["--each", "1"],
    "crash": ["--kills", "5"],
    "city_questions": ["--communities", "60"],
    "city_engines": ["--communities", "60", "--runs", "1"],
    "neo4j": ["--members", "5000", "--batches", "10000", "--ext", "0"],
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks and return how many goals were missed."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    small = "--small" in given
    wanted = [name for name in given if name != "--small"] or list(SMALL)
    unknown = [name for name in wanted if name not in SMALL]
    if unknown:
        raise SystemExit(f"no benchmark called {', '.join(unknown)}; there are {', '.join(SMALL)}")
    missed = 0
    for name in wanted:
        missed += importlib.import_module(f"benchmarks.{name}").main(SMALL[name] if small else []).missed
    print(f"\n{missed} goal{'' if missed == 1 else 's'} missed" if missed else "\nall goals met")
    return missed


if __name__ == "__main__":
    sys.exit(min(main(), 1))
