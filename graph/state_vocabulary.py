"""The words of status cells: verbs by what their event means, and the words that stand around them."""

import re
from dataclasses import dataclass

PLANNED, OPEN, UNDER_WAY = "planned", "open", "under way"
DONE, CANCELLED, EXPIRED, SUSPENDED = "done", "cancelled", "expired", "suspended"
UNKNOWN = "unknown"  # the status is empty, or of no verb that is listed below


@dataclass(frozen=True)
class Verbs:
    """Verbs whose event puts a thing into the same state: once it happened (`done`), before it (`before`), and while it goes on (`now`).

    An empty state says nothing of the thing. `resource` is the state of a room or a building to which it happens, where that differs.
    """

    done: str
    before: str
    now: str
    words: str
    resource: str = ""
    resource_now: str = ""


VERBS = {
    # What is to be done with a need, a wish, an action item, a claim, a project.
    "finish": Verbs(DONE, OPEN, UNDER_WAY, (
        "完成 办结 办毕 修好 修复 修完 装好 换好 补齐 着落 解决 落实 整改 销号 销账 实现 圆梦 圆满 兑现 满足 竣工 完工 结项 结题 交付 结束 举办 举行 送达 发放 领取 捐赠 拨付 到账 反馈 答复 回复 "
        "办复 评价 结算 归还 归档 达成 满意 采纳 结案 结清 办妥 办 交接 处置 化解 销案 done completed finished fulfilled resolved"
    )),
    "check": Verbs(DONE, UNDER_WAY, UNDER_WAY, "验收 复核 验证 核验 复查 审计"),
    "take": Verbs(UNDER_WAY, OPEN, UNDER_WAY, "认领 对接 受理 派单 接单 响应 分发 领办 承接 匹配 结对"),
    "work": Verbs(UNDER_WAY, OPEN, UNDER_WAY, "办理 处理 推进 协调 跟进 督办 落地 采购 配送 服务 开展 进行 坚持 攻坚 延续 progress"),
    "begin": Verbs(UNDER_WAY, PLANNED, UNDER_WAY, (
        "启动 开工 开始 进场 签订 签约 签署 签 生效 续签 续约 续 补签 存续 备案 signed active valid"
    )),
    "carry": Verbs(UNDER_WAY, PLANNED, UNDER_WAY, "履行 履约 执行 实施"),
    "serve": Verbs(UNDER_WAY, OPEN, UNDER_WAY, "在岗 到岗 上岗 在任 任职 在聘 聘任 在册 在编 就位 入职 派驻 挂职 聘用 留任"),
    # A room, a building, a base.
    "open": Verbs(OPEN, PLANNED, OPEN, "启用 投用 投入使用 开放 开馆 开业 营业 运营 运行 恢复使用 恢复 重启 投入运营 投运 交付使用 试运行 试营业 试开放"),
    "use": Verbs(UNDER_WAY, OPEN, UNDER_WAY, "使用 在用 可用 能用 可借 能借 可约 可预约 可订 利用 正常 in_use"),
    "take_up": Verbs(UNDER_WAY, OPEN, UNDER_WAY, "出租 租出 已租 租赁 外借 借出 出借 占用 自用 收回 征用 挪用 改作 改为 入驻 借用 租用 转租 借给 租给", SUSPENDED, SUSPENDED),
    "convert": Verbs(UNDER_WAY, "", UNDER_WAY, "改造 装修 维修 修缮 翻修 扩建 施工 加固 检修 维护 升级 整修 改建 装饰 消杀 布展 换展 提升", SUSPENDED, SUSPENDED),
    "build": Verbs(DONE, PLANNED, UNDER_WAY, "建设 新建 建成 筹建 建", OPEN, PLANNED),
    "stop": Verbs(CANCELLED, "", CANCELLED, (
        "停用 停止 停 关闭 关停 封闭 封存 停业 停办 停产 闭馆 闭店 拆除 拆迁 拆了 腾退 搬迁 搬离 注销 报废 作废 废止 废弃 撤销 撤除 撤回 撤单 撤场 终止 解除 解约 "
        "取消 放弃 叫停 流产 下马 流标 离任 离岗 免职 解聘 辞去 辞职 退出 下架 核销 转让 移除 查封 危房 倒闭 吊销 不设 不再设 不再设立 不再设置 withdrawn closed cancelled terminated"
    )),
    "refuse": Verbs(CANCELLED, "", CANCELLED, "驳回 退回 破裂 失败 未通过 未签成 未获批 未批准 不予 无法办理 不具备 不适用 误报 重复 无需 不需要 不再需要 用不着 无力"),
    "pause": Verbs(SUSPENDED, "", SUSPENDED, "暂停 暂缓 不可用 不能用 不可借 不能借 不外借 不可预约 搁置 缓办 挂起 阻塞 中止 停工 停摆 延期 延后 改期 推迟 顺延 暂不 暂时关闭 临时关闭 轮休 请假 停电 停水 缺货 告罄 冻结"),
    "expire": Verbs(EXPIRED, UNDER_WAY, UNDER_WAY, "到期 期满 过期 届满 失效 截止 逾期 超期 超时 过季 expired"),
    # Words that are no event but a standing.
    "plan": Verbs(PLANNED, PLANNED, PLANNED, (
        "筹备 筹建 规划 谋划 筹划 策划 意向 洽谈 商谈 协商 磋商 起草 草签 会签 盖章 申报 报批 审批 审核 立项 储备 草稿 排期 论证 设计 招标 考察 拟任 planned draft"
    )),
    "publish": Verbs(OPEN, PLANNED, OPEN, "发布"),
    "notice": Verbs(UNDER_WAY, OPEN, UNDER_WAY, "公示"),
    "seek": Verbs(OPEN, PLANNED, OPEN, (
        "征集 招募 招聘 求助 急需 报名 接受报名 空缺 空岗 缺编 缺 待补 待聘 待派 悬而未决 空闲 闲置 空置 空着 空 未租 可租 待租 在库 上架 新增 名额 预约 长期有效 常年有效 长期 常年 招租 招商 idle open vacant"
    )),
    "full": Verbs(DONE, OPEN, OPEN, "满 满员 约满 招满 额满 订满 full"),
    "valid": Verbs(UNDER_WAY, PLANNED, UNDER_WAY, "有效 在期 临期"),
}  # fmt: skip

# Words around a verb. `never` is more than not yet: 不再, 无法.
MARKS = {
    "not": "未 尚未 还未 仍未 暂未 从未 未能 没有 没 还没 无人 not",
    "never": "不再 无法 不能 不可 不得 不宜 不",
    "yet": "待 拟 将 即将 计划 准备 预计 打算 尚待 有待 等待 亟待 预备 下阶段 下一步 临 争取",
    "now": "正在 正 在 仍在 持续 有序 着手 中",
    "can": "可 可以 能够 允许",
    "part": "部分 基本 初步 逐步 大部分 大体 主体",
}
ENDS = "完毕 完 到位 好 了"  # right after a verb: it has come to its end
ADVERBS = (
    "全部 完全 全面 正式 能 按期 按时 及时 如期 最终 均 都 顺利 成功 已 已经 业已 被 予以 工作 合同 协议 任务 工程 项目 场地 对外 面向社会 公众 重新 再次 多年 至今 以来 "
    "自动 提前 临时 免费 错时 火热 常态 因故 全年 需要 的 予 于 等"
)
TIMES = re.compile(
    r"每?周[一二三四五六日末天](?:[至到、-]周?[一二三四五六日天])?|双休日?|周末|节假日|法定节日|夜间|晚上|晚间|午间|寒暑假|寒假|暑假|雨天|冬季|夏季|每[天日月年]"
)
DATES = re.compile(r"[自从至到]?\d+(?:年|月|日|号|[.\-/]\d+)+(?:起|前|后|止|底|初)?|\d+(?:年|个月|天)")
# What a thing does for others: to stop that is to stop the thing. To stop charging, or one entrance, is not.
OWN = frozenset(["合作", "招募", "报名", "活动", "接待", "办公", "供应", "协议", "合同", "项目", "租赁", "履约"])
