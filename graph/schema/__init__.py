"""All kinds of entities, relations and registers, declared as data in one module for each subject area.

A new kind needs an entry in its area's module, nothing else.
`SCHEMA` collects every Entity, Relation and Register that the modules of this package define.
"""

from __future__ import annotations

import importlib
import pkgutil

from graph.kinds import Entity, Register, Relation, Schema


def collect_schema() -> Schema:
    """Return the schema made of every entry in the modules of this package; two of one name are a contradiction."""
    modules = [
        importlib.import_module(f"{__name__}.{name}") for name in sorted(m.name for m in pkgutil.iter_modules(__path__))
    ]
    # One entry is seen in every module that imports it: once each, in the order of the modules.
    found = {id(value): value for module in modules for value in vars(module).values()}.values()
    return Schema(
        entities=tuple(value for value in found if isinstance(value, Entity)),
        relations=tuple(value for value in found if isinstance(value, Relation)),
        registers=tuple(value for value in found if isinstance(value, Register)),
    )


SCHEMA = collect_schema()
