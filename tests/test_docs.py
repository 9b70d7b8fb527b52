"""What the documents promise is so: their blocks run, their links lead somewhere, their names exist."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from api import cli
from graph.settings import setting_names
from tests.doc_blocks import ROOT, blocks, run, says, steps

READMES = ("README.md", "README.zh.md")
DOCUMENTS = (*READMES, "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md")


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def demo_folder(tmp_path_factory):
    """A folder in which the demo has run."""
    folder = tmp_path_factory.mktemp("docs")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("SHILIAN_KEY_FILE", str(folder / "key"))
        patch.delenv("SHILIAN_WORKSPACE", raising=False)
        run("shilian demo --no-serve")
    return folder


@pytest.fixture
def there(demo_folder, monkeypatch):
    monkeypatch.chdir(demo_folder)
    monkeypatch.setenv("SHILIAN_KEY_FILE", str(demo_folder / "key"))
    monkeypatch.setenv("SHILIAN_WORKSPACE", "demo/workspace")
    return demo_folder


@pytest.mark.parametrize("name", READMES)
def test_commands_of_a_readme_print_what_it_says(there, name):
    found = [step for block in blocks(read(name), "console") for step in steps(block)]
    assert len(found) > 5
    for step in found:
        output = run(step.command)
        assert says(step.shown, output), f"{name} is stale (make docs renews it): $ {step.command}\n{output}"


@pytest.mark.parametrize("name", READMES)
def test_python_of_a_readme_runs(there, name):
    for block in blocks(read(name), "python"):
        exec(compile(block, name, "exec"), {})
    assert (there / "links.html").stat().st_size > 1000


def test_both_readmes_say_the_same_in_their_language():
    zh, en = (blocks(read(name), "python") for name in reversed(READMES))
    assert zh == en
    assert [len(blocks(read(name), "console")) for name in READMES] == [2, 2]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name):
    for target in re.findall(r"\]\((?!https?://)([^)#]+)", read(name)):
        assert ((ROOT / name).parent / target).exists(), f"{name} links to {target}"


@pytest.mark.parametrize("name", READMES)
def test_every_setting_is_explained(name):
    assert [setting for setting in setting_names() if f"`{setting}`" not in read(name)] == []


def test_every_command_that_a_document_names_exists():
    known = {entry.name for entry in cli.COMMANDS}
    for name in DOCUMENTS:
        named = set(re.findall(r"`shilian (\w+)", read(name)))
        assert named <= known, name


def test_make_has_the_targets_that_documents_name():
    targets = set(re.findall(r"^(\w+):", Path(ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"demo", "test", "check", "bench", "clean", "docs"} <= targets


def test_the_reference_pages_are_fresh():
    done = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr


NAMED = [
    # `ledger.sqlite` is a file of a workspace, none of ours.
    name
    for name in re.findall(r"`([a-z_]+(?:[./][A-Za-z_0-9]+)*/?)`", read("docs/architecture.md"))
    if not name.endswith(".sqlite")
]
PACKAGES = ("graph", "loaders", "queries", "api", "tests")


def is_there(name):
    """Tell whether a file, a folder, a module or something in a module exists; a lone word is found in any of our folders."""
    path = ROOT / name
    if name.endswith((".py", "/")):
        return path.is_file() if name.endswith(".py") else path.is_dir()
    parts = name.split(".")
    if len(parts) == 1:
        places = [folder for package in PACKAGES for folder in ((ROOT / package), *(ROOT / package).glob("*/"))]
        return any((place / name).is_dir() or (place / f"{name}.py").is_file() for place in places) or path.is_dir()
    for cut in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            found = getattr(found, part, None)
        return found is not None
    return False


@pytest.mark.parametrize("name", sorted(set(NAMED)))
def test_what_the_architecture_names_exists(name):
    assert is_there(name), f"docs/architecture.md names {name}, which is not there"


def test_the_architecture_names_every_folder_of_ours():
    folders = {
        f"{package}/{f.name}/"
        for package in PACKAGES[:4]
        for f in (ROOT / package).glob("*/")
        if f.name != "__pycache__"
    }
    assert folders - set(NAMED) == set()
    assert not is_there("loaders.read") and not is_there("graph/nowhere.py") and not is_there("graph/nowhere/")
