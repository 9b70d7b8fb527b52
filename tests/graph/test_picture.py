import json
import math
import re
import time

import pytest

from graph.layout import BELOW, NAME, WORDS, place
from graph.network import to_networkx
from graph.palette import COLOURS
from graph.picture import MOST_ENTITIES, draw
from graph.schema import SCHEMA
from graph.still import wrap


def network_of(count, evil=""):
    entities = [
        {
            "id": f"e{i}",
            "label": ["Venue", "Community", "Enterprise"][i % 3],
            "name": f"第{i}号{evil}",
            "area_m2": i or None,
        }
        for i in range(count)
    ]
    relations = [{"source": f"e{i}", "target": f"e{i // 3}", "type": ["OWNS", "USES"][i % 2]} for i in range(1, count)]
    return to_networkx(entities, relations)


def data_of(page, name):
    return json.loads(re.search(rf"{name} = new vis\.DataSet\((\[.*?\])\);", page.html, re.DOTALL).group(1))


def test_a_picture_needs_nothing_from_elsewhere():
    page = draw(network_of(5), title="重二社区")
    assert (
        re.findall(
            r"""(?:src|href)\s*=\s*["'][^"']*["']""", re.sub(r"<script>.*?</script>", "", page.html, flags=re.DOTALL)
        )
        == []
    )
    assert "cdn.jsdelivr" not in page.html
    assert "cdnjs" not in page.html
    assert page.html.startswith("<!DOCTYPE html>")
    assert 'charset="utf-8"' in page.html


def test_every_entity_has_its_place_its_colour_and_its_chinese_kind():
    page = draw(network_of(6), title="")
    entities = {row["id"]: row for row in data_of(page, "nodes")}
    assert len(entities) == 6
    assert all(math.isfinite(row["x"]) and math.isfinite(row["y"]) for row in entities.values())
    assert entities["e0"]["color"] == entities["e3"]["color"] != entities["e1"]["color"]
    assert entities["e3"]["title"] == "场地 第3号\n面积（㎡）：3"
    assert '"physics": {"enabled": false}' in page.html
    assert '"smooth": false' in page.html
    assert all(f"</i>{kind} 2</li>" in page.html for kind in ("场地", "社区", "企业"))


def test_a_colour_stays_with_its_kind_from_picture_to_picture():
    few, many = (draw(network_of(n)) for n in (4, 90))
    assert [r["color"] for r in data_of(few, "nodes")] == [r["color"] for r in data_of(many, "nodes")[:4]]


def test_relations_of_one_pair_share_an_arrow_and_both_directions_are_kept():
    network = to_networkx(
        [{"id": "a", "label": "Enterprise", "name": "甲"}, {"id": "b", "label": "Venue", "name": "乙"}],
        [{"source": "a", "target": "b", "type": t} for t in ("OWNS", "USES")]
        + [{"source": "b", "target": "a", "type": "USED_BY"}],
    )
    arrows = {(r["from"], r["to"]): r["label"] for r in data_of(draw(network), "edges")}
    assert arrows == {("a", "b"): "产权、使用", ("b", "a"): "使用单位"}


def test_with_many_relations_their_types_stand_in_the_hover_text_only():
    arrows = data_of(draw(network_of(200)), "edges")
    assert all("label" not in arrow and arrow["title"] in {"产权", "使用"} for arrow in arrows)


@pytest.mark.parametrize(
    "evil",
    ["</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', '<a href="javascript:alert(1)">x</a>'],
)
def test_hostile_names_stay_text(evil):
    page = draw(network_of(4, evil), title=evil)
    assert evil not in page.html
    assert "<img src=x" not in page.html
    assert "popup.innerHTML" not in page.html
    assert data_of(page, "nodes")[2]["title"].replace("\u200b", "").startswith(f"企业 第2号{evil}")


def test_more_than_can_be_seen_is_cut_to_the_most_connected_and_said():
    page = draw(network_of(1000), title="全区")
    assert len(data_of(page, "nodes")) == MOST_ENTITIES
    assert "另有 200 个未画出" in page.html
    assert {"e0", "e1", "e2"} <= {row["id"] for row in data_of(page, "nodes")}


def test_a_thousand_entities_are_drawn_in_little_time():
    network = network_of(1000)
    draw(network_of(3))
    start = time.process_time()
    draw(network)
    assert time.process_time() - start < 4  # 1 s on an idle core; other work on the machine makes it slower


def test_a_picture_is_the_same_every_time():
    assert draw(network_of(70)).html == draw(network_of(70)).html


def test_labels_of_a_small_picture_do_not_lie_over_each_other():
    places = list(place(network_of(40)).values())
    over = [
        (a, b)
        for i, a in enumerate(places)
        for b in places[:i]
        if abs(a[0] - b[0]) < NAME[0] * 0.8 and abs(a[1] - b[1]) < NAME[1] * 0.8
    ]
    assert over == []


def star_of(leaves):
    entities = [{"id": f"e{i}", "label": "Venue", "name": f"第{i}号会议室"} for i in range(leaves + 1)]
    return to_networkx(entities, [{"source": "e0", "target": f"e{i}", "type": "OWNS"} for i in range(1, leaves + 1)])


@pytest.mark.parametrize(
    "network", [*map(star_of, (1, 2, 5, 11, 16, 24)), *map(network_of, (8, 20, 40))], ids=lambda n: f"{len(n)} entities"
)
def test_no_name_lies_over_what_is_written_on_a_relation_of_others(network):
    places = place(network, are_written=True)
    hidden = [
        (source, target, other)
        for source, target in network.edges()
        for other in set(network) - {source, target}
        if all(
            abs((a + b) / 2 - (c + below)) < (name + words) / 2 * 0.8
            for a, b, c, below, name, words in zip(
                places[source], places[target], places[other], BELOW, NAME, WORDS, strict=True
            )
        )
    ]
    assert hidden == []


def test_parts_without_connection_lie_side_by_side():
    network = to_networkx([{"id": str(i), "label": "Venue", "name": str(i)} for i in range(9)], [])
    assert len(set(place(network).values())) == 9
    network.add_edge("0", "0", type="OWNS")
    assert len(place(network)) == 9
    assert place(to_networkx([], [])) == {}


def test_a_long_name_is_broken_into_a_few_lines():
    assert wrap("重二社区") == "重二社区"
    assert wrap("第一拖拉机股份有限公司") == "第一拖拉机股份有\n限公司"
    assert wrap("第一拖拉机股份有限") == "第一拖拉机股份\n有限"
    assert wrap("一" * 60).endswith("…")
    assert wrap("一" * 60).count("\n") == 2
    assert wrap("") == ""


def test_a_picture_is_saved_and_shows_itself_in_a_notebook(tmp_path):
    page = draw(network_of(3), title="重二社区")
    assert page.save(tmp_path / "图.html").read_text(encoding="utf-8") == page.html
    frame = page._repr_html_()
    assert frame.startswith("<iframe srcdoc=")
    assert "<script>" not in frame


def test_no_two_kinds_share_a_colour():
    assert len(set(COLOURS)) == len(COLOURS) >= len(SCHEMA.entities)
