"""The notebooks run from top to bottom, and show what they promise."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from graph.schema import SCHEMA
from graph.server.server_publish import publish_on_server
from graph.workspace import Workspace

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
ON_A_SERVER = "06-py2neo"


def run(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """Run a notebook in `folder` and return its code cells."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep))
    book = nbformat.read(path, as_version=4)
    nbclient.NotebookClient(
        book, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()
    return [cell for cell in book.cells if cell.cell_type == "code"]


def pages(cells: list[dict]) -> str:
    """Return everything that the cells show as HTML."""
    outputs = [output for cell in cells for output in cell.outputs]
    return "".join(str(output.get("data", {}).get("text/html", "")) for output in outputs)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::RuntimeWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("path", [p for p in NOTEBOOKS if p.stem != ON_A_SERVER], ids=lambda path: path.stem)
def test_every_notebook_runs(path, tmp_path, monkeypatch):
    shown = pages(run(path, tmp_path, monkeypatch))
    if path.stem == "01-first-look":
        assert shown.count('class="shilian"') >= 4
        assert "iframe" in shown
        assert "公里" in shown


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::RuntimeWarning", "ignore::ResourceWarning")
def test_the_notebook_about_py2neo_runs_on_a_server(sample, on_server, tmp_path, monkeypatch):
    pytest.importorskip("py2neo")
    publish_on_server(replace(sample.settings, graph=on_server.uri), Workspace.open(sample.workspace), SCHEMA)
    monkeypatch.setenv("SHILIAN_GRAPH", on_server.uri)
    cells = run(ROOT / "notebooks" / f"{ON_A_SERVER}.ipynb", tmp_path, monkeypatch)
    assert 'class="shilian"' in pages(cells)
    assert "'回访'" in "".join(str(cell.outputs) for cell in cells)
    assert cells[-1].outputs[0]["text"].strip() == "ClientError"


def test_stored_outputs_are_small_and_name_no_folder():
    assert NOTEBOOKS
    for path in NOTEBOOKS:
        text = path.read_text(encoding="utf-8")
        assert len(text) < 200_000, path.name
        assert str(ROOT) not in text
        assert "/tmp" not in text
