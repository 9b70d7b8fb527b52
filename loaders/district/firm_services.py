"""What is done for the enterprises of a synthetic district: officers and visits, utilities, idle property, products (六)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.documents import Document
from loaders.district import invented_names
from loaders.district.invented_names import DISTRICT, person_name
from loaders.district.office import Book, Clerk, Row, Sheet
from loaders.district.planned import AS_OF

QUARTER = date(2026, 4, 1)  # the quarter that ends on AS_OF
# What a firm's product goes into: the firm of the first buys the second.
SUPPLIES = (
    ("起重机", "轴承"), ("柴油机", "铸造"), ("机床", "齿轮"), ("热电", "锅炉"), ("水泵", "阀门"), ("电缆", "铜加工"), ("拖拉机", "柴油机"),
    ("通信设备", "电缆"), ("玻璃", "耐火材料"), ("矿山机械", "起重机"), ("轴承", "钢管"), ("耐火材料", "矿山机械"),
)  # fmt: skip
GOODS = {
    "轴承": ("圆锥滚子轴承", "内径 30–180 mm"), "玻璃": ("超白浮法玻璃", "厚 3–12 mm"), "耐火材料": ("高铝耐火砖", "Al₂O₃ ≥ 65%"),
    "铜加工": ("铜板带", "厚 0.2–3 mm"), "起重机": ("桥式起重机", "5–50 t"), "柴油机": ("四缸柴油机", "45–120 kW"),
    "通信设备": ("光纤配线架", "144 芯"), "机床": ("数控车床", "床身 1.5 m"), "电缆": ("低压电力电缆", "0.6/1 kV"),
    "化工": ("工业用环氧树脂", "E-51"), "热电": ("工业蒸汽", "1.0 MPa"), "矿山机械": ("颚式破碎机", "进料 750 mm"),
    "水泥设备": ("回转窑托轮", "直径 1.2 m"), "仪表": ("压力变送器", "0–10 MPa"), "变压器": ("干式变压器", "800 kVA"),
    "阀门": ("闸阀", "DN50–DN300"), "水泵": ("离心泵", "扬程 50 m"), "齿轮": ("渐开线齿轮", "模数 2–12"), "模具": ("冲压模具", "定制"),
    "棉纺": ("纯棉纱", "32 支"), "印刷": ("彩色包装盒", "定制"), "制药": ("中成药片剂", "口服"), "钢管": ("无缝钢管", "外径 32–219 mm"),
    "铸造": ("灰铸铁件", "HT250"), "切削工具": ("硬质合金刀片", "CNMG"), "焊接设备": ("逆变焊机", "400 A"),
    "电机": ("三相异步电机", "7.5–90 kW"), "锅炉": ("燃气蒸汽锅炉", "4 t/h"), "拖拉机": ("轮式拖拉机", "80 马力"),
}  # fmt: skip
# What nobody in the district makes.
ELSEWHERE = (("液压油", "消耗品"), ("工业机器人", "设备"), ("木托盘", "包装"))
SERVICES = ("供水", "供电", "供暖", "物业管理")
ISSUES = (
    "招工难，技工缺口较大",
    "厂区门前道路坑洼",
    "职工子女入学",
    "用电增容审批慢",
    "无",
    "货车进城通行证",
    "融资成本高",
)
POST = "副主任"


@dataclass(frozen=True)
class Building:
    """An idle building: its owner, size, crane and state."""

    name: str
    kind: str
    owner: int
    area: int
    height: float
    crane: int
    power: int
    rent: int
    state: str


def describe_firm_services(clerk: Clerk) -> Book:
    """Return the workbook of services for enterprises."""
    visits = _plan_visits(clerk)
    buildings = _plan_buildings(clerk)
    makers = _makers(clerk)
    wanted = _plan_purchases(makers)
    firms = clerk.district.enterprises
    sheets = [
        _officer_sheet(clerk),
        _visit_sheet(clerk, visits),
        _utility_sheet(clerk),
        _building_sheet(clerk, buildings),
        _product_sheet(clerk, makers),
        _purchase_sheet(clerk, wanted, makers),
    ]
    seen = {firm for firm, day in visits if day >= QUARTER}
    truth: Document = {
        "quarter": QUARTER.isoformat(),
        "not_visited_this_quarter": sorted(f.name for i, f in enumerate(firms) if i not in seen),
        "idle_properties": {b.name: {"area_m2": b.area, "crane_t": b.crane, "state": b.state} for b in buildings},
        "properties_for_crane": sorted(
            b.name for b in buildings if b.area >= 2000 and b.crane >= 10 and b.state == "空闲"
        ),
        "suppliers": sorted(
            [firms[buyer].name, GOODS[word][0], firms[makers[word]].name]
            for buyer, word in wanted
            if word in makers and makers[word] != buyer
        ),
        "purchases_without_supplier": sorted(title for title, _ in ELSEWHERE),
    }
    return Book("服务企业工作资料.xlsx", sheets, truth)


def _makers(clerk: Clerk) -> dict[str, int]:
    """Return the first firm that makes each product."""
    words = sorted((word for word, *_ in (*invented_names.PRODUCTS, invented_names.LOOK_ALIKE)), key=len, reverse=True)
    makers: dict[str, int] = {}
    for index in clerk.firms[:40]:
        word = next(w for w in words if w in clerk.district.enterprises[index].name)
        makers.setdefault(word, index)
    return makers


def _plan_purchases(makers: dict[str, int]) -> list[tuple[int, str]]:
    """Return what firms buy: what another firm here makes, and a few things that nobody here does."""
    inside = [(makers[buyer], word) for buyer, word in SUPPLIES if buyer in makers and word in makers][:7]
    buyers = sorted(makers.values())
    return inside + [(buyers[i % len(buyers)], title) for i, (title, _) in enumerate(ELSEWHERE)]


def _plan_visits(clerk: Clerk) -> list[tuple[int, date]]:
    """Return the visits of two quarters: in this one a third of the firms had none."""
    firms = range(min(40, len(clerk.district.enterprises)))  # who is silent is visited, too
    visits = []
    for place, firm in enumerate(clerk.some(firms, len(firms))):
        visits.append((firm, clerk.day_between(date(2026, 1, 5), date(2026, 3, 28))))
        if place % 3:
            visits.append((firm, clerk.day_between(QUARTER, AS_OF)))
    return sorted(visits, key=lambda visit: (visit[1], visit[0]))


def _officer_sheet(clerk: Clerk) -> Sheet:
    header = ("序号", "服务官姓名", "服务官职务", "所在单位", "联系企业", "服务内容", "联系电话")
    rows: list[Row] = []
    firms = clerk.district.enterprises[:40]
    for street, name in enumerate(clerk.district.streets):
        here = [("enterprise", i) for i, firm in enumerate(firms) if firm.street == street]
        if here:
            rows.append(
                [
                    len(rows) + 1,
                    person_name(clerk.random),
                    POST,
                    f"{name}街道",
                    "、".join(clerk.unit(u) for u in here),
                    "政策送达、困难协调",
                    "",
                ]
            )
    return Sheet("首席服务官", f"{DISTRICT}首席服务官联系企业一览表", (header,), rows)


def _visit_sheet(clerk: Clerk, visits: list[tuple[int, date]]) -> Sheet:
    header = ("序号", "走访日期", "企业名称", "首席服务官", "服务官职务", "反映问题", "交办部门", "办结情况")
    rows: list[Row] = []
    for firm, day in visits:
        issue = clerk.random.choice(ISSUES)
        referred = ("", "") if issue == "无" else ("区发展改革委", clerk.random.choice(("已办结", "正在办理")))
        rows.append(
            [
                len(rows) + 1,
                clerk.exact_day(day),
                clerk.enterprise(firm),
                person_name(clerk.random),
                POST,
                issue,
                *referred,
            ]
        )
    return Sheet("走访台账", f"{DISTRICT}首席服务官走访企业台账", (header,), rows, counted=False)


def _utility_sheet(clerk: Clerk) -> Sheet:
    header = (
        "序号",
        "移交企业",
        "接收单位",
        "项目",
        "小区",
        "户数",
        "协议日期",
        "改造进度",
        "移交日期",
        "遗留问题",
        "经办人",
    )
    rows: list[Row] = []
    for place, firm in clerk.pairs(8):
        done = len(rows) % 3 != 2
        agreed = clerk.day_between(date(2022, 1, 1), date(2024, 1, 1))
        handed = clerk.exact_day(clerk.day_between(date(2024, 2, 1), date(2025, 6, 1))) if done else None
        how = ("已完工", handed, "无") if done else ("改造中", None, "分户计量未完成")
        compound = f"{clerk.district.enterprises[firm].short}家属院"
        rows.append(
            [
                len(rows) + 1,
                clerk.enterprise(firm),
                clerk.community(place),
                SERVICES[len(rows) % 4],
                compound,
                clerk.random.randrange(120, 900),
                clerk.exact_day(agreed),
                *how,
                person_name(clerk.random),
            ]
        )
    return Sheet("三供一业", f"{DISTRICT}三供一业分离移交台账", (header,), rows)


def _plan_buildings(clerk: Clerk) -> list[Building]:
    kinds = (("厂房", 3200, 9.5, 20, 800), ("厂房", 1500, 7.0, 5, 315), ("仓库", 2400, 6.0, 0, 200), ("办公楼", 900, 3.3, 0, 160),
             ("厂房", 5200, 12.0, 32, 1250), ("厂房", 2600, 9.0, 10, 630), ("空地", 4000, 0.0, 0, 0))  # fmt: skip
    states = ("空闲", "空闲", "空闲", "已出租", "空闲", "改造中", "空闲")
    made = []
    for place, (owner, (kind, area, height, crane, power)) in enumerate(
        zip(clerk.some(clerk.firms, len(kinds)), kinds, strict=False)
    ):
        name = f"{clerk.district.enterprises[owner].short}{'东西南北中前后'[place]}区{kind}"
        made.append(
            Building(name, kind, owner, area, height, crane, power, clerk.random.randrange(6, 19), states[place])
        )
    return made


def _building_sheet(clerk: Clerk, buildings: list[Building]) -> Sheet:
    header = (
        "序号",
        "载体资源名称",
        "载体类型",
        "权属",
        "资源具体地址",
        "建筑面积（平方米）",
        "层高（米）",
        "行车吨位（吨）",
        "配电容量（kVA）",
        "资源状态",
        "产权性质",
        "租金（元/㎡·月）",
        "可租起始",
        "入驻条件",
    )
    rows: list[Row] = []
    for order, b in enumerate(buildings, 1):
        street = clerk.district.streets[clerk.district.enterprises[b.owner].street]
        address, begins = f"{street}{clerk.random.randrange(1, 200)}号院内", clerk.exact_day(date(2026, 8, 1))
        size = [clerk.area(b.area), b.height or None, b.crane or None, b.power or None]
        rows.append(
            [
                order,
                b.name,
                b.kind,
                clerk.enterprise(b.owner),
                address,
                *size,
                b.state,
                "出租",
                b.rent,
                begins,
                "无污染企业优先",
            ]
        )
    return Sheet("招商手册", f"{DISTRICT}闲置厂房楼宇招商手册", (header,), rows, counted=False)


def _product_sheet(clerk: Clerk, makers: dict[str, int]) -> Sheet:
    header = ("序号", "企业名称", "产品名称", "规格型号", "产能/供应能力", "应用领域")
    rows: list[Row] = [
        [
            i,
            clerk.enterprise(firm),
            *GOODS[word],
            f"年产 {clerk.random.randrange(2, 60) * 100} 件",
            "机械制造配套" if i % 2 else "工业和民用",
        ]
        for i, (word, firm) in enumerate(makers.items(), 1)
    ]
    return Sheet("产品供给", f"{DISTRICT}企业产品（技术）供应名录", (header,), rows, counted=False)


def _purchase_sheet(clerk: Clerk, wanted: list[tuple[int, str]], makers: dict[str, int]) -> Sheet:
    header = ("序号", "企业名称", "需求产品", "需求类别", "年需求量", "现供应商来源", "配套要求")
    kinds = dict(ELSEWHERE)
    rows: list[Row] = []
    for order, (firm, word) in enumerate(wanted, 1):
        title = GOODS[word][0] if word in makers else word
        amount, source = f"{clerk.random.randrange(1, 40) * 10} 件", clerk.random.choice(("区外", "外省", "区外"))
        rows.append([order, clerk.enterprise(firm), title, kinds.get(word, "配套件"), amount, source, "按图供货"])
    return Sheet("产品需求", f"{DISTRICT}企业产品技术需求名录", (header,), rows, counted=False)
