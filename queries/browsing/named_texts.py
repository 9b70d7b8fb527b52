"""What the names in texts stand for, where only one thing of the graph has the name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from graph.schema.members import Concept
from queries.browsing.mesh import read_mesh

if TYPE_CHECKING:
    from graph.graph import Graph


def find_named(graph: Graph, texts: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """Return the id and label of what each text names; class words (便民服务) are no names, and people are never found."""
    mesh = read_mesh(graph)
    found = {text: mesh.named[text] for text in texts if text in mesh.named}
    rows = mesh.dots[list(found.values())].select("id", "label").rows()
    return {text: (id, label) for text, (id, label) in zip(found, rows, strict=True) if label != Concept.label}
