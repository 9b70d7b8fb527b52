"""The Cypher statements by which a graph server is written: constraints, entities, relations, and the state of a publish."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from graph.cypher import quote
from graph.digest import RELATION_KEY
from graph.kinds import Schema
from graph.searched import list_searched
from graph.tables import RelationKey, entity_columns, relation_columns

STATE = "ShilianGraph"  # the one node that says which snapshot the graph holds; no kind of the schema
TABLE = "ShilianTable"  # a part of a table, packed: beside the graph, so that whole tables are read quickly
SEARCHED = "_searched"  # the property of an entity that its full-text index takes; no property of the schema
HUBS, FIRST = "_hubs", "_first"  # parameters beside the columns, of which none begins like this
SEARCH = "shilian_searched"  # how the names of full-text indexes begin
LIST_SEARCHES = f"SHOW FULLTEXT INDEXES YIELD name WHERE name STARTS WITH '{SEARCH}' RETURN name"
FIND = """CALL db.index.fulltext.queryNodes($index, $query, {limit: $most}) YIELD node
RETURN labels(node) AS labels, node.id AS id"""
INDEXED = "name"  # besides the id: what people look entities up by

READ_STATE = f"""MATCH (g:{STATE} {{id: 'graph'}})
RETURN g.snapshot AS snapshot, g.digest AS digest, g.as_of AS as_of, g.counts AS counts, g.files AS files, g.mark AS mark,
g.searched AS searched, g.tables AS tables, g.publisher AS publisher, g.base AS base, g.target AS target, g.next AS next,
g.plan AS plan, g.step AS step, g.steps AS steps, (timestamp() - g.touched) / 1000.0 AS quiet"""
BEGIN = f"""MERGE (g:{STATE} {{id: 'graph'}})
SET g.publisher = $publisher, g.base = $base, g.target = $target, g.next = $next, g.plan = $plan,
  g.step = $step, g.steps = $steps, g.touched = timestamp()
RETURN g.step AS step"""
# The first SET takes the lock, so that two publishers cannot both read the same step.
CLAIM = f"""MATCH (g:{STATE} {{id: 'graph'}}) SET g.touched = timestamp()
WITH g WHERE g.publisher = $publisher AND g.step = $step SET g.step = $step + 1 RETURN g.step AS step"""
MINE = f"""MATCH (g:{STATE} {{id: 'graph'}}) WHERE g.publisher = $publisher SET g.touched = timestamp()
RETURN g.publisher AS publisher"""
FINISH = f"""MATCH (g:{STATE} {{id: 'graph'}}) SET g.touched = timestamp()
WITH g WHERE g.publisher = $publisher AND g.step = g.steps
SET g = {{id: 'graph', snapshot: $snapshot, digest: $digest, as_of: $as_of, counts: $counts, files: $files,
  mark: $mark, searched: $searched, tables: $tables, touched: timestamp()}}
RETURN g.mark AS mark"""


def define(schema: Schema) -> list[str]:
    """Return the texts that make the constraints and indexes of a schema where they are missing, and wait for them."""
    texts = [_unique_id(label) for label in (STATE, TABLE, *(entity.label for entity in schema.entities))]
    texts += [
        f"CREATE INDEX {quote(f'shilian_{e.label}_{INDEXED}')} IF NOT EXISTS FOR (n:{quote(e.label)}) ON (n.{quote(INDEXED)})"
        for e in schema.entities
        if INDEXED in e.columns()
    ]
    return [*texts, *define_search(schema), "CALL db.awaitIndexes(600)"]


def name_search(schema: Schema) -> str:
    """Return the name of the full-text index of what a schema lets search find: another one where that has become other kinds."""
    labels = " ".join(kind.label for kind in list_searched(schema))
    return f"{SEARCH}_{hashlib.blake2b(labels.encode(), digest_size=4).hexdigest()}" if labels else ""


def define_search(schema: Schema) -> list[str]:
    """Return the text that makes the full-text index where it is missing; its analyser parts Chinese into pairs of characters."""
    labels = "|".join(quote(kind.label) for kind in list_searched(schema))
    options = "{indexConfig: {`fulltext.analyzer`: 'cjk', `fulltext.eventually_consistent`: false}}"
    made = f"CREATE FULLTEXT INDEX {quote(name_search(schema))} IF NOT EXISTS FOR (n:{labels}) ON EACH [n.{quote(SEARCHED)}]"
    return [f"{made} OPTIONS {options}"] if labels else []


def _unique_id(label: str) -> str:
    name = quote(f"shilian_{label}_id")
    return f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{quote(label)}) REQUIRE n.`id` IS UNIQUE"


def count_rows(schema: Schema) -> str:
    """Return the text that counts each kind of entity and relation by its name; a server keeps these counts and reads no rows."""
    counted = [(e.label, f"(:{quote(e.label)})") for e in schema.entities]
    counted += [(r.type, f"()-[:{quote(r.type)}]->()") for r in schema.relations]
    return " UNION ALL ".join(f"MATCH {found} WITH count(*) AS n RETURN '{name}' AS name, n" for name, found in counted)


def merge_entities(label: str, varied: Iterable[str], shared: Iterable[str] = ()) -> str:
    """Return the Cypher statement that adds or replaces entities of a label.

    A parameter holds one value for each row (properties in `varied`) or the one value of all rows (`shared`).
    """
    values = _values((name for name in varied if name != "id"), shared)
    assigned = ", ".join(f"n.{quote(name)} = {value}" for name, value in values.items())
    return f"{_each('id')} MERGE (n:{quote(label)} {{id: $`id`[i]}})" + (f" SET {assigned}" if assigned else "")


def set_searched(label: str) -> str:
    """Return the text that gives the entities of a column `id` the text of a column, by which the full-text index finds them."""
    return f"{_each('id')} MATCH (n:{quote(label)} {{id: $`id`[i]}}) SET n.{quote(SEARCHED)} = ${quote(SEARCHED)}[i]"


def delete_entities(label: str) -> str:
    """Return the text that deletes the entities of a column `id`."""
    return f"{_each('id')} MATCH (n:{quote(label)} {{id: $`id`[i]}}) DETACH DELETE n"


def create_relations(key: RelationKey, hub: str, varied: Iterable[str], shared: Iterable[str] = ()) -> str:
    """Return the Cypher statement that adds relations; the parameters of properties are as in `merge_entities`.

    The entities of the end `hub`, `source` or `target`, are the parameter HUBS and looked up once each; the relations of the j-th are the
    rows FIRST[j] to FIRST[j + 1]. The other end is a column.
    """
    ends = dict(zip(RELATION_KEY, key[1:], strict=True))
    (other,) = ends.keys() - {hub}
    values = _values((name for name in varied if name not in RELATION_KEY), shared)
    properties = ", ".join(f"{quote(name)}: {value}" for name, value in values.items())
    return f"""UNWIND range(0, size(${HUBS}) - 1) AS j MATCH ({hub}:{quote(ends[hub])} {{id: ${HUBS}[j]}})
UNWIND range(${FIRST}[j], ${FIRST}[j + 1] - 1) AS i MATCH ({other}:{quote(ends[other])} {{id: ${quote(other)}[i]}})
CREATE (source)-[r:{quote(key[0])} {{{properties}}}]->(target)"""


def delete_relations(key: RelationKey) -> str:
    """Return the text that deletes every relation of a type between the pairs of `source` and `target` (each pair once)."""
    _, source, target = key
    found = f"MATCH (x:{quote(source)} {{id: $`source`[i]}}) MATCH (y:{quote(target)} {{id: $`target`[i]}})"
    return f"{_each('source')} {found} MATCH (x)-[r:{quote(key[0])}]->(y) DELETE r"


def _each(column: str) -> str:
    return f"UNWIND range(0, size(${quote(column)}) - 1) AS i"


def _values(varied: Iterable[str], shared: Iterable[str]) -> dict[str, str]:
    """Return how each property's value in row `i` is written."""
    return {name: f"${quote(name)}[i]" for name in varied} | {name: f"${quote(name)}" for name in shared}


def write_texts(schema: Schema) -> list[str]:
    """Return every Cypher statement of this module that writes rows, for tests that check the server's plan of each."""
    found = []
    for entity in schema.entities:
        found += [merge_entities(entity.label, [*entity_columns(entity), SEARCHED]), delete_entities(entity.label)]
        found.append(set_searched(entity.label))
    for relation in schema.relations:
        for pair in relation.pairs():
            key = (relation.type, *pair)
            found += [create_relations(key, hub, relation_columns(relation)) for hub in RELATION_KEY]
            found.append(delete_relations(key))
    return found
