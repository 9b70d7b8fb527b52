"""`/api/v1/schema`: the ontology as data: entities, relations, and the registers that fill them."""

from __future__ import annotations

from fastapi import APIRouter, Request

from api.requests import read_parameters
from graph.documents import Document
from graph.kinds import Property, engine_type
from graph.schema import SCHEMA

router = APIRouter(prefix="/api/v1/schema", tags=["schema"])


@router.get("")
def show_schema(request: Request) -> Document:
    """Entities, relations and registers with their names in both languages."""
    read_parameters(request, ())
    return {
        "entities": [
            {
                "label": e.label,
                "zh": e.zh,
                "en": e.en,
                "is_unit": e.is_unit,
                "properties": [_property(p) for p in e.properties],
            }
            for e in SCHEMA.entities
        ],
        "relations": [
            {
                "type": r.type,
                "zh": r.zh,
                "en": r.en,
                "source": [e.label for e in r.source],
                "target": [e.label for e in r.target],
                "properties": [_property(p) for p in r.properties],
            }
            for r in SCHEMA.relations
        ],
        "registers": [
            {
                "name": g.name,
                "zh": g.zh,
                "en": g.en,
                "row": g.row.label,
                "scope": g.scope,
                "columns": [
                    {
                        "field": c.field,
                        "headers": list(c.headers),
                        "role": c.role,
                        "required": c.required,
                        "personal_class": g.personal_class(c),
                    }
                    for c in g.columns
                    if c.headers
                ],
                "beside": [part.name for part in g.beside],
            }
            for g in SCHEMA.registers
        ],
    }


def _property(prop: Property) -> Document:
    stored = {name: engine_type(dtype) for name, dtype in prop.columns().items()}
    return {
        "name": prop.name,
        "zh": prop.zh,
        "en": prop.en,
        "type": prop.type.name,
        "stored": stored,
        "required": prop.required,
    }
