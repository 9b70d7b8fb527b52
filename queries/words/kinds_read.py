"""Reads which kinds of services a text speaks of: its longest known words, and objects with what is done to them (水管 × 修)."""

from __future__ import annotations

import polars as pl

from graph.names import map_unique, normalize
from queries.words.taxonomy import ACT, FORM, OBJECT, PRODUCT, Taxonomy

TITLE, CONTENT, CATEGORY = 0, 1, 2
WHOLE = "whole"  # title and content in one
PLACES = {"title": TITLE, "content": CONTENT, "category": CATEGORY}
# Heads that make something else of whatever stands before them: 锁具设计 opens no lock.
HEADS = (
    r"(?:系统|软件|设备|仪器|用品|器械|专业|设计|印刷|食品|制造|生产|批发|专卖|制度|品牌|开发|广告|广告位|改装|铸件|锻件|配件|零件|零部件|"
    r"钢管|立柱|模具|废料|泔水|门面|铺面|摊位|经销|代理商|生产线|流水线|零配件|彩票|专利|论文|教材|试剂|型材|管材|板材|线材|铸造|锻造|机组|研发|"
    r"制品|用纸|底盘|轮毂|专卖店|行情|连锁|报考|考试|检测仪|测试仪|监测仪|仪器设备|直播权|搬运|调律|算法|模型|芯片|接口|协议|团购|拼团|"
    r"电子围栏|耗材|罐体|钢瓶|胶条|型号|样机|整机|组件|隔断|货源|车型|座套|坐垫|鞋服|球服|玩偶|模组|药剂|涂层|扩容申请|"
    r"(?:车辆|设备|机械|仪器|器械|工器具|脚手架)租赁|(?:模具|零件|配件|铸件|管件|标牌|板材|隔音板|型材)加工|车辆托管|标书|彩页|软包|龙骨|防火板|石膏线|加盟店|旗舰店|专柜)$"
)
PROFESSIONS = (
    "活动支持与专业服务",
    "企业服务",
    "金融保险",
    "商业优惠与消费",
    "垃圾分类与回收",
)  # fields whose kinds are such heads, too: 疫苗冷链运输
SENTENCE = (
    r"[没不坏缺想要太了着被难少差怕漏破堵脏乱]|希望|需要|老是"  # a clause with one of these has no head at its end
)
# A clause with one of these asks for what it speaks of; one without tells of it: 想弄个坡道, 网格员三十人.
WISH = r"想|要|缺|没|请|求|盼|望|难|需|不会|不懂|不够|不足|不便|太少|太旧|坏|破|漏|堵|怕|愁|无人|无处|帮|拟"
CLAUSE_ENDS = r"[,.;:!?()\[\]。…\n]+"
REMARKS = (
    r"[(（\[【][^)）\]】]*[)）\]】]?"  # what stands in brackets in a title says something beside it: 管子是凉的(低保)
)
# A quantity is no service: 临街28平米 offers no 大米.
SHORT_OF = r"(?:还差|差|缺口|缺|少)\d+(?:\.\d+)?[多余几]?[十百千万]*(?:多|余)?(?:元|块钱|块)"  # what is missing is money: 还差5万元
QUANTITIES = r"\d+(?:\.\d+)?(?:平方米|平米|㎡|m2|公里|千米|米|公斤|斤|吨|元|块)"


def find_words(texts: pl.DataFrame, taxonomy: Taxonomy) -> pl.DataFrame:
    """Return the known words of texts, from left to right and the longest first: side, place, word, clause, said.

    `said` is the clause with those that stand beside it in one list: what ends a list is the head of all of it (急救车、房车改装).

    `texts` has the columns side, category, title, content, each of which may be null.
    """
    cells = pl.concat(
        [texts.select("side", text=name, place=pl.lit(place, pl.Int8)).drop_nulls() for name, place in PLACES.items()]
    )
    cells = _set_remarks_apart(cells)
    distinct = cells.select(pl.col("text").unique(maintain_order=True))
    spelt = map_unique(distinct["text"], normalize)
    spelt = spelt.str.replace_all(SHORT_OF, "缺钱").str.replace_all(QUANTITIES, "#")
    said = distinct.with_columns(said=spelt.str.replace_all(CLAUSE_ENDS, "\n").str.split("\n")).explode("said")
    clauses = said.with_columns(clause=pl.col("said").str.split("、")).explode("clause").with_row_index("number")
    found = pl.col("clause").str.extract_many(taxonomy.find_candidates(clauses["clause"]), leftmost=True)
    listed = clauses.select("text", "said", "number", word=found).explode("word").drop_nulls()
    return cells.join(listed, on="text").select("side", "place", "word", "said", clause="number")


def _set_remarks_apart(cells: pl.DataFrame) -> pl.DataFrame:
    """Return the cells with what stands in brackets in a title as content, unless the title is nothing else."""
    plain = pl.col("text").str.replace_all(REMARKS, "")
    noted = (pl.col("place") == TITLE) & pl.col("text").str.contains(REMARKS) & (plain.str.strip_chars() != "")
    remarks = cells.filter(noted).with_columns(
        text=pl.col("text").str.extract_all(REMARKS).list.join(","), place=pl.lit(CONTENT, pl.Int8)
    )
    return pl.concat([cells.with_columns(text=pl.when(noted).then(plain).otherwise("text")), remarks])


def read_kinds(words: pl.DataFrame, barred: pl.DataFrame, taxonomy: Taxonomy) -> pl.DataFrame:
    """Return the kinds that texts speak of: side, kind, place of its first word, and whether it is said weakly, made, wished for.

    `barred` has the kinds that the texts are proven not to speak of (`find_barred`).
    """
    words = _drop_before_professions(_drop_before_heads(words), taxonomy)
    direct = words.join(taxonomy.words, on="word").select("side", "kind", "said", "place", "weak", made=pl.lit(False))
    made = pl.concat([_compose(words, taxonomy), _give_away(words, taxonomy)])
    made = made.with_columns(weak=pl.lit(False), made=pl.lit(True))
    found = pl.concat([direct, made]).join(barred, on=["side", "kind"], how="anti")
    found = found.with_columns(wished=pl.col("said").str.contains(WISH).any().over("side", "kind")).drop("said")
    return found.sort("side", "kind", "weak", "place", "made").unique(
        ["side", "kind"], keep="first", maintain_order=True
    )


def _drop_before_heads(words: pl.DataFrame) -> pl.DataFrame:
    """Return the words without those that a head at the end of their clause of a title turns into something else."""
    turned = (pl.col("place") == TITLE) & pl.col("said").str.contains(HEADS)
    return words.filter(~turned | pl.col("said").str.ends_with(pl.col("word")))


def _drop_before_professions(words: pl.DataFrame, taxonomy: Taxonomy) -> pl.DataFrame:
    """Return the words without those of a title that stand before a profession of another field at the end of their clause."""
    fields = taxonomy.kinds.filter(pl.col("weight") == "").select("kind", "field")
    firm = taxonomy.words.filter(~pl.col("weak")).join(fields, on="kind").select("word", "field").unique()
    titled = words.with_row_index("at").filter(pl.col("place") == TITLE, ~pl.col("said").str.contains(SENTENCE))
    known = titled.join(firm, on="word")
    clause = ["side", "clause"]
    heads = known.filter(pl.col("at") == pl.col("at").max().over(clause)).select(*clause, head="field").unique()
    heads = heads.filter(pl.col("head").is_in(PROFESSIONS).all().over(clause))
    same = (pl.col("field") == pl.col("head")).any()
    before = known.join(heads, on=clause).group_by(*clause, "word").agg(kept=same).filter(~pl.col("kept"))
    return words.join(before.select(*clause, "word"), on=[*clause, "word"], how="anti")


def _compose(words: pl.DataFrame, taxonomy: Taxonomy) -> pl.DataFrame:
    """Return the kinds made of an object and an act that stand in one clause, or one in the title and the other in the content."""
    parts = words.join(taxonomy.parts, on="word")
    objects, acts = (
        parts.filter(pl.col("part") == part).select(
            "side", "place", "clause", "said", "word", "inner", pl.col("name").alias(part)
        )
        for part in (OBJECT, ACT)
    )
    pairs = objects.join(taxonomy.rules, on="object").join(acts, on=["side", "act"], suffix="_act")
    pairs = _drop_borrowed(pairs, taxonomy)
    last = pl.max_horizontal("place", "place_act")
    # A single character in the other text says too little: 每班二十人 teaches nobody.
    whole = (pl.col("word").str.len_chars() > 1) & (pl.col("word_act").str.len_chars() > 1)
    across = (pl.col("place") != pl.col("place_act")) & (last < CATEGORY) & whole
    together = ((pl.col("clause") == pl.col("clause_act")) | across) & (pl.col("word") != pl.col("word_act"))
    return pairs.filter(together).select("side", "kind", "said", place=last)


def _drop_borrowed(pairs: pl.DataFrame, taxonomy: Taxonomy) -> pl.DataFrame:
    """Return pairs of objects and acts without those whose part stands within a word of another field: 心理辅导 teaches no 孩子."""
    fields = taxonomy.kinds.select("kind", "field")
    firm = taxonomy.kinds.filter(pl.col("weight") == "").select("kind", "field")
    means = (
        taxonomy.words.filter(~pl.col("weak"))
        .join(firm, on="kind")
        .group_by("word")
        .agg(means=pl.col("field").unique())
    )
    found = pairs.join(fields, on="kind").join(means.rename({"word": "word_act"}), on="word_act", how="left")
    borrowed = pl.col("inner_act") & ~pl.col("inner") & ~pl.col("field").is_in(pl.col("means"))
    return found.filter(~borrowed.fill_null(False))


def _give_away(words: pl.DataFrame, taxonomy: Taxonomy) -> pl.DataFrame:
    """Return the kinds of donations that texts speak of which give a ware away (捐赠米面粮油): those that `products.csv` names for it."""
    given = taxonomy.kinds.filter(pl.col("form") == PRODUCT).select(ware="kind", kind="partly").explode("kind")
    donated = taxonomy.kinds.filter(pl.col("form").is_in(["goods", "any"])).select("kind")
    wares = words.join(taxonomy.words.select("word", ware="kind"), on="word")
    wares = wares.join(given.drop_nulls().join(donated, on="kind"), on="ware").filter(pl.col("place") < CATEGORY)
    gifts = taxonomy.parts.filter((pl.col("part") == FORM) & (pl.col("name") == "goods")).select("word")
    giving = words.join(gifts, on="word").select("side", "clause").unique()
    return wares.join(giving, on=["side", "clause"], how="semi").select("side", "kind", "said", "place")


def spell_texts(texts: pl.DataFrame) -> pl.DataFrame:
    """Return texts spelt as they are compared, each cell once, with title and content in one besides, as the column WHOLE."""
    cells = pl.concat([texts[name] for name in PLACES]).drop_nulls().unique()
    plain = map_unique(cells, normalize)
    spelt = texts.with_columns(pl.col(name).replace(cells, plain) for name in PLACES)
    return spelt.with_columns(pl.concat_str("title", "content", separator=",", ignore_nulls=True).alias(WHOLE))


def find_barred(texts: pl.DataFrame, taxonomy: Taxonomy) -> pl.DataFrame:
    """Return the kinds that a text is proven not to speak of, since it has one of their counter-words (自助餐 is no 助餐)."""
    said = texts if WHOLE in texts.columns else spell_texts(texts)
    words = said[WHOLE].str.extract_many(taxonomy.counter["word"].unique().to_list(), overlapping=True)
    found = said.select("side", word=words).explode("word").drop_nulls()
    return found.join(taxonomy.counter, on="word").select("side", "kind").unique()
