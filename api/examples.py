"""Examples in the description of the API: values that the open graph answers, by the argument that takes them.

A description that is made without a graph has none of them, since every district has units of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graph.documents import Document
from graph.schema.governance import Meeting
from graph.schema.organizations import Community, Enterprise, Subdistrict
from graph.schema.resources import Need, Offering
from queries.reading.entities import open_entities, record_of

if TYPE_CHECKING:
    from graph.graph import Graph
    from graph.kinds import Entity

# Which kind of entity an argument names, by whatever things of the kind are called.
_NAMED: Mapping[str, Entity] = {
    **dict.fromkeys(("unit", "entity", "community", "start", "left", "text"), Community),
    **dict.fromkeys(("enterprise", "partner", "other", "end", "right"), Enterprise),
    "need": Need, "offer": Offering, "meeting": Meeting,
}  # fmt: skip
_PLAIN: Document = {"people": 30, "figure": Community.zh, "question": "unused-resources", "number": 1}


def find_examples(graph: Graph) -> Document:
    """Return for every argument that must be given a value that a graph answers; none where the graph has nothing of the kind."""
    found = _PLAIN | {"from": graph.snapshot, "to": graph.snapshot}
    firsts = {kind: first for kind in {*_NAMED.values(), Subdistrict} if (first := _first(graph, kind)) is not None}
    found |= {argument: firsts[kind][kind.named_by[0]] for argument, kind in _NAMED.items() if kind in firsts}
    if (community := firsts.get(Community)) is not None:
        record, id = record_of(graph, community, Community.label), community["id"]
        found |= {"id": id, "ids": [id], "file": record.file, "row": record.row, "load_id": community["load_id"]}
    if Subdistrict in firsts:
        found["group"] = f"group:subdistrict:{firsts[Subdistrict]['id']}"
    return found


def _first(graph: Graph, kind: Entity) -> dict[str, Any] | None:
    """Return the first entity of a kind that has a name and stands in a file of its own."""
    name = kind.named_by[0]
    frame = open_entities(graph, kind, name).drop_nulls([name, "row"]).sort("id")
    return frame.row(0, named=True) if frame.height else None


def fill_examples(document: Document, found: Mapping[str, Any]) -> Document:
    """Return a description with examples at what must be given to each of its operations."""
    paths = {
        path: {verb: _fill_operation(operation, found) for verb, operation in operations.items()}
        for path, operations in document["paths"].items()
    }
    return document | {"paths": paths}


def _fill_operation(operation: Document, found: Mapping[str, Any]) -> Document:
    asked = [_fill_parameter(one, found) for one in operation.get("parameters", ())]
    filled = operation | {"parameters": asked}
    if body := operation.get("requestBody"):
        content = {kind: _fill_body(one, found) for kind, one in body["content"].items()}
        filled["requestBody"] = body | {"content": content}
    return filled


def _fill_parameter(parameter: Document, found: Mapping[str, Any]) -> Document:
    """Return the description of a parameter with an example, where it must be given and there is one."""
    name, choices = parameter["name"], parameter["schema"].get("enum")
    if not parameter.get("required") or not (choices or name in found):
        return parameter
    return parameter | {"example": choices[0] if choices else found[name]}


def _fill_body(content: Document, found: Mapping[str, Any]) -> Document:
    """Return a body's description with an example: what it has already in the names of this graph, else what must be given."""
    schema = content["schema"]
    choices = {name: one["enum"][0] for name, one in schema.get("properties", {}).items() if one.get("enum")}
    shown = content.get("example") or dict.fromkeys(schema.get("required", ()))
    example = {name: {**choices, **found}.get(name, value) for name, value in shown.items()}
    return content if None in example.values() else content | {"example": example}
