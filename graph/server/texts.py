"""What is written into a graph server, as Cypher: the shapes that a server looks up by key, and the state that it remembers."""

from __future__ import annotations

from graph.cypher import quote
from graph.kinds import Schema

STATE = "ShilianGraph"  # the one node that says which snapshot the graph holds; no kind of the schema
INDEXED = "name"  # besides the id: what people look entities up by

READ_STATE = f"""MATCH (g:{STATE} {{id: 'graph'}})
RETURN g.snapshot AS snapshot, g.digest AS digest, g.as_of AS as_of, g.counts AS counts, g.files AS files, g.mark AS mark,
g.publisher AS publisher, g.base AS base, g.target AS target, g.next AS next, g.plan AS plan, g.step AS step, g.steps AS steps,
(timestamp() - g.touched) / 1000.0 AS quiet"""
BEGIN = f"""MERGE (g:{STATE} {{id: 'graph'}})
SET g.publisher = $publisher, g.base = $base, g.target = $target, g.next = $next, g.plan = $plan,
  g.step = $step, g.steps = $steps, g.touched = timestamp()
RETURN g.step AS step"""
# The first SET takes the lock, so that two publishers cannot both read the same step.
CLAIM = f"""MATCH (g:{STATE} {{id: 'graph'}}) SET g.touched = timestamp()
WITH g WHERE g.publisher = $publisher AND g.step = $step SET g.step = $step + 1 RETURN g.step AS step"""
FINISH = f"""MATCH (g:{STATE} {{id: 'graph'}}) SET g.touched = timestamp()
WITH g WHERE g.publisher = $publisher AND g.step = g.steps
SET g = {{id: 'graph', snapshot: $snapshot, digest: $digest, as_of: $as_of, counts: $counts, files: $files,
  mark: $mark, touched: timestamp()}}
RETURN g.mark AS mark"""


def define(schema: Schema) -> list[str]:
    """Return the texts that make the constraints and indexes of a schema where they are missing, and wait for them."""
    texts = [_unique_id(label) for label in (STATE, *(entity.label for entity in schema.entities))]
    texts += [
        f"CREATE INDEX {quote(f'shilian_{e.label}_{INDEXED}')} IF NOT EXISTS FOR (n:{quote(e.label)}) ON (n.{quote(INDEXED)})"
        for e in schema.entities
        if INDEXED in e.columns()
    ]
    return [*texts, "CALL db.awaitIndexes(600)"]


def _unique_id(label: str) -> str:
    name = quote(f"shilian_{label}_id")
    return f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{quote(label)}) REQUIRE n.`id` IS UNIQUE"


def find_any(label: str) -> str:
    """Return the text that finds an entity of a label, if there is one."""
    return f"MATCH (n:{quote(label)}) RETURN n.id AS id LIMIT 1"


def count_relations(type: str) -> str:
    """Return the text that counts the relations of a type, whatever they join."""
    return f"MATCH ()-[r:{quote(type)}]->() RETURN count(*) AS n"


def merge_entities(label: str) -> str:
    """Return the text that adds or replaces entities; each row is a map of the properties that have a value."""
    return f"UNWIND $rows AS row MERGE (n:{quote(label)} {{id: row.id}}) SET n = row"


def delete_entities(label: str) -> str:
    """Return the text that deletes entities, by the `id` of each row."""
    return f"UNWIND $rows AS row MATCH (n:{quote(label)} {{id: row.id}}) DETACH DELETE n"


def create_relations(type: str, source: str, target: str) -> str:
    """Return the text that adds relations; a row holds `source`, `target` and the map `properties`."""
    return f"{_ends(source, target)} CREATE (x)-[r:{quote(type)}]->(y) SET r = row.properties"


def delete_relations(type: str, source: str, target: str) -> str:
    """Return the text that deletes every relation of a type between the pairs of ends in the rows (each pair once)."""
    return f"{_ends(source, target)} MATCH (x)-[r:{quote(type)}]->(y) DELETE r"


def _ends(source: str, target: str) -> str:
    return (
        f"UNWIND $rows AS row MATCH (x:{quote(source)} {{id: row.source}}) MATCH (y:{quote(target)} {{id: row.target}})"
    )


def write_texts(schema: Schema) -> list[str]:
    """Return every text that writes rows: what a test explains."""
    found = [text(entity.label) for entity in schema.entities for text in (merge_entities, delete_entities)]
    for relation in schema.relations:
        for source, target in relation.pairs():
            found += [text(relation.type, source, target) for text in (create_relations, delete_relations)]
    return found
