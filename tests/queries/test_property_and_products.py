"""Planted: plants in the words of a handbook, of which one fits, one is too low by 10 %, one is silent; what is bought outside."""

import polars as pl
import pytest

from queries.asking import ask
from queries.reading.property_figures import add_figures
from queries.reading.scope import Scope
from tests.queries.memory_graph import District

SCOPE, VIEWER = Scope("tester", "analyst"), Scope("viewer", "viewer")


@pytest.fixture(scope="module")
def graph():
    d = District()
    owner = d.enterprise("中国一拖集团有限公司", short_name="一拖")
    buyer, maker = d.enterprise("洛阳轴承集团有限公司", 112.5, 34.6), d.enterprise("中信重工机械股份有限公司")

    def plant(name, **values):
        key = d.entity("IdleProperty", f"prop:{name}", name=name, kind="厂房", status="未使用", **values)
        d.relate("OWNS", ("Enterprise", owner), ("IdleProperty", key))

    whole = {"clear_height_m": 9.0, "crane_t": 10.0, "floor_load": "≥3吨/㎡", "power_kva": 800.0, "rent": "12元/㎡·月"}
    plant("合用厂房", area_m2=2600.0, industries=["装备制造"], **whole)
    plant("大厂房", area_m2=9000.0, industries=["机械加工、物流仓储"], **whole)
    plant("低厂房", area_m2=2500.0, industries=["制造业"], **whole | {"clear_height_m": 7.5})
    plant("矮厂房", area_m2=2500.0, industries=["制造业"], **whole | {"clear_height_m": 4.0})
    plant("未写层高的厂房", area_m2=2500.0, industries=["制造业"], **whole | {"clear_height_m": None, "rent": "面议"})
    plant("食品厂房", area_m2=2500.0, industries=["餐饮"], **whole)
    d.entity("IdleProperty", "prop:已租", name="已租厂房", kind="厂房", status="已出租", area_m2=5000.0)

    def product(kind, relation, whose, title, **values):
        key = d.entity(kind, f"{kind}:{whose}:{title}", title=title, category="产品", **values)
        d.relate(relation, ("Enterprise", whose), (kind, key))

    product("Need", "SEEKS", buyer, "减速机", quantity=200, unit="台", supplier="区外", requirements="配 55kW 电机")
    product("Need", "SEEKS", buyer, "特种润滑脂", supplier="外省")
    product("Need", "SEEKS", buyer, "包装木箱", supplier="区内企业")
    product("Offering", "OFFERS", maker, "齿轮减速机", specification="ZQ500", capacity="年产 3000 台")
    product("Offering", "OFFERS", buyer, "轴承")
    return d.graph()


def wanted(graph, scope=SCOPE, **more):
    asked = {"size": 2000, "height": 8, "load": 2, "crane": 5, "rent": 15, "industry": "装备制造"}
    return ask(graph, scope, "idle-property", **asked | more)


def test_what_fits_is_ranked_before_what_is_silent_and_what_is_too_low_by_a_little(graph):
    rows = wanted(graph).rows
    assert [(row.name, row.fit) for row in rows] == [
        ("合用厂房", "fits"), ("大厂房", "fits"), ("未写层高的厂房", "to_ask"), ("低厂房", "narrowly"),
    ]  # fmt: skip
    told = {row.name: str(row.text) for row in rows}
    assert told["低厂房"] == "层高 7.5 米，差 0.5 米"
    assert told["未写层高的厂房"] == "未登记层高；租金写作“面议”，需面谈"
    assert rows[2].height == "未登记" and rows[0].load == "≥3吨/㎡"


def test_what_is_let_is_only_counted_and_a_viewer_sees_the_same(graph):
    answer = wanted(graph, VIEWER)
    assert answer.rows == wanted(graph).rows
    assert answer.extra["taken"] == "另有 1 处已出租、在用或尚不可用，未列入"
    assert len(ask(graph, SCOPE, "idle-property").rows) == 6


def test_one_condition_alone_decides_only_what_it_is_about(graph):
    names = [row.name for row in ask(graph, SCOPE, "idle-property", size=8000).rows if row.fit == "fits"]
    assert names == ["大厂房"]
    assert "食品厂房" in {row.name for row in ask(graph, SCOPE, "idle-property", industry="食品、餐饮").rows}


def test_loads_and_rents_are_read_as_handbooks_write_them():
    loads = {
        "≥3吨/㎡": 3.0,
        "500kg/㎡": 0.5,
        "首层5t，二层1t": 5.0,
        "20kN/m2": 2.04,
        "0.5": 0.5,
        "300": 0.3,
        "按规范": None,
    }
    rents = {
        "12元/㎡·月": 12.0, "0.5元/平方米/天": 15.21, "8-10元/㎡·月": 8.0, "24万元/年": 20.0, "1.2万元/月": 12.0, "15": 15.0, "面议": None,
        "整体出售，800万元": None,
    }  # fmt: skip
    frame = pl.DataFrame({"floor_load": [*loads, None], "rent": list(rents)}).with_columns(area_m2=pl.lit(1000.0))
    found = add_figures(frame)
    assert found["load_t"].to_list()[:-1] == [pytest.approx(v) if v is not None else None for v in loads.values()]
    assert found["rent_m2"].to_list() == list(rents.values())


def suppliers(graph, *wanted, **more):
    return ask(graph, SCOPE, "suppliers", **({"wanted": wanted[0]} if wanted else {}) | more)


def test_what_is_bought_outside_finds_who_makes_it_here(graph):
    answer = suppliers(graph)
    assert [(row.wanted, row.maker) for row in answer.rows] == [
        ("减速机", "中信重工机械股份有限公司"), ("特种润滑脂", None),
    ]  # fmt: skip
    first, last = answer.rows
    assert (first.buyer, first.quantity, first.source) == ("洛阳轴承集团有限公司", "200台", "区外")
    assert (first.product, first.capacity, len(first.records)) == ("齿轮减速机 ZQ500", "年产 3000 台", 2)
    assert last.kind == "nobody" and answer.extra["nobody"] == "其中 1 种产品区内没有企业登记生产"


def test_a_product_or_an_enterprise_can_be_asked_about(graph):
    assert {row.maker for row in suppliers(graph, "减速机").rows} == {"中信重工机械股份有限公司"}
    assert [row.wanted for row in suppliers(graph, "洛阳轴承集团有限公司").rows] == ["减速机", "特种润滑脂"]
    assert suppliers(graph, "中信重工机械股份有限公司").extra["nothing"] == "中信重工机械股份有限公司没有登记外购产品"
    assert suppliers(graph, "滚动轴承").rows[0].maker == "洛阳轴承集团有限公司"


def test_an_enterprise_and_a_product_can_be_asked_about_together(graph):
    assert [row.wanted for row in suppliers(graph, "洛阳轴承集团有限公司", product="润滑").rows] == ["特种润滑脂"]
    assert [row.wanted for row in suppliers(graph, product="减速机").rows] == ["减速机"]
    # What it has not registered is looked for all the same, and its own products are no answer.
    answer = suppliers(graph, "中信重工机械股份有限公司", product="滚动轴承")
    assert [(row.buyer, row.maker) for row in answer.rows] == [("中信重工机械股份有限公司", "洛阳轴承集团有限公司")]
    assert answer.extra["not_registered"] == "中信重工机械股份有限公司没有登记外购滚动轴承，按所问的产品查找"
    assert [row.maker for row in suppliers(graph, "洛阳轴承集团有限公司", product="滚动轴承").rows] == [None]
