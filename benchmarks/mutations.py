"""Whether the tests notice when a rule is changed: figures moved, comparisons turned, words of state taken away, one at a time.

    python -m benchmarks.mutations --count 60 --seed 1

Each change is made in a copy of the code, and the tests of its room are run; a change that no test notices is listed with its place.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("graph", "loaders", "queries", "api")
COPIED = (*PACKAGES, "tests", "benchmarks", "docs", "pyproject.toml", "README.md", "README.zh.md", "CONTRIBUTING.md")
# Bounds of memory and time, shown text and forms of documents: moved a little they change no answer.
NO_RULES = frozenset(
    (
        "KEPT",
        "SAMPLE",
        "REACH",
        "POSTINGS",
        "SCORED",
        "LONELY",
        "LATER_HEADERS",
        "LIKELY",
        "TRIED",
        "_TEXT",
        "DIGITS",
        "EXCEL_DAY_ZERO",
        "_COMPARED_ONE_BY_ONE",
        "FOLDS",
        "_CELL",
        "_HEAD",
        "DAYS_ROWS",
    )
)
SECONDS = 600  # a change that makes the tests run for ever is noticed, too
# Which tests speak of the rules of which module: those of its room, the quickest first.
RULES: dict[str, tuple[str, ...]] = {
    "graph/states.py": ("tests/graph/test_states.py", "tests/loaders/test_deadlines.py", "tests/test_in_force.py"),
    "graph/people.py": (
        "tests/graph/test_people.py",
        "tests/loaders/test_merge.py",
        "tests/queries/test_member_links.py",
    ),
    "graph/decision_forms.py": ("tests/graph/test_decisions.py",),
    "graph/decisions.py": ("tests/graph/test_decisions.py", "tests/loaders/test_name_decisions.py"),
    "graph/types/numbers.py": (
        "tests/graph/test_types_numbers.py",
        "tests/graph/test_types_quantities.py",
        "tests/graph/test_types_all.py",
    ),
    "graph/types/numerals.py": ("tests/graph/test_types_numbers.py", "tests/graph/test_types_quantities.py"),
    "graph/types/dates.py": (
        "tests/graph/test_types_dates.py",
        "tests/graph/test_types_occasions.py",
        "tests/graph/test_types_all.py",
    ),
    "graph/types/choices.py": ("tests/graph/test_types_choices.py", "tests/graph/test_types_all.py"),
    "graph/types/phones.py": ("tests/graph/test_types_text.py", "tests/loaders/test_hostile_data.py"),
    "loaders/vocabulary/word_figures.py": ("tests/loaders/test_header_figures.py", "tests/loaders/test_headers.py"),
    "loaders/sheets/sheet_figures.py": (
        "tests/loaders/test_sum_figures.py",
        "tests/loaders/test_sheet_figures.py",
        "tests/loaders/test_leaning_rows.py",
        "tests/loaders/test_tables.py",
    ),
    "loaders/headers/header_figures.py": ("tests/loaders/test_header_figures.py", "tests/loaders/test_headers.py"),
    "loaders/cleaning/cleaning_figures.py": (
        "tests/loaders/test_cleaning_figures.py",
        "tests/loaders/test_sum_figures.py",
        "tests/loaders/test_person_proof.py",
        "tests/loaders/test_leaning_rows.py",
        "tests/loaders/test_positions.py",
    ),
    "loaders/formats/text_figures.py": ("tests/loaders/test_text_figures.py", "tests/loaders/test_read_text.py"),
    "loaders/names/name_figures.py": ("tests/loaders/test_name_figures.py", "tests/loaders/test_name_traps.py"),
    "loaders/merging/statements.py": ("tests/loaders/test_merge.py", "tests/loaders/test_load.py"),
    "loaders/merging/version_figures.py": ("tests/loaders/test_versions.py",),
    "loaders/merging/versions.py": ("tests/loaders/test_versions.py", "tests/loaders/test_merge.py"),
    "loaders/merging/deadlines.py": (
        "tests/loaders/test_deadlines.py",
        "tests/loaders/test_registers_governance.py",
        "tests/loaders/test_registers_services.py",
    ),
    "queries/answers/saving.py": ("tests/queries/test_answer.py",),
    "queries/answers/show.py": ("tests/queries/test_answer.py",),
    "queries/answers/arguments.py": ("tests/queries/test_run.py", "tests/api/test_argument_doors.py"),
    "queries/reading/period.py": ("tests/queries/test_period.py",),
    "queries/reading/use.py": ("tests/queries/test_idleness.py", "tests/queries/test_unused_resources.py"),
    "queries/reading/facts.py": (
        "tests/queries/test_recent.py",
        "tests/queries/test_cooperation.py",
        "tests/queries/test_pairing_signals.py",
        "tests/queries/test_matches.py",
        "tests/queries/test_partners.py",
    ),
    "queries/reading/agreements.py": ("tests/queries/test_paper_agreements.py",),
    "queries/words/services.py": ("tests/queries/test_matches.py",),
    "queries/words/spoken.py": ("tests/queries/test_words.py", "tests/queries/test_word_fields.py"),
    "queries/words/fitting.py": ("tests/queries/test_word_fields.py", "tests/queries/test_words.py"),
    "queries/pairing/rules.py": (
        "tests/queries/test_run.py",
        "tests/queries/test_partners.py",
        "tests/queries/test_matches.py",
        "tests/queries/test_pairing_plan.py",
    ),
    "queries/pairing/signals.py": ("tests/queries/test_pairing_signals.py", "tests/queries/test_partners.py"),
    "queries/pairing/reasons.py": (
        "tests/queries/test_partners.py",
        "tests/queries/test_pairing_signals.py",
        "tests/queries/test_matches.py",
    ),
    "queries/pairing/calibration.py": ("tests/queries/test_pairing_calibration.py",),
    "queries/pairing/learning/drift.py": ("tests/queries/test_pairing_drift.py",),
    "queries/pairing/learning/acceptance.py": (
        "tests/queries/test_pairing_seen.py",
        "tests/queries/test_pairing_drift.py",
    ),
    "queries/questions/data/overview.py": ("tests/queries/test_overview.py",),
    "queries/questions/data/freshness.py": ("tests/queries/test_freshness.py",),
    "queries/questions/data/search.py": ("tests/queries/test_search.py",),
    "api/gate.py": ("tests/api/test_gate.py", "tests/api/test_access.py", "tests/api/test_http.py"),
}
TURNED: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
}
SIGNS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}


@dataclass(frozen=True)
class Change:
    """A piece of a file and what it is changed to."""

    path: str
    line: int
    start: int
    end: int
    text: str

    def apply(self, root: Path) -> str:
        """Write the change into a copy of the code and return how the line read before."""
        path = root / self.path
        lines = path.read_bytes().split(b"\n")  # places in a syntax tree count bytes
        before = lines[self.line - 1]
        lines[self.line - 1] = before[: self.start] + self.text.encode() + before[self.end :]
        path.write_bytes(b"\n".join(lines))
        return before.decode().strip()


def find_changes(path: str) -> Iterator[Change]:
    """Yield every change that could be made to a module: its figures, its comparisons, the words of its tables."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    for statement in tree.body:
        if (
            isinstance(statement, ast.Assign | ast.AnnAssign)
            and statement.value is not None
            and not _names(statement) & NO_RULES
        ):
            yield from _of_figures(path, statement.value)
    lines = (ROOT / path).read_bytes().split(b"\n")
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in TURNED:
            yield from _of_comparison(path, node, lines)


def _names(statement: ast.Assign | ast.AnnAssign) -> set[str]:
    return {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def _of_figures(path: str, value: ast.expr) -> Iterator[Change]:
    texts = [call for call in ast.walk(value) if isinstance(call, ast.Call) and ast.unparse(call.func) == "Said"]
    shown = {id(part) for call in texts for part in ast.walk(call)}  # what is shown to a reader is no rule
    for node in ast.walk(value):
        if id(node) in shown:
            continue
        if not isinstance(node, ast.Constant) or node.lineno != node.end_lineno or node.end_col_offset is None:
            continue
        place = (path, node.lineno, node.col_offset, node.end_col_offset)
        if isinstance(node.value, bool):
            yield Change(*place, str(not node.value))
        elif isinstance(node.value, int | float):
            for moved in _moved(node.value):
                yield Change(*place, repr(moved))
        elif (
            isinstance(node.value, str) and len(node.value) <= 8 and any("\u4e00" <= c <= "\u9fff" for c in node.value)
        ):
            yield Change(*place, repr("✗"))


def _moved(figure: float) -> tuple[float, ...]:
    """Return a figure moved by what would matter: a share by a third of the way to 0 and to 1, a count by one or by a half."""
    if isinstance(figure, int):
        return (figure - 1, figure + 1) if abs(figure) <= 10 else (figure * 2 // 3, figure * 3 // 2)
    return (
        (round(figure * 0.7, 4), round(figure + (1 - figure) * 0.3, 4))
        if 0 < figure < 1
        else (figure * 0.6, figure * 1.6)
    )


def _of_comparison(path: str, node: ast.Compare, lines: list[bytes]) -> Iterator[Change]:
    left, right, sign = node.left, node.comparators[0], SIGNS[type(node.ops[0])]
    if left.end_lineno != right.lineno or left.end_col_offset is None or left.end_lineno is None:
        return
    if {
        part.id for part in ast.walk(node) if isinstance(part, ast.Name)
    } & NO_RULES:  # a bound of time or memory, reached or not
        return
    between = lines[left.end_lineno - 1][left.end_col_offset : right.col_offset]
    at = between.find(sign.encode())
    if at >= 0:
        start = left.end_col_offset + at
        yield Change(path, left.end_lineno, start, start + len(sign), TURNED[type(node.ops[0])])


def choose_changes(count: int, seed: int) -> list[Change]:
    """Return `count` changes, of all modules in turn, so that a module with a long table does not have them all."""
    chance = random.Random(seed)
    waiting = [chance.sample(found, len(found)) for path in RULES if (found := list(find_changes(path)))]
    chosen: list[Change] = []
    while waiting and len(chosen) < count:
        for own in waiting:
            chosen.append(own.pop())
        waiting = [own for own in waiting if own]
    return chosen[:count]


def is_noticed(change: Change) -> tuple[bool, str]:
    """Make a change in a copy of the code and run the tests of its module; returns whether one failed, and the line before."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__"))
            elif source.is_file():
                shutil.copy(source, root / name)
        before = change.apply(root)
        environment = os.environ | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", *RULES[change.path]]
        try:
            done = subprocess.run(command, cwd=root, env=environment, capture_output=True, check=False, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return True, before
    if done.returncode not in {0, 1, 2}:
        raise SystemExit(done.stdout.decode("utf-8", "replace"))
    return done.returncode != 0, before


def main() -> None:
    """Make the changes, two at once, and print which no test noticed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    changes = choose_changes(given.count, given.seed)
    caught = 0
    with ThreadPoolExecutor(given.workers) as pool:
        for number, (change, (noticed, before)) in enumerate(
            zip(changes, pool.map(is_noticed, changes), strict=True), 1
        ):
            caught += noticed
            verdict = "caught  " if noticed else "SURVIVED"
            print(f"{number}/{len(changes)} {verdict} {change.path}:{change.line} {before} → {change.text}", flush=True)
    print(f"{caught} of {len(changes)} caught ({caught / max(1, len(changes)):.0%})")


if __name__ == "__main__":
    main()
