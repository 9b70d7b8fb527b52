"""The notebooks run from top to bottom, and show what they promise."""

import os
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


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
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_notebook_runs(path, tmp_path, monkeypatch):
    shown = pages(run(path, tmp_path, monkeypatch))
    if path.stem == "01-first-look":
        assert shown.count('class="shilian"') >= 4
        assert "iframe" in shown
        assert "公里" in shown


def test_stored_outputs_are_small_and_name_no_folder():
    assert NOTEBOOKS
    for path in NOTEBOOKS:
        text = path.read_text(encoding="utf-8")
        assert len(text) < 200_000, path.name
        assert str(ROOT) not in text
        assert "/tmp" not in text
