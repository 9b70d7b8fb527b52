"""A dirty workbook for each register of governance and people, as a party working committee would keep it."""

from __future__ import annotations

from pathlib import Path

from tests.loaders.office_workbook import People, save_office_workbook

# A line is a row of a spreadsheet.
# fmt: off


CONFERENCE = "长安路街道地企党建联席会"


def save_all(folder: Path, people: People) -> None:
    """Write the units and every register of this half of the domain into a folder."""
    folder.mkdir()
    _save_units(folder, people)
    for save in (
        _save_conference, _save_agenda, _save_minutes, _save_action_items, _save_weekly_report, _save_targets, _save_stars, _save_observations,
        _save_posts, _save_volunteer_posts, _save_lecturers, _save_parties, _save_handovers, _save_visits, _save_cases, _save_notices,
    ):
        save(folder, people)


def _save_units(folder: Path, people: People) -> None:
    rows = [
        [1, "第一拖拉机厂", "一拖", "市属企业", "长安路街道", people.name(), "0379-64000001"],
        [2, "河阳轴承集团有限公司", "河轴", "市属企业", "长安路街道", people.name(), people.mobile()],
        [3, "中信重机有限责任公司", "中信重机", "央企", "长安路街道", people.name(), "—"],
    ]
    headers = ["序号", "单位名称", "简称", "企业性质", "所属街道", "联系人/姓名", "联系人/电话"]
    save_office_workbook(folder / "驻区单位.xlsx", "长安路街道驻区单位基本情况统计表", headers, rows, people)
    rows = [[1, "长安路街道", "重二社区", 3210], [2, "长安路街道", "青石社区", 2080], [3, "长安路街道", "联盟社区", 1500]]
    save_office_workbook(folder / "社区.xlsx", "社区基本情况表", ["序号", "所属街道", "社区名称", "户数"], rows, people)


def _save_conference(folder: Path, people: People) -> None:
    headers = ["序号", "成员单位", "成员身份", "加入时间", "联络员/姓名", "联络员/联系电话", "备注"]
    rows = [
        [1, "第一拖拉机厂党委", "召集单位", "2024.3", people.name(), people.mobile(), ""],
        [2, "河轴", "成员", "2024年3月", people.name(), people.mobile(), "〃"],
        [3, "重二社区党委", "成员单位", "2025-01-15", people.name(), "无", ""],
        [4, "X集团", "成员单位", "不详", people.name(), people.mobile(), "待核实"],
    ]
    save_office_workbook(
        folder / "附件1：联席会成员单位名册.xlsx", f"{CONFERENCE}成员单位名册", headers, rows, people, total=["合计", "4家"]
    )


def _save_agenda(folder: Path, people: People) -> None:
    headers = ["序号", "议题名称", "提交单位", "议题背景/调研情况", "可行性建议", "需协调单位", "提交时间", "审核意见", "是否上会", "会议届次", "联系人"]
    call = f"居民多次反映，可致电{people.mobile()}"
    rows = [
        [1, "老旧小区停车难", "重二社区", call, "错时共享企业停车场", "第一拖拉机厂、河轴", "2026/2/1", "同意", "√", "第一次联席会议", people.name()],
        [2, "老旧小区停车难", "青石社区", "夜间占道", "", "", "2026.2.3", "合并", "是", "第二次联席会议", people.name()],
        [3, "离退休党员移交", "一拖", "厂办集体改制", "", "", "2026-13-01", "—", "×", "/", people.name()],
        [4, "共享食堂", "一拖", "周末闲置", "", "", "2026.2.9", "同意", "是", "第一次联席会议", people.name()],
    ]
    save_office_workbook(folder / "议题征集.xlsx", "2026年联席会议议题征集表", headers, rows, people)


def _save_minutes(folder: Path, people: People) -> None:
    headers = ["会议名称", "会议时间", "会议地点", "主持", "参会单位/出席", "参会单位/列席", "参会单位/缺席", "议题", "议定事项", "表决结果", "文号"]
    rows = [
        ["第一次联席会议", "2026年3月5日", "一拖会议中心", people.name(), "第一拖拉机厂、河轴；重二社区", "青石社区", "中信重机", "老旧小区停车难", "开放职工停车场80个", "全票通过", "纪要〔2026〕1号"],
        ["", "", "", "", "", "", "", "共享食堂", "试运行三个月", "8票赞成1票反对", ""],
    ]
    save_office_workbook(
        folder / "纪要.xlsx", f"{CONFERENCE}会议纪要", headers, rows, people, merged=["A5:A6", "B5:B6", "E5:E6", "F5:F6", "G5:G6"]
    )


ACTION_HEADERS = ["序号", "督办编号", "事项来源（会议）", "督办事项", "牵头单位", "责任单位", "配合单位", "责任人", "完成时限", "进展情况", "办理状态", "预警", "销号时间", "得分"]


def _save_action_items(folder: Path, people: People) -> None:
    rows = [
        [1, "DB-2026-01", "第一次联席会议", "开放职工停车场", "一拖", "第一拖拉机厂、重二社区", "青石社区", people.name(), "2026年5月", "已划线40个", "正在办理", "红单", "", "6分"],
        [2, "DB-2026-02", "第一次联席会议", "开办共享食堂", "河轴", "河阳轴承集团有限公司", "", people.name(), "2026.4.30", "运行正常", "已办结", "", "2026-04-28", 10],
        [3, "DB-2026-03", "上级交办", "排查出租房屋", "重二社区", "重二社区", "青石社区、联盟社区", people.name(), "2026年6月", "进行中", "推进中", "黄", "", "9.5"],
        [4, "", "第一次联席会议", "修缮文化长廊", "宏达建材公司", "", "", people.name(), "长期", "", "未启动", "—", "", "/"],
    ]
    save_office_workbook(
        folder / "督办台账.xlsx", "联席会议督办台账（逐项销号）", ACTION_HEADERS, rows, people, total=["合计", "", "", "4项"]
    )


def _save_weekly_report(folder: Path, people: People) -> None:
    rows = [
        [1, "DB-2026-03", "上级交办", "排查出租房屋", "重二社区", "重二社区", "青石社区、联盟社区", people.name(), "2026年6月", "已全部排查", "已销号", "", "2026年7月3日", "10"]
    ]
    save_office_workbook(folder / "督查周报.xlsx", "督查周报（第27期）", ACTION_HEADERS, rows, people, reported="2026年7月5日")


def _save_targets(folder: Path, people: People) -> None:
    headers = ["序号", "被考核单位", "考核指标", "分值", "得分", "扣分原因", "加分", "名次", "等次", "考核人"]
    rows = [
        [1, "第一拖拉机厂", "共驻共建", "20分", "18.5分", "活动少一次", "0.5", "第1名", "优秀", people.name()],
        [2, "重二社区", "共驻共建", 20, 16, "", "", 2, "良好", people.name()],
        [3, "青石社区", "共驻共建", 20, "十六", "〃", "", 3, "良好", people.name()],
    ]
    save_office_workbook(folder / "考核.xlsx", "2025年度目标管理考核得分表", headers, rows, people, total=["合计", "", "", 60, 50.5])


def _save_stars(folder: Path, people: People) -> None:
    headers = ["序号", "单位名称", "申报星级", "得分", "扣分说明", "评定星级", "评定日期", "激励措施", "联系人", "联系电话"]
    rows = [
        [1, "第一拖拉机厂", "五星级", 96, "", "★★★★★", "2026.1.10", "授牌", people.name(), people.mobile()],
        [2, "河轴", "五星", "92分", "消防通道占用", "4星", "2026.1.10", "", people.name(), people.mobile()],
    ]
    save_office_workbook(folder / "平安企业.xlsx", "2025年度平安企业星级考核表", headers, rows, people)
    headers = ["序号", "小区名称", "所属社区", "得分", "评定星级", "楼长"]
    rows = [[1, "梧桐家园", "青石社区", 85, "三星", people.name()], [2, "向阳院", "青石社区", 70, "不达标", people.name()]]
    save_office_workbook(folder / "平安小区.xlsx", "2025年度平安小区星级评定表", headers, rows, people)


def _save_observations(folder: Path, people: People) -> None:
    headers = ["季度", "观摩时间", "观摩点（基层党组织）", "所属企业", "亮点", "参加单位", "评分单位", "单位评分", "互评分", "意见建议", "整改", "负责人"]
    rows = [
        ["一季度", "2026.3.20", "河阳轴承集团有限公司党委", "河轴", "车间党旗红", "一拖、重二社区", "一拖", 95, 94.5, "多用视频", "已整改", people.name()],
        ["", "2026.3.20", "河阳轴承集团有限公司党委", "河轴", "", "一拖、重二社区", "重二社区", "94", 94.5, "", "", people.name()],
    ]
    save_office_workbook(folder / "观摩.xlsx", "2026年第一季度党建观摩互评表", headers, rows, people)


def _save_posts(folder: Path, people: People) -> None:
    headers = ["序号", "岗位名称", "提供单位", "岗位职责", "任职条件", "专业要求", "人数", "挂职期限（起止）", "推荐单位", "考察方式", "状态", "挂职人员"]
    rows = [
        [1, "社区书记助理", "重二社区", "协助网格管理", "中级以上", "法学、社会工作", "2名", "2026.3-2027.3", "一拖", "共同考察", "征集中", people.name()],
        [2, "企业文化专员", "一拖", "", "", "", "1", "一年", "重二社区", "", "已到岗", people.name()],
    ]
    save_office_workbook(folder / "挂职.xlsx", "互派挂职岗位表", headers, rows, people)
    headers = ["序号", "派出单位", "驻点企业", "聘期", "职责", "任职时间", "联系企业数", "指导员姓名", "手机号码"]
    rows = [
        [1, "重二社区党委", "河轴", "三年", "指导组建党支部", "2025年6月", 1, people.name(), people.mobile()],
        [2, "重二社区", "中信重机", "2年", "", "2026-01", 1, people.name(), people.mobile()],
    ]
    save_office_workbook(folder / "指导员.xlsx", "党建指导员派驻情况统计表", headers, rows, people)
    headers = ["序号", "服务官姓名", "服务官职务", "所在单位", "联系企业", "服务内容", "联系电话"]
    rows = [
        [1, people.name(), "副主任", "青石社区", "一拖、河轴", "政策送达", people.mobile()],
        [2, people.name(), "党工委委员", "青石社区", "中信重机", "", people.mobile()],
    ]
    save_office_workbook(folder / "首席服务官.xlsx", "首席服务官联系企业一览表", headers, rows, people)


def _save_volunteer_posts(folder: Path, people: People) -> None:
    headers = ["序号", "岗位名称", "设岗社区", "岗位职责", "岗位人数", "服务时间", "特长要求", "认领人"]
    rows = [
        [1, "治安巡逻岗", "重二社区", "晚间巡逻", "约10人", "周六晚", "无", people.name()],
        [2, "法律咨询岗", "重二社区", "每月坐班", 2, "周三下午", "法律、调解", people.name()],
    ]
    save_office_workbook(folder / "志愿岗.xlsx", "党员志愿服务岗位设置表", headers, rows, people, total=["合计", "", "", "", 12])


def _save_lecturers(folder: Path, people: People) -> None:
    headers = ["序号", "授课老师", "所在单位", "职称", "授课方向", "课程名称", "授课形式", "是否同意公开", "同意期限", "联系电话"]
    rows = [
        [1, LECTURER, "一拖", "高级工程师", "劳模精神、工匠精神", "大工匠精神", "讲座", "同意", "2027年12月", people.mobile()],
        [2, people.name(), "河轴", "政工师", "党史", "红色河轴", "现场教学", "否", "", people.mobile()],
        [3, people.name(), "一拖", "", "消防安全", "消防进社区", "演练", "不太同意", "", people.mobile()],
        [4, LAPSED, "一拖", "", "", "大工匠精神", "", "同意", "2025年12月31日", people.mobile()],
    ]
    save_office_workbook(folder / "师资库.xlsx", "授课师资库", headers, rows, people)
    headers = ["姓名", "单位", "授课方向", "手机"]
    save_office_workbook(folder / "讲师团.xlsx", "讲师团名册", headers, [[people.name(), "重二社区", "家庭教育", people.mobile()]], people)


LECTURER, LAPSED = ("令狐授", "令狐旧")  # agreed to be named, the one for now and the other until last year; nobody else did


def _save_parties(folder: Path, people: People) -> None:
    headers = ["序号", "党组织名称", "党组织书记", "联系电话", "组织类别", "单位类别", "党组织所在单位情况", "所在单位名称", "上级党组织", "批准时间", "届满时间", "党员数"]
    rows = [
        [1, "中共第一拖拉机厂委员会", people.name(), people.mobile(), "党委", "国有企业", "法人单位", "第一拖拉机厂", "", "1958.7", "2027年8月", "1,204"],
        [2, "河轴中信重机联合党支部", people.name(), "0379-64000009", "联合党支部", "国企", "联合党支部", "河轴、中信重机", "第一拖拉机厂党委", "2020年", "2026/12/31", 31],
        [3, "第一拖拉机厂第三党支部", people.name(), people.mobile(), "党支部", "国有企业", "与上级党组织相同", "一拖", "中共第一拖拉机厂委员会", "不详", "", "约40"],
    ]
    save_office_workbook(folder / "组织清单.xlsx", "党组织信息采集表", headers, rows, people)
    headers = ["序号", "支部名称", "组建方式", "隶属（企业/社区）", "党员数", "活动场所", "活动频次", "经费来源", "书记"]
    rows = [[1, "重二社区离退休党支部", "联合", "一拖、重二社区", "86名", "社区三楼", "每月一次", "企业拨付", people.name()]]
    save_office_workbook(folder / "离退休支部.xlsx", "离退休党支部情况统计表", headers, rows, people)
    headers = ["序号", "党组织名称", "流入党组织", "流出党员数", "流入党员数", "应转接组织关系数", "填报人"]
    rows = [[1, "第一拖拉机厂第三党支部", "重二社区党支部", 12, 3, "6人", people.name()]]
    save_office_workbook(folder / "流动党员.xlsx", "2026年5月流动党员情况统计表", headers, rows, people)


def _save_handovers(folder: Path, people: People) -> None:
    headers = ["序号", "移交企业", "接收单位", "项目", "小区", "户数", "协议日期", "改造进度", "移交日期", "遗留问题", "经办人", "联系电话"]
    rows = [
        [1, "一拖", "重二社区", "供水", "十号街坊", "1,260户", "2017.6", "已完工", "2018年9月", "无", people.name(), people.mobile()],
        [2, "", "", "供暖", "十号街坊", 1260, "2017.6", "改造中", "", "管网老化", people.name(), people.mobile()],
    ]
    save_office_workbook(folder / "三供一业.xlsx", "三供一业分离移交台账", headers, rows, people, merged=["B5:B6", "C5:C6"], total=["合计"])
    headers = ["序号", "移交企业", "接收社区", "移交人数", "其中党员", "档案册数", "移交日期", "经办人"]
    rows = [[1, "河轴", "青石社区", "320人", "57", "320册", "2020年12月", people.name()]]
    save_office_workbook(folder / "退休移交.xlsx", "国企退休人员社会化管理移交情况表", headers, rows, people)


def _save_visits(folder: Path, people: People) -> None:
    headers = ["序号", "走访日期", "企业名称", "首席服务官", "服务官职务", "反映问题", "交办部门", "办结情况"]
    rows = [
        [1, "2026.4.2", "一拖", people.name(), "副主任", "停车位不足", "城管办", "办结"],
        [2, "2026-04-31", "河轴", people.name(), "副主任", "招工难", "人社所", "正在办理"],
        [3, "2026年5月9日", "宏达建材公司", people.name(), "副主任", "", "", ""],
    ]
    save_office_workbook(folder / "走访.xlsx", "首席服务官走访企业台账", headers, rows, people)


def _save_cases(folder: Path, people: People) -> None:
    headers = ["序号", "社区", "诉求类别", "件次", "办结数", "平均办理天数", "填表人"]
    rows = [[1, "重二社区", "物业管理", "12件", 10, "5.5天", people.name()], [2, "青石社区", "噪声", 3, "3", "2", people.name()]]
    save_office_workbook(folder / "接访统计.xlsx", "2026年5月联合接访情况统计表", headers, rows, people, total=["合计", "", "", 15, 13])


def _save_notices(folder: Path, people: People) -> None:
    headers = ["序号", "信息标题", "发布单位", "栏目", "发布时间", "主题词", "内容", "发布人"]
    content = f"周六上午体检，咨询{people.mobile()}"
    rows = [
        [1, "社区义诊预告", "重二社区", "活动", "2026.6.1", "健康、老人", content, people.name()],
        [2, "医保新政", "青石社区", "政策", "6月2日", "", "门诊统筹", people.name()],
        [3, "书画展", "青石社区", "动态", "2026/6/3", "", "社区一楼", people.name()],
        [4, "代收快递", "重二社区", "便民", "2026-06-04", "", "每日", people.name()],
    ]
    save_office_workbook(folder / "信息发布.xlsx", "三社联动信息发布台账", headers, rows, people)
