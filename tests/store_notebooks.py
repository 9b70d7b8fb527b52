"""Runs the notebooks and stores what they show: `python -m tests.store_notebooks [NAME …]`, from the root of the repository.

What only a running notebook can show (a widget, a picture with its scripts) is left out; the still picture beside it stays.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
LARGEST = 100_000  # characters of one output; above, it is a picture with its scripts
_FOLDER = re.compile(re.escape(os.path.realpath("/tmp")) + r"/[\w./-]+|" + re.escape(str(ROOT)))


def run_notebook(path: Path, folder: Path) -> Any:
    """Return a notebook after every cell of it has run in `folder`."""
    book = nbformat.read(path, as_version=4)
    NotebookClient(book, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
    return book


def strip(book: Any) -> Any:
    """Return a notebook without what only runs live, without folders of this machine and without times."""
    book.metadata.pop("widgets", None)
    for cell in book.cells:
        cell.metadata = {}
        if cell.cell_type != "code":
            continue
        for output in cell.outputs:
            output.pop("metadata", None)
            if output.output_type in {"display_data", "execute_result"}:
                output.metadata = {}
            data = output.get("data", {})
            for kind in [k for k, v in data.items() if "widget" in k or (len(str(v)) > LARGEST and len(data) > 1)]:
                del data[kind]
            for kind, text in data.items():
                if isinstance(text, str) and not kind.startswith("image/png"):
                    data[kind] = _FOLDER.sub("…", text)
    return book


def main(names: list[str]) -> None:
    """Run the named notebooks, or all, and store them."""
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        if not names or path.stem in names:
            with TemporaryDirectory() as folder:
                nbformat.write(strip(run_notebook(path, Path(folder))), path)
            print(path.name)


if __name__ == "__main__":
    main(sys.argv[1:])
