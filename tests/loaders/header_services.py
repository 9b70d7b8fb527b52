"""Headers of registers of services, resources and cooperation as offices word them, in the notation of header_variants.

Sheets that look alike stand side by side: needs, wishes and volunteers wanted; offers and courses; venues and idle property.
"""

from tests.loaders.header_variants import Sheet

SERVICES: tuple[Sheet, ...] = (
    ("projects", "惠民项目推进情况一览", "序号=. 惠民项目名称=title 项目类型=category 牵头部门=lead 协同单位=participants 受益人群=beneficiaries 建设内容=content 建设地点=place 开工时间=start 竣工时间=end 总投资（万元）=budget 形象进度=progress 实施成效=result 责任人=- 联系电话=-"),
    ("projects", "自治金项目清单", "项目名称=title 申报单位=lead 项目内容=content 服务对象=beneficiaries 实施时间=start 资助金额=budget 完成情况=status 负责人=-"),
    ("wishes", "居民区微心愿征集清单", "序号=. 居民区=unit 微心愿内容=title 心愿类型=category 数量=quantity 认领单位=. 是否实现=status 联系人=- 联系电话=-"),
    ("wishes", "点亮心愿", "心愿编号=. 心愿内容=title 所属社区=unit 心愿类别=category 期望完成时间=deadline 完成情况=status"),
    ("needs", "社区需求征集表", "需求单位=unit 需求类别=category 需求内容=title 需求时效=deadline 紧急程度=urgency 状态=status 联系人=-"),
    ("claims", "项目认领情况汇总", "序号=. 认领单位=claimer 认领项目=subject 认领内容=content 认领数量=quantity 认领时间=at 审核状态=status 完成时间=done 评价=rating 认领人=- 联系电话=-"),
    ("claims", "需求认领表", "需求名称=subject 需求发布单位=owner 认领企业=claimer 认领日期=at 对接时间=met 对接状态=status 服务评价=rating"),
    ("idle_properties", "可租厂房一览表", "厂房名称=name 产权单位=owner 坐落位置=address 建筑面积（㎡）=area_m2 层高=clear_height_m 行车吨位=crane_t 变压器容量（kVA）=power_kva 使用状态=status 租金=rent 联系人=- 电话=-"),
    ("idle_properties", "载体资源表", "载体资源名称=name 资源具体地址=address 建筑面积（平方米）=area_m2 资源状态=status 产权性质=tenure 入驻产业类别=industries 权属=owner 权属联系人=- 权属人电话=- 入驻条件=conditions 填报单位=. 填报时间=. 填报人姓名=- 备注=remark"),
    ("venues", "空闲场地摸底登记表", "场地名称=name 场地类型=kind 产权单位=owner 地址=address 建筑面积=area_m2 可容纳人数=capacity 开放时间=open_hours 使用状态=status 联系人=-"),
    ("products", "企业主要产品目录", "企业名称=unit 产品名称=title 规格型号=specification 年产能=capacity 应用领域=applications 执行标准=standard 联系人=- 联系电话=-"),
    ("product_needs", "企业采购需求清单", "企业名称=unit 需求产品=title 年需求量=quantity 现供应商来源=supplier 技术要求=requirements 联系电话=-"),
    ("volunteer_needs", "志愿者招募信息", "项目名称=title 发布单位=unit 服务类别=category 服务时间=time 服务地点=place 招募人数=quantity 招募条件=requirements 服务对象=beneficiaries 联系方式=-"),
    ("volunteer_offers", "志愿服务队统计表", "服务队名称=title 所属单位=unit 服务内容=content 志愿者人数=quantity 可服务时间=available 累计服务时长=hours 队长=- 联系电话=-"),
    ("brands", "一企一品牌统计表", "品牌名称=name 创建单位=creator 品牌类型=kind 品牌口号=slogan 创建时间=since 品牌内涵=meaning 载体活动=activities 受益人数=served 合作单位=partners 联系人=-"),
    ("brands", "", "品牌名称=name 申报单位=creator 品牌简介=meaning 创建时间=since"),
    ("honours", "获奖情况统计表", "获奖单位=holder 荣誉名称=title 荣誉级别=level 颁发单位=issuer 获奖时间=awarded 文号=document"),
    ("base_honours", "教育基地命名一览表", "基地名称=holder 命名名称=title 命名级别=level 命名单位=issuer 命名时间=awarded 命名文号=document"),
    ("cultural_resources", "非遗项目清单", "项目名称=name 项目类别=kind 保护级别=level 保护单位=owner 历史渊源=story 所在地=address 传承人=-"),
    ("courses", "微党课清单", "课程名称=name 授课单位=provider 课程类别=topic 授课形式=form 课程简介=content 时长=minutes 授课对象=audience 授课老师=- 可预约时间=offered"),
    ("courses", "白领课堂", "课程名称=name 课程简介=content 授课老师=- 时间=offered 课程地址=place 认领单位=."),
    ("courses", "开放式组织生活菜单", "菜单项目=name 基地名称=base 活动形式=form 适合对象=audience 单批人数=group_size 预约方式=. 联系人=-"),
    ("offers", "驻区单位资源清单", "单位名称=unit 项目名称=title 资源类别=category 资源内容=content 可提供数量=quantity 提供方式=terms 联系人=-"),
    ("activities", "主题党日活动台账", "活动日期=day 活动名称=title 承办单位=host 参加单位=participants 地点=place 参加人数=headcount"),
    ("red_bases", "开放式组织生活基地名录", "基地名称=name 基地类型=kind 所属单位=owner 地址=address 开放时间=open_hours 讲解=guide 单批人数=group_capacity"),

)  # fmt: skip
