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
FIRST, ON_A_SERVER = "01-first-look", "06-py2neo"
WIDGET = "application/vnd.jupyter.widget-view+json"


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
def test_the_first_look_shows_each_answer_once_and_the_explorer(tmp_path, monkeypatch):
    cells = run(ROOT / "notebooks" / f"{FIRST}.ipynb", tmp_path, monkeypatch)
    shown = pages(cells)
    assert shown.count('class="shilian"') >= 4
    assert "iframe" in shown and "公里" in shown
    assert all(len([o for o in cell.outputs if o.output_type != "stream"]) <= 1 for cell in cells)
    assert any(WIDGET in output.get("data", {}) for cell in cells for output in cell.outputs)


@pytest.mark.slow
@pytest.mark.drill
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::RuntimeWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize(
    "path", [p for p in NOTEBOOKS if p.stem not in {FIRST, ON_A_SERVER}], ids=lambda path: path.stem
)
def test_every_other_notebook_runs_and_still_shows_what_is_stored(path, tmp_path, monkeypatch):
    stored = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    for cell, before in zip(run(path, tmp_path, monkeypatch), stored, strict=True):
        kinds = [kind for output in cell.outputs for kind in output.get("data", {})]
        was = [kind for output in before.outputs for kind in output.get("data", {})]
        assert set(was) <= set(kinds), cell.source
        texts = ["".join(output.get("data", {}).get("text/plain", "")) for output in before.outputs]
        now = ["".join(output.get("data", {}).get("text/plain", "")) for output in cell.outputs]
        assert [t for t in texts if " at 0x" not in t] == [t for t in now if " at 0x" not in t], cell.source


def test_stored_notebooks_have_their_pictures_and_no_error():
    assert [path.stem[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05", "06"]
    for path in NOTEBOOKS:
        cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        outputs = [output for cell in cells for output in cell.outputs]
        assert not [output for output in outputs if output.output_type == "error"], path.name
        if path.stem != ON_A_SERVER:
            assert all(cell.outputs for cell in cells), path.name
            assert any({"image/svg+xml", "image/png"} & set(output.get("data", {})) for output in outputs), path.name


@pytest.mark.drill
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
