"""Which tests are too long for every day: named in `longest.txt` by what a whole run took, they run with --slow and in CI.

make test PYTEST_OPTIONS="--slow --junitxml=report.xml" && python -m tests.longest report.xml
"""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

NAMED = Path(__file__).with_name("longest.txt")
# Seconds of both workers together that an everyday run may spend in tests: five minutes less what starts and collects.
BUDGET = 480.0


# Of a file of so many seconds of which less than this share is left all is left out: the rest would only pay for what all of it sets up.
DEAR_FILE, WORTH_ITS_SETUP = 25.0, 0.2


def longest() -> frozenset[str]:
    """Return the test functions that an everyday run leaves out, as `tests/test_x.py::test_y`."""
    return frozenset(NAMED.read_text(encoding="utf-8").split())


def function_of(test: str) -> str:
    """Return the function of a test's id, without what it was given."""
    return re.sub(r"\[.*|@.*", "", test, flags=re.DOTALL)


def choose(seconds: Counter[str], budget: float = BUDGET) -> list[str]:
    """Return the functions to leave out, the dearest first, until the others keep to the budget."""
    left, chosen = seconds.total(), []
    for function, spent in seconds.most_common():
        if left <= budget:
            break
        left -= spent
        chosen.append(function)
    whole, out = _by_file(seconds), _by_file(Counter({name: seconds[name] for name in chosen}))
    dear = {file for file, spent in whole.items() if spent >= DEAR_FILE}
    files = {file for file in dear if out[file] > (1 - WORTH_ITS_SETUP) * whole[file]}
    return sorted({*chosen, *(name for name in seconds if _file_of(name) in files)})


def _file_of(function: str) -> str:
    return function.partition("::")[0]


def _by_file(seconds: Counter[str]) -> Counter[str]:
    files: Counter[str] = Counter()
    for function, spent in seconds.items():
        files[_file_of(function)] += spent
    return files


def seconds_of(report: Path) -> Counter[str]:
    """Return what each test function took in all, from a report of pytest in JUnit's form."""
    seconds: Counter[str] = Counter()
    for case in ElementTree.parse(report).iter("testcase"):
        if case.find("skipped") is None:
            path = case.get("classname", "").replace(".", "/")
            seconds[f"{path}.py::{function_of(case.get('name', ''))}"] += float(case.get("time", 0))
    return seconds


if __name__ == "__main__":
    NAMED.write_text("".join(f"{name}\n" for name in choose(seconds_of(Path(sys.argv[1])))), encoding="utf-8")
