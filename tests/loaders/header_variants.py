"""Headers as other offices would word them: for each sheet its register, its title, and what each header means.

A field is written as its name, a column of persons as `-` (with the part kept for a pseudonym or a community: `-name`), a column
without meaning for the graph as `.`.
"""

Sheet = tuple[str, str, str]

VARIANTS: tuple[Sheet, ...] = (
    ("enterprises", "涧西区驻区单位一览表", "序号=. 企业全称=name 企业简称=short_name 信用代码=uscc 企业性质=ownership 所属行业=industry 企业地址=address 单位所在镇街=street 用工人数=employees 党组织名称=party_organization 党员总人数=party_members 经度=lon 纬度=lat 联系人=- 手机=- 备注=remark"),
    ("enterprises", "辖区企业信息采集表", "驻区企业名称=name 统一社会信用代码（18位）=uscc 单位类型=ownership 行业类型=industry 企业规模=scale 办公地点=address 所在镇（街道）=street 从业人员数=employees 党员数量=party_members 法人=- 联系人姓名=- 联系人手机=-"),
    ("enterprises", "区域化党建共建单位基本信息", "①共建单位名称=name ②社会信用代码=uscc ③单位性质=ownership ④单位地址=address ⑤属地街道=street ⑥在职职工人数=employees ⑦党组织全称=party_organization ⑧在册党员数=party_members ⑨党组织书记=- ⑩办公电话=phone"),
    ("enterprises", "国有企业名录", "*单位全称=name 曾用名称=former_name *统一社会信用代码（必填）=uscc 隶属关系=ownership 国民经济行业类别=industry 注册地=address 员工数=employees 坐标（经纬度）=lon 固定电话=phone 负责人姓名=- 身份证号码=-"),
    ("enterprises", "居民区与驻区单位联建清单", "联建单位名称=name 信用代码=uscc 手机号码=-"),
    ("enterprises", "", "单位名秤=name 统一社会信用代马=uscc 企业性制=ownership 注册地扯=address 职工人数（人）=employees 党员数=party_members"),
    ("enterprises", "驻区单位台账", "单位名称=name 机构信用代码=uscc 行业门类=industry 具体地址=address 所在办事处=street 职工总数=employees 党员人数（名）=party_members 联络人=- 联络电话=phone 其他说明=remark"),
    ("communities", "街道社区信息汇总表", "序号=. 所在街镇=street 社区名=name 社区编码=code 社区党组织名称=party_organization 居民总户数=households 常住人口数（人）=residents 网格数量=grids 党员总数=party_members 社区办公地址=address 经纬度=lon 办公电话=phone 需求类型=need_categories 社区书记姓名=- 书记手机=-"),
    ("communities", "社区基本情况统计表", "社区（村）名称=name 所属镇街=street 12位区划代码=code 总户数（户）=households 总人口=residents 网格数（个）=grids 直管党员数=party_members 居委会地址=address 值班电话=phone 主任姓名=- 联系人电话=-"),
    ("communities", "", "街道名称=street 社区名秤=name 社区代码=code 户数=households 人口数=residents 党员人数=party_members 地址=address 联系电话=phone"),
    ("communities", "居民区基本情况", "居民区名称=name 所属街道办事处=street 统计代码=code 住户数=households 实有人口=residents 党员数=party_members 党群服务中心地址=address 经度=lon 纬度=lat 居民区需求=need_categories 备注=remark"),
    ("members", "国有企业在职党员名册", "编号=. 党员姓名=-name 性别=- 民族=- 身份证件号=-number 出生年月=-birth 党员类别=stage 所在支部=branch 所在单位=employer 手机=- 住址=-home 专长=skill 入党时间=joined_year 人员状态=category"),
    ("members", "党员信息采集表", "姓名=-name 公民身份号码=-number 学历=- 党员类型=stage 所属党支部=branch 工作单位=employer 联系方式=- 现住址=-home 个人特长=skill 加入党组织时间=joined_year 是否困难党员=- 在职状态=category"),
    ("members", "离退休党员名单", "序号=. 姓名=-name 居民身份证号码=-number 性别=- 籍贯=- 原单位=employer 组织关系所在支部=branch 现居住地址=-home 入党年月=joined_year 健康状况=- 联系电话=-"),
    ("members", "", "姓　名=-name 身份证号=-number 党支部名称=branch 单位名称=employer 家庭住址=-home 特长爱好=skill 转正时间=. 手机号=-"),
    ("member_reports", "机关在职党员到社区报到情况登记表", "序号=. 姓名=-name 身份证号码=-number 所在单位=employer 双报到至=reported_to 报到日期=since 认领岗位=skill 手机=- 家庭住址=-home"),
    ("member_reports", "双报到党员统计表", "党员姓名=-name 身份证件号=-number 工作单位=employer 报到社区名称=reported_to 报到时间=since 志愿服务意向=skill 联系电话=- 居住小区=-home"),
    ("member_reports", "", "姓名=-name 单位=employer 报到的社区=reported_to 报到日期=since 服务岗位=skill 联系方式=- 备注=."),
    ("venues", "党建阵地资源清单", "序号=. 阵地名称=name 阵地类型=kind 产权单位=owner 详细地址=address 面积(平米)=area_m2 容量（人）=capacity 设备设施=equipment 开放时段=open_hours 收费情况=fee 当前状态=status 联系人=- 电话=- 备注=remark"),
    ("venues", "企业空闲场地摸底登记表", "场地名称=name 场地类别=kind 所属企业=owner 场地位置=address 使用面积（㎡）=area_m2 最多容纳人数=capacity 配套设施=equipment 可使用时间=open_hours 是否收费=fee 使用情况=status 是否有使用登记=keeps_log 负责人=- 负责人电话=-"),
    ("venues", "可共享场地一览", "1.场地名称=name 2.类型=kind 3.归属单位=owner 4.地址=address 5.建筑面积/㎡=area_m2 6.可容纳人数（人）=capacity 7.开放时间=open_hours 8.收费标准（元）=fee 9.资源状态=status"),
    ("venues", "", "场所名称=name 产权方=owner 面积（平方米）=area_m2 座位数=capacity 设施=equipment 可提供时段=open_hours 收费=fee 状态=status 管理员=- 管理员电话=-"),
    ("red_bases", "爱国主义教育基地一览表", "教育基地名称=name 基地类别=kind 级别=level 主管单位=owner 基地地址=address 教育主题=theme 单批接待人数=group_capacity 参观时间=open_hours 讲解服务=guide 联系人=- 预约电话=-"),
    ("red_bases", "红色资源统计表", "红色资源名称=name 资源类型=kind 命名等级=level 权属单位=owner 详细地址=address 主题内容=theme 最大承载人数=group_capacity 开放时间=open_hours 是否有讲解=guide"),
    ("resource_uses", "活动场地使用登记台账", "序号=. 使用日期=day 使用时段=time 使用场地=resource 使用单位名称=user 使用用途=purpose 参加人数=headcount 经办人=- 联系电话=- 备注=."),
    ("resource_uses", "", "日期=day 起止时间=time 场地名称=resource 借用单位=user 活动主题=purpose 使用人数=headcount 签字=-"),
    ("resource_uses", "会议室借用登记", "借用日期=day 借用时间=time 场地=resource 借用单位=user 借用事由=purpose 参会人数=headcount 借用人=-"),
    ("needs", "居民区需求征集汇总表", "序号=. 需求单位名称=unit 需求类型=category 需求事项=title 数量=quantity 截止时间=deadline 紧急度=urgency 对接状态=status 联系人=- 联系电话=-"),
    ("needs", "社区需求清单", "社区名称=unit 需求类别=category 具体需求内容=title 需求数量（个）=quantity 期望完成时间=deadline 缓急程度=urgency"),
    ("needs", "", "提出单位=unit 需求分类=category 需求描述=title 需求量=quantity 时限=deadline 紧急程度=urgency"),
    ("offers", "驻区单位资源供给清单", "序号=. 提供单位=unit 资源类型=category 服务项目=title 服务内容=content 提供数量=quantity 提供方式=terms 联系人=- 联系方式=-"),
    ("offers", "共建单位服务清单", "供给单位=unit 服务类别=category 服务项目名称=title 项目内容=content 可提供数量（次）=quantity 是否有偿=terms"),
    ("offers", "", "单位名称=unit 资源类别=category 资源名称=title 资源简介=content 数量=quantity 供给方式=terms 手机号码=-"),
    ("agreements", "结对共建协议签订情况统计表", "序号=. 编号=number 协议书名称=title 甲方单位名称=party_a 乙方单位名称=party_b 签约日=signed 协议有效期=term 合作内容=content 开展情况=performance 满意度=rating 联系人=-"),
    ("agreements", "地企结对一览表", "社区党组织名称=party_a 结对企业=party_b 签订时间=signed 到期时间=ends 共建项目=content 落实情况=performance 评价结果=rating 甲方联系人=- 乙方联系人=-"),
    ("agreements", "", "协议号=number 甲方（居民区）=party_a 乙方（驻区单位）=party_b 签署日期=signed 协议期限=term 共建内容=content 协议状态=status"),
    ("activities", "联建活动登记台账", "序号=. 开展时间=day 活动主题=title 主办单位=host 参与单位=participants 活动地点=place 参与人数=headcount 负责人=-"),
    ("activities", "共建活动统计表", "活动时间=day 活动名称=title 组织单位=host 参加单位名称=participants 活动地址=place 参加人次=headcount 活动照片=. 备注=."),
    ("activities", "", "日期=day 活动内容及主题=title 承办方=host 参与方=participants 地点=place 人数（人）=headcount"),
)  # fmt: skip
