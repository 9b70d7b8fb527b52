"""What an everyday run leaves out is named by a rule, and every name is a test's."""

from __future__ import annotations

import ast
from collections import Counter

from tests.longest import NAMED, choose, function_of, longest

ROOT = NAMED.parents[1]


def test_every_name_is_that_of_a_test() -> None:
    wanted: dict[str, set[str]] = {}
    for name in longest():
        path, _, function = name.partition("::")
        wanted.setdefault(path, set()).add(function)
    for path, functions in wanted.items():
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert functions <= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}, path


def test_the_dearest_go_first_and_no_more_than_the_budget_asks() -> None:
    seconds = Counter({"a": 5.0, "b": 3.0, "c": 1.0, "d": 1.0})
    assert choose(seconds, budget=10.0) == []
    assert choose(seconds, budget=9.9) == ["a"]
    assert choose(seconds, budget=2.0) == ["a", "b"]


def test_of_a_dear_file_of_which_little_would_be_left_all_is_left_out() -> None:
    seconds = Counter(
        {"x.py::a": 28.0, "x.py::b": 2.0, "y.py::a": 20.0, "y.py::b": 2.0, "z.py::a": 20.0, "z.py::b": 10.0}
    )
    assert choose(seconds, budget=34.0) == ["x.py::a", "x.py::b", "y.py::a"]
    assert choose(seconds, budget=14.0) == ["x.py::a", "x.py::b", "y.py::a", "z.py::a"]


def test_a_test_is_its_function_whatever_it_was_given_and_wherever_it_ran() -> None:
    assert function_of("tests/test_x.py::test_y[a-[b]]@tests/test_x") == "tests/test_x.py::test_y"
