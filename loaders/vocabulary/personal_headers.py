"""Headers that tell of persons, whatever the register; and sheets that list persons' petitions or hardship, which are refused."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.texts import Said
from loaders.vocabulary.wording import header_parts, normalize_header

_PERSONAL = re.compile(
    r"姓名|人名|户主|手机|身份证|证件号|护照|家庭(?!数|户数)|住址|居住地|家属(?!院)|户籍(?!人口|人数|数)|户口|籍贯|民族|性别|年龄"
    r"|出生|生日|婚姻|婚否|学历|学位|文化程度|毕业院校|政治面貌|宗教|信仰"
    r"|健康状|病史|病情|疾病|残疾(?!人数|人服务)|困难(?:情况|程度|类型|原因|党员|群众|家庭)|致困|致贫|低保(?!户数|人数)|收入"
    r"|工资|银行|账号|开户|奖惩|处分|民主评议|党费|出国|出境|失联|联系情况|思想状况"
    r"|联系号码|主持(?:人|者)?$|同志|领导(?!职数|小组)|签约代表|政治生日|主联系方式|男[/、,]?女|(?:组织|策划|发起|主持|记录|拍摄|报送|签收|验收)[者人]$|^(?:摄影|拍摄)(?:师|人)?$"
    r"|微信|qq|邮箱|email|e-mail|车牌|照片|头像|签名|签字|配偶|子女|父母|监护|书记|主任|负责人|联系人|联络人|联络员|经办人"
    r"|填报人|填表人|审核人|管理员姓名|责任人|对接人|法人|法定代表|代表人|董事长|总经理|厂长|经理$|站长|所长"
    r"|志愿者姓名|服务官|指导员|授课人|授课老师|主讲|讲师|领导姓名|职务|职称|(?<![职党会成队社团解])员(?:姓名|电话|手机)?$"
    r"|网格长|楼(?:栋|组)?长|[部科处队组馆校院园行店会社局室班]长(?!度|期|效|廊)|支书|专员|联络官|委员(?!会)|主席|秘书(?!处)|[^0-9成每少多几(（]人(?:员)?(?:签字|电话|手机)?$|移动电话|私人电话|个人电话|老板|经手|(?:专"
    r"|骨)?干(?:部|事)(?!人数|数)|老家|(?:看房|预约|咨询|业务)联系$"
)
_WHO = re.compile(
    r"找谁|[跟和]谁|联系谁|谁(?:对接|联系|负责|来?讲|经手|带队|签字|提)"
)  # a person, if the values do not name units
_NOT_PERSONAL = re.compile(
    r"人数|(?:几|多少)个?人$|签[字约署订名](?:日期?|时间|年月|年份?)$|数量|总数|户数|次数|是否|^(?:无|有)|个数|法人(?:单位|机构|类型)|家庭医生|家庭教育|照片(?:数|编号)|残疾人服务"
    r"|报到.{0,4}社区|社区报到|书记(?:项目|工程|领航)|统一社会信用|机构性质"
)
_AND = re.compile("以及|[及和与、]")
_BEYOND = re.compile("要求|条件|说明|事项|内容|用途|备注|注意|规定|安排|收费|费用|设施|设备|时段|须知")  # of no person
_PHONE = re.compile(r"电话(?:号码)?$|联[系络]方式$|^传真|手机")
_PETITION = re.compile(r"(?:信访|上访|来访|投诉|反映|诉求|举报|申诉)人|访民|信访人员|上访人员|(?:诉求|信访|上访)群众")
_HARDSHIP = (
    "困难群众|困难职工|困难家庭|困难户|困难党员|困难居民|生活困难|低保户?|低保对象|低收入|特困|五保|残疾人?|优抚对象|社区矫正"
    "|矫正对象|刑满释放|安置帮教|吸毒|戒毒|精神障碍|精神病|重点人员|稳控"
    "|困境儿童|留守儿童|孤儿|孤寡老人?|空巢老人?|独居老人|失独|失能|帮扶对象|救助对象|受助人?|大病|贫困户?|失联|受处分|违纪|信访|上访|接访|来访|诉求人|患者|病人|慢性?病|体检|高血压|糖尿病|肿瘤|癌症|孕产妇"
)
_NAMED = re.compile(rf"(?:{_HARDSHIP}).{{0,4}}(?:姓名|户主|名字|名单)")
_ROLL = re.compile(
    rf"(?:{_HARDSHIP}).{{0,12}}(?:名册|名单|花名册|台账|登记|信息|统计|档案|一览|汇总|明细|摸底|排查|清单)"
)
_PERSON_COLUMN = re.compile(
    r"姓名|身份证|户主|名字|公民身份|家庭住址|(?:信访|上访|来访|投诉|诉求|受助|困难|求助)人$|家庭成员"
)
_HARDSHIP_COLUMN = re.compile(
    r"(?:家庭|生活|具体)?困难(?:情况|原因|类型|程度|描述|类别)|家庭(?:困难)?情况|致困|致贫|病情|病种|患病|残疾(?:类别|等级"
    r"|类型|证)|低保证|家庭(?:年|月)?收入|救助(?:金额|情况)|信访事项|上访(?:原因|事由|次数)|诉求事项|反映问题"
)


def is_personal_header(text: str, names_units: bool = False) -> bool:
    """Tell whether a header, or a level of it, speaks of persons (书记电话, 家庭情况, 联系人/电话).

    Who is asked for (跟谁, 找谁) is a person, unless the column's values are known to name units.
    """
    found = (_PERSONAL.search(part) or (not names_units and _WHO.search(part)) for part in header_parts(text))
    return any(hit and not _NOT_PERSONAL.search(hit.string) for hit in found)


def is_phone_header(text: str) -> bool:
    """Tell whether a header, or its last level, heads telephone numbers."""
    parts = header_parts(text.rsplit("/", 1)[-1])
    return any(_PHONE.search(part) for part in parts)


def without_person(header: str) -> str:
    """Return what a header asks for beside a person (使用要求 of 负责人及使用要求); '' where it asks for nothing more, or for nobody."""
    parts = [part for part in _AND.split(normalize_header(header)) if part]
    persons = [part for part in parts if is_personal_header(part) or is_phone_header(part)]
    beyond = [part for part in parts if part not in persons]
    return "、".join(beyond) if persons and beyond and all(map(_BEYOND.search, beyond)) else ""


def find_refusal(headers: Sequence[str], titles: Sequence[str], is_roll_of_members: bool = False) -> Said | None:
    """Return why a sheet may not be read at all; None where it may.

    A petitioner's column, or a person's name beside hardship, or a roll of such persons by its title. In a roll of Party members
    a hardship column is dropped like any other, and the roll is read.
    """
    forms = [normalize_header(header) for header in headers]
    for form, header in zip(forms, headers, strict=True):
        if _PETITION.search(form) or _NAMED.search(form):
            return Said(f"“{header}”一栏", f"the column “{header}”")
    named = next((header for form, header in zip(forms, headers, strict=True) if _PERSON_COLUMN.search(form)), None)
    if named is None:
        return None
    for title in titles:
        if _ROLL.search(normalize_header(title)):
            return Said(f"标题“{title}”和“{named}”一栏", f"the title “{title}” and the column “{named}”")
    if is_roll_of_members:
        return None
    hardship = next(
        (header for form, header in zip(forms, headers, strict=True) if _HARDSHIP_COLUMN.search(form)), None
    )
    return Said(f"“{named}”和“{hardship}”两栏", f"the columns “{named}” and “{hardship}”") if hardship else None
