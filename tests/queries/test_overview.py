from queries.asking import ask
from queries.reading.scope import Scope
from tests.queries.small_graph import small_district


def test_the_figures_of_the_district_add_up():
    answer = ask(small_district(), Scope("t", "viewer"), "overview")
    figures = {row.name: row.value for row in answer.rows}
    assert (figures["企业"], figures["社区"], figures["协议" if "协议" in figures else "共驻共建协议"]) == (2, 3, 4)
    assert (
        figures["闲置未用"],
        figures["使用率低"],
        figures["无使用登记（情况不明）"],
        figures["暂不可用"],
        figures["在用"],
    ) == (
        1,
        1,
        2,
        1,
        1,
    )
    assert (figures["有结对单位的社区"], figures["有结对社区的企业"]) == (1, 1)
    assert (figures["待办需求"], figures["无人能供的需求"]) == (2, 1)
    assert (figures["90天内到期"], figures["已过期未标明"], figures["签约后无活动记录（待核实）"]) == (1, 1, 3)
    assert answer.to_dict()["as_of"] == "2026-06-30"


def test_every_figure_has_an_english_name():
    answer = ask(small_district(), Scope("t", "analyst"), "overview")
    assert all(row["name"].isascii() for row in answer.to_dict("en")["rows"])


def test_how_fresh_the_records_are_is_told():
    notes = {row.name: row.note for row in ask(small_district(), Scope("t", "viewer"), "overview").rows}
    assert (notes["最近使用登记"], notes["最近活动"]) == ("2026-06-13", "2025-05-01")
