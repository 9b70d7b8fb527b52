"""What tests share: the sample district loaded once, and public data by a path argument."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import pytest

# Whoever forbids compiled modules has every worker and every child that a test starts compile all of ours: a second each.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# Two workers keep two cores busy; threads of theirs beside would only wait for each other (a fifth of a load's processor time).
os.environ.setdefault("POLARS_MAX_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tests.loaded import Loaded, load_folder  # noqa: E402 -- what is imported from here on is compiled once
from tests.longest import function_of, longest  # noqa: E402
from tests.neo4j.fixtures import URI, neo4j_engine, neo4j_server, on_server, own_neo4j  # noqa: E402, F401 -- of every folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--data",
        default=None,
        help="folder with workbooks/ (and truth.json): the acceptance tests read it, and skip without it",
    )
    parser.addoption("--fuzz", type=int, default=30, help="how many fuzzed files to read (make fuzz: 2000)")
    parser.addoption("--fuzz-seed", type=int, default=0, help="the number of the first fuzzed file")
    parser.addoption("--slow", action="store_true", help="run the long tests too, as in CI")
    parser.addoption(
        "--drills", action="store_true", help="run the longest too: more seeds, engines, sizes of the browser, kills"
    )


COMPILED = {"test_pairing_assign", "test_pairing_flow", "test_pairing_pairs", "test_pairing_scale"}
# The longest run first, or all others would be done and wait for them: minutes with --slow, then the halves and quarters.
LONGEST = (
    "tests/test_kill", "server", "compiled", "tests/test_architecture", "tests/test_new_kinds", "tests/loaders/test_registers_services",
    "tests/queries/test_matches", "tests/loaders/test_headers", "tests/api/test_pairing_doors",
)  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    config.option.loadscopereorder = False  # not the groups of most tests first: these are ordered below


@pytest.hookimpl(tryfirst=True)  # before the tests are dealt out, which goes by these groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    groups = {item: group_of(item) for item in items}
    for item, group in groups.items():
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: LONGEST.index(groups[item]) if groups[item] in LONGEST else len(LONGEST))
    if not config.getoption("--drills"):
        for item in items:
            if "drill" in item.keywords:
                item.add_marker(pytest.mark.skip(reason="takes minutes: run with --drills"))
    if config.getoption("--slow"):
        return
    skip = pytest.mark.skip(reason="long drill, as in CI: run with --slow")
    # Whoever names files wants all of theirs; a run of everything leaves out what took longest.
    left_out = longest() if config.args == config.getini("testpaths") else frozenset[str]()
    for item in items:
        server = needs_server(item) and not os.environ.get(URI)
        if "slow" in item.keywords or server or function_of(item.nodeid) in left_out:
            item.add_marker(skip)


def group_of(item: pytest.Item) -> str:
    """Return what a test is dealt out with: its file, whose fixtures are then made once; a server and a compiler serve several."""
    if "neo4j" in item.path.parts or needs_server(item):
        return "server"  # one worker starts one server, not each its own
    return (
        "compiled"
        if item.path.stem in COMPILED
        else item.path.relative_to(item.config.rootpath).with_suffix("").as_posix()
    )


def needs_server(item: pytest.Item) -> bool:
    """Tell whether a test asks a Neo4j server, to start which costs a minute of processor time."""
    callspec, fixtures = getattr(item, "callspec", None), getattr(item, "fixturenames", ())
    drivers = {"neo4j", "py2neo"} & {str(value) for value in callspec.params.values()} if callspec else set()
    return bool(drivers or {"neo4j_server", "own_neo4j"} & set(fixtures))


@pytest.fixture(autouse=True)
def own_key_and_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the key and workspace of whoever runs it."""
    monkeypatch.setenv("SHILIAN_KEY_FILE", str(tmp_path / "keys" / "key"))
    monkeypatch.setenv("SHILIAN_WORKSPACE", str(tmp_path / "workspace"))
    for name in ("SHILIAN_GRAPH", "SHILIAN_LANG", "SHILIAN_USER"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The generated sample district, loaded."""
    from loaders.district import generate_workbooks

    folder = tmp_path_factory.mktemp("sample")
    truth = generate_workbooks(folder / "workbooks", seed=11)
    return load_folder(folder / "workbooks", folder, date.fromisoformat(truth["as_of"]))


@pytest.fixture(scope="session")
def core(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The sample district with its ten first registers alone, whose graph is made anew in half the time."""
    from loaders.district import generate_workbooks

    folder = tmp_path_factory.mktemp("core")
    truth = generate_workbooks(folder / "workbooks", seed=11, headings=False)
    return load_folder(folder / "workbooks", folder, date.fromisoformat(truth["as_of"]))


@pytest.fixture(scope="session")
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The workbooks of --data, loaded; skips without them."""
    data = request.config.getoption("--data")
    if data is None or not (Path(data) / "workbooks").is_dir():
        pytest.skip("needs --data FOLDER with workbooks/")
    folder = tmp_path_factory.mktemp("office")
    return load_folder(Path(data) / "workbooks", folder, date(2026, 6, 30))
