"""The contract of an engine: one suite, run on every engine there is; and the texts that engines are known to answer differently."""

from concurrent.futures import ThreadPoolExecutor

import polars as pl
import pytest

from graph.errors import EngineError, QueryError
from tests.contract.engines import ENGINES, FACTS, open_small
from tests.graph.small import DAY_1


@pytest.fixture(scope="module", params=ENGINES)
def backend(request, tmp_path_factory):
    with open_small(request, tmp_path_factory.mktemp("small")) as opened:
        yield opened


def value(backend, text, **parameters):
    return backend.read(text, parameters).item()


def test_columns_come_back_with_their_types(backend):
    text = "MATCH (n:Person {id: $id}) RETURN n.name AS name, n.count AS count, n.score AS score, n.day AS day, n.`order` AS flag, n.tags AS tags"
    assert backend.read(text, {"id": "p00003"}).row(0) == ("人3", 3, None, DAY_1, True, ["甲", "乙"])


def test_nothing_found_is_an_empty_frame_with_its_columns(backend):
    found = backend.read("MATCH (n:Person {id: $id}) RETURN n.name AS name", {"id": "nobody"})
    assert (found.height, found.columns) == (0, ["name"])


def test_sums_are_whole_numbers_also_inside_lists_and_maps(backend):
    found = backend.read("MATCH (n:Person) WITH sum(n.count) AS s RETURN s, [s] AS l, {s: s} AS m", {})
    assert found.schema == {"s": pl.Int64, "l": pl.List(pl.Int64), "m": pl.Struct({"s": pl.Int64})}
    assert found.row(0) == (780, [780], {"s": 780})


def test_the_sum_of_nothing_is_zero_where_it_is_coalesced(backend):
    assert value(backend, "MATCH (n:Person) WHERE n.count > 999 RETURN coalesce(sum(n.count), 0) AS s") == 0


def test_small_numbers_as_parameters_do_not_overflow(backend):
    assert value(backend, "RETURN 0 + $a + $b AS s", a=100, b=100) == 200
    assert value(backend, "MATCH (n:Person {id: 'p00039'}) RETURN n.count * $k AS s", k=100) == 3900


def test_the_same_text_with_parameters_of_other_widths_stays_right(backend):
    text = "MATCH (n:Person) WHERE n.count = $x RETURN count(*) AS n"
    assert [value(backend, text, x=x) for x in (1, 300, 2, 2**40, 3)] == [1, 0, 1, 0, 1]


def test_a_pattern_may_take_one_relation_twice_so_ends_are_told_apart(backend):
    text = "MATCH (a:Person)-[:JOINED]->(c:Club)<-[:JOINED]-(b:Person) WHERE a.id <> b.id RETURN count(*) AS n"
    assert value(backend, text) == sum(size * (size - 1) for size in (14, 13, 13))


def test_paths_of_bounded_length_are_counted_once_with_distinct(backend):
    ends = backend.read(
        "MATCH (a:Person {id: 'p00000'})-[:KNOWS*1..3]->(b:Person) RETURN DISTINCT b.id AS id ORDER BY id", {}
    )
    assert ends["id"].to_list() == ["p00001", "p00008", "p00017"]


def test_what_neo4j_has_is_there_by_the_same_name(backend):
    text = (
        "MATCH (a:Person {id: 'p00003'})-[r:JOINED|KNOWS]->(b) RETURN type(r) AS t, toString(a.count) AS s, toInteger('5') AS i, toFloat('2.5') AS f,"
        " head(split('x y', ' ')) AS h, last(a.tags) AS l, toBoolean('true') AS b ORDER BY t LIMIT 1"
    )
    assert backend.read(text, {}).row(0) == ("JOINED", "3", 5, 2.5, "x", "乙", True)


@pytest.mark.parametrize(
    ("text", "parameters", "expected"),
    [
        ("MATCH (n:Person|Club) RETURN count(*) AS n", {}, 43),
        ("MATCH (n:Person) WHERE n.id IN $ids RETURN count(*) AS n", {"ids": ["p00001", "p00002", "x"]}, 2),
        ("MATCH (n:Person) WHERE n.id IN $ids RETURN count(*) AS n", {"ids": []}, 0),
        ("MATCH (n:Person) WHERE n.day >= $day RETURN count(*) AS n", {"day": DAY_1}, 20),
        ("MATCH (n:Person) WHERE n.name = $name RETURN count(*) AS n", {"name": "' OR 1=1 //"}, 0),
        ("MATCH (n:Person) WHERE NOT (n)<-[:KNOWS]-() RETURN count(*) AS n", {}, 0),
        ("MATCH (c:Club) WHERE EXISTS { MATCH (c)<-[:JOINED]-(:Person) } RETURN count(*) AS n", {}, 3),
        ("MATCH (c:Club {id: 'c0'}) RETURN COUNT { MATCH (c)<-[:JOINED]-(:Person) } AS n", {}, 14),
        ("MATCH (n:Person) WHERE toLower(n.name) CONTAINS '人1' RETURN count(*) AS n", {}, 11),
        ("MATCH (n:Club) RETURN n.id AS id UNION MATCH (n:Club) RETURN n.id AS id", {}, 3),
        ("OPTIONAL MATCH (n:Person {id: 'nobody'}) RETURN count(n) AS n", {}, 0),
        ("MATCH (n:Person) WITH n.`order` AS o, collect(n.id) AS ids WHERE o RETURN size(ids) AS n", {}, 14),
        ("MATCH (n:Person) RETURN sum(CASE WHEN n.score IS NULL THEN 1 ELSE 0 END) AS n", {}, 14),
    ],
)
def test_the_portable_subset_answers(backend, text, parameters, expected):
    found = backend.read(text, parameters)
    assert (found.item() if found.height == 1 else found.height) == expected


def test_a_text_that_cannot_be_read_is_the_askers_error(backend):
    with pytest.raises(QueryError) as error:
        backend.read("MATCH (n:Person RETURN n", {})
    assert error.value.exit_code == 1


@pytest.mark.parametrize("text", ["MATCH (n:Nobody) RETURN n.id AS id", "MATCH (n:Person) RETURN n.nothing AS x"])
def test_a_name_that_the_schema_does_not_have_is_an_error_where_the_engine_keeps_a_schema(backend, text):
    if backend.facts is FACTS:  # the embedded engine
        with pytest.raises(QueryError):
            backend.read(text, {})
    else:  # a server has none: nothing is called so, and no value is there
        assert backend.read(text, {}).drop_nulls().height == 0


def test_a_write_that_came_this_far_is_refused_by_the_engine(backend):
    with pytest.raises((QueryError, EngineError)):
        backend.read("MATCH (n:Person) SET n.name = 'x'", {})
    assert value(backend, "MATCH (n:Person {name: 'x'}) RETURN count(*) AS n") == 0


def test_threads_read_at_once(backend):
    text = "MATCH (n:Person {id: $id})-[:KNOWS]->(m:Person) RETURN DISTINCT m.id AS id"
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda i: value(backend, text, id=f"p{i:05d}"), [i % 40 for i in range(200)]))
    assert found == [f"p{(i % 40 * 7 + 1) % 40:05d}" for i in range(200)]
