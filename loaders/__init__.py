"""Shilian 十联, from files to records: the two hard parts, `map_headers` and `match_names`, can be used by themselves."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from runpy import run_path
from typing import Any

# By its path: an import would ask the `graph` that is in question.
run_path(str(Path(__file__).parents[1] / "graph" / "in_the_way.py"))["refuse_strangers"]("graph")

# Name → module: imported at first use, so that importing one part of loaders does not import them all.
_EXPORTS = {"map_headers": "loaders.headers.mapper", "match_names": "loaders.names.resolve"}

__all__ = ["map_headers", "match_names"]


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        return getattr(import_module(_EXPORTS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(__all__)}")
