"""What a service is: which words mean which kind, what serves what, and what is not known."""

from __future__ import annotations

import time
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.pairing import judge_fits, judge_skills
from queries.reading.withheld import is_withheld
from queries.words import phrases
from queries.words.fit_figures import STRANGE, UNREAD
from queries.words.fitting import Verdict
from queries.words.kinds_read import find_barred, find_words, read_kinds, spell_texts
from queries.words.own_words import DECIDED, add_words
from queries.words.taxonomy import APART, FITS, Taxonomy, load_taxonomy

TEXT = {"side": pl.UInt32, "category": pl.String, "title": pl.String, "content": pl.String}
KNOWN = load_taxonomy()


def judge(
    need: str | tuple[str | None, ...], offer: str | tuple[str | None, ...], taxonomy: Taxonomy | None = None
) -> str:
    """The verdict on one need and one offer: a title, or category, title and content."""
    sides = [(None, one, None) if isinstance(one, str) else one for one in (need, offer)]
    names = [f"{who}_{text}" for who in ("need", "offer") for text in ("category", "title", "content")]
    row = dict(zip(names, [*sides[0], *sides[1]], strict=True))
    return str(judge_fits(pl.DataFrame([row], schema=dict.fromkeys(names, pl.String)), taxonomy)["verdict"][0])


def read(*titles: str) -> dict[str, set[str]]:
    """The kinds that each title speaks of."""
    texts = pl.DataFrame(
        [{"side": i, "category": None, "title": title, "content": None} for i, title in enumerate(titles)], schema=TEXT
    )
    found = read_kinds(find_words(texts, KNOWN), find_barred(texts, KNOWN), KNOWN)
    return {title: set(found.filter(pl.col("side") == i)["kind"]) for i, title in enumerate(titles)}


def test_every_kind_is_found_by_each_of_its_own_words() -> None:
    """But for words that are counter-words of their kind, or where a longer word begins earlier, every word leads home."""
    words = KNOWN.words.filter(pl.col("word").str.len_chars() > 1)
    found = read(*words["word"].unique(maintain_order=True).to_list())
    lost = [(word, kind) for word, kind in words.select("word", "kind").iter_rows() if kind not in found[word]]
    barred = {(word, kind) for word, kind in lost if any(c in word for c in _counter_words(kind))}
    assert set(lost) == barred


def _counter_words(kind: str) -> list[str]:
    return KNOWN.counter.filter(pl.col("kind") == kind)["word"].to_list()


def test_the_data_names_only_kinds_that_there_are_and_no_kind_twice() -> None:
    kinds = KNOWN.kinds["kind"].to_list()
    assert len(kinds) == len(set(kinds))
    named = pl.concat([KNOWN.kinds[column].explode().drop_nulls() for column in ("fits", "partly", "apart")])
    assert set(named) | set(KNOWN.rules["kind"]) | set(KNOWN.skills["kind"].drop_nulls()) <= set(kinds)
    parts = set(KNOWN.parts.select("part", "name").unique().rows())
    assert {("object", o) for o in KNOWN.rules["object"]} | {("act", a) for a in KNOWN.rules["act"]} <= parts
    services = KNOWN.kinds.filter(pl.col("form") != "product")
    assert services["field"].n_unique() >= 30
    assert services.height >= 300


@pytest.mark.parametrize(
    ("need", "offer"),
    [
        ("心理疏导", "心理咨询"),
        ("老年助餐", "长者食堂"),
        ("反诈宣传", "防诈骗讲座"),
        (("便民服务", "水暖维修", None), ("便民服务", "水暖维修", "8 名水暖工")),
        (("便民服务", None, "家里水管一直漏"), (None, "水电维修队", None)),
        (("老年教育", "缺教毛笔字的老师", None), ("书法师资", "可以兼课", "每周两个半天")),
        (("产品采购", "轴承", "6205，每月两千套"), ("企业产品", "深沟球轴承", None)),
        ("厨房的龙头坏了", "管道维修师傅"),
        ("困难家庭生活物资", "捐赠米面粮油"),  # a ware given away is a donation of its class
        ("楼道里的灯不亮", "更换灯泡"),
    ],
)
def test_one_service_in_other_words_fits(need: str, offer: str) -> None:
    assert judge(need, offer) == Verdict.FITS


@pytest.mark.parametrize(
    ("need", "offer"),
    [
        ("供电抢修", "供水抢修"),
        ("老年大学", "大学生实习"),
        ("心理疏导", "管道疏导清淤"),
        ("老年人义诊", "法律顾问"),
        ("招聘技工", "圆锥滚子轴承"),
        ("助听器", "社区共建资金"),
        ("篮球裁判", "足球裁判"),
        (("产品采购", "电缆", None), ("企业产品", "劳保手套", None)),
        ("道路维修", "家电维修"),  # a head in common
        ("篮球场地", "篮球教练"),
        ("普法讲座", "法语培训"),
        ("学急救知识", "急救车、房车改装"),  # the head of a list is that of all of it
        ("电梯坏了没人修", "电梯轿厢广告位"),
        ("给老人上门剪头", (None, "理发店门面出租", "月租1800元")),
        ("小学生放学托管", "宠物托管"),
        ("孩子青春期心理辅导", "课业辅导"),  # 辅导 within 心理辅导 teaches no child
        ("娃娃下课到大人回家没人照看", "居家养老上门照护"),
        (("场地", "排练场地", None), ("场地", "工人俱乐部", "鉴定为D级危房，已封闭停用")),
        ("墙皮一块块往下掉", "吊车、平板车"),
        ("顶楼冬天屋里冻手(低保户)", "低保救助"),  # what stands in brackets is a remark
        ("小学生放学托管", "车辆托管"),
        ("婆媳关系调和", "数据库冲突调解算法"),
        ("流浪猫收容", "猫砂原料膨润土供应"),
        ("灭鼠", "鼠标键盘等办公用品处置"),
        ("河沟清淤", "淤青理疗"),
        ("遗嘱怎么公证", "公证送达车辆租赁"),
        ("假期带娃学游泳", "泳池水处理药剂"),
        ("轮滑教练", "轮滑鞋团购"),
        ("周末访客车位不够", "客车租赁"),
        ("合唱老师", "合同老师傅返聘"),
        ("量血压", "压力容器检测"),
        ("读书会", "读卡器"),
    ],
)
def test_what_is_alike_in_letters_alone_never_fits(need: str, offer: str) -> None:
    assert judge(need, offer) in {Verdict.NO, Verdict.UNKNOWN}
    assert judge(offer, need) in {Verdict.NO, Verdict.UNKNOWN}


@pytest.mark.parametrize(
    ("need", "offer", "verdict"),
    [
        ("法律援助", "普法讲座", "partly"),  # a talk is not the work
        ("增加夜间巡逻", "捐赠监控摄像头", "partly"),  # goods are not the work
        ("加装电梯缺资金", "加装电梯政策讲解", "partly"),  # no money
        ("老年人心理疏导", "青少年心理辅导", "partly"),  # for others
        ("电梯维修", "电梯安全讲座", "no"),  # a talk mends nothing
        ("社区食堂", "食堂承包权招标", "no"),  # put out to tender, not cooked
        ("法律援助", "律师免费代理", "fits"),
        ("想请人教孩子做木工", "家具维修", "unknown"),  # who asks to be taught wants no work done
        ("老年人体检", (None, "员工体检安排", "各车间分批前往"), "no"),  # for a unit's own people
        ("老年人体检", (None, "员工体检中心", "每月一天对居民开放"), "fits"),
        ("心理疏导", (None, "离职面谈", "人力资源部做心理疏导"), "no"),
        ("急需用血", "组织员工献血", "fits"),  # its people, but not for them
        ("楼道灯不亮", (None, "楼道照明维修，按件计价", None), "no"),  # sold by the piece
        ("业主开会近两百号人没处坐", "报告厅120座", "partly"),  # a room for some of them
        ("业主开会近两百号人没处坐", "小会议室限坐10人", "no"),
        ("业主开会近两百号人没处坐", "小礼堂软席220个", "fits"),
        ("业主开会近两百号人没处坐", "小礼堂一座", "fits"),  # one hall, not one seat
        ("消防宣传", "消防知识讲座", "fits"),  # a talk is what is wanted
        ("排练合唱没场地", (None, "职工合唱比赛，诚邀观摩", None), "no"),  # made known, not offered
        ("党课讲师", ("企业诉求", "支部缺党课讲师，求推荐", None), "no"),  # asked for itself
        ("下雪路滑没人扫", (None, "除雪车采购需求", "拟购四台"), "no"),
        ("家里水管漏水", (None, "水管维修", "有偿服务，按次收费"), "partly"),  # to be paid for
        ("家里水管漏水", (None, "水管维修", "不收费"), "fits"),
        ("无障碍扶手", (None, "煤矿绞车道扶手", None), "partly"),  # of industry
        ("每天给独居老人送餐", (None, "送餐上门", "重阳节前来一次"), "partly"),  # too seldom
        ("周日开居民会没会议室", (None, "会议室", "周一至周五"), "partly"),  # on other days
        ("老人打官司要律师代理", (None, "法律援助", "不出庭"), "partly"),  # by its own words
        ("大学生找工作", (None, "招聘", "返聘退休技师"), "partly"),  # for whom it is no post
        ("屋顶漏雨没人修", (None, "捐赠防水卷材", "派工人铺贴"), "fits"),  # hands come with the thing
        ("寒假孩子没地方去", (None, "寒假托管", "只收本集团职工孩子"), "no"),  # closed to others by its own words
        ("重阳节演出少节目", (None, "厂庆晚会缺演员", "望社区文艺队来出节目"), "no"),  # asked for itself
        ("灭火器更换", (None, "高价回收灭火器钢瓶", None), "unknown"),  # its cylinder, and bought up
        ("自习室", (None, "自习室隔断装修承接", "包工包料"), "no"),  # built for money
        ("展板横幅没钱做", "免费制作宣传展板", "fits"),  # the thing is wanted, not the money
        (("资金", "小游园建设还差5万元", None), "经费资助社区微项目", "fits"),  # the money is wanted
        (("场地", "手工市集场地", "摊主三十家"), "商场中庭免费给市集用", "fits"),  # the place, not what it is for
    ],
)
def test_the_form_of_an_offer_limits_what_it_serves(need: str, offer: str, verdict: str) -> None:
    assert judge(need, offer) == verdict


def test_an_offer_for_some_of_several_needs_serves_in_part_and_says_which() -> None:
    found = judge_fits(pl.DataFrame({"need_title": ["理发、修鞋、量血压"] * 2, "offer_title": ["义务理发", "修鞋"]}))
    assert found["verdict"].to_list() == ["partly", "partly"]
    assert found["why"][0] == "理发：可满足，修鞋：未涉及，量血压：未涉及"


def test_of_several_things_an_offer_gives_less_than_is_asked_only_by_the_same_measure() -> None:
    assert judge("更换灭火器一百具", "捐赠灭火器二十具") == Verdict.PARTLY
    assert judge("更换灭火器二十具", "捐赠灭火器二十具") == Verdict.FITS
    assert judge(("助学", "困难学生课业辅导", "四十名孩子"), "大学生志愿者五名辅导功课") == Verdict.FITS


def test_what_a_need_tells_beside_its_matter_is_none_unless_it_is_wished_for() -> None:
    assert judge((None, "学心肺复苏", "网格员三十人"), "党课宣讲") != Verdict.FITS
    assert judge((None, "联欢", "想要个大礼堂"), "大礼堂") == Verdict.FITS


def test_every_phrase_is_found_in_its_examples() -> None:
    rows = pl.read_csv(Path(phrases.__file__).with_name("phrases.csv"), infer_schema=False)
    shown = (
        rows.filter(pl.col("part") == phrases.TEXT).with_columns(pl.col("example").str.split("；")).explode("example")
    )
    texts = shown.select(category=pl.lit(None, pl.String), title="example", content=pl.lit(None, pl.String))
    said = phrases.read_phrases(spell_texts(texts.with_row_index("side")))
    named = list(enumerate(shown.select("name", "example").rows()))
    assert named
    assert not [(name, example) for i, (name, example) in named if not said[name][i]]


def test_who_names_no_skill_has_none() -> None:
    frame = pl.DataFrame({"member_skill": ["无", "身体健康", "爱钓鱼", "手语"], "need_title": ["聋人办事陪同"] * 4})
    assert judge_skills(frame)["verdict"].to_list() == ["no", "no", "no", "fits"]


def test_ordinary_wordings_of_offices_are_understood() -> None:
    """Each third of the pairs was written before anything was learned from it (decision 23); what was learned stays."""
    folder = Path(__file__).parent
    pairs, skills = (pl.read_csv(folder / f"ordinary_{name}.csv") for name in ("words", "skills"))
    said, meant = judge_fits(pairs.drop("verdict"))["verdict"], pairs["verdict"]
    true = meant == Verdict.FITS
    assert (said.filter(true) == Verdict.FITS).mean() > 0.95
    assert (said.filter(meant == Verdict.NO) == Verdict.FITS).mean() < 0.02
    assert (said.filter(true) == Verdict.NO).mean() < 0.02
    helped = judge_skills(skills.drop("verdict"))["verdict"]
    assert (helped == skills["verdict"]).mean() > 0.9


def test_what_was_learned_from_sets_of_strangers_stays() -> None:
    """Three sets in words of residents, clerks and firms, each counted once before anything was learned from it (decision 23)."""
    pairs = pl.read_csv(Path(__file__).with_name("strangers_words.csv"), infer_schema=False)
    said, meant = judge_fits(pairs.drop("set", "verdict"))["verdict"], pairs["verdict"]
    true = meant == Verdict.FITS
    assert (said.filter(true) == Verdict.FITS).mean() > 0.92
    assert (said.filter(~true) == Verdict.FITS).mean() < 0.02
    assert (said.filter(true) == Verdict.NO).mean() < 0.01


def test_a_category_says_nothing_of_a_title_of_unknown_words() -> None:
    strange = "".join(("仟佰", "拾佰")[i % 2] for i in range(UNREAD))[:UNREAD]
    assert judge(("家电维修", strange, None), "家电维修") == Verdict.UNKNOWN
    assert judge(("家电维修", strange[:-1], None), "家电维修") == Verdict.FITS
    assert judge(("家电维修", None, None), "家电维修") == Verdict.FITS


def test_a_weak_word_beside_what_nobody_understands_says_nothing() -> None:
    strange = "仟佰"[:STRANGE]
    assert judge(f"{strange[:-1]}演练", "消防演练") == Verdict.FITS
    assert judge(f"{strange}演练", "消防演练") == Verdict.UNKNOWN


def test_a_title_that_is_half_understood_proves_no_misfit() -> None:
    strange = "仟佰"[:STRANGE]
    for need, offer in (("义务理发", "水管维修"), ("水管维修", "义务理发")):
        assert judge(need, offer) == judge(need, strange[:-1] + offer) == Verdict.NO
        assert judge(need, strange + offer) == judge(strange + need, offer) == Verdict.UNKNOWN
        assert judge(strange + need, need) == Verdict.FITS


def test_counter_words_and_kinds_apart_exclude_both_ways() -> None:
    apart = KNOWN.relations.filter(pl.col("relation") == APART).select("kind", "kind_offer").rows()
    assert {(b, a) for a, b in apart} == set(apart)
    assert judge("养老院自助餐台设计", "老年助餐") != Verdict.FITS


def test_what_nobody_knows_is_unknown_and_fits_only_itself() -> None:
    assert judge("仟佰拾", "家电维修") == judge("家电维修", "仟佰拾") == Verdict.UNKNOWN
    assert judge("仟佰拾服务", "仟佰拾") == Verdict.FITS
    assert judge((None, None, None), (None, None, None)) == Verdict.UNKNOWN


CELL = st.one_of(
    st.none(), st.text(max_size=12), st.sampled_from(KNOWN.words["word"].sample(300, seed=1).to_list()),
    st.sampled_from(["", " ", "服务", "活动", "，。", "免费", "仟佰"]),
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(*[CELL] * 6), min_size=1, max_size=8))
def test_any_texts_have_a_verdict_a_row_keeps_its_place_and_generic_words_prove_nothing(
    rows: list[tuple[str | None, ...]],
) -> None:
    names = [f"{who}_{text}" for who in ("need", "offer") for text in ("category", "title", "content")]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    judged = judge_fits(frame)
    assert judged.select(names).equals(frame)
    assert set(judged["verdict"]) <= {verdict.value for verdict in Verdict}
    plain = pl.DataFrame({"need_title": ["服务"] * len(rows), "offer_title": [row[4] for row in rows]}).cast(pl.String)
    given = plain.filter(
        ~is_withheld("offer_title").fill_null(False)
    )  # what is itself asked for is known to be no offer
    assert "no" not in judge_fits(given)["verdict"].to_list()


def test_columns_may_be_absent_and_a_frame_may_be_empty() -> None:
    judged = judge_fits(pl.DataFrame({"need_title": ["理发"], "offer_title": ["剪头发"], "other": [1]}))
    assert judged.select("verdict", "field", "other").row(0) == ("fits", "便民生活", 1)
    assert judge_fits(judged.head(0).select("need_title"))["verdict"].to_list() == []


@pytest.mark.parametrize(
    ("skill", "need", "verdict"),
    [
        ("律师", "拖欠工资想打官司", "fits"),
        ("退伍军人", "小区夜间巡逻", "fits"),
        ("钢琴", "钢筋绑扎工", "no"),
        ("乒乓球教练", "职工乒乓球赛裁判", "fits"),
        ("仟佰拾", "小区夜间巡逻", "unknown"),
        (None, "小区夜间巡逻", "unknown"),
    ],
)
def test_a_skill_serves_the_kinds_that_it_is_good_for(skill: str | None, need: str, verdict: str) -> None:
    frame = pl.DataFrame(
        {"member_skill": [skill], "need_title": [need]}, schema=dict.fromkeys(("member_skill", "need_title"), pl.String)
    )
    assert judge_skills(frame)["verdict"][0] == verdict


def decide(*rows: tuple[str, str, str]) -> Taxonomy:
    return add_words(KNOWN, pl.DataFrame(rows, schema=DECIDED, orient="row"))


def test_a_workspace_has_words_of_its_own() -> None:
    same = decide(("仟佰拾", "=", "老年助餐"))
    assert judge("仟佰拾", "长者食堂", same) == Verdict.FITS
    both = decide(("仟佰", "=", "拾万"))
    assert judge("仟佰", "拾万", both) == Verdict.FITS
    under = decide(("仟佰拾", "under", "养老照护"))
    assert judge("仟佰拾", "仟佰拾上门", under) == Verdict.FITS
    assert judge("仟佰拾", "职工篮球赛", under) == Verdict.NO
    other = decide(("社区食堂", "not", "老年助餐"))
    assert judge("老年助餐", "社区食堂") == Verdict.FITS
    assert judge("老年助餐", "社区食堂", other) == judge("社区食堂", "老年助餐", other) == Verdict.NO
    assert judge("职工团餐", "社区食堂", other) == judge("职工团餐", "社区食堂")


def test_the_last_decision_on_a_word_counts_and_a_known_word_can_be_given_another_meaning() -> None:
    changed = decide(("仟佰拾", "=", "老年助餐"), ("仟佰拾", "=", "义务理发"))
    assert judge("仟佰拾", "剪头发", changed) == Verdict.FITS
    assert judge("仟佰拾", "长者食堂", changed) != Verdict.FITS


def test_only_words_that_a_text_can_have_are_looked_for_and_none_of_its_own_is_left_out() -> None:
    texts = pl.Series(["独居老人家里水龙头漏水", "想找地方办日间照料中心", "修"])
    found = texts.str.extract_many(KNOWN.find_candidates(texts), leftmost=True)
    assert found.to_list() == texts.str.extract_many(KNOWN.vocabulary, leftmost=True).to_list()
    longer = [word for word in KNOWN.find_candidates(texts) if len(word) > 1]
    assert len(longer) < len(KNOWN.vocabulary) / 50


def test_what_fits_itself_is_every_kind() -> None:
    own = KNOWN.relations.filter((pl.col("kind") == pl.col("kind_offer")) & (pl.col("relation") == FITS))
    assert own.height == KNOWN.kinds.height


def test_many_rows_of_few_texts_cost_little_more_than_the_texts() -> None:
    """The words are looked for once in every distinct text, not once a row."""
    few = pl.DataFrame({"need_title": ["水管漏水", "老人没处吃饭"] * 50, "offer_title": ["水电维修", "社区食堂"] * 50})
    many = pl.concat([few] * 200)
    spent = []
    for frame in (few, many):
        judge_fits(frame)
        start = time.process_time()
        judge_fits(frame)
        spent.append(time.process_time() - start)
    assert spent[1] < 4 * spent[0] + 0.2
