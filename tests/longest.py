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
    return sorted(chosen)


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
