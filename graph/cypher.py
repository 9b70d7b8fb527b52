"""Cypher statements made from the schema: they create the embedded engine's tables, and read and write rows.

The shape of a write decides everything: a key taken from a row before MERGE, and two MATCH instead of one with a comma, are
looked up; the other forms multiply every row with every entity. Rows come as `UNWIND $rows AS row` (both engines) or as
`LOAD FROM $rows` (the embedded engine reads a frame).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from graph.kinds import Entity, Relation, Schema, engine_type
from graph.tables import entity_columns, relation_columns
from graph.types.value_type import PolarsType

# What Neo4j has and the embedded engine is taught, so that one text serves both.
MACROS = (
    "CREATE MACRO type(r) AS label(r)",
    "CREATE MACRO toString(x) AS CAST(x, 'STRING')",
    "CREATE MACRO toInteger(x) AS CAST(x, 'INT64')",
    "CREATE MACRO toFloat(x) AS CAST(x, 'DOUBLE')",
    "CREATE MACRO toBoolean(x) AS CAST(x, 'BOOL')",
    "CREATE MACRO split(text, separator) AS string_split(text, separator)",
    "CREATE MACRO head(list) AS list_extract(list, 1)",
    "CREATE MACRO last(list) AS list_extract(list, -1)",
)
# A column of a batch that is null throughout has no type of its own: the wrap gives it one.
_WRAPS = {
    "INT64": "toInteger({})", "INT32": "toInteger({})", "DOUBLE": "toFloat({})", "DATE": "date({})", "BOOL": "toBoolean({})",
    "STRING": "toString({})",
}  # fmt: skip


def quote(name: str) -> str:
    """Return a name as Cypher writes it, whatever words the engine reserves."""
    return "`" + name.replace("`", "``") + "`"


def create_entities(entity: Entity) -> str:
    """Return the Cypher statement that creates the table of a kind of entity in the embedded engine."""
    columns = ", ".join(f"{quote(name)} {engine_type(kind)}" for name, kind in entity_columns(entity).items())
    return f"CREATE NODE TABLE {quote(entity.label)} ({columns}, PRIMARY KEY (`id`))"


def create_relations(relation: Relation) -> str:
    """Return the text that makes the embedded engine's table of a relation, with every pair of ends."""
    ends = [f"FROM {quote(source)} TO {quote(target)}" for source, target in relation.pairs()]
    columns = [f"{quote(name)} {engine_type(kind)}" for name, kind in _properties(relation).items()]
    return f"CREATE REL TABLE {quote(relation.type)} ({', '.join(ends + columns)})"


def create_schema(schema: Schema) -> list[str]:
    """Return every text that prepares an empty embedded graph, in order."""
    return [*MACROS, *map(create_entities, schema.entities), *map(create_relations, schema.relations)]


def fingerprint(schema: Schema) -> str:
    """Return a hash of a schema's stored columns, by which a graph file made for another schema is recognized."""
    return hashlib.blake2b("\n".join(create_schema(schema)).encode(), digest_size=8).hexdigest()


def copy_entities(label: str) -> str:
    """Return the text that fills an entity's table from the frame `$rows`."""
    return f"COPY {quote(label)} FROM $rows"


def create_few_entities(entity: Entity) -> str:
    """Return the text that adds entities from the frame `$rows` one by one, which is quicker than copying where they are few."""
    values = ", ".join(f"{quote(name)}: {quote(name)}" for name in entity_columns(entity))
    return f"LOAD FROM $rows CREATE (:{quote(entity.label)} {{{values}}})"


def copy_relations(type: str, source: str, target: str) -> str:
    """Return the text that fills a relation's table from the frame `$rows` (source, target, then the properties)."""
    return f"COPY {quote(type)} FROM $rows (from='{source}', to='{target}')"


def update_entities(entity: Entity) -> str:
    """Return the text that sets every property of entities that are there, from the frame `$rows`."""
    names = [name for name in entity_columns(entity) if name != "id"]
    return f"LOAD FROM $rows MATCH (n:{quote(entity.label)} {{id: id}}) SET {_assignments('n', {n: quote(n) for n in names})}"


def delete_entities(label: str, frame: bool = False) -> str:
    """Return the text that deletes entities with their relations, by the `id` of each row."""
    if frame:
        return f"LOAD FROM $rows MATCH (n:{quote(label)} {{id: id}}) DETACH DELETE n"
    return f"UNWIND $rows AS row MATCH (n:{quote(label)} {{id: row.id}}) DETACH DELETE n"


def merge_entities(entity: Entity) -> str:
    """Return the text that adds or updates entities from `$rows`; ids must not repeat within the rows."""
    columns = entity_columns(entity)
    taken = ", ".join(f"{_from_row(name, kind)} AS {quote(name)}" for name, kind in columns.items())
    assigned = _assignments("n", {name: quote(name) for name in columns if name != "id"})
    return f"UNWIND $rows AS row WITH {taken} MERGE (n:{quote(entity.label)} {{id: `id`}}) SET {assigned}"


def merge_relations(relation: Relation, source: str, target: str) -> str:
    """Return the text that adds or updates the one relation of each pair of ends from `$rows`."""
    return f"{_ends(source, target)} MERGE (x)-[r:{quote(relation.type)}]->(y) SET {_from_rows(relation)}"


def add_relations(relation: Relation, source: str, target: str) -> str:
    """Return the text that adds relations from `$rows`, for kinds of which a pair may have several (delete the pairs first)."""
    return f"{_ends(source, target)} CREATE (x)-[r:{quote(relation.type)}]->(y) SET {_from_rows(relation)}"


def delete_relations(type: str, source: str, target: str, frame: bool = False) -> str:
    """Return the text that deletes every relation of a type between the pairs of ends in `$rows` (each pair once)."""
    found = f"MATCH (x)-[r:{quote(type)}]->(y) DELETE r"
    return f"{_ends(source, target, frame)} {found}"


def count_entities(label: str) -> str:
    """Return the text that counts the entities of a label, closed ones too."""
    return f"MATCH (n:{quote(label)}) RETURN count(*) AS n"


def count_relations(type: str, source: str, target: str) -> str:
    """Return the text that counts the relations of a type between two kinds of entity, closed ones too."""
    return f"MATCH (:{quote(source)})-[r:{quote(type)}]->(:{quote(target)}) RETURN count(*) AS n"


def read_entities(label: str, columns: Iterable[str], *, ordered: bool = True) -> str:
    """Return the Cypher query for the given columns of all entities with a label, sorted by id if `ordered`."""
    return f"MATCH (n:{quote(label)}) RETURN {_returned('n', columns)}{' ORDER BY n.`id`' if ordered else ''}"


def read_relations(type: str, source: str, target: str, columns: Iterable[str], *, ordered: bool = True) -> str:
    """Return the text that reads the ends and columns of every relation of a type between two kinds of entity."""
    returned = ["x.`id` AS `source`, y.`id` AS `target`", _returned("r", columns)]
    found = f"MATCH (x:{quote(source)})-[r:{quote(type)}]->(y:{quote(target)})"
    order = " ORDER BY `source`, `target`" if ordered else ""
    return f"{found} RETURN {', '.join(filter(None, returned))}{order}"


def read_entity(label: str, columns: Iterable[str]) -> str:
    """Return the text that reads columns of the entity with `$id`."""
    return f"MATCH (n:{quote(label)} {{id: $id}}) RETURN {_returned('n', columns)}"


def write_texts(schema: Schema) -> list[tuple[str, bool]]:
    """Return every Cypher statement of this module that writes rows, for tests that check the engine's plan of each.

    Each comes with whether its rows are a frame.
    """
    texts = []
    for entity in schema.entities:
        texts += [(update_entities(entity), True), (merge_entities(entity), False)]
        texts += [(delete_entities(entity.label, frame), frame) for frame in (True, False)]
    for relation in schema.relations:
        for source, target in relation.pairs():
            texts += [
                (merge_relations(relation, source, target), False),
                (add_relations(relation, source, target), False),
            ]
            texts += [(delete_relations(relation.type, source, target, frame), frame) for frame in (True, False)]
    return texts


def _properties(relation: Relation) -> dict[str, PolarsType]:
    return {name: kind for name, kind in relation_columns(relation).items() if name not in {"source", "target"}}


def _ends(source: str, target: str, frame: bool = False) -> str:
    rows, prefix = ("LOAD FROM $rows", "") if frame else ("UNWIND $rows AS row", "row.")
    return f"{rows} MATCH (x:{quote(source)} {{id: {prefix}source}}) MATCH (y:{quote(target)} {{id: {prefix}target}})"


def _from_rows(relation: Relation) -> str:
    return _assignments("r", {name: _from_row(name, kind) for name, kind in _properties(relation).items()})


def _from_row(name: str, kind: PolarsType) -> str:
    return _WRAPS.get(engine_type(kind), "{}").format(f"row.{quote(name)}")


def _assignments(variable: str, values: Mapping[str, str]) -> str:
    return ", ".join(f"{variable}.{quote(name)} = {value}" for name, value in values.items())


def _returned(variable: str, columns: Iterable[str]) -> str:
    return ", ".join(f"{variable}.{quote(name)} AS {quote(name)}" for name in columns)
