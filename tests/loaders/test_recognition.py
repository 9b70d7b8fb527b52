"""Which register a sheet is: its title, headers, values and what each row is must agree; else it is asked, the right one first."""

from __future__ import annotations

import pytest

from graph.schema import SCHEMA
from loaders.headers.mapper import map_table
from loaders.headers.mapping import TableMapping
from loaders.sheets.table_finder import find_tables
from loaders.vocabulary.list_titles import spoken_of
from tests.loaders.sheets import make_sheet


def recognise(title: str, text: str) -> TableMapping:
    """Map a sheet of this title whose lines are headers and rows, with spaces between the cells (– is an empty one)."""
    rows = [[None if cell == "–" else cell for cell in line.split()] for line in text.strip().splitlines()]
    (table,) = find_tables(make_sheet(rows, name=title))
    return map_table(table, SCHEMA)


def fields(mapping: TableMapping) -> dict[str, str]:
    return {
        c.header: c.field if c.treatment == "mapped" else "?" if c.treatment == "asked" else "" for c in mapping.columns
    }


KNOWN = [
    ("央企名单", "enterprises", "序号 企业（集团）名称\n1 霁川钢铁集团有限公司\n2 霁川热电集团有限公司\n3 霁川轴承有限公司"),
    ("公司名单", "enterprises", "期货代码 期货名称 公司名称\n600001.SH 霁钢股份 霁川钢铁股份有限公司\n600002.SH 霁电 霁川热电股份有限公司"),
    ("居委会通讯录", "communities", "居委会 地址 电话\n松一居委会 松一路1号 0379-64000001\n松二居委会 松二路1号 0379-64000002"),
    ("社区基本情况表", "communities", "社区名称 所属街道 小区名称\n松一社区 长松街道 松一小区\n松二社区 长松街道 松二小区\n松三社区 长松街道 松三小区"),
    ("甲表", "enterprises", "单位名称 企业性质 单位地址\n霁川机械有限公司 国有企业 霁川路1号\n霁川热电有限公司 国有独资 霁川路2号\n梧东玻璃有限公司 国有控股 霁川路3号"),
    ("甲表", "venues", "场地名称 资源类型 产权单位 吉祥数\n东礼堂 礼堂 某厂 120\n西礼堂 礼堂 某校 80\n南礼堂 礼堂 某院 60"),
    ("活动室借用登记", "resource_uses", "借用日期 地点 借用单位 用途\n2026-03-01 甲礼堂 某厂 开会\n2026-03-02 乙会议室 某校 培训\n2026-03-03 甲礼堂 某院 义诊"),
    ("地企联席会会议纪要", "meetings", "会议届次 开会日期 议题 商定了什么\n第一次会议 2026-03-01 场地 礼堂开放\n第二次会议 2026-06-01 停车 夜间停车"),
    ("开放式组织生活授课师资目录", "lecturers", "课程 主讲 选派单位 方向\n党史 王小明 某厂 党史\n法律 李大伟 某校 法治\n安全 张建国 某院 安全"),
]  # fmt: skip
ASKED = [
    ("甲表", "venues", "省份 名称 总面积（平方公里） 游客量（万人次）\n甲省 云顶山 167 284.6\n乙省 云顶山 55 510.0\n丙省 松山 66 12.0"),
    ("甲表", "venues", "名称 销量 具体地址 是否免费\n霁川公园 19459 霁川路1号 是\n梧东公园 3237 梧东路2号 否\n松岭博物馆 875 松岭路3号 是"),
    ("甲表", "venues", "城市 景点名称 类型 开放时间 官网地址\n霁川 霁川博物馆 博物馆 每日9:00-17:00 https://example.org/a\n梧东 梧东公园 公园 每日6:00-22:00 https://example.org/b\n松岭 松公园 公园 每日6:00-22:00 https://example.org/c"),
    ("楼宇信息表", "idle_properties", "序号 楼宇名称 地址 建筑面积 入驻企业数\n1 霁川大厦 霁川路1号 12000 50\n2 梧东中心 梧东路2号 30000 80"),
    ("甲表", "communities", "社区名称 所属街道 小区名称 户数\n松一社区 长松街道 松一小区 800\n松一社区 长松街道 松东小区 700\n松二社区 长松街道 松二小区 900"),
    ("甲表", "enterprises", "名称 部门 行业 地址 电话 税号\n霁川机械有限公司 采购部 制造业 霁川路1号 0379-64000001 –\n梧东玻璃有限公司 办公室 制造业 霁川路2号 0379-64000002 –\n松岭玻璃有限公司 办公室 制造业 霁川路3号 0379-64000003 –"),
    ("党群服务中心一览表", "venues", "序号 党群服务中心名称 地址 面积（平方米） 开放时间\n1 松一社区党群服务中心 松一路1号 760 9:00-17:30\n2 松二社区党群服务中心 松二路1号 350 9:00-17:30\n3 松三社区党群服务中心 松三路1号 350 9:00-17:30"),
    ("需求清单", "needs", "所在城市 医院名称 目前处理进度 所需物资 规格\n霁川 霁川市人民医院 已收到部分物资 N95口罩 GB19083\n梧东 梧东区中医院 急需 防护服 GB19082\n松岭 松岭医院 急需 护目镜 GB1"),
    ("流动党员管理明细台账", "member_flows", "姓名 身份证号 流出党组织 流入党组织 流出时间\n王小明 – 甲党支部 乙党支部 2026-01-02\n李大伟 – 甲党支部 乙党支部 2026-01-03\n张建国 – 丙党支部 丁党支部 2026-01-04"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "register", "text"), KNOWN, ids=[f"{title}-{name}" for title, name, _ in KNOWN])
def test_a_list_is_the_register_of_which_its_title_and_columns_speak(title: str, register: str, text: str) -> None:
    mapping = recognise(title, text)
    assert mapping.register is not None and mapping.register.name == register, mapping.reason


@pytest.mark.parametrize(("title", "first", "text"), ASKED, ids=[f"{title}-{name}" for title, name, _ in ASKED])
def test_a_list_of_common_headers_or_of_other_things_is_asked_about_and_says_why(
    title: str, first: str, text: str
) -> None:
    mapping = recognise(title, text)
    assert mapping.register is None and mapping.question is not None
    assert mapping.question.candidates[0] == first
    assert "但" in mapping.reason and not [c for c in mapping.columns if c.treatment == "mapped" and not c.column]


# Lists with a register's columns of which nothing says what the register's name states of its rows.
UNSHOWN = [
    ("楼宇信息", "idle_properties", "楼宇名称 业主单位 建筑面积(㎡) 层数 空置率 税收\n龙城大厦 某公司 12000 20 12% 300\n梧东中心 某集团 30000 30 8% 900\n松岭广场 某厂 20000 9 0% 90"),
    ("厂房一览表", "idle_properties", "厂房名称 产权单位 坐落 建筑面积 是否闲置\n一号厂房 某公司 霁川路1号 1200 否\n二号厂房 某厂 霁川路2号 900 否\n三号厂房 某院 霁川路3号 600 否"),
    ("星级饭店一览表", "safety_stars", "企业名称 星级 评定时间 所属街道\n霁川宾馆 四星 2020-01-01 长松街道\n平安酒店 五星 2021-01-01 长松街道\n松岭饭店 三星 2019-03-01 长松街道"),
    ("科普教育基地名单", "red_bases", "基地名称 所属单位 地址 开放时间 最大接待量\n霁川科技馆 某校 霁川路1号 9:00-17:00 200\n梧东气象站 某局 梧东路2号 9:00-17:00 50\n松岭植物园 某院 松岭路3号 9:00-17:00 80"),
    ("离职人员移交表", "retiree_handovers", "单位 人数 移交日期 接收单位\n某厂 5 2026-01-01 某局\n某公司 3 2026-02-01 某局\n某院 2 2026-03-01 某校"),
    ("妇联组织一览表", "party_organizations", "序号 上级组织 组织名称 成员数 成立时间\n1 区妇联 松一社区妇联 20 2015-01-01\n2 区妇联 松二社区妇联 30 2016-01-01\n3 区妇联 松三社区妇联 50 2017-01-01"),
    ("楼门长队伍", "volunteer_offers", "社区 队伍名称 人数 服务内容\n松一社区 楼门长 20 传信\n松二社区 楼门长 30 传信\n松三社区 楼门长 10 传信"),
    ("技术合同登记", "agreements", "合同编号 甲方 乙方 合同名称 签订日期\nHT-01 霁川钢铁有限公司 某大学 高炉节能 2026-01-01\nHT-02 梧东玻璃有限公司 某研究院 薄膜 2026-02-01\nHT-03 松岭热电有限公司 某学院 脱硝 2026-03-01"),
    ("道路工程一览表", "projects", "工程名称 建设单位 地点 开工日期 完工日期 状态\n霁川路改造 住建局 霁川路 2025-01-01 2026-01-01 在建\n梧东路大修 住建局 梧东路 2025-02-01 2026-02-01 完工\n松岭桥 交通局 松岭河 2025-03-01 2026-03-01 在建"),
    ("老年大学课程表", "courses", "课程名称 授课老师 时间 地点 人数\n书法 王小明 周一9:00-10:00 301 20\n国画 李大伟 周二9:00-10:00 302 30\n太极 张建国 周三9:00-10:00 操场 40"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "first", "text"), UNSHOWN, ids=[title for title, _, _ in UNSHOWN])
def test_what_a_registers_name_states_of_its_rows_must_be_shown_else_it_is_asked(
    title: str, first: str, text: str
) -> None:
    mapping = recognise(title, text)
    assert mapping.register is None and mapping.question is not None
    assert mapping.question.candidates[0] == first and "没有写明" in mapping.reason


def test_a_cell_a_title_or_a_header_shows_it_and_the_vacant_area_goes_before_the_whole() -> None:
    rows = (
        "厂房名称 产权单位 坐落 使用状态\n一号 某公司 霁川路1号 {}\n二号 某厂 霁川路2号 在用\n三号 某院 霁川路3号 在用"
    )
    idle = [recognise("厂房", rows.format(word)).register for word in ("闲置", "不闲置")]
    assert idle[0] is not None and idle[0].name == "idle_properties" and idle[1] is None
    text = "楼宇名称 地址 建筑面积 空置面积\n龙城大厦 霁川路1号 12000 300\n梧东中心 梧东路2号 30000 0\n松岭广场 松岭路2号 20000 120"
    assert fields(recognise("商务楼宇台账", text)) == {
        "楼宇名称": "name",
        "地址": "address",
        "建筑面积": "",
        "空置面积": "area_m2",
    }


def test_a_department_is_no_name_and_a_web_page_is_no_address() -> None:
    office = fields(recognise("驻区单位基本情况表", ASKED[5][2]))
    assert office["部门"] == "" and office["名称"] == "name"
    page = "场地名称 产权单位 官网地址\n甲馆 某厂 https://example.org/a\n乙馆 某校 https://example.org/b\n丙馆 某院 https://example.org/c"
    assert fields(recognise("场地清单", page))["官网地址"] != "address"
    assert fields(recognise("场地清单", page.replace("官网地址", "地址")))["地址"] != "address"


def test_what_a_count_counts_must_be_said_by_its_header() -> None:
    text = "社区名称 所属街道 商户数 网格员数 户数\n松一社区 长松街道 133 6 1200\n松二社区 长松街道 48 3 900\n松三社区 长松街道 50 4 800"
    found = fields(recognise("社区基本情况表", text))
    assert found["户数"] == "households" and found["商户数"] in {"", "?"} and found["网格员数"] in {"", "?"}


def test_the_one_column_that_is_left_is_taken_for_the_field_that_is_missing_and_counts_as_a_guess() -> None:
    text = "单位 需求类别 截止日期 居民烦心事\n松一社区 便民 2026-12-01 加装扶手\n松二社区 法律 2026-12-02 找人写状子\n松三社区 养老 2026-12-03 助餐"
    mapping = recognise("社区需求清单", text)
    assert mapping.register is not None and mapping.register.name == "needs"
    guess = next(c for c in mapping.columns if c.header == "居民烦心事")
    assert (guess.field, guess.treatment) == ("title", "mapped") and guess.confidence < 0.8


@pytest.mark.parametrize("title", ["职工工资表", "签到表", "夜间巡逻记录本", "机关食堂一周菜单"])
def test_a_title_of_a_matter_of_which_no_register_is_made_is_refused_with_that_word(title: str) -> None:
    mapping = recognise(
        title,
        "日期 起止时间 地点 人数\n2026-03-01 8:00-9:00 东门 3\n2026-03-02 8:00-9:00 西门 4\n2026-03-03 8:00-9:00 南门 2",
    )
    assert mapping.register is None and mapping.question is None and "没有这样的登记表" in mapping.reason


def test_how_many_were_handed_over_are_no_staff_of_a_firm() -> None:
    rows = "企业 社区 人数\n河东纺织 西苑社区 100\n河东电缆 南苑社区 60\n河东热电 北苑社区 40"
    asked = recognise("退休移交人数", rows)
    assert asked.register is None and asked.question is not None and "移交" in asked.reason


FIRMS = "企业全称 简称 主业 职工人数 地址\n河东电缆有限公司 河东电缆 电缆 200 东路3号\n河东纺织有限公司 河东纺织 纺织 90 西路1号\n河东热电有限公司 河东热电 供热 80 西路5号"


@pytest.mark.parametrize(
    ("title", "is_asked"),
    [("邻区企业情况表", True), ("兄弟县国有企业名录", True), ("省外央企名单", True), ("区外合作企业一览表", True), ("驻区企业名录", False), ("河东区国有企业名录", False)],
)  # fmt: skip
def test_a_list_of_another_districts_units_is_asked_about(title: str, is_asked: bool) -> None:
    mapping = recognise(title, FIRMS)
    assert (mapping.register is None) is is_asked
    if is_asked:
        assert mapping.question is not None and mapping.question.candidates[0] == "enterprises"


def test_one_of_several_things_that_a_title_lists_is_not_what_the_list_is_about() -> None:
    rows = "\n".join(f"某{n}厂 {what} 周六" for n, what in enumerate(("会议室", "志愿队", "药箱", "图书")))
    found = [recognise(t, f"企业 可供事项 可用时间\n{rows}") for t in ("企业可供人员、物资、场所", "企业物资")]
    assert "没有这样的登记表" not in found[0].reason and "没有这样的登记表" in found[1].reason


def test_a_list_of_schools_may_be_one_of_units() -> None:
    mapping = recognise(
        "学校名单",
        "OBJECTID 学校名称 学校类型 地址 所属区域 经度 纬度 班_数 总计划_招生人数 特长_生计_划\n1 新华小学 小学 呼伦路1号 新城区 112.43 34.66 12 300 20\n2 第二中学 中学 呼伦路2号 新城区 112.44 34.67 26 1300 78\n3 第三中学 中学 呼伦路3号 新城区 112.45 34.67 20 900 50",
    )
    assert mapping.register is None and mapping.question is not None
    assert "enterprises" in mapping.question.candidates


def test_a_register_whose_key_is_only_guessed_yields_to_one_that_the_title_names_better() -> None:
    rows = "\n".join(f"{n} 某局 维修 屋面补漏{n}队 免人工" for n in range(6))
    mapping = recognise("资源清单", f"序号 提供单位 资源类别 能提供什么 说明\n{rows}")
    assert mapping.register is not None and mapping.register.name == "offers"
    assert fields(mapping) == {
        "序号": "",
        "提供单位": "unit",
        "资源类别": "category",
        "能提供什么": "title",
        "说明": "",
    }


def test_yes_and_no_list_no_things_and_a_page_needs_no_scheme() -> None:
    text = "场地 单位 面积 可用 网站\n矿史馆 某矿 1200 是 www.example.org\n机车广场 某段 800 是 example.com/b\n小礼堂 某社区 260 否 example.cn"
    found = fields(recognise("场地资源登记表", text))
    assert found["可用"] != "equipment" and found["网站"] in {"", "?"} and found["场地"] == "name"
    assert fields(recognise("场地资源登记表", text.replace("网站", "地址")))["地址"] != "address"


@pytest.mark.parametrize("title", ["在建工程安全检查表", "消防器材巡检记录", "电梯安检台账"])
def test_a_list_of_inspections_is_no_register(title: str) -> None:
    rows = "\n".join(f"工程{n} 某公司 主体施工 2026-03-0{n} {n} 2026-04-0{n}" for n in range(1, 5))
    mapping = recognise(title, f"项目名称 施工单位 形象进度 检查日期 隐患数 整改期限\n{rows}")
    assert mapping.register is None and "标题说的是" in mapping.reason


def test_members_of_a_chamber_of_commerce_are_no_members_of_the_joint_conference_unless_somebody_says_so() -> None:
    mapping = recognise(
        "商会会员单位名册",
        "序号 会员单位 会内职务 入会时间\n1 霁川机械有限公司 会长单位 2020-01-01\n2 梧东玻璃有限公司 理事单位 2021-01-01\n3 松岭热电有限公司 会员单位 2022-01-01",
    )
    assert mapping.register is None and mapping.question is not None
    assert mapping.question.candidates[0] == "conference_members" and "没有写明" in mapping.reason


SPOKEN = [
    ("荣誉", "honours", "级别 给谁的 叫什么 哪年 发文单位\n国家级 某厂 劳动奖状 2021年 某部\n省级 某院 文明单位 2023年 某厅\n市级 某校 文明校园 2024年 某局"),
    ("居民需求", "needs", "社区 说了件什么事 急不急 多少人关心 眼下怎样\n松一社区 花坛里草有一人高 急 40 没着落\n松二社区 院门口踏步断了 一般 60多户 已修好\n松三社区 坡上路灯杆倒了 挺急 12 没着落"),
    ("流动党员去向", "member_flows", "序号 姓名 原来的支部 现在在哪里 哪天走的 做什么\n1 王小明 甲党支部 苏州 2025.11 经商\n2 李大伟 乙党支部 成都 2026年2月 打工\n3 张建国 丙党支部 西安 2025.11 经商"),
    ("企业能拿出来的资源", "offers", "企业 能给啥 属于 量有多大 有啥条件\n某厂 小礼堂一座 场所 1处 提前一天说\n某院 灭火演练 设备 一套 限本街道\n某校 藏书外借 图书 6000册 提前一天说"),
    ("国企离退休党员移交社区管理台账", "retiree_handovers", "原单位 老同志姓名 退休时间 交给哪个社区 哪天交接的 档案到了没\n某厂 王小明 2016年 松一社区 2026年3月12日 已到\n某院 李大伟 2009年 松二社区 2026.6.27 到\n某校 张建国 2004年 松三社区 2026年6月8日 已到"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "first", "text"), SPOKEN, ids=[title for title, _, _ in SPOKEN])
def test_the_register_of_whose_rows_the_title_speaks_is_asked_about_first_though_few_columns_are_known(
    title: str, first: str, text: str
) -> None:
    mapping = recognise(title, text)
    assert mapping.register is None and mapping.question is not None
    assert mapping.question.candidates[0] == first and mapping.nearest is not None and mapping.nearest.name == first


def test_a_title_that_only_says_whose_the_things_are_or_names_nothing_leaves_the_order_to_the_columns() -> None:
    assert spoken_of("驻区企业可拿出来共享的东西", ("驻区企业名录",)) == 0
    assert spoken_of("Sheet1", ("需求清单",)) == 0 and spoken_of("企业用电", ("企业名册",)) == 0
    assert spoken_of("居民需求", ("需求清单",)) > spoken_of("需求对接会议", ("需求清单",))
