"""Several units in one cell: parties of an agreement, hosts of an activity; names that hold 、 or 和 themselves; 等."""

import polars as pl
import pytest

from graph.schema import SCHEMA
from graph.workspace import LoadedSheet
from loaders.merging.several_units import part_units
from loaders.merging.statements import SHEET
from loaders.names.resolve import Registry

KNOWN = ["洛矿", "大河热电", "洛耐", "长一社区", "长二社区", "和平路社区", "煤、电公司", "民政和社会保障局"]
REGISTRY = Registry.of(pl.DataFrame({"id": KNOWN, "name": KNOWN}))
AGREEMENTS = SCHEMA.register("agreements")


def part(cell, register=AGREEMENTS, field="party_b"):
    """Return the names in a cell, and the codes of problems."""
    dtype = pl.List(pl.String) if register.column(field).split else pl.String
    frame = pl.DataFrame(
        {"row": [2], SHEET: [0], f"@{field}": pl.Series([[cell] if dtype != pl.String else cell], dtype=dtype)}
    )
    sheet = LoadedSheet("l", 1, "表.csv", "表", register.name, "increment", None, frame.clone)
    parted, problems = part_units([sheet], register, frame, REGISTRY)
    names = parted[f"@{field}"][0]
    return (names if isinstance(names, str) else list(names)), [p.code for p in problems]


@pytest.mark.parametrize(
    ("cell", "names", "codes"),
    [
        ("洛矿、大河热电", ["洛矿", "大河热电"], []), ("洛矿;洛耐", ["洛矿", "洛耐"], []), ("洛矿与洛耐", ["洛矿", "洛耐"], []), ("洛矿和甲轴承有限公司", ["洛矿", "甲轴承有限公司"], []),
        ("洛矿、大河热电、洛耐等3家", ["洛矿", "大河热电", "洛耐"], []), ("洛矿、大河热电等单位", ["洛矿", "大河热电"], ["unit.more"]), ("洛矿等3家企业", ["洛矿"], ["unit.more"]),
        ("甲厂有限公司、乙机械厂", ["甲厂有限公司", "乙机械厂"], []),
    ],
)  # fmt: skip
def test_every_unit_of_a_cell_is_a_name_of_its_own(cell, names, codes):
    assert part(cell) == (names, codes)


@pytest.mark.parametrize(
    "cell",
    [
        "和平路社区",
        "煤、电公司",
        "民政和社会保障局",
        "科技与产业化处",
        "甲乙丙、丁戊己",
        "洛矿",
        "等待确定",
        "规划和自然资源局",
    ],
)
def test_a_name_that_holds_such_a_word_stays_whole(cell):
    assert part(cell) == (cell, [])


def test_a_column_of_several_units_keeps_names_whole_too():
    activities = SCHEMA.register("activities")
    assert part("洛矿、民政和社会保障局、某社", activities, "participants")[0] == ["洛矿", "民政和社会保障局", "某社"]
