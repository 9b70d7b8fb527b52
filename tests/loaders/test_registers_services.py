"""Registers of services, resources and cooperation, as offices fill them in: what becomes of every cell, and of what tells of persons."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from graph.errors import NothingToLoadError, RegisterRefusedError
from graph.kinds import PROVENANCE, VALIDITY, Register
from graph.problems import ERROR
from graph.schema import SCHEMA
from graph.settings import Settings
from loaders import map_headers
from loaders.cleaning.clean import clean_table
from loaders.headers.mapper import map_table
from loaders.loading import LoadOptions, load_paths
from loaders.report.load_result import LoadResult
from loaders.sheets.table_finder import find_tables
from loaders.template import example_value, header_of, template_columns
from queries import connect as connect_district
from tests.loaders.header_services import SERVICES
from tests.loaders.office_workbook import People, save_office_workbook
from tests.loaders.sheets import make_sheet

AS_OF = date(2026, 6, 30)
TOTAL = ("合计",)
_APART = {*VALIDITY, *PROVENANCE, "id"}


@dataclass
class Office:
    """A folder into which an office's workbooks are put, with the units that they name; `load` loads all of them."""

    folder: Path
    people: People
    known: Path | None = None  # an office whose workspace holds the units already: they need not be read for every test
    district: Any = None

    def __post_init__(self) -> None:
        (self.folder / "in").mkdir()
        if self.known is not None:
            shutil.copytree(self.known / "w", self.folder / "w")
            shutil.copy(self.known / "key", self.folder / "key")
        rows = "单位名称,简称,企业性质,所在街道\n东方红拖拉机有限公司,东方红拖拉机,央企,长安路\n涧东轴承集团有限公司,涧东轴承,市企,长安路\n铜加工股份有限公司,,民营,长安路\n"
        self._write("驻区单位基本情况表.csv", rows)
        rows = "社区名称,所属街道,户数,常住人口\n重二社区,长安路街道,1200,3000\n青石桥社区,长安路街道,900,2100\n"
        self._write("社区基本情况表.csv", rows)

    def _write(self, name: str, text: str) -> None:
        (self.folder / "in" / name).write_text(text, encoding="utf-8")

    def save(self, title: str, headers: Sequence[str], *rows: Sequence[object], **more: Any) -> None:
        """Put a workbook with a running number, a total, remarks and a signature into the folder."""
        numbered = [(n, *row) for n, row in enumerate(rows, 1)]
        path = self.folder / "in" / f"附件：{title}（最终版）.xlsx"
        save_office_workbook(path, title, ("序号", *headers), numbered, self.people, total=TOTAL, **more)

    def load(self, *names: str, as_of: date = AS_OF) -> LoadResult:
        """Load the whole folder, or the named files of it."""
        paths = [self.folder / "in" / name for name in names] or [self.folder / "in"]
        settings = Settings(workspace=self.folder / "w", key_file=self.folder / "key")
        self.result = load_paths(self.folder / "w", paths, options=LoadOptions(as_of=as_of), settings=settings)
        self.close()
        self.district = connect_district(self.folder / "w")
        self.graph = self.district.graph
        return self.result

    def close(self) -> None:
        """Close the graph that is open."""
        if self.district is not None:
            self.district.close()

    def things(self, label: str) -> list[dict[str, Any]]:
        """Return the open entities of a kind without what is blank, in order of id."""
        rows = self.graph.entities(label).sort("id").to_dicts()
        return [_told(row) for row in rows if row["valid_to"] is None]

    def names(self) -> dict[str, str]:
        """Return what every entity is called, by id."""
        found: dict[str, str] = {}
        for entity in SCHEMA.entities:
            shown = next((c for c in ("name", "title", "number") if c in entity.columns()), None)
            if shown:
                found |= dict(self.graph.entities(entity.label).select("id", shown).iter_rows())
        return found

    def links(self, type: str) -> list[tuple[Any, ...]]:
        """Return the open relations of a type: the names of both ends, then what is not blank of its properties."""
        names, found = self.names(), []
        for row in self.graph.relations(type).to_dicts():
            told = {
                k: v for k, v in _told(row).items() if k not in {"source", "target", "source_label", "target_label"}
            }
            found.append((names[row["source"]], names[row["target"]], *([told] if told else [])))
        return sorted(found, key=repr)

    def registers(self) -> set[str]:
        """Return what was recognised, beside the two registers of units."""
        return {f["register"] for f in self.result.files} - {"enterprises", "communities"}

    def treatments(self, register: str) -> dict[str, str]:
        """Return what became of each column of a sheet."""
        (file,) = [f for f in self.result.files if f["register"] == register]
        return {c["header"]: c["treatment"] for c in file["columns"]}

    def problems(self) -> list[tuple[str, str, int | None, str]]:
        """Return code, severity, row and column of every problem."""
        return [(p.code, p.severity, p.row, p.column) for p in self.result.problems]

    def everything_kept(self) -> str:
        """Return every text that the workspace and the report keep."""
        frames = [
            frame().write_csv() if not _lists(frame()) else str(frame().to_dicts())
            for _, _, frame in self.result.records
        ]
        graph = [str(self.graph.entities(e.label).to_dicts()) for e in SCHEMA.entities]
        graph += [str(self.graph.relations(r.type).to_dicts()) for r in SCHEMA.relations]
        return "\n".join([*frames, *graph, str(self.result.to_dict()), str(self.result.to_dict("en"))])


def _lists(frame: Any) -> bool:
    return any(dtype.is_nested() for dtype in frame.schema.values())


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in row.items() if k not in _APART and not k.endswith("_precision") and v not in (None, [])}


@pytest.fixture(scope="module")
def units(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office that loaded its units and nothing else."""
    office = Office(tmp_path_factory.mktemp("units"), People(seed=11))
    office.load()
    office.close()
    return office.folder


@pytest.fixture
def office(tmp_path: Path, units: Path) -> Iterator[Office]:
    office = Office(tmp_path, People(seed=11), units)
    yield office
    office.close()


def save_projects(office: Office) -> None:
    person = office.people.name()
    office.save(
        "2026年共建项目清单",
        ["项目名称", "项目类别", "责任分工/牵头单位", "责任分工/参与单位", "责任分工/联系人", "受益社区", "服务对象", "起止时间", "项目经费（万元）", "完成情况", "进展情况", "备注"],
        ("十五分钟生活圈", "便民服务", "重二社区", "东方红拖拉机、涧东轴承", person, "重二社区", "辖区居民", "2026.03-2026.12", "5", "正在实施", "已完成选址", "无"),
        ("日间照料中心", "养老服务类", "青石桥社区", "铜加工股份有限公司；东方红拖拉机有限公司", person, "青石桥社区、重二社区", "老年人", "2026年4月", "约12.5", "已办结", "——", "/"),
        ("楼道灯改造", "便民服务", "同上", None, None, None, None, "待定", "3千", "搁置", None, None),
    )  # fmt: skip


def test_projects_with_who_leads_takes_part_and_gains(office: Office) -> None:
    save_projects(office)
    office.load()
    assert office.registers() == {"projects"}
    assert office.things("Project") == [
        {
            "title": "十五分钟生活圈", "category": "便民服务", "beneficiaries": "辖区居民", "start": date(2026, 3, 1), "end": date(2026, 12, 31),
            "budget": 50000.0, "status": "进行中", "progress": "已完成选址",
        },
        {"title": "日间照料中心", "category": "养老服务类", "beneficiaries": "老年人", "start": date(2026, 4, 1), "budget": 125000.0, "status": "已完成"},
        {"title": "楼道灯改造", "category": "便民服务", "budget": 3000.0, "status": "搁置"},
    ]  # fmt: skip
    assert office.links("LEADS") == [
        ("重二社区", "十五分钟生活圈"),
        ("青石桥社区", "日间照料中心"),
        ("青石桥社区", "楼道灯改造"),
    ]
    assert office.links("TAKES_PART_IN") == [
        ("东方红拖拉机有限公司", "十五分钟生活圈"), ("东方红拖拉机有限公司", "日间照料中心"), ("涧东轴承集团有限公司", "十五分钟生活圈"),
        ("铜加工股份有限公司", "日间照料中心"),
    ]  # fmt: skip
    assert office.links("BENEFITS") == [
        ("十五分钟生活圈", "重二社区"),
        ("日间照料中心", "重二社区"),
        ("日间照料中心", "青石桥社区"),
    ]
    assert {w["name"] for w in office.things("Concept")} == {"便民服务", "养老服务"}
    assert office.treatments("projects")["责任分工/联系人"] == "dropped_personal"
    assert office.problems() == []


def save_wishes(office: Office) -> None:
    office.save(
        "社区微心愿征集汇总表", ["心愿社区", "心愿类别", "心愿内容", "数量", "认领单位", "完成情况", "联系人", "联系电话"],
        ("重二社区", "助老", "一把轮椅", "1把", "涧东轴承集团有限公司", "未完成", office.people.name(), office.people.mobile()),
        ("〃", None, "旧书架两个", "两个", "", "已实现", office.people.name(), office.people.mobile()),
        ("不存在的社区", "助学", "一套文具", "abc", "", "", "", ""),
    )  # fmt: skip


def test_small_wishes_are_needs_of_the_community(office: Office) -> None:
    save_wishes(office)
    office.load()
    assert office.registers() == {"wishes"}
    assert office.things("Need") == [
        {"title": "一把轮椅", "category": "助老", "quantity": 1, "status": "未完成"},
        {"title": "旧书架两个", "category": "微心愿", "quantity": 2, "status": "已实现"},
    ]
    assert office.links("SEEKS") == [("重二社区", "一把轮椅"), ("重二社区", "旧书架两个")]
    assert [(s, t) for s, t in office.links("ABOUT")] == [("一把轮椅", "助老")]
    dropped = [h for h, t in office.treatments("wishes").items() if t == "dropped_personal"]
    assert dropped == ["联系人", "联系电话"]
    assert [p[:3] for p in office.problems()] == [
        ("number.form", ERROR, 7),
        ("unit.unknown", "warning", 7),
    ]


@pytest.mark.parametrize("header", ["年龄", "性别", "家庭困难情况", "心愿人年龄", "基本情况/性别"])
def test_a_form_that_says_whose_wish_it_is_is_refused_whole(office: Office, header: str) -> None:
    office.save(
        "微心愿征集表", ["社区", "心愿内容", header, "心愿类别"],
        *[("重二社区", f"一套文具{n}", "67" if "年龄" in header else "男", "助学") for n in range(4)],
    )  # fmt: skip
    with pytest.raises(NothingToLoadError, match=header):
        office.load("附件：微心愿征集表（最终版）.xlsx")
    office.load()
    assert office.registers() == {None}
    (refused,) = [f for f in office.result.files if f["register"] is None]
    assert refused["error"]["code"] == RegisterRefusedError.code
    assert office.things("Need") == []


def test_claims_join_units_with_the_needs_and_projects_they_took_up(office: Office) -> None:
    save_projects(office)
    office.save(
        "社区需求清单", ["需求单位", "需求类别", "需求内容", "截止日期"],
        ("重二社区", "医疗", "义诊", "2026-09-30"), ("青石桥社区", "医疗", "义诊", "2026-10-31"), ("重二社区", "场地", "露天电影", None),
    )  # fmt: skip
    person = office.people.name()
    office.save(
        "双向认领表",
        ["认领类型", "认领单位", "认领项目", "需求单位", "意向金额（万元）", "认领时间", "认领审核状态", "完成时间", "项目评价", "心声", "认领人"],
        ("单位认领", "东方红拖拉机有限公司", "义诊", "青石桥社区", "", "2026.5.6", "通过", "", "", "很有意义", person),
        ("单位认领", "涧东轴承", "十五分钟生活圈", None, "0.8", "2026年5月", "已办结", "2026-06-20", "优秀", "", ""),
        ("个人认领", person, "露天电影", "重二社区", "", "2026-05-08", "待审核", "", "", "", person),
        ("单位认领", "铜加工股份有限公司、东方红拖拉机", "露天电影", "重二社区", "", "", "待审核", "", "", "", ""),
        ("单位认领", "涧东轴承", "义诊", "", "", "2026-05-09", "", "", "", "", ""),
        ("单位认领", "涧东轴承", "修桥", "重二社区", "", "2026-05-10", "", "", "", "", ""),
    )  # fmt: skip
    office.load()
    assert office.registers() == {"projects", "needs", "claims"}
    assert office.links("CLAIMED") == [
        ("东方红拖拉机有限公司", "义诊", {"at": date(2026, 5, 6), "status": "已认领"}),
        ("东方红拖拉机有限公司", "露天电影", {"status": "待审核"}),
        (
            "涧东轴承集团有限公司", "十五分钟生活圈",
            {"at": date(2026, 5, 1), "status": "已完成", "rating": "非常满意", "amount": 8000.0, "done": date(2026, 6, 20)},
        ),
        ("铜加工股份有限公司", "露天电影", {"status": "待审核"}),
    ]  # fmt: skip
    claimed = office.graph.relations("CLAIMED").filter(target_label="Need", at=date(2026, 5, 6))
    assert claimed["target"][0].startswith("need:com:sub:长安路:青石桥")
    told = [(p.code, p.row, p.value) for p in office.result.problems]
    assert sorted(told) == [
        ("resource.ambiguous", 9, "义诊"),
        ("resource.unknown", 10, "修桥"),
        ("row.personal", 7, ""),
    ]
    assert office.treatments("claims")["认领人"] == "dropped_personal"
    assert person not in office.everything_kept()


def test_claims_sent_again_are_the_same_and_another_day_is_another_claim(office: Office) -> None:
    save_projects(office)
    heads = ["认领单位", "认领项目", "认领时间", "状态"]
    office.save("认领台账", heads, ("涧东轴承", "日间照料中心", "2026-05-01", "待审核"))
    first = office.load()
    office.save(
        "认领台账", heads,
        ("涧东轴承", "日间照料中心", "2026-05-01", "通过"), ("涧东轴承", "日间照料中心", "2026-06-01", "待审核"),
    )  # fmt: skip
    second = office.load()
    assert (first.counts["relations"]["CLAIMED"], second.counts["relations"]["CLAIMED"]) == (1, 2)
    assert [told["status"] for _, _, told in office.links("CLAIMED")] == ["已认领", "待审核"]


def test_a_building_that_says_it_is_not_idle_is_left_out_and_told(office: Office) -> None:
    office.save(
        "楼宇载体", ["楼宇名称", "地址", "建筑面积", "空置面积", "是否闲置"],
        ("龙城大厦", "长安路1号", "12000", "300", "是"), ("梧东中心", "长安路2号", "30000", "0", ""), ("松岭广场", "长安路3号", "20000", "", "否"),
    )  # fmt: skip
    office.load()
    assert [(p["name"], p["area_m2"]) for p in office.things("IdleProperty")] == [("龙城大厦", 300.0)]
    assert [row for code, _, row, _ in office.problems() if code == "row.denied"] == [6, 7]


def test_idle_property_with_what_an_investor_asks(office: Office) -> None:
    phone = office.people.mobile()
    office.save(
        "闲置厂房楼宇招商手册",
        [
            "载体资源名称", "类型", "资源具体地址", "面积/建筑面积（平方米）", "面积/占地面积（亩）", "层高（米）", "吊车吨位（t）", "配电容量(kVA)", "资源状态", "产权性质",
            "租金(元/㎡·月)", "可租起始", "入驻产业类别", "权属", "权属联系人", "权属人电话", "备注",
        ],
        ("一号联合厂房", "厂房", "长安路9号院", "约2300", "3", "9.5米", "10吨", "630", "未使用", "出租", "12", "2026年7月", "装备制造、物流", "涧东轴承", office.people.name(), phone, "可分割"),
        ("综合楼东侧", "写字楼", "长安路7号", "0.2万平方米", "", "", "无", "", "部分使用", "可租可售", "面议", "即日起", "", "东方红拖拉机有限公司", office.people.name(), phone, f"有意者请拨{phone}"),
        ("一号仓库", "库房", "", "-5", "", "十米", "20吨", "1.2MVA", "", "", "", "", "", "涧东轴承", "", "", ""),
    )  # fmt: skip
    office.load()
    assert office.registers() == {"idle_properties"}
    assert office.things("IdleProperty") == [
        {
            "name": "综合楼东侧", "kind": "楼宇", "address": "长安路7号", "area_m2": 2000.0, "status": "已使用", "tenure": "租售一体", "rent": "面议",
            "remark": "有意者请拨[已隐去]",
        },
        {"name": "一号仓库", "kind": "仓库", "clear_height_m": 10.0, "crane_t": 20.0, "power_kva": 1200.0},
        {
            "name": "一号联合厂房", "kind": "厂房", "address": "长安路9号院", "area_m2": 2300.0, "land_m2": pytest.approx(2000.01), "clear_height_m": 9.5, "crane_t": 10.0,
            "power_kva": 630.0, "status": "未使用", "tenure": "出租", "rent": "12", "available_from": date(2026, 7, 1), "industries": ["装备制造", "物流"], "remark": "可分割",
        },
    ]  # fmt: skip
    assert office.links("OWNS") == [
        ("东方红拖拉机有限公司", "综合楼东侧"),
        ("涧东轴承集团有限公司", "一号仓库"),
        ("涧东轴承集团有限公司", "一号联合厂房"),
    ]
    assert sorted(p[:3] for p in office.problems()) == [("number.negative", ERROR, 7), ("text.personal", "warning", 6)]
    assert phone not in office.everything_kept()


def test_a_row_of_the_product_list_is_an_offering_and_a_need(office: Office) -> None:
    office.save(
        "企业产品（技术）供需名录",
        ["企业名称", "供给/产品（技术）名称", "供给/规格型号", "供给/产能", "供给/应用领域", "供给/执行标准", "需求/需求产品", "需求/年需求量", "需求/现供应商来源", "配套要求", "联系部门", "联系电话"],
        ("东方红拖拉机有限公司", "轮式拖拉机", "LX904", "年产5000台", "农业机械", "GB/T 15370", "深沟球轴承", "20000套", "区外", "P5级", "采购部", office.people.mobile()),
        ("涧东轴承集团有限公司", "深沟球轴承", "6204", "100万套/年", "——", "无", "无", "无", "", "", "市场部", office.people.mobile()),
        ("铜加工股份有限公司", "铜板带", "", "", "", "", "轴承钢；铜精矿", "约三千吨", "区外", "", "", ""),
    )  # fmt: skip
    office.load()
    assert office.registers() == {"products", "product_needs"}
    assert office.things("Offering") == [
        {
            "title": "轮式拖拉机", "category": "产品", "specification": "LX904", "capacity": "年产5000台", "applications": "农业机械",
            "standard": "GB/T 15370",
        },
        {"title": "深沟球轴承", "category": "产品", "specification": "6204", "capacity": "100万套/年"},
        {"title": "铜板带", "category": "产品"},
    ]  # fmt: skip
    assert office.things("Need") == [
        {"title": "深沟球轴承", "category": "产品", "quantity": 20000, "supplier": "区外", "requirements": "P5级"},
        {"title": "轴承钢;铜精矿", "category": "产品", "quantity": 3000, "supplier": "区外"},
    ]
    assert office.links("OFFERS") == [
        ("东方红拖拉机有限公司", "轮式拖拉机"), ("涧东轴承集团有限公司", "深沟球轴承"), ("铜加工股份有限公司", "铜板带"),
    ]  # fmt: skip
    assert office.links("SEEKS") == [("东方红拖拉机有限公司", "深沟球轴承"), ("铜加工股份有限公司", "轴承钢;铜精矿")]
    wanted = office.graph.relations("ABOUT").filter(source_label="Need").select("target")
    offered = office.graph.relations("ABOUT").filter(source_label="Offering").select("target")
    assert wanted.join(offered, on="target")["target"].to_list() == ["product:深沟球轴承"]
    assert office.problems() == []
    reads = {f["register"]: (f["rows_read"], f["rows_rejected"]) for f in office.result.files}
    assert (reads["products"], reads["product_needs"]) == ((3, 0), (2, 0))


def test_where_a_need_beside_an_offering_comes_from_is_its_own_cell(office: Office) -> None:
    office.save(
        "企业产品技术供需名录",
        ["企业名称", "产品名称", "需求产品", "年需求量"],
        ("涧东轴承", "滚珠", "轴承钢", "300吨"),
    )
    office.load()
    need = office.graph.entities("Need")["id"][0]
    told = {s.field: (s.value, s.column, s.row) for s in office.district.provenance(need).rows}
    assert told["title"] == ("轴承钢", "D", 5)
    assert told["quantity"] == (300, "E", 5)


def test_volunteers_wanted_and_teams_that_serve_without_a_single_person(office: Office) -> None:
    person, other = "王" + "小明", office.people.name()
    office.save(
        "志愿服务项目招募表", ["项目名称", "发布单位", "服务类别", "服务对象", "服务时间", "地点", "招募人数", "条件要求", "联系方式"],
        ("暑期托管", "重二社区", "助学", "小学生", "每周二、四14:00-17:00", "社区活动室", "10-15人", "有教师资格优先", office.people.mobile()),
        ("清洁家园", "青石桥社区", "环境整治类", "", "2026年7月", "", "不限", "", ""),
    )  # fmt: skip
    office.save(
        "志愿服务队伍名册", ["志愿者（队）名称", "所属单位", "专长", "可服务时间", "队员人数", "服务时长", "评价", "队长", "联系电话"],
        ("铁马先锋志愿服务队", "东方红拖拉机", "家电维修、电路检查", "周末", "36人", "1200小时", "满意", other, office.people.mobile()),
        (person, "涧东轴承", "书法", "周六", "", "30", "", "", office.people.mobile()),
        ("红马甲队", "铜加工股份有限公司", "", "", "12", "", "", other, ""),
    )  # fmt: skip
    office.load()
    assert office.registers() == {"volunteer_needs", "volunteer_offers"}
    assert office.things("Need") == [
        {"title": "暑期托管", "category": "助学", "quantity": 10, "requirements": "有教师资格优先", "beneficiaries": "小学生", "place": "社区活动室", "time": "每周二、四14:00-17:00"},
        {"title": "清洁家园", "category": "环境整治类", "time": "2026年7月"},
    ]  # fmt: skip
    assert office.things("Offering") == [
        {"title": "铁马先锋志愿服务队", "category": "志愿服务", "content": "家电维修、电路检查", "quantity": 36, "terms": "无偿", "available": "周末", "hours": 1200, "rating": "满意"},
        {"title": "红马甲队", "category": "志愿服务", "quantity": 12, "terms": "无偿"},
    ]  # fmt: skip
    assert office.links("ABOUT") == [
        ("暑期托管", "助学"),
        ("清洁家园", "环境整治"),
        ("铁马先锋志愿服务队", "家电维修"),
        ("铁马先锋志愿服务队", "电路检查"),
    ]
    assert office.problems() == [("row.personal", ERROR, 6, "B")]
    assert not [given for given in (person, *office.people.given) if given in office.everything_kept()]


def test_brands_with_who_made_them_what_they_live_by_and_what_they_won(office: Office) -> None:
    save_projects(office)
    office.save(
        "党建品牌台账", ["品牌名称", "创建单位", "类型", "主题口号", "创建时间", "品牌内涵", "载体活动", "受益人数", "荣誉", "荣誉级别", "合作单位", "负责人"],
        ("党旗下的邻里情", "重二社区", "组织生活品牌", "邻里一家亲", "2019年", "以邻为善", "十五分钟生活圈、百家宴", "3000余人", "优秀党建品牌", "市级", "东方红拖拉机、涧东轴承", office.people.name()),
        ("大工匠精神", "东方红拖拉机有限公司党委", "先锋", "", "2021.07", "", "", "", "", "", "无", ""),
        ("", "青石桥社区", "", "", "", "", "", "", "", "", "", ""),
    )  # fmt: skip
    office.load()
    assert office.registers() == {"projects", "brands", "brand_honours"}
    assert office.things("Brand") == [
        {
            "name": "党旗下的邻里情", "kind": "组织生活", "slogan": "邻里一家亲", "since": date(2019, 1, 1), "meaning": "以邻为善",
            "activities": ["十五分钟生活圈", "百家宴"], "served": 3000,
        },
        {"name": "大工匠精神", "kind": "先锋", "since": date(2021, 7, 1)},
    ]  # fmt: skip
    assert office.links("CREATED") == [("东方红拖拉机有限公司", "大工匠精神"), ("重二社区", "党旗下的邻里情")]
    assert office.links("SUPPORTS") == [
        ("东方红拖拉机有限公司", "党旗下的邻里情"), ("十五分钟生活圈", "党旗下的邻里情"), ("涧东轴承集团有限公司", "党旗下的邻里情"),
    ]  # fmt: skip
    assert office.things("Honour") == [{"title": "优秀党建品牌", "level": "市"}]
    assert office.links("RECOGNISED_AS") == [("党旗下的邻里情", "优秀党建品牌")]
    assert office.problems() == [("required.missing", ERROR, 7, "B")]


def test_a_base_that_holds_several_titles_has_a_relation_for_each(office: Office) -> None:
    office.save("文化资源名录", ["资源名称", "类别", "事迹简介"], ("焦裕禄在矿山", "劳模事迹", "在此工作九年"))
    office.save(
        "红色教育基地名录",
        ["基地名称", "所属单位", "地址", "命名情况/基地类型", "命名情况/命名级别", "命名情况/命名单位", "命名情况/命名时间", "命名情况/命名文号", "涉及人物", "菜单项目", "讲解员"],
        ("东方红农耕博物馆", "东方红拖拉机", "长安路1号", "爱国主义教育基地", "省级", "省委宣传部", "2012年4月", "豫宣〔2012〕7号", "焦裕禄在矿山、首批女拖拉机手", "重温入党誓词、现场教学", "有"),
        ("东方红农耕博物馆", "东方红拖拉机", "长安路1号", "爱国主义教育基地", "国家级", "中宣部", "2021-06-19", "", "", "", "有"),
        ("焦裕禄事迹展览馆", "涧东轴承", "长安路2号", "党性教育基地", "市级", "", "", "", "", "", ""),
    )  # fmt: skip
    office.load()
    assert office.registers() == {"cultural_resources", "red_bases", "base_honours"}
    assert [base["name"] for base in office.things("RedBase")] == ["东方红农耕博物馆", "焦裕禄事迹展览馆"]
    assert office.things("RedBase")[0]["programmes"] == ["重温入党誓词", "现场教学"]
    assert office.things("Honour") == [
        {"title": "爱国主义教育基地", "level": "国家", "issuer": "中宣部", "awarded": date(2021, 6, 19)},
        {"title": "爱国主义教育基地", "level": "省", "issuer": "省委宣传部", "awarded": date(2012, 4, 1), "document": "豫宣〔2012〕7号"},
    ]  # fmt: skip
    assert office.links("RECOGNISED_AS") == [("东方红农耕博物馆", "爱国主义教育基地")] * 2
    assert office.links("COMMEMORATES") == [("东方红农耕博物馆", "焦裕禄在矿山")]
    assert not [p for p in office.result.problems if p.severity == ERROR]


def test_honours_of_units_bases_and_brands_and_none_of_persons(office: Office) -> None:
    office.save("红色教育基地名录", ["基地名称", "所属单位", "地址"], ("东方红农耕博物馆", "东方红拖拉机", "长安路1号"))
    heads = ["获奖单位", "荣誉名称", "级别", "颁发单位", "获奖时间", "文号", "联系人姓名"]
    person = office.people.name()
    office.save(
        "集体荣誉台账", heads,
        ("重二社区", "全国文明社区", "国家级", "中央文明办", "2020.11", "〔2020〕3号", person), ("涧东轴承", "五一劳动奖状", "省", "省总工会", "2019", "", person),
        ("东方红农耕博物馆", "工业旅游示范点", "市级", "", "", "", ""),
    )  # fmt: skip
    office.load()
    assert office.links("RECOGNISED_AS") == [
        ("东方红农耕博物馆", "工业旅游示范点"), ("涧东轴承集团有限公司", "五一劳动奖状"), ("重二社区", "全国文明社区"),
    ]  # fmt: skip
    (frame,) = office.graph.read(
        "MATCH (:Community)-[:RECOGNISED_AS]->(h:Honour) RETURN h.level AS level, h.document AS document"
    ).to_dicts()
    assert frame == {"level": "国家", "document": "〔2020〕3号"}
    office.save(
        "先进个人荣誉台账",
        ["获奖人姓名", *heads],
        (office.people.name(), "涧东轴承", "劳动模范", "市级", "市总工会", "2024", "", ""),
    )
    office.load()
    assert office.result.counts["entities"]["Honour"] == 3
    assert RegisterRefusedError.code in {f["error"]["code"] for f in office.result.files if "error" in f}
    assert person not in office.everything_kept()


def test_cultural_resources_belong_to_units(office: Office) -> None:
    office.save(
        "文化资源一览表", ["资源名称", "类别", "年代", "保护级别", "保护单位", "所在地", "事迹简介", "传承人", "联系电话"],
        ("大鼓", "非遗项目", "明代", "省级", "重二社区", "长安路街道", "正月十五表演", office.people.name(), office.people.mobile()),
        ("苏式厂房群", "工业遗产", "1953年", "市", "东方红拖拉机有限公司", "长安路1号", "“一五”项目", "", ""),
    )  # fmt: skip
    office.load()
    assert office.registers() == {"cultural_resources"}
    assert office.things("CulturalResource") == [
        {
            "name": "大鼓",
            "kind": "非物质文化遗产",
            "story": "正月十五表演",
            "era": "明代",
            "level": "省",
            "address": "长安路街道",
        },
        {
            "name": "苏式厂房群",
            "kind": "文物遗址",
            "story": "“一五”项目",
            "era": "1953年",
            "level": "市",
            "address": "长安路1号",
        },
    ]
    assert office.links("OWNS") == [("东方红拖拉机有限公司", "苏式厂房群"), ("重二社区", "大鼓")]
    assert not [given for given in office.people.given if given in office.everything_kept()]


def test_courses_of_units_and_programmes_of_bases(office: Office) -> None:
    office.save("红色教育基地名录", ["基地名称", "所属单位", "地址"], ("东方红农耕博物馆", "东方红拖拉机", "长安路1号"))
    office.save(
        "开放式组织生活菜单", ["菜单项目", "基地名称", "提供单位", "课程类别", "活动形式", "时长", "适合对象", "单批人数", "可预约时间", "授课老师", "预约电话"],
        ("重温入党誓词", "东方红农耕博物馆", "东方红拖拉机", "党性教育", "现场教学", "1.5小时", "党员", "50人", "周二至周日", office.people.name(), office.people.mobile()),
        ("一五时期的故事", "", "涧东轴承", "历史", "微党课", "40分钟", "党员、居民", "不限", "", office.people.name(), ""),
        ("一五时期的故事", "", "东方红拖拉机", "历史", "微党课", "40分钟", "党员、居民", "不限", "", "", ""),
    )  # fmt: skip
    office.load()
    assert office.registers() == {"red_bases", "courses"}
    assert office.things("Course") == [
        {"name": "一五时期的故事", "topic": "历史", "form": "微党课", "minutes": 40.0, "audience": "党员、居民"},
        {"name": "重温入党誓词", "topic": "党性教育", "form": "现场教学", "minutes": 90.0, "audience": "党员", "group_size": 50, "offered": "周二至周日"},
    ]  # fmt: skip
    assert office.links("OFFERS") == [
        ("东方红拖拉机有限公司", "一五时期的故事"), ("东方红拖拉机有限公司", "重温入党誓词"), ("涧东轴承集团有限公司", "一五时期的故事"),
    ]  # fmt: skip
    assert office.links("HELD_AT") == [("重温入党誓词", "东方红农耕博物馆")]
    assert not [given for given in office.people.given if given in office.everything_kept()]


def test_what_is_loaded_is_found_and_stands_around_its_unit(office: Office) -> None:
    save_projects(office)
    save_wishes(office)
    office.save("党建品牌台账", ["品牌名称", "创建单位", "类型"], ("党旗下的邻里情", "重二社区", "组织生活"))
    office.save("闲置厂房清单", ["厂房名称", "产权单位", "建筑面积", "层高"], ("一号联合厂房", "涧东轴承", "2300", "9"))
    office.load()
    district = office.district
    found = {
        asked: [row.label for row in district.search(asked).rows]
        for asked in ("邻里情", "一号联合厂房", "日间照料", "dqxdllq")
    }
    assert found == {
        "邻里情": ["Brand"],
        "一号联合厂房": ["IdleProperty"],
        "日间照料": ["Project"],
        "dqxdllq": ["Brand"],
    }
    near = {(row.label, row.name) for row in district.neighbourhood("重二社区").rows}
    assert near >= {("Brand", "党旗下的邻里情"), ("Project", "十五分钟生活圈"), ("Need", "一把轮椅")}
    assert 1 in {figure.value for figure in district.overview().rows if "待办需求" in str(figure.name)}


@pytest.mark.parametrize(("register", "title", "text"), SERVICES, ids=lambda value: value[:20])
def test_other_offices_sheets_are_told_apart_with_and_without_a_title(register: str, title: str, text: str) -> None:
    wanted = dict(pair.rsplit("=", 1) for pair in text.split(" "))
    for shown in dict.fromkeys((title, "")):
        frame = map_headers(list(wanted), title=shown)
        assert frame["register"].unique().to_list() == [register], (title, shown)
        marks = {"mapped": "", "dropped_personal": "-", "ignored": ".", "asked": "?"}
        got = {r["header"]: marks[r["treatment"]] + (r["field"] or "") for r in frame.iter_rows(named=True)}
        assert got == wanted, (title, shown)


def test_a_thing_gone_from_the_full_list_is_closed_and_claims_stay(office: Office) -> None:
    heads = ["项目名称", "牵头单位", "开始时间"]
    rows = [(f"项目{n}号", "重二社区", f"2026-01-{n:02}") for n in range(1, 11)]
    office.save("项目清单", heads, *rows)
    office.save("认领清单", ["认领单位", "认领项目", "认领时间"], ("涧东轴承", "项目1号", "2026-02-01"))
    office.load()
    office.save("项目清单", heads, *rows[:9])
    office.save("认领清单", ["认领单位", "认领项目", "认领时间"], ("涧东轴承", "项目2号", "2026-03-01"))
    result = office.load(as_of=AS_OF + timedelta(days=30))
    assert result.counts["entities"]["Project"] == 9
    assert result.counts["relations"]["CLAIMED"] == 2


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        ("可供/产品或技术", "需求/所需产品"),
        ("本单位/产品", "外购/外购产品"),
        ("供/主要产品", "需/需求产品"),
        ("我有/产品技术名称", "我要/所需产品"),
    ],
)
def test_what_a_firm_wants_is_not_what_it_makes_however_its_own_products_are_called(
    office: Office, made: str, wanted: str
) -> None:
    group = made.partition("/")[0]
    office.save(
        "辖区企业产品与配套需求汇编", ["企业", made, f"{group}/型号", wanted, f"{wanted.partition('/')[0]}/年用量"],
        ("东方红拖拉机有限公司", "齿轮箱", "ZSY", "铸件毛坯", "600吨"), ("涧东轴承集团有限公司", "", "", "水箱支架", "24台"), ("铜加工股份有限公司", "铜板带", "T2", "", ""),
    )  # fmt: skip
    result = office.load()
    assert office.links("OFFERS") == [("东方红拖拉机有限公司", "齿轮箱"), ("铜加工股份有限公司", "铜板带")]
    assert office.links("SEEKS") == [("东方红拖拉机有限公司", "铸件毛坯"), ("涧东轴承集团有限公司", "水箱支架")]
    assert office.problems() == []  # a firm that only wants something lacks nothing
    assert (result.summary.read, result.summary.not_loaded) == (3 + 5, 0)
    lines = {f["register"]: (f["rows_read"], f["rows_loaded"], f["rows_rejected"]) for f in result.files}
    assert (lines["products"], lines["product_needs"]) == ((2, 2, 0), (2, 2, 0))


# Each takes a second: of registers that are no lists of persons one in three is looked at, all of them in a drill.
LOOKED_AT = [
    pytest.param(one, marks=() if one.is_of_persons or n % 3 == 0 else pytest.mark.drill, id=one.name)
    for n, one in enumerate(SCHEMA.registers)
]


@pytest.mark.parametrize("register", LOOKED_AT)
def test_what_stands_under_a_header_of_class_3_is_never_kept(register: Register) -> None:
    asked = template_columns(register)
    own = {id(column) for column in register.columns}
    headers = [header_of(c) for c in asked if id(c) in own]
    values = [example_value(register, c) or "示范" for c in asked if id(c) in own]
    personal = [
        h for c in register.columns if c.role == "personal" and register.personal_class(c) == 3 for h in c.headers
    ]
    planted = [f"ZZ{n:04}QQ" for n in range(len(personal))]
    rows = [[register.titles[0]], ["序号", *headers, *personal], *([n, *values, *planted] for n in range(1, 4))]
    (table,) = find_tables(make_sheet(rows, name=register.zh))
    mapping = map_table(table, SCHEMA, register=register.name)  # of whatever title: here only the columns are looked at
    if mapping.refused:  # a person's name beside petitions: nothing at all is read
        return
    records = clean_table(table, mapping, b"0" * 32)
    kept = str(records.frame.to_dicts()) + str(records.problems)
    assert not [value for value in planted if value in kept]
    treatments = {c.header: c.treatment for c in mapping.columns}
    assert {h for h in personal if treatments[h] != "dropped_personal"} == set()
