"""Names in free text, known by what stands beside them; places, units and words that begin with a surname stay."""

import polars as pl
import pytest

from graph.types.hiding import HIDDEN
from graph.types.personal import mask_label, mask_name, mask_personal, mask_shown

NAMED = [
    "张建国负责", "联系人王芳", "由李建军主任牵头", "责任人：赵某某", "王书记", "张三、李四、王五", "参加人员：张建国、李秀英、王伟", "由王芳对接", "请李建军带队", "王总牵头",
    "刘工负责图纸", "小李负责", "老张家的房子", "主任李建军", "村民李四反映路灯不亮", "张建国家中有老人", "家属王芳代签", "张建国，男，45岁", "经办:周晓明", "该户户主陈大明", "李秀英老人",
    "孙大姐带队", "欧阳修明负责", "志愿者刘洋、陈静参加", "书记王小明带队走访", "张建国 李秀英 王伟", "王芳等3人", "填表人：李娜　审核：王磊", "张建国捐赠500元", "王XX反映", "萧琴杰对接",
]  # fmt: skip
# By the work somebody does, by kinship, by a house; surnames that are rare, of two characters, or in no list.
OF_ONE = [
    "党办钥匙在门卫王秀芝手里", "子女王秀芝在外地", "其岳父赵长顺系本院楼长", "电子厂(工友周雨禾代接电话)", "寿星胡小满即兴唱戏", "社区方代签人何婉", "比如3号院谯玉兰老两口", "3号院朱志琴老两口", "其母傅明华同住", "门卫班长逄景和",
    "订阅请添加欧阳静微信", "投诉人尉迟远已满意", "联系人 阿依古丽·图尔荪", "买买提·艾力老师教馕坑", "钥匙在保洁赵翠花处", "水电工解小军上门", "食堂大厨逯万山掌勺", "由宿管鄢秀兰保管钥匙", "隔壁粟春花反映",
    "孤寡老人麴文秀要送饭", "房管员晏小六有钥匙", "住户覃老太反映", "门房老宋头", "会计小聂在", "社工仝静怡跟进",
]  # fmt: skip
NOT_OF_ONE = [
    "保安公司承接", "师傅带徒弟活动", "水电工技能培训", "厨师长培训", "门卫全天在岗", "子女成长教育", "3号院活动室", "4号楼明德书屋", "工友互助", "司机文明驾驶", "土木工程建筑", "母亲河保护", "老党员工作室", "绿化工程",
    "岚重·共建有约", "保安室改造", "快递小哥驿站", "楼长责任制", "邻居节", "在网格员带领下", "医生坐诊", "荀子文化", "门卫值班时间",
]  # fmt: skip
NAMELESS = [
    "王府井书店负责", "张家港公司负责安装", "李庄社区牵头", "高新区主任", "金水路社区", "江南机械厂负责", "由社区牵头", "由方案确定", "物业负责", "安保负责", "金属加工负责人", "马路清扫", "黄金周活动",
    "周三、周四、周五", "万达广场、金源大厦", "安阳、开封、洛阳", "牡丹、玉兰、金桂", "石油、化工、金属", "全体党员参加", "温泉旅游、康养服务", "单位负责人签字", "龙门石窟讲解", "白马寺街道负责", "关林社区组织",
    "王城公园", "由街道统筹", "武术、太极", "项目组组长", "景区讲解", "马拉松组织", "路灯维修负责", "平安建设牵头", "史家胡同小学", "时长(小时)", "授课方向", "管道工", "农艺师", "有限责任公司委员会", "土家族乡",
    "田师傅镇", "王哥庄街道", "李哥庄镇", "与户主关系", "小麦、小米", "全程代办", "活动经费来源", "农超对接",
]  # fmt: skip


@pytest.mark.parametrize("text", NAMED)
def test_a_name_beside_what_tells_is_hidden(text):
    hidden = mask_personal(text)
    assert HIDDEN in hidden
    assert not any(
        name in hidden
        for name in ("张建国", "王芳", "李建军", "李四", "李秀英", "王伟", "陈大明", "刘洋", "陈静", "李娜", "王磊")
    )


@pytest.mark.parametrize("text", OF_ONE)
def test_a_name_behind_a_word_for_one_person_is_hidden_whatever_follows_and_whatever_the_surname(text):
    hidden = mask_personal(text)
    assert HIDDEN in hidden and not any(
        part in hidden
        for part in ("秀芝", "玉兰", "志琴", "明华", "长顺", "雨禾", "景和", "尔荪", "艾力", "翠花", "万山", "小六")
    )


@pytest.mark.parametrize("text", [*NAMELESS, *NOT_OF_ONE])
def test_what_only_begins_with_a_surname_stays(text):
    assert mask_personal(text) == text


def test_the_name_of_a_unit_may_be_like_a_persons_and_a_label_may_say_what_it_is_about():
    assert mask_name(pl.Series(["永安康", "王永安", "王永安书记工作室"])).to_list() == [
        "永安康",
        "王永安",
        f"{HIDDEN}书记工作室",
    ]
    assert mask_label(pl.Series(["家庭困难情况", "信访件统计", "名册-张建国"])).to_list() == [
        "家庭困难情况",
        "信访件统计",
        f"名册-{HIDDEN}",
    ]


def test_a_message_quotes_no_cell_that_may_be_a_name():
    assert mask_shown(pl.Series(["王芳", "张建国", "约30人", "13900001234"])).to_list() == [
        HIDDEN,
        HIDDEN,
        "约30人",
        "139****1234",
    ]


@pytest.mark.parametrize("text", ["全天", "周日", "周六周日", "周一至周五", "全年", "双休", "周末"])
def test_days_and_times_are_no_names_though_they_begin_like_one(text):
    assert mask_personal(text) == text
    assert mask_shown(pl.Series([text])).to_list() == [text]
