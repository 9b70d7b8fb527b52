"""Cultural resources and stories of historical people that a district may show to visitors; they hold no contact data."""

from graph import mechanisms
from graph.kinds import Column, Ignored, Link, Register
from graph.schema.assets import CulturalResource
from graph.schema.resources import CONTACTS, OWNS

cultural_resources = Register(
    "cultural_resources", loads=(mechanisms.CULTURE,), zh="文化资源名录", en="cultural resources", row=CulturalResource,
    titles=("文化资源名录", "文化资源清单", "文化资源一览表", "名人事迹清单", "历史文化资源统计表", "非物质文化遗产名录", "非遗项目清单", "文化资源统计表", "先进事迹资源清单", "人物事迹清单",
        "文化资源摸底表", "工业文化资源名录", "历史文化资源名录", "文化遗产名录", "名人资源清单"),
    columns=(
        Ignored(
            "序号", "编号", "照片", "图片", "填报时间", "填报单位", "所属街道", "所在街道", "所属社区", "所在社区", "经纬度", "经度", "纬度", "批次", "公布时间", "命名时间", "公布文号",
            "开放情况", "利用情况", "利用现状", "资料来源", "视频", "附件", "面积", "传承情况", "开放时间", "保存状况",
        ),
        Column(
            "name", "资源名称", "文化资源名称", "文化资源", "名称", "项目名称", "人物（事迹）名称", "非遗名称", "非遗项目名称", "名人事迹", "事迹名称", "人物名称", "遗产名称", "历史人物", "历史文化资源名称",
            "文化遗产名称", "文物名称", "资源点名称", "名人", required=True,
        ),
        Column("kind", "类别", "资源类别", "资源类型", "类型", "文化类型", "文化资源类型", "文化资源类别", "遗产类别", "项目类别", "分类", "文物类别", "资源种类"),
        Link(
            "owner", OWNS, "所属单位", "管理单位", "保护单位", "权属单位", "产权单位", "申报单位", "责任单位", "单位名称", "所在单位", "依托单位", "归属单位", "保护责任单位", "主管单位", "传承单位",
            "提供单位", end="source",
        ),
        Column("theme", "主题", "精神内涵", "文化主题", "精神主题", "核心精神", "主题内容", "精神谱系", "教育主题", "文化内涵", "主题类别"),
        Column(
            "story", "事迹简介", "简介", "内容简介", "资源简介", "主要事迹", "历史渊源", "资源描述", "事迹", "人物事迹", "内容", "资源内容", "历史沿革", "概况", "历史背景", "故事内容", "基本情况",
            "文化内容", "主要内容",
        ),
        Column("era", "年代", "时代", "时期", "历史时期", "起源年代", "所处年代", "建造年代", "形成年代", "所属年代", "朝代"),
        Column("level", "级别", "保护级别", "资源级别", "遗产级别", "命名级别", "等级", "认定级别", "文物级别", "非遗级别", "保护等级"),
        Column("address", "地址", "所在地", "所在地址", "地点", "位置", "具体位置", "所在位置", "资源地址", "详细地址", "坐落位置", "分布地点", "遗址地点", "存放地点"),
        CONTACTS,
        Column("remark", "备注", "说明", "其他", "其他说明", "补充说明"),
    ),
)  # fmt: skip
