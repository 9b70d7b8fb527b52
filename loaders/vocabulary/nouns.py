"""Headers that are worded as questions, turned into the nouns that forms use: 能坐多少人 asks for 能坐人数, 哪天签的 for 签日期.

What a Chinese question asks for stands where the answer would; in a noun it stands last. The rules below move it there.
"""

from __future__ import annotations

import re
from functools import lru_cache

_COUNTED = "个|名|位|处|支|家|间|套|台|件|份|场|节|批|条|项|部|张|辆|只"
_TIMES = "次|回|趟|遍"
_WHAT = "(?:什么|啥)"
_DOING = "[干做办搞讲说学](?:些|个|了个?)?"
# What a word asks for, by the nouns that head columns of such cells; the first that is found decides.
_ASKS = (
    (rf"(?:是|都)?叫个?{_WHAT}(?:名字?|名称)?|是?{_WHAT}名(?:字|称)?|叫法$", "名称"),
    (r"(?:要|需)?花?多少钱|[要收]不[要收](?:钱|费)|要花?钱(?:吗|不)|[收要]钱(?:吗|不)", "费用 金额"),
    (r"^.*还是.*$", "类别"),
    (rf"用(?:在|于|到)(?:哪里|哪儿|(?:哪些|{_WHAT})(?:地方|方面|领域)?)", "应用领域"),
    (r"会(?:点|些|干|做)?(?:什么|啥|哪些)", "技能"),
    (r"(?:到|在)?(?:哪一?步|(?:什么|啥)程度)(?:了)?", "进度"),
    (r"[干做办搞](?:得|的)?(?:怎么样|咋样|怎样|如何)", "开展情况"),
    (r"在哪(?:儿|里)?(?=上班|工作|任职|就职)", "单位"),
    (r"(?<=电)(?:有)?多大", "容量"),
    (r"(?:多少|几)(?:个|名|位|口)?人次?|多少[位名]|几[名位口]", "人数"),
    (rf"(?<!第)(?:多少|几)(?:{_TIMES})", "次数"),
    (r"多大(?:年纪|岁数)|几岁", "年龄"),
    (r"多大(?:面积|地方|平方|地)?", "面积"),
    (r"多高", "高度"),
    (r"多(?:长|少)时间|多久|几个?(?:小时|分钟)", "时长"),
    (r"(?:几|多少)年", "年限"),
    (r"(?:打|得)?(?:几|多少)分", "评分"),
    (r"(?:什么|啥|哪个|何)(?:时候|时间|日子|时段)|何时|几时|几点(?:钟|到几点)?|一?周?(?:哪几|几|哪些)天", "时间"),
    (r"(?:是)?(?:哪一?[天日]|几[号日]$|几月(?:几[号日])?|何日)|日子", "日期"),
    (rf"(?<!第)(?:多少|几)(?:{_COUNTED})?(?!楼|号|层)", "数"),
    (r"(?:是)?哪一?年|何年", "年份"),
    (rf"在?(?:哪里|哪儿|哪块|何处|何地|(?:{_WHAT}|哪些)(?:地方|位置|地点|地段)|哪条[路街])|在哪(?![个家一所座])", "地点"),
    (r"(?:属于|归)?哪一?行业?", "行业"),
    (rf"(?:属于|归|算)?(?:哪一?[类种样]|{_WHAT}样|哪(?:一|个)?方面|{_WHAT}(?:类型|性质|种类|类别))", "类别"),
    (rf"哪一?级|{_WHAT}级别", "级别"),
    (rf"{_DOING}{_WHAT}用|{_WHAT}用(?:途|处)?$", "用途"),
    (rf"{_DOING}(?:{_WHAT}|哪些)(?:事情?|活|的)?$|{_WHAT}(?:事情?|内容)|哪些事情?", "内容"),
    (r"(?:怎么|如何|咋|怎样)走", "地址"),
    (r"(?:怎么|如何|咋|怎样)个?(?=.法$)", "方式 内容"),
    (r"(?:怎么个|怎么|如何|咋|怎样)(?=联系|上|提供|收|用|办|约|预约|给|帮)", "方式"),
    (r"得?(?:怎么样|咋样|如何)", "情况"),
    (r"(?:[归由被])?(?:是)?谁(?:家|们)?(?:来|在)?", "单位 对象"),
    (rf"哪一?[家所](?:单位|企业|公司|厂)?|{_WHAT}(?:单位|公司|企业)", "单位"),
)  # fmt: skip
_FEE = re.compile(r"[要收]不[要收](?:钱|费)")
_WHETHER = re.compile(r"(.)[不没]\1(?:得)?")  # 要不要, 急不急, 有没有
# Whatever the rules below could apply to: most headers have none of it.
_ASKING = re.compile(r"[哪啥谁]|还是|什么|多少|几|多[大高长久]|[怎咋]|如何|何[时处地年日]|(.)[不没]\1|日子|叫法")
_PARTICLES = re.compile(rf"^(?:眼下|如今|还(?!是))|了个?|[呢吗的]|^是(?!否)|哪一?个(?=.)|{_WHAT}|哪些")


@lru_cache(maxsize=20_000)
def nouns_of(form: str) -> tuple[str, ...]:
    """Return the nouns that a header worded as a question may stand for, in comparable form; none for one that asks nothing."""
    if not _ASKING.search(form):
        return ()
    if _WHETHER.search(form) and not _FEE.search(form):
        return (_WHETHER.sub(r"是否\1", _trim(form)),)
    for pattern, nouns in _asks():
        found = pattern.search(form)
        if found:
            rest = _trim(form[: found.start()] + form[found.end() :])
            return tuple(rest if rest.endswith(noun) else rest + noun for noun in nouns)
    return (_trim(form),)


@lru_cache(maxsize=1)
def _asks() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    return tuple(
        (re.compile(pattern), tuple(nouns.split(" "))) for pattern, nouns in _ASKS
    )  # 10 ms that few sheets need


def _trim(form: str) -> str:
    return _PARTICLES.sub("", form)
