"""The ontology as data: a module per area, an entry per kind. A new kind is a new entry in its area's module, nothing else.

`SCHEMA` collects every Entity, Relation and Register that the modules of this package define.
"""

from __future__ import annotations

import importlib
import pkgutil

from graph.kinds import Entity, Register, Relation, Schema


def collect_schema() -> Schema:
    """Return the schema made of every entry in the modules of this package."""
    found: dict[type, dict[str, object]] = {Entity: {}, Relation: {}, Register: {}}
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        for value in vars(importlib.import_module(f"{__name__}.{module}")).values():
            if type(value) in found:
                name = getattr(value, {Entity: "label", Relation: "type", Register: "name"}[type(value)])
                found[type(value)].setdefault(name, value)
    return Schema(
        entities=tuple(v for v in found[Entity].values() if isinstance(v, Entity)),
        relations=tuple(v for v in found[Relation].values() if isinstance(v, Relation)),
        registers=tuple(v for v in found[Register].values() if isinstance(v, Register)),
    )


SCHEMA = collect_schema()
