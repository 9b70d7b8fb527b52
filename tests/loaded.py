"""A folder of workbooks loaded into a workspace, with what is true of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from graph.settings import Settings
from loaders.loading import LoadOptions, load_paths
from loaders.report.load_result import LoadResult


@dataclass(frozen=True)
class Loaded:
    """A folder of workbooks, what is true of it, and the workspace into which it was loaded."""

    workbooks: Path
    truth: dict[str, Any]
    workspace: Path
    result: LoadResult
    settings: Settings


def load_folder(workbooks: Path, folder: Path, as_of: date) -> Loaded:
    """Load a folder of workbooks, or of CSV files without a truth.json, into a new workspace below `folder`."""
    workspace = folder / "workspace"
    settings = Settings(workspace=workspace, key_file=folder / "key")
    result = load_paths(workspace, [workbooks], options=LoadOptions(as_of=as_of), settings=settings)
    told = workbooks / "truth.json"
    truth = json.loads(told.read_text(encoding="utf-8")) if told.is_file() else {}
    return Loaded(workbooks, truth, workspace, result, settings)
