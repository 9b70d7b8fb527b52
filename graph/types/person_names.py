"""Names of persons in running text: a surname and one or two characters beside a title, a telephone or a label (联系人：张三).

There is no list of given names; what stands beside the name tells. Words that only look like a name (党支部书记, 高级老师) are known.
"""

from __future__ import annotations

import re

import polars as pl

from graph.types.hiding import hide_in

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁"
    "岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾"
    "尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛"
    "仲虞敖巩明佘池查麻苑迟邝"
)
_DOUBLE = "欧阳|司马|上官|诸葛|皇甫|东方|令狐|夏侯|尉迟|公孙|慕容|司徒"
# Surnames that are everyday words: with a title alone (由于老师) they are a name only at the beginning of a phrase.
_WORDLIKE = "于万司任高金石夏方白安成时向全明和党华文古连应师关单解管路车项简康施易常章商边景席卫米宗查麻"
_PLAIN = "".join(c for c in SURNAMES if c not in _WORDLIKE)
TITLES = "书记|主任|副主任|副书记|同志|老师|师傅|先生|女士|阿姨|大爷|大妈|经理|处长|科长|局长|队长|站长|所长|校长|院长|会长|厂长"
_LABELS = "联系人|联络人|联络员|负责人|经办人|填报人|填表人|管理人|管理员|责任人|对接人|书记|主任|姓名|找"
_CALL = r"(?:的?(?:联系)?(?:电话|手机|微信|号码|热线|座机|方式)号?)?"
_NUMBER = r"(?:\[已隐去\]|1[0-9]{2}\*{4}[0-9]{4}|0[0-9]{2,3}-?[1-9][0-9]{6,7}|[2-8][0-9]{6,7}(?![0-9]))"
# What begins with a surname and is none: units, ranks, kinds of work.
_NO_NAME = re.compile(
    "社区|街道|支部|总支|党委|党组|党工|党员|工会|委员|委会|常务|常委|高级|高校|高中|金牌|安全|安保|方面|项目|单位|全体|全国|全职|司机|车间|时任|水电|电话|手机|"
    "微信|联系|热线|号码|座机|方式|连队|连锁|文艺|文化|文明|文体|华人|单元|关工|关爱|成人|成员|成立|向导|应急|明星|师范|师资|路段|商会|商务|商户|管理|管委|管护|解放|"
    "简介|农业|农村|农民|司法|司令|古城|吉祥|阳光|白天|白领|万能|万元|石化|石油|金融|金属|江南|江北|安装|安置|任课|任职|任教|任何|高等|高质|高温|和谐|和平|武装|武术|"
    "卫生|易地|宁静|时间|时段|方便|方案|关于|明确|明细|游客|麻将|米面|边界|包联|包括|包片|包保|查询|查看|康复|康养|程序|施工|章程|祝福|章节|席位|景区|宗教|党建|党群|"
    "讲解|解员|工老|古筝|毛笔|石雕|陶艺|江西|江苏|安徽|东方红|高铁|温泉|车工|华为|国画|党校|党史|党总|党小|党代|党政|计生|何时|何人|何地|史料|雷锋|路灯|路口|温馨|温暖|沙龙|童心|青年|曲艺|书记|主任|同志|老师|师傅|女士|先生|经理|服务|志愿|法律|健康|副|[路街巷村镇区室楼厂院馆]"
)
_GIVEN = r"[\u4e00-\u9fff]{1,2}?"
_FULL = rf"(?:(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}?|[{SURNAMES}]{_GIVEN})"
_BEFORE_TITLE = rf"(?P<title>{_FULL})(?=(?:{TITLES}))"
_ADDRESSED = (
    rf"(?!康师傅)(?P<short>[{_PLAIN}]|(?<![\u4e00-\u9fff])[{_WORDLIKE}]|(?:{_DOUBLE}))(?=(?:{TITLES})(?!工作|会|办|牌))"
)
_BEFORE_NUMBER = rf"(?P<phone>{_FULL})(?=[\s:,、(/-]*{_CALL}[\s:,、(/-]*{_NUMBER})"
_AFTER_LABEL = rf"(?<=[\u4e00-\u9fff\s:])(?P<label>(?!.(?:{TITLES})){_FULL})(?![\u4e00-\u9fff])"
_NAME = re.compile(f"{_BEFORE_NUMBER}|{_BEFORE_TITLE}|{_ADDRESSED}|(?:{_LABELS})[:\\s]*{_AFTER_LABEL}")
_CANDIDATE = rf"{TITLES}|{_LABELS}|\[已隐去\]|1[0-9]{{2}}\*{{4}}|[0-9]{{7}}"


def mask_persons(texts: pl.Series, hidden: str) -> pl.Series:
    """Return a text series with `hidden` in the place of every name of a person; numbers in it are masked already."""

    def replace(found: re.Match[str]) -> str:
        group = str(found.lastgroup)
        if _NO_NAME.search(found[group]):
            return found[0]
        return found[0][: found.start(group) - found.start()] + hidden

    return hide_in(texts, _CANDIDATE, _NAME, replace)
