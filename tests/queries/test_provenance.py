import polars as pl
import pytest

from graph.errors import ArgumentError, FileMissingError, UnknownEntityError, UnknownUnitError
from queries.asking import ask
from queries.reading.scope import Scope
from tests.queries.small_graph import ENTITIES, RELATIONS, small_graph

SCOPE = Scope("tester", "viewer")
COLUMNS = [
    {"header": "社区名称", "column": "B", "field": "name", "confidence": 1.0, "treatment": "mapped"},
    {"header": "户数", "column": "E", "field": "households", "confidence": 1.0, "treatment": "mapped"},
    {"header": "书记", "column": "F", "field": "", "confidence": 1.0, "treatment": "dropped_personal"},
]
PROBLEM = {
    "code": "number.negative", "severity": "error", "file": "社区2026.xlsx", "sheet": "Community", "row": 4, "column": "E", "field": "households",
    "value": "-5", "suggestion": "", "details": [],
}  # fmt: skip


class TwoLoads:
    """A history of two versions of one list; only the newest is among the statements of a graph without its workspace."""

    def loads(self):
        return [
            {
                "id": "load0",
                "seq": 1,
                "file": "社区2025.xlsx",
                "as_of": "2025-06-30",
                "at": "2025-07-01T09:00:00",
                "by": "甲",
                "withdrawn": False,
            },
            {
                "id": "load1",
                "seq": 2,
                "file": "社区2026.xlsx",
                "as_of": "2026-06-30",
                "at": "2026-07-01T09:00:00",
                "by": "甲",
                "withdrawn": False,
            },
        ]

    def decisions(self, kind):
        return []

    def problems(self):
        return []

    def outcomes(self, load_id):
        return []

    def report(self, load_id):
        sheet = {
            "file": f"社区{'2026' if load_id == 'load1' else '2025'}.xlsx",
            "sheet": "Community",
            "register": "communities",
            "rows_read": 3,
            "rows_loaded": 3,
            "rows_rejected": 0,
            "columns": COLUMNS,
        }
        return {"files": [sheet], "problems": [PROBLEM] if load_id == "load1" else []}

    def rows(self, load_id, sheet, register=""):
        households = [1200 if load_id == "load1" else 1100, None]
        return pl.DataFrame({"row": [3, 4], "name": ["重二社区", "长安社区"], "households": households})


@pytest.fixture(scope="module")
def graph():
    communities = [c | ({"households": 1200} if c["id"] == "com:ce" else {}) for c in ENTITIES["Community"]]
    made = small_graph(ENTITIES | {"Community": communities}, RELATIONS, TwoLoads())
    newest = made.sources

    def both(id):
        frame = newest(id)
        return pl.concat([frame, frame.with_columns(load_id=pl.lit("load0"))])

    made.sources = both
    yield made
    made.close()


def test_a_value_is_told_with_its_cell_and_what_older_loads_said(graph):
    rows = ask(graph, SCOPE, "provenance", entity="重二社区", field="households").rows
    assert [(r.value, r.current, r.file, r.sheet, r.row, r.column) for r in rows] == [
        (1200, True, "社区2026.xlsx", "Community", 3, "E"),
        (1100, False, "社区2025.xlsx", "Community", 3, "E"),
    ]
    assert rows[0].heading == "户数"


def test_every_property_with_a_value_is_told(graph):
    rows = ask(graph, SCOPE, "provenance", entity="com:ce").rows
    assert {r.field for r in rows} == {"name", "households", "lon", "lat"}
    assert sum(r.current for r in rows) == 4


def test_a_value_that_no_stored_row_explains_still_names_its_row(graph):
    row = next(r for r in ask(graph, SCOPE, "provenance", entity="com:ce").rows if r.field == "lon")
    assert (row.file, row.row, row.column) == ("登记表.xlsx", 3, "")


@pytest.mark.parametrize("written", ["共建〔2024〕1号", "agr:1", "共建[2024]1号"])
def test_an_agreement_is_found_by_id_or_number(graph, written):
    assert ask(graph, SCOPE, "provenance", entity=written).extra["entity"]["id"] == "agr:1"


def test_a_resource_is_found_by_name(graph):
    assert ask(graph, SCOPE, "provenance", entity="一拖会议室").extra["entity"]["label"] == "Venue"


@pytest.mark.parametrize("person", ["m1", "m29"])
def test_a_person_is_as_unknown_as_anything_else(graph, person):
    with pytest.raises((UnknownEntityError, UnknownUnitError)):
        ask(graph, Scope("t", "analyst"), "provenance", entity=person)


def test_a_cell_that_was_refused_is_told_with_its_reason():
    with small_graph(ENTITIES, RELATIONS, TwoLoads()) as graph:
        row = ask(graph, SCOPE, "provenance", entity="长安社区", field="households").rows[0]
    assert (row.value, row.current, row.row, row.column) == ("-5", False, 4, "E")
    assert row.note == "“-5”不能为负数"


def test_a_telephone_is_told_to_the_units_own_officer_and_the_district_only():
    communities = [c | {"phone": "0379-6000000"} for c in ENTITIES["Community"]]
    with small_graph(ENTITIES | {"Community": communities}, RELATIONS) as graph:
        seen = {
            name: "0379" in str(ask(graph, scope, "provenance", entity="重二社区").to_dict())
            for name, scope in {
                "viewer": Scope("v", "viewer"), "other officer": Scope("o", "officer", "com:ca"), "its officer": Scope("o", "officer", "com:ce"), "analyst": Scope("a", "analyst"),
            }.items()
        }  # fmt: skip
    assert seen == {"viewer": False, "other officer": False, "its officer": True, "analyst": True}


def test_an_unknown_property_is_answered_with_the_known_ones(graph):
    with pytest.raises(ArgumentError, match="households"):
        ask(graph, SCOPE, "provenance", entity="重二社区", field="colour")


def test_the_load_report_tells_rows_columns_and_problems_by_cell(graph):
    row = ask(graph, Scope("tester", "analyst"), "load-report", file="2026").rows[0]
    assert (row.rows_read, row.rows_loaded, row.rows_rejected, row.dropped) == (3, 3, 0, ["书记"])
    assert row.problems[0]["text"] == "E4 “-5”不能为负数"
    assert row.problems[0]["text"].en == "E4 “-5” must not be negative"
    assert row.messages[0]["text"] == "“-5”不能为负数"


def test_without_a_name_every_file_is_reported_and_an_unknown_one_is_refused(graph):
    assert len(ask(graph, Scope("tester", "analyst"), "load-report").rows) == 2
    with pytest.raises(FileMissingError):
        ask(graph, Scope("tester", "analyst"), "load-report", file="没有的文件")
