import ladybug
import pytest

from graph import cypher
from graph.errors import WriteRefusedError
from graph.schema import SCHEMA
from graph.statement import refuse_writes
from tests.graph.small import JOINED, SMALL, Person, clubs, joined, knows, people


@pytest.fixture(scope="module")
def engine():
    with ladybug.Database(":memory:", buffer_pool_size=1 << 28) as database, ladybug.Connection(database) as connection:
        for text in cypher.create_schema(SMALL):
            connection.execute(text)
        yield connection


def test_an_entity_becomes_a_table_with_every_property_validity_and_provenance():
    text = cypher.create_entities(Person)
    for column in ("`order` BOOL", "`tags` STRING[]", "`valid_to` DATE", "`row` INT32", "PRIMARY KEY (`id`)"):
        assert column in text


def test_a_relation_with_several_ends_becomes_one_table_with_every_pair():
    assert cypher.create_relations(JOINED).startswith(
        "CREATE REL TABLE `JOINED` (FROM `Person` TO `Club`, FROM `Person` TO `Person`, `fee` INT64"
    )


def test_the_engine_takes_the_whole_ontology():
    with ladybug.Database(":memory:", buffer_pool_size=1 << 28) as database, ladybug.Connection(database) as connection:
        for text in cypher.create_schema(SCHEMA):
            connection.execute(text)


def test_the_fingerprint_tells_schemas_apart_and_stays():
    assert cypher.fingerprint(SMALL) == cypher.fingerprint(SMALL) != cypher.fingerprint(SCHEMA)


def rows_for(text, frame):
    stated = {"load_id": "L", "sheet": "s", "row": 1}
    if frame:
        return (joined if "source" in text else people)(
            {"id": "p1", "source": "p1", "target": "c1", "name": "n", **stated}
        ).to_arrow()
    empty = dict.fromkeys([*people().columns, *joined().columns, *knows().columns])
    return [{**empty, "id": "p1", "source": "p1", "target": "c1", "tags": ["x"], **stated}]


@pytest.mark.parametrize(("text", "frame"), cypher.write_texts(SMALL))
def test_no_write_multiplies_rows_with_entities(engine, text, frame):
    plan = engine.execute(f"EXPLAIN {text}", {"rows": rows_for(text, frame)}).get_as_pl().item()
    assert "PRIMARY_KEY" in plan or "INDEX" in plan or "MERGE" in plan
    assert "CROSS_PRODUCT" not in plan


def test_the_check_for_products_can_fail(engine):
    text = "UNWIND $rows AS row MATCH (x:Person), (y:Club) WHERE x.name = y.name DELETE x"
    assert "CROSS_PRODUCT" in engine.execute(f"EXPLAIN {text}", {"rows": [{"a": 1}]}).get_as_pl().item()


READS = [
    "MATCH (n:Person) RETURN n.id AS id",
    "MATCH (n:Person) WHERE n.name = 'CREATE; DROP' RETURN n.id AS id ORDER BY id SKIP 1 LIMIT 5;",
    "match (n:Person {name: $name})-[:KNOWS*1..3]->(m) return distinct m.id as id",
    "OPTIONAL MATCH (n:Person) RETURN count(*) AS n UNION ALL RETURN 1 AS n",
    "UNWIND [1, 2] AS x WITH x WHERE EXISTS { MATCH (n:Person) } RETURN x",
    "MATCH (n:Person) // DELETE n\nRETURN n.`set` AS `create`, n.load AS a, {used: 1} AS b /* COPY */",
]
WRITES = [
    "CREATE (n:Person {id: '1'})", "MATCH (n) DELETE n", "MATCH (n) DETACH DELETE n", "MATCH (n) SET n.name = 'x'", "MERGE (n:Person {id: '1'})",
    "MATCH (n) REMOVE n.name", "DROP TABLE Person", "LOAD FROM '/etc/passwd' RETURN *", "WITH 1 AS x LOAD FROM '/etc/passwd' RETURN *",
    "COPY (MATCH (n) RETURN n) TO '/tmp/x.csv'", "COPY Person FROM 'x.csv'", "EXPORT DATABASE '/tmp/x'", "IMPORT DATABASE '/tmp/x'", "INSTALL httpfs",
    "LOAD EXTENSION httpfs", "ATTACH 'x' AS y", "USE x", "CALL threads=1", "CALL show_tables() RETURN *", "MATCH (n) CALL show_tables() RETURN *",
    "MATCH (n) RETURN n; MATCH (n) DELETE n", "RETURN 1;;", "RETURN 1 /* ; */ ; DROP TABLE Person", "BEGIN TRANSACTION", "CHECKPOINT", "EXPLAIN MATCH (n) RETURN n",
    "PROFILE MATCH (n) DELETE n", "CREATE MACRO f(x) AS x", "MATCH (n) RETURN '\\' DELETE n //'", "MATCH (n) RETURN 'a' + \\u0027x\\u0027", "", " ; ", "// only words",
    "MATCH (n) RETURN 'open", "MATCH (n) RETURN `open", "MATCH (n) DeLeTe n", "MATCH (n)/**/DELETE/**/n", "MATCH (n)\u00a0DELETE\u3000n", "FOREACH (x IN [1] | CREATE (n))",
    "ALTER TABLE Person ADD x INT64", "COMMENT ON TABLE Person IS 'x'", "MATCH (n) RETURN n // a\rDELETE n", "RETURN 1" + " " * 30_000 + "AS x",
    "ＭＡＴＣＨ (n) RETURN n", "SHOW DATABASES", "CALL { CREATE (n) }",
]  # fmt: skip


@pytest.mark.parametrize("text", READS)
def test_a_text_that_reads_is_let_through(engine, text):
    assert refuse_writes(text) == text.removesuffix(";")


@pytest.mark.parametrize("text", WRITES)
def test_a_text_that_could_write_or_read_files_is_refused(text):
    with pytest.raises(WriteRefusedError):
        refuse_writes(text)


def test_a_refusal_says_which_word_and_what_to_do():
    with pytest.raises(WriteRefusedError) as refusal:
        refuse_writes("MATCH (n) WITH n AS set RETURN set")
    assert "SET" in refusal.value.message("zh")
    assert "反引号" in refusal.value.message("zh")


def test_rows_written_by_the_portable_texts_come_back(engine):
    for text in ("MATCH (n:Person) DETACH DELETE n", "MATCH (n:Club) DETACH DELETE n"):
        engine.execute(text)
    stated = {"load_id": "L", "sheet": "s", "row": 1}
    rows = [
        {name: row.get(name) for name in people().columns} | {"tags": ["a"]}
        for row in ({"id": "p1", "name": "甲", **stated}, {"id": "p2", "order": True, **stated})
    ]
    engine.execute(cypher.merge_entities(Person), {"rows": rows})
    engine.execute(cypher.merge_entities(SMALL.entity("Club")), {"rows": clubs({"id": "c1", **stated}).to_dicts()})
    ends = joined(
        {"source": "p1", "target": "c1", "fee": None, **stated}, {"source": "p2", "target": "c1", **stated}
    ).to_dicts()
    for _ in range(2):
        engine.execute(cypher.merge_relations(JOINED, "Person", "Club"), {"rows": ends})
    found = engine.execute(cypher.read_entities("Person", ["id", "name", "order", "tags"])).get_as_pl().rows()
    assert found == [("p1", "甲", None, ["a"]), ("p2", None, True, ["a"])]
    count = cypher.count_relations("JOINED", "Person", "Club")
    assert engine.execute(count).get_as_pl().item() == 2
    engine.execute(cypher.delete_relations("JOINED", "Person", "Club"), {"rows": ends[:1]})
    engine.execute(cypher.add_relations(JOINED, "Person", "Club"), {"rows": ends[:1]})
    assert engine.execute(count).get_as_pl().item() == 2
    engine.execute(cypher.delete_entities("Person"), {"rows": rows[:1]})
    assert engine.execute(count).get_as_pl().item() == 1
