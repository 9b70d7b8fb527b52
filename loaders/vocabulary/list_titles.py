"""What a list's title says that its rows are: its words without the office, the date and the word for the list itself (名单, 一览表)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from graph.names import normalize
from loaders.vocabulary.concepts import concepts_of
from loaders.vocabulary.nouns import nouns_of
from loaders.vocabulary.offices import is_office, without_offices

_DATED = re.compile(
    r"^附件[0-9一二三四五六七八九十]*[:、.]?|\([^)]*\)|[0-9]{4}年?(?:度|[0-9]{1,2}月(?:份)?)?|第[一二三四1-4]季度|[上下]半年|\.(?:xlsx?|csv|et)$"
    r"|最终版|终稿|定稿|汇总版|^[0-9]{1,2}[-_.、]"
)
_LIST = re.compile(
    r"(?:基本|基础|摸底|摸排|调查|采集|收集|征集|登记|统计|汇总|核对|核查|反馈|归档|排查|联系|联络|通讯|明细|花|总|信息|情况|数据|资料|管理|工作|流水|开展)*"
    r"(?:一览表|一览|名单|名册|名录|清单|清册|台账|台帐|目录|通讯录|电话本|表格|表|册|簿|录|库|登记|统计|汇总|情况|信息|概况|概览|底册|底数|底子|家底"
    r"|一本[清账通]|流水账?|[月季年周日]报|回执|公示|公告|汇编|手册|动态|进展|进度|摸底|摸排|记录|通讯|联络|本|墙|卡)$"
)
_ASKED_FOR = re.compile(
    r"(?:单|调查|收集|(?:企业|社区|街道|单位|部门)?(?:自报|上报|报送|报)|[0-9]+)$"
)  # says how the rows came about
_COUNTED = re.compile("(?:人数|户数|件数|次数|数量)$")  # how many of what: 移交 of 退休移交人数
_TAIL = 2  # characters of the word at a title's end
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_AT_END, _SPOKEN = 3, 4  # what ends a title is worth so many more characters; so many say what it is about
_FIRST = re.compile(r"\s")  # what follows a space says who filled the list in, and when
_EDGES = " _-—.,、:·"
# Matters of lists that every office keeps and of which no register is made: by their columns they are like many registers
# (时间, 单位, 人数), and nothing but their title tells.
_OTHER_MATTERS = re.compile(
    r"满意度调查|经费|预算|工资|薪酬|奖金|津贴|补贴|考勤|签到|采购(?!需求)|固定资产|资产台账|物资|值班|报名|领取|发放|投票|成绩|食谱|菜谱|一周菜单|食堂"
    r"|巡逻|巡查|检查|巡检|安检|收支|报销|学员|师资培训|收文|发文|来文|公文|用印|公章|印章|盖章|派车|用车|出车|排班|课程?表|座次|党费|体检"
)

_ELSEWHERE = re.compile("(?:友?邻|兄弟|周边|毗邻|外)(?:区县?|县|市|省|地)|[区市省境域]外|异地")


@lru_cache(maxsize=5_000)
def matter_of_title(title: str) -> str:
    """Return what the rows of a list are by its title, in comparable form: 公司 of 2026年公司名单; '' where it says nothing else."""
    text = without_offices(_DATED.sub("", normalize(title)).strip(_EDGES)).strip(_EDGES)
    previous = ""
    while text != previous:
        previous, text = text, _LIST.sub("", text).strip(_EDGES)
    return text


def spoken_of(title: str, own: Iterable[str]) -> int:
    """Return how plainly a title speaks of what a register's `own` titles are about, 0 where it hardly does.

    居民需求 ends with what 需求清单 lists, and 流动党员去向 names at length what 流动党员统计表 counts.
    """
    text = matter_of_title(_FIRST.split(title.strip())[0])
    said = (matter for one in own if len(matter := matter_of_title(one)) > 1 and matter in text)
    said = (matter for matter in said if "的" not in text[text.rindex(matter) :])  # 驻区企业能给的东西: whose they are
    plain = (len(matter) + _AT_END * text.endswith(matter) for matter in said)
    return max((worth for worth in plain if worth >= _SPOKEN), default=0)


def ends_strangely(title: str, own: Iterable[str]) -> str | None:
    """Return the last word of what a title says its rows are, where the `own` words of a register have it nowhere, else ''.

    None where the title says nothing of the kind: an office's name, a question, Sheet1.
    """
    matter = _COUNTED.sub("", _ASKED_FOR.sub("", matter_of_title(title)))
    tail = matter[-_TAIL:]
    if len(matter) < _TAIL or is_office(matter) or nouns_of(matter) or not _CHINESE.fullmatch(tail):
        return None
    concept = concepts_of(matter)[-1:]
    known = any(tail in word or (len(concept[0]) > 1 and concept[0] in concepts_of(word)) for word in own if concept)
    return "" if known or not concept or len(matter) == _TAIL else tail


def other_matter(title: str, own: str) -> str:
    """Return the word by which a title names a matter of which no register is made, unless `own` titles have that word, too; or ''."""
    text = normalize(title)
    found = _OTHER_MATTERS.search(text)
    # One of several things is not what the whole list is about: 企业可供人员、物资、场所.
    listed = found is not None and "、" in (text[: found.start()][-1:], text[found.end() :][:1])
    return found[0] if found and not listed and found[0] not in own else ""


def place_of_others(title: str) -> str:
    """Return the word by which a title says that its units are those of another district (邻区企业, 省外央企); or ''."""
    found = _ELSEWHERE.search(matter_of_title(title))
    return found[0] if found else ""
