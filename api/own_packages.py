"""Looks for foreign code that Python would import under the name of one of our packages; it is imported before any of them."""

from pathlib import Path
from runpy import run_path

# By its path: an import would ask the `graph` that is in question.
_found = run_path(str(Path(__file__).parents[1] / "graph" / "in_the_way.py"))
IN_THE_WAY: tuple[str, str] | None = _found["find_in_the_way"]("graph", "loaders", "queries")
refuse = _found["refuse"]
