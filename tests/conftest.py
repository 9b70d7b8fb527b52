"""What tests share: the sample district loaded once, and public data by a path argument."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.loaded import Loaded, load_folder
from tests.neo4j.fixtures import neo4j_engine, neo4j_server, on_server, own_neo4j  # noqa: F401 -- fixtures of every folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--data",
        default=None,
        help="folder with workbooks/ (and truth.json): the acceptance tests read it, and skip without it",
    )
    parser.addoption("--fuzz", type=int, default=30, help="how many fuzzed files to read (make fuzz: 2000)")
    parser.addoption("--fuzz-seed", type=int, default=0, help="the number of the first fuzzed file")
    parser.addoption("--slow", action="store_true", help="run the long fault drills too")


SERVED = {"neo4j", "contract"}  # folders whose tests share a server
COMPILED = {"test_pairing_assign", "test_pairing_flow", "test_pairing_pairs", "test_pairing_scale"}
LONGEST = "test_kill"  # minutes, with --slow


@pytest.hookimpl(tryfirst=True)  # before the tests are dealt out, which goes by these groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if SERVED & set(item.path.parts) or "on_server" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("server"))  # one worker starts one server, not each its own
        elif item.path.stem in COMPILED:
            item.add_marker(
                pytest.mark.xdist_group("compiled")
            )  # one worker compiles what the first run of a clone must
    items.sort(key=lambda item: item.path.stem != LONGEST)  # first, or all others would be done and wait for it
    if config.getoption("--slow"):
        return
    skip = pytest.mark.skip(reason="long drill, as in CI: run with --slow")
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(skip)


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
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """The workbooks of --data, loaded; skips without them."""
    data = request.config.getoption("--data")
    if data is None or not (Path(data) / "workbooks").is_dir():
        pytest.skip("needs --data FOLDER with workbooks/")
    folder = tmp_path_factory.mktemp("office")
    return load_folder(Path(data) / "workbooks", folder, date(2026, 6, 30))
