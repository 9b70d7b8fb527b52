"""The shape of the code: which way imports go, how long things are, and what a change costs."""

import ast
import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from graph.schema import SCHEMA
from queries.answers.catalogue import catalogue

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("graph", "loaders", "queries", "api")
MAY_IMPORT = {
    "graph": {"graph"},
    "loaders": {"graph", "loaders"},
    "queries": {"graph", "queries"},
    "api": set(PACKAGES),
}
# Inside graph each may import those before it, never those after it.
CHAINS = (
    ("graph.errors", "graph.problems", "graph.types", "graph.kinds", "graph.schema"),
    (
        "graph.errors",
        "graph.kinds",
        "graph.tables",
        "graph.cypher",
        "graph.backends",
        "graph.engines",
        "graph.publish",
        "graph.connect",
    ),
)
# The rooms of queries, the lowest first: each may import itself and those before it, also inside functions and for type checkers.
ROOMS = (
    "queries.reading", "queries.words", "queries.matching", "queries.matching.scale", "queries.pairing", "queries.questions", "queries.browsing",
    "queries.understanding",
)  # fmt: skip
# The rooms of api: what stands beside them is below all, but for the modules that put everything together.
DOORS = ("api.papers", "api.pages", "api.routes", "api.app", "api.web_server", "api.commands", "api.cli")
DOOR_TO_SCALE = "queries.matching.kernels"  # the only module outside that room that names one of it
CONCRETE_BACKENDS = {"graph.backends.ladybug", "graph.backends.neo4j", "graph.backends.py2neo"}
LONGEST_MODULE, LONGEST_FUNCTION = 400, 60

SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in SOURCES}


@cache
def imports(name: str, *, at_import: bool = False) -> set[str]:
    """Modules of ours that a module imports; `at_import` leaves out those inside functions and for type checkers only."""
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    found = set()
    for statement in _statements(tree, at_import):
        if isinstance(statement, ast.Import):
            found |= {alias.name for alias in statement.names}
        elif isinstance(statement, ast.ImportFrom):
            assert statement.level == 0, f"{name}: a relative import hides the direction; write it in full"
            base = statement.module or ""
            found |= {
                f"{base}.{alias.name}" if f"{base}.{alias.name}" in MODULES else base for alias in statement.names
            }
    return {target for target in found if target.split(".")[0] in PACKAGES} - {name}


def _statements(tree: ast.AST, at_import: bool) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if at_import and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if at_import and isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from (inner for other in node.orelse for inner in (other, *_statements(other, at_import)))
            continue
        yield node
        yield from _statements(node, at_import)


def is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def test_there_is_something_to_look_at():
    assert {name.split(".")[0] for name in MODULES} == set(PACKAGES)
    assert "graph.kinds" in imports("graph.schema.members")


def test_graph_knows_no_sibling_loaders_and_queries_never_meet_and_nobody_imports_api():
    wrong = [
        f"{name} imports {target}"
        for name in MODULES
        for target in imports(name)
        if target.split(".")[0] not in MAY_IMPORT[name.split(".")[0]]
    ]
    assert wrong == []


@pytest.mark.parametrize("chain", CHAINS, ids=" ← ".join)
def test_inside_graph_nothing_imports_what_is_built_on_it(chain):
    wrong = [
        f"{name} imports {target}"
        for place, lower in enumerate(chain)
        for name in MODULES
        if is_in(name, lower)
        for target in imports(name)
        if any(is_in(target, higher) for higher in chain[place + 1 :])
    ]
    assert wrong == []


def room_of(module: str) -> str | None:
    """The innermost of ROOMS that a module stands in."""
    return max((room for room in ROOMS if is_in(module, room)), key=len, default=None)


def test_the_rooms_of_queries_import_only_those_below_them():
    places = {name: ROOMS.index(room) for name in MODULES if (room := room_of(name))}
    assert set(places.values()) == set(range(len(ROOMS)))
    wrong = [
        f"{name} imports {target}"
        for name, place in places.items()
        for target in imports(name)
        if places.get(target, 0) > place
    ]
    assert wrong == []


def test_the_rooms_of_api_import_only_those_below_them():
    places = {
        name: next((n for n, room in enumerate(DOORS, 1) if is_in(name, room)), 0)
        for name in MODULES
        if is_in(name, "api")
    }
    assert set(places.values()) == set(range(len(DOORS) + 1))
    wrong = [
        f"{name} imports {target}"
        for name, place in places.items()
        for target in imports(name)
        if places.get(target, 0) > place
    ]
    assert wrong == []


def test_one_module_is_the_door_to_what_only_a_province_needs():
    named = {
        name
        for name in MODULES
        if room_of(name) != "queries.matching.scale" and "matching.scale" in MODULES[name].read_text(encoding="utf-8")
    }
    assert named == {DOOR_TO_SCALE}


def test_the_rooms_of_queries_have_no_circle_of_modules_not_even_a_lazy_one():
    assert find_circles({name for name in MODULES if room_of(name)}, at_import=False) == {}


def test_only_the_list_of_engines_knows_the_concrete_backends():
    wrong = [
        f"{name} imports {target}"
        for name in MODULES
        if name != "graph.engines" and not is_in(name, "graph.backends")
        for target in imports(name)
        if target in CONCRETE_BACKENDS
    ]
    assert wrong == []


def test_only_the_doors_make_settings():
    """Whatever is deeper inside is given them: settings made there would not be those that the caller gave."""
    makers = {
        name
        for name, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Settings"
    }
    assert makers == {"graph.connect", "api.app", "api.command"}


def find_circles(modules: set[str], *, at_import: bool) -> dict[str, set[str]]:
    """Modules that import each other in a circle, or build on one, with what each of them imports of these."""
    waiting = {name: imports(name, at_import=at_import) & modules for name in modules}
    while free := [name for name, targets in waiting.items() if not targets]:
        for name in free:
            del waiting[name]
        for targets in waiting.values():
            targets.difference_update(free)
    return waiting


def test_no_modules_import_each_other_in_a_circle():
    assert find_circles(set(MODULES), at_import=True) == {}


ANSWERS = ("rows", "contents", "remarks", "show", "saving", "answer", "narrowing", "arguments", "catalogue")


def test_in_the_answers_nothing_imports_what_is_built_on_it_lazy_imports_counted():
    names = [f"queries.answers.{name}" for name in ANSWERS]
    assert {name for name in MODULES if is_in(name, "queries.answers")} == {"queries.answers", *names}
    wrong = [
        f"{name} imports {target}"
        for place, name in enumerate(names)
        for target in imports(name)
        if target in names[place:] or (target.startswith("queries.") and target not in names)
    ]
    assert wrong == []


def test_no_module_is_longer_than_400_lines():
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: n for name, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_60_lines():
    long = {
        f"{name}.{node.name}": node.end_lineno - node.lineno + 1
        for name, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    }
    assert long == {}


def test_labels_of_kinds_are_written_in_the_schema_alone():
    """Elsewhere the kind itself is imported: a misspelt one is then no text that finds nothing."""
    labels = {e.label for e in SCHEMA.entities} | {r.type for r in SCHEMA.relations}
    found = [
        f"{name}:{node.lineno} {node.value}"
        for name, path in MODULES.items()
        if not is_in(name, "graph.schema")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in labels
    ]
    assert found == []


def test_no_two_modules_and_no_two_classes_share_a_name():
    """One word for one thing: whoever reads a name need not ask which of them is meant.

    The module of a question is called what its users type (projects), though a module of the schema is called so, too.
    """
    named = {question.attribute for question in catalogue().values()}
    asked = {path for path in SOURCES if path.stem in named and "questions" in path.parts}
    modules = Counter(path.stem for path in SOURCES if path.name != "__init__.py" and path not in asked)
    classes = Counter(
        node.name
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert [name for name, times in (modules | classes).items() if times > 1] == []


def test_every_package_of_the_repository_is_one_of_the_four_or_says_what_it_is():
    for package in PACKAGES:
        assert (ROOT / package / "__init__.py").is_file()


SCULPTURE = """
Sculpture = Entity(
    "Sculpture", zh="城市雕塑", en="sculpture", keys=("scu:{code:text}",),
    properties=(
        Property("code", Text(), zh="雕塑编号", en="code", required=True),
        Property("topic", Text(), zh="雕塑题材", en="topic"),
    ),
)
sculptures = Register(
    "sculptures", zh="城市雕塑名录", en="sculptures", row=Sculpture, titles=("城市雕塑名录",),
    columns=(
        Column("code", "雕塑编号", required=True),
        Column("topic", "雕塑题材"),
    ),
)
"""
QUESTION = '''"""某个题材有哪些城市雕塑？ Which sculptures are there of a topic?"""

from dataclasses import dataclass

from graph.graph import Graph
from queries.answers.answer import Answer
from queries.answers.catalogue import question
from queries.reading.scope import Scope

SCULPTURES = "MATCH (l:Sculpture) WHERE l.topic = $topic RETURN l.code AS code, l.topic AS topic ORDER BY code"


@dataclass(frozen=True)
class SculptureRow:
    """A sculpture and its topic."""

    code: str
    topic: str


@question
def sculptures(graph: Graph, scope: Scope, topic: str) -> Answer[SculptureRow]:
    """某个题材有哪些城市雕塑？ Which sculptures are there of a topic?"""
    found = [SculptureRow(**row) for row in graph.read(SCULPTURES, topic=topic).to_dicts()]
    return Answer(found)
'''
ASK_IN_PYTHON = """
import sys
from queries import connect
district = connect(sys.argv[1])
print([row.code for row in district.sculptures("党史").rows])
"""
LIST_ROUTES = """
from api.app import create_app
paths = create_app().openapi()["paths"]
print([path for path in paths if path.endswith("sculptures")])
"""


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """A copy of the packages with a new kind and a new question, and a workspace with one register of that kind."""
    folder = tmp_path_factory.mktemp("changed")
    for package in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, folder / "before" / package, ignore=ignored)
    shutil.copytree(folder / "before", folder / "code")
    with (folder / "code/graph/schema/members.py").open("a", encoding="utf-8") as file:
        file.write(SCULPTURE)
    (folder / "code/queries/questions/data/sculptures.py").write_text(QUESTION, encoding="utf-8")
    register = "城市雕塑名录,\n雕塑编号,雕塑题材\nA-1,党史\nA-2,法律\nA-3,党史\n"
    (folder / "城市雕塑名录.csv").write_text(register, encoding="utf-8")
    loaded = run(folder, "-m", "api.cli", "load", str(folder / "城市雕塑名录.csv"), "--json")
    return folder, json.loads(loaded)


def touched(before: Path, after: Path) -> list[str]:
    """Files of a changed copy that are new or differ."""
    files = [path.relative_to(after) for path in after.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    same = {
        path for path in files if (before / path).is_file() and filecmp.cmp(before / path, after / path, shallow=False)
    }
    return sorted(path.as_posix() for path in files if path not in same)


COMMANDS = """
import json, sys
from api import cli
for command in json.loads(sys.argv[1]):
    assert cli.run(command) == 0, command
    print(end="\\0", flush=True)
"""


def call(folder: Path, *commands: tuple[str, ...]) -> list[str]:
    """Return what commands of `shilian` print, one after the other, all in one process, which starts but once."""
    return run(folder, "-c", COMMANDS, json.dumps(commands)).split("\0")[:-1]


def run(folder: Path, *arguments: str) -> str:
    environment = os.environ | {
        "PYTHONPATH": str(folder / "code"), "SHILIAN_WORKSPACE": str(folder / "workspace"), "SHILIAN_KEY_FILE": str(folder / "key"),
        "PYTHONIOENCODING": "utf-8",
    }  # fmt: skip
    done = subprocess.run([sys.executable, *arguments], env=environment, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8")


def test_a_new_kind_and_a_new_question_touch_one_file_each(changed):
    folder, _ = changed
    assert touched(folder / "before", folder / "code") == [
        "graph/schema/members.py",
        "queries/questions/data/sculptures.py",
    ]


def test_a_new_kind_is_loaded_from_its_register(changed):
    _, loaded = changed
    assert loaded["counts"]["entities"] == {"Sculpture": 3}


def test_a_new_question_is_asked_from_python(changed):
    folder, _ = changed
    assert run(folder, "-c", ASK_IN_PYTHON, str(folder / "workspace")).strip() == "['A-1', 'A-3']"


def test_a_new_question_is_asked_from_the_command_line(changed):
    folder, _ = changed
    asked, helped = call(folder, ("ask", "sculptures", "党史", "--json"), ("ask", "sculptures", "--help"))
    assert [row["code"] for row in json.loads(asked)["rows"]] == ["A-1", "A-3"]
    assert "城市雕塑" in helped


def test_a_new_question_has_its_route(changed):
    folder, _ = changed
    assert "sculptures" in run(folder, "-c", LIST_ROUTES)


PAIRING = """
from __future__ import annotations

from dataclasses import replace

import polars as pl

from graph.graph import Graph
from graph.schema.organizations import Community
from queries.reading.facts import Facts, read_facts
from queries.pairing.rules import same_unit
from queries.matching.signal import PairSpec
from queries.pairing.signals import FOLDER, find_signals
from queries.pairing.things import read_side

WEIGHTS = FOLDER / "weights_neighbours.toml"


def read_neighbours(graph: Graph) -> Facts:
    sides = [read_side(graph, (Community,), label) for label in ("Host", "Guest")]
    return replace(read_facts(graph), units=pl.concat(sides))


NEIGHBOURS = PairSpec(
    "neighbours", left="Host", right="Guest", signals=find_signals(WEIGHTS, globals()), rules=(same_unit,),
    read=read_neighbours, weights=WEIGHTS,
)
"""
WEIGHTS = 'name = "neighbours"\nversion = 1\n\n[weights]\nnear = 0.7\nclose_in_graph = 0.3\n'
NAMED = (  # the three places of its name in the list of pairings
    ("from queries.matching.signal import PairSpec\n", "from queries.matching.signal import PairSpec\nfrom queries.pairing.specs.neighbours import NEIGHBOURS\n"),
    ("\n]  # fmt: skip\nSPECS", '\n    "neighbours",\n]  # fmt: skip\nSPECS'),
    (",\n    )\n}", ",\n        NEIGHBOURS,\n    )\n}"),
)  # fmt: skip


@pytest.fixture(scope="module")
def paired(changed, tmp_path_factory):
    """The packages as they are with a new pairing, and a workspace with three communities."""
    folder = tmp_path_factory.mktemp("paired")
    shutil.copytree(changed[0] / "before", folder / "code")
    specs = folder / "code/queries/pairing/specs"
    (specs / "neighbours.py").write_text(f'"""Which communities are neighbours."""\n{PAIRING}', encoding="utf-8")
    (specs.parent / "weights_neighbours.toml").write_text(WEIGHTS, encoding="utf-8")
    listed = (specs / "__init__.py").read_text(encoding="utf-8")
    for before, after in NAMED:
        assert listed.count(before) == 1
        listed = listed.replace(before, after)
    (specs / "__init__.py").write_text(listed, encoding="utf-8")
    register = "社区基本情况表,,\n社区名称,经度,纬度\n甲社区,112.40,34.6\n乙社区,112.41,34.6\n丙社区,112.90,34.6\n"
    (folder / "社区基本情况表.csv").write_text(register, encoding="utf-8")
    run(folder, "-m", "api.cli", "load", str(folder / "社区基本情况表.csv"), "--json")
    return folder


def test_a_new_pairing_touches_its_module_its_weights_and_the_list(changed, paired):
    assert touched(changed[0] / "before", paired / "code") == [
        "queries/pairing/specs/__init__.py", "queries/pairing/specs/neighbours.py", "queries/pairing/weights_neighbours.toml",
    ]  # fmt: skip


def test_a_new_pairing_is_matched_explained_and_offered_by_name(paired):
    asked, helped = call(paired, ("ask", "matches", "neighbours", "甲社区", "--json"), ("ask", "matches", "--help"))
    answer = json.loads(asked)
    first = answer["rows"][0]
    assert {first["left"], first["right"]} == {"甲社区", "乙社区"}
    assert sum(reason["contribution"] for reason in first["reasons"]) == pytest.approx(first["score"], abs=1e-6)
    assert answer["weights"]["name"] == "neighbours"
    assert "neighbours" in helped


def test_everything_works_without_the_room_for_provinces(paired, tmp_path):
    shutil.copytree(paired / "code", tmp_path / "code", ignore=shutil.ignore_patterns("scale"))
    shutil.copytree(paired / "workspace", tmp_path / "workspace")
    ask = ("-m", "api.cli", "ask", "matches", "neighbours", "--json")
    assert json.loads(run(tmp_path, *ask))["rows"] == json.loads(run(paired, *ask))["rows"] != []


SIGNAL = '''

def tell_street(sides: Any, left: int, right: int) -> Any:
    """Tell whether the two addresses begin with the same street."""
    return reasons.Evidence("同在一条路", "on one street", reasons.registry(sides, left, right))


@signal(zh="同一条路", en="same street", prior=0.1, because=tell_street, missing=Said("地址不详", "no address"))
def same_street(pairs: Pairs) -> Signal:
    """1 where both addresses begin with the same street, else 0; unknown where either has none."""
    streets = [side.units["address"].str.extract("^(.+?路)") for side in (pairs.sides.left, pairs.sides.right)]
    same = streets[0].gather(pairs.left) == streets[1].gather(pairs.right)
    return known_values(same.cast(float).fill_null(float("nan")).to_numpy())
'''


def test_a_new_signal_is_one_function_and_one_weight_and_counts_at_every_door(changed, tmp_path):
    shutil.copytree(changed[0] / "before", tmp_path / "code")
    pairing = tmp_path / "code/queries/pairing"
    with (pairing / "signals.py").open("a", encoding="utf-8") as file:
        file.write(SIGNAL)
    written = (pairing / "weights.toml").read_text(encoding="utf-8")
    near = tomllib.loads(written)["weights"]["near"]
    rest = round(near - 0.01, 6)  # nearly all of its weight goes to the new signal: together they stay 1
    given, times = re.subn(r"(?m)^near = .*$", f"near = 0.01\nsame_street = {rest}", written)
    assert times == 1
    (pairing / "weights.toml").write_text(given, encoding="utf-8")
    assert touched(changed[0] / "before", tmp_path / "code") == [
        "queries/pairing/signals.py",
        "queries/pairing/weights.toml",
    ]
    files = {
        "社区基本情况表": "社区名称,地址\n甲社区,解放路1号\n",
        "企业基本情况表": "企业名称,地址\n乙厂,和平路2号\n丙厂,解放路9号\n",
    }
    for title, rows in files.items():
        (tmp_path / f"{title}.csv").write_text(f"{title},\n{rows}", encoding="utf-8")
    load = ("load", *(str(tmp_path / f"{title}.csv") for title in files), "--json")
    _, asked, drifted = call(
        tmp_path, load, ("ask", "partners", "甲社区", "--json"), ("ask", "pairing-drift", "--json")
    )
    first = json.loads(asked)["rows"][0]
    told = {reason["signal"]: reason for reason in first["reasons"]}["same_street"]
    assert (first["partner"], told["contribution"], told["text"]) == ("丙厂", rest, "同在一条路")
    assert "same_street" in {row["signal"] for row in json.loads(drifted)["rows"]}
