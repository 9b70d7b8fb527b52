"""Packages and files that have the names of ours: every door says what is in the way and what to do, instead of breaking."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("graph", "loaders", "queries", "api")
COMMAND = "import sys; sys.argv[0] = 'shilian'; from api.cli import main; main(['status'])"
DOORS = {
    "command line": COMMAND,
    "http": "from api.app import create_app; create_app()",
    "python": "from queries import connect; connect('workspace')",
    "loading": "from loaders.loading import load_paths",
}
ALL = ("graph", "loaders", "queries")
NEEDS = {"command line": ALL, "http": ALL, "python": ("graph",), "loading": ("graph",)}
CASES = [(door, name) for door in DOORS for name in NEEDS[door]]


def run(
    folder: Path, *paths: Path, code: str = "", script: str = "", lang: str = "zh"
) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(map(str, paths)), "SHILIAN_LANG": lang, "PYTHONIOENCODING": "utf-8", "SHILIAN_WORKSPACE": str(folder / "w"),
    }  # fmt: skip
    given = [script] if script else ["-c", code]
    return subprocess.run([sys.executable, *given], env=environment, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)  # fmt: skip


@pytest.fixture
def here(tmp_path):
    (tmp_path / "here").mkdir()
    return tmp_path / "here"


def add_package(folder: Path, name: str) -> Path:
    """Install a stranger's package of one of our names."""
    (folder / name).mkdir(parents=True)
    (folder / name / "__init__.py").write_text('"""A library of graphs."""\nclass Graph: ...\n', encoding="utf-8")
    return folder / name / "__init__.py"


@pytest.mark.parametrize("door", DOORS)
def test_nothing_is_in_the_way_of_a_whole_installation(here, door):
    done = run(here, ROOT, code=DOORS[door])
    assert "在这里是" not in done.stderr and "ImportError" not in done.stderr


@pytest.mark.parametrize(("door", "name"), CASES)
def test_a_package_of_the_index_is_named_with_what_to_do(here, tmp_path, door, name):
    file = add_package(tmp_path / "site-packages", name)
    done = run(here, tmp_path / "site-packages", ROOT, code=DOORS[door], lang="en")
    assert done.returncode == (3 if door == "command line" else 1)
    said = done.stderr.strip().splitlines()[-1]
    assert f"“{name}” is {file}" in said and "an environment of its own" in said
    if door == "command line":
        assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("door", DOORS)
def test_a_file_beside_a_script_is_named_with_what_to_do(here, door):
    (here / "graph.py").write_text("edges = []\n", encoding="utf-8")
    (here / "script.py").write_text(DOORS[door], encoding="utf-8")
    done = run(here, ROOT, script="script.py")
    assert done.returncode == (3 if door == "command line" else 1)
    assert f"{here / 'graph.py'}" in done.stderr
    if door == "command line":
        assert done.stderr.startswith("“graph”在这里是") and "改名或移走" in done.stderr


@pytest.mark.parametrize("door", ["command line", "python"])
def test_a_second_copy_of_ours_from_another_place_is_noticed(here, tmp_path, door):
    shutil.copytree(ROOT / "graph", tmp_path / "old" / "graph", ignore=shutil.ignore_patterns("__pycache__"))
    done = run(here, tmp_path / "old", ROOT, code=DOORS[door], lang="en")
    assert done.returncode == (3 if door == "command line" else 1)
    assert "another copy of Shilian" in done.stderr and "pip uninstall shilian" in done.stderr


@pytest.mark.parametrize("name", ["graph", "loaders", "queries"])
def test_a_package_that_was_installed_over_ours_is_noticed(here, tmp_path, name):
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / "site" / package, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "site" / name / "__init__.py").write_text("class Graph: ...\n", encoding="utf-8")
    done = run(here, tmp_path / "site", code=COMMAND)
    assert done.returncode == 3
    assert done.stderr.startswith(f"十联的 {tmp_path / 'site' / name / '__init__.py'} 被另一个同名的包覆盖了")


def test_a_package_that_a_door_does_not_need_is_left_alone(here):
    add_package(here, "api")
    add_package(here, "loaders")
    done = run(here, ROOT, code="from queries import connect; print(connect.__name__)")
    assert (done.returncode, done.stdout.strip()) == (0, "connect")


def test_where_graph_is_ours_the_error_is_one_of_ours(here):
    add_package(here, "queries")
    code = "from graph.errors import ShilianError\ntry: import api.app\nexcept ShilianError as e: print(e.code, e.exit_code, 'queries' in e.message('zh'))"
    assert run(here, ROOT, code=code).stdout.split() == ["package.in_the_way", "3", "True"]
