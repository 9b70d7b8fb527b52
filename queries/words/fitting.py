"""Judges whether what is offered serves what is needed: fits, partly, no (proven), or unknown (a word that nobody knows).

judge_fits(frame)                        # a frame of needs and offers side by side, the same frame out with verdict, field, why
"""

from __future__ import annotations

from enum import StrEnum

import polars as pl

from queries.reading.withheld import is_withheld
from queries.words.asked_amounts import find_scant, read_quantities
from queries.words.fit_figures import PARTLY_COUNTS, TINY
from queries.words.need_parts import find_partly_met
from queries.words.spoken import TEXTS, Spoken, name_class, understand
from queries.words.taxonomy import APART, FITS, PARTLY, Taxonomy, load_taxonomy

NEED, OFFER = "need", "offer"
WHY = "、"
TRADES = ("企业服务", "商业优惠与消费", "农业农村")  # fields in which a sale or a tender is what is wanted
# Fields in which advice is not the work itself.
WORK = (
    "维修安装", "家政保洁", "养老照护", "助餐饮食", "安全应急", "物业与公共设施", "环境卫生", "垃圾分类与回收", "停车交通出行",
    "场地空间", "治安巡防",
)  # fmt: skip
MEALS = "助餐饮食"  # the field in which a low price is what is offered
HANDS = ("维修安装", "家政保洁")  # fields in which only hands help
COLLECTING = "垃圾分类与回收"  # the field in which who buys up old things is who is wanted
LENDING = ("金融保险", "企业服务")  # fields that are about money themselves
FIT = {"word": pl.String, "service": pl.String, "fit": pl.Float64}


class Verdict(StrEnum):
    """What an offer is to a need."""

    FITS = "fits"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


def judge_fits(frame: pl.DataFrame, taxonomy: Taxonomy | None = None) -> pl.DataFrame:
    """Return a frame of needs and offers with the verdict on each row, the field of the need, and why.

    Columns read: need_category, need_title, need_content, offer_category, offer_title, offer_content; any may be null or absent.
    `no` is said only where it is proven; what is not understood is `unknown`.
    """
    known = taxonomy or load_taxonomy()
    both = [_side(frame, who) for who in (NEED, OFFER)]
    texts = pl.concat(both).unique(maintain_order=True).with_row_index("side")
    spoken = understand(texts, known)
    numbered = [one.join(texts, on=TEXTS, how="left", nulls_equal=True, maintain_order="left")["side"] for one in both]
    rows = pl.DataFrame({NEED: numbered[0], OFFER: numbered[1]})
    judged = judge_pairs(rows.unique(maintain_order=True), spoken, known)
    judged = _lower_in_part(_lower_scant(judged, texts), texts, known)
    withheld = both[1].select(is_withheld("title", "content")).to_series()
    found = rows.join(judged, on=[NEED, OFFER], how="left", maintain_order="left")
    verdict = pl.select(pl.when(withheld).then(pl.lit(Verdict.NO.value)).otherwise(found["verdict"])).to_series()
    return frame.with_columns(verdict.alias("verdict"), found["field"], found["why"])


def _lower_scant(judged: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Return the verdicts with `partly` where an offer fits but gives far less than the need asks for."""
    fits = judged.filter(pl.col("verdict") == Verdict.FITS.value).select(NEED, OFFER)
    counted = texts.join(pl.concat([fits[end].rename("side") for end in (NEED, OFFER)]).unique().to_frame(), on="side")
    scant = judged.join(find_scant(fits, read_quantities(counted)), on=[NEED, OFFER], how="left", maintain_order="left")
    lowered = pl.when(pl.col("scant").fill_null(False)).then(pl.lit(Verdict.PARTLY.value)).otherwise("verdict")
    return scant.with_columns(lowered.alias("verdict"))


def _lower_in_part(judged: pl.DataFrame, texts: pl.DataFrame, known: Taxonomy) -> pl.DataFrame:
    """Return the verdicts with `partly` where an offer meets only some of several things that a need names, and why."""
    fits = judged.filter(pl.col("verdict") == Verdict.FITS.value).select(NEED, OFFER)
    some = find_partly_met(fits, texts, known, judge_pairs)
    joined = judged.join(some, on=[NEED, OFFER], how="left", maintain_order="left")
    lowered = pl.when(pl.col("parts").is_not_null()).then(pl.lit(Verdict.PARTLY.value)).otherwise("verdict")
    return joined.with_columns(lowered.alias("verdict"), why=pl.coalesce("parts", "why"))


def judge_pairs(pairs: pl.DataFrame, spoken: Spoken, taxonomy: Taxonomy) -> pl.DataFrame:
    """Return the verdict on pairs of texts (need, offer: the numbers of their sides): need, offer, verdict, field, why."""
    kinds = spoken.kinds
    joined = pairs.join(kinds, left_on=NEED, right_on="side").join(
        kinds, left_on=OFFER, right_on="side", suffix="_offer"
    )
    joined = joined.join(taxonomy.relations, on=["kind", "kind_offer"], how="left")
    ruled = _rule(joined, spoken, pairs)
    far = joined.group_by(NEED, OFFER).agg(far=_proves_far(), field=pl.col("field").filter("main").first())
    found = pairs.join(ruled, on=[NEED, OFFER], how="left").join(far, on=[NEED, OFFER], how="left")
    found = found.join(_find_barred(pairs, spoken), on=[NEED, OFFER], how="left")
    alike = _same_words(pairs, spoken)
    unsaid = pl.col("verdict").fill_null(Verdict.UNKNOWN.value) == Verdict.UNKNOWN.value
    proven = (
        pl.when(unsaid & (pl.col("far").fill_null(False) | pl.col("barred").fill_null(False)))
        .then(pl.lit(Verdict.NO.value))
        .otherwise("verdict")
    )
    verdict = pl.when(alike).then(pl.lit(Verdict.FITS.value)).otherwise(proven).fill_null(Verdict.UNKNOWN.value)
    return found.select(NEED, OFFER, verdict.alias("verdict"), "field", _tell_why(spoken, pairs).alias("why"))


def _find_barred(pairs: pl.DataFrame, spoken: Spoken) -> pl.DataFrame:
    """Return the pairs of which one side has a counter-word of a main kind of the other: need, offer, barred."""
    main = spoken.kinds.filter("main").select("side", "kind")
    found = []
    for end, other in ((NEED, OFFER), (OFFER, NEED)):
        met = pairs.join(main, left_on=end, right_on="side").join(
            spoken.barred, left_on=[other, "kind"], right_on=["side", "kind"]
        )
        found.append(met.select(NEED, OFFER))
    return pl.concat(found).unique().with_columns(barred=pl.lit(True))


def fit_services(offered: Spoken, needed: Spoken, taxonomy: Taxonomy) -> pl.DataFrame:
    """Return how well classes of offers serve classes of needs: word, service, fit (1, or less where only partly); no row for nothing."""
    needs, offers = (_one_of_each(one) for one in (needed, offered))
    given = offers.rename(lambda column: f"{column}_offer")
    joined = needs.join(taxonomy.relations, on="kind").join(given, on="kind_offer")
    joined = joined.rename({"side": NEED, "side_offer": OFFER})
    pairs = joined.select(NEED, OFFER).unique()
    ruled = _rule_between(joined, pairs, needed.modifiers, offered.modifiers)
    counts = {Verdict.FITS.value: 1.0, Verdict.PARTLY.value: PARTLY_COUNTS}
    served = ruled.filter(pl.col("verdict").is_in(list(counts)))
    keys = [
        one.sides.select(pl.col("side").alias(end), pl.col("key").alias(name))
        for one, end, name in ((needed, NEED, "service"), (offered, OFFER, "word"))
    ]
    found = served.join(keys[0], on=NEED).join(keys[1], on=OFFER)
    fit = found.select("word", "service", fit=pl.col("verdict").replace_strict(counts, return_dtype=pl.Float64))
    same = pl.DataFrame(
        {"word": sorted(set(offered.sides["key"]) & set(needed.sides["key"]))}, schema={"word": pl.String}
    )
    exact = same.select("word", service="word", fit=pl.lit(1.0))
    return pl.concat([fit, exact]).group_by("word", "service").agg(pl.col("fit").max()).sort("word", "service")


def _one_of_each(spoken: Spoken) -> pl.DataFrame:
    first = spoken.sides.unique("key", keep="first", maintain_order=True)
    return spoken.kinds.join(first.select("side"), on="side", how="semi")


def _side(frame: pl.DataFrame, who: str) -> pl.DataFrame:
    """Return the three texts of one side of a frame, null where it has none."""
    named = {text: f"{who}_{text}" for text in TEXTS}
    read = (pl.col(c).cast(pl.String) if c in frame.columns else pl.lit(None, pl.String) for c in named.values())
    rows = frame.select(one.alias(text) for one, text in zip(read, named, strict=True))
    return (
        rows
        if rows.height == frame.height
        else pl.DataFrame({text: [None] * frame.height for text in TEXTS}, schema=dict.fromkeys(TEXTS, pl.String))
    )


def _rule(joined: pl.DataFrame, spoken: Spoken, pairs: pl.DataFrame) -> pl.DataFrame:
    return _rule_between(joined.drop_nulls("relation"), pairs, spoken.modifiers, spoken.modifiers)


def _rule_between(
    joined: pl.DataFrame, pairs: pl.DataFrame, needed: pl.DataFrame, offered: pl.DataFrame
) -> pl.DataFrame:
    """Return the verdict on every pair that has related kinds, from a row for each two related kinds of a pair."""
    relation, meets = pl.col("relation"), _meets()
    blocked, other = _blocked(), _other_form()
    main = pl.col("main") & pl.col("main_offer")
    found = joined.group_by(NEED, OFFER).agg(
        fits=((relation == FITS) & meets & ~blocked & ~other).any(),
        partly=(((relation == PARTLY) | ((relation == FITS) & other)) & meets & ~blocked).any(),
        apart=((relation == APART) & main).any() & ~((pl.col("kind") == pl.col("kind_offer")) & main).any(),
        blocked=((relation == FITS) & meets & blocked).any(),
        several=pl.col("kind").filter("main").n_unique() > 1,
    )
    found = found.join(_find_clashes(pairs, needed, offered), on=[NEED, OFFER], how="left")
    clash = pl.col("clash").fill_null(False) & (pl.col("fits") | pl.col("partly"))
    verdict = (
        pl.when(clash & pl.col("several")).then(pl.lit(Verdict.PARTLY.value))
        .when(pl.col("apart") | clash).then(pl.lit(Verdict.NO.value))
        .when("fits").then(pl.lit(Verdict.FITS.value))
        .when("partly").then(pl.lit(Verdict.PARTLY.value))
        .when("blocked").then(pl.lit(Verdict.NO.value))
        .otherwise(pl.lit(Verdict.UNKNOWN.value))
    )  # fmt: skip
    return found.select(NEED, OFFER, verdict=verdict)


def _meets() -> pl.Expr:
    """Tell whether two related kinds decide: both main, or one main and the other said beside it, or two products in a trade."""
    main = pl.col("main") & pl.col("main_offer")
    product = pl.col("product") & pl.col("product_offer")
    guessed = pl.col("by_category") & pl.col("by_category_offer")
    traded = product & (pl.col("trade") | (pl.col("trade_offer") & pl.col("main")))
    # What is said beside the matter itself meets its like alone; and what a need says beside its own counts where it is wished for.
    alike = (pl.col("theme") == pl.col("theme_offer")) & ~pl.col("product") & ~pl.col("product_offer")
    said = alike & (pl.col("main") | (pl.col("main_offer") & pl.col("wished")))
    # Who asks to be taught a craft is not served by one who does the work: 教孩子做木工.
    taught = pl.col("teach") & ~pl.col("teach_offer") & (pl.col("form") == "") & pl.col("field").is_in(HANDS)
    return traded | ((main | said) & ~guessed & ~taught)


def _blocked() -> pl.Expr:
    """Tell whether the offer sells, tenders, hires for, talks about what the need wants done (家电维修, 家电展销会; 法律援助, 法务招聘)."""
    priced = pl.col("price_offer") & ~pl.col("price") & ~pl.col("trade") & (pl.col("form") != "place")
    sold = (pl.col("sale_offer") & ~pl.col("sale")) | (pl.col("tender_offer") & ~pl.col("tender"))
    hired = pl.col("hire_offer") & ~pl.col("hire") & (pl.col("form") != "job")
    exempt = pl.col("form").is_in(["product", "job", "goods", "any"]) | pl.col("field").is_in(TRADES)
    # A talk repairs no lift, and a washing machine given away repairs none.
    given = pl.col("goods_offer") & ~pl.col("goods") & ~pl.col("hands_offer")
    talked = (pl.col("talk_offer") & ~pl.col("talk")) | given
    idle = talked & ~pl.col("money") & (pl.col("form") == "") & pl.col("field").is_in(HANDS)
    tiny = ((pl.col("form") == "place") & (pl.col("people_offer") * TINY < pl.col("people"))).fill_null(False)
    built = pl.col("build_offer") & ~pl.col("build") & (pl.col("form") == "place")
    # What a unit does for its own people, in words that speak of nobody else: 员工体检, 内网认证.
    staff = pl.col("staff_offer") & ~pl.col("anyone_offer") & ~pl.col("staff") & ~pl.col("field").is_in(TRADES)
    # What is itself asked for or only made known serves nobody who asks.
    asks = pl.col("wanted_offer") | (pl.col("notice_offer") & ~pl.col("notice"))
    asks = asks & ~pl.col("field").is_in([*TRADES, COLLECTING])
    # What is kept for a unit's own people by its own words, whoever else it names: 只收本集团职工孩子.
    closed = pl.col("closed_offer") & ~pl.col("closed")
    return ((sold | priced) & ~exempt) | tiny | hired | built | idle | staff | asks | closed


def _other_form() -> pl.Expr:
    """Tell whether the offer is of the right kind but of another form: talk, goods or advice for work, no money, for other people."""
    form, field = pl.col("form"), pl.col("field")
    # One who gives a thing and teaches it besides does both: 捐赠除颤仪并培训.
    taught, given = (pl.col("form_offer").is_in(forms) for forms in (["talk", "teach"], ["goods"]))
    talk = pl.col("talk_offer") & ~pl.col("talk") & ~form.is_in(["talk", "teach", "any"]) & ~given & ~pl.col("teach")
    gift = pl.col("goods_offer") & ~pl.col("goods") & ~pl.col("hands_offer") & ~taught
    goods = gift & ~form.is_in(["goods", "money", "product", "job", "any"])
    advice = pl.col("advice_offer") & ~pl.col("advice") & (form == "") & field.is_in(WORK)
    money = pl.col("money") & ~pl.col("money_offer") & (form != "money") & ~field.is_in(LENDING)
    others = (pl.col("elder") != pl.col("child")) & (pl.col("elder_offer") != pl.col("child_offer"))
    # A room for too few is a room for a part of them.
    small = ((form == "place") & (pl.col("people_offer") < pl.col("people"))).fill_null(False)
    # What is to be paid for, or made for industry, helps who asked for help only in part.
    foreign = pl.col("industry_offer") & ~pl.col("industry") & ~_buys()
    sold = pl.col("sale_offer") & form.is_in(["goods", "any"])
    meal = (pl.col("field") == MEALS) & ~pl.col("price_offer")
    dear = foreign | ((pl.col("paid_offer") | sold) & ~_buys() & ~meal)
    # A class for pupils takes no infants, nor the other way round.
    ages = pl.any_horizontal(
        pl.col(one) & ~pl.col(other) & pl.col(f"{other}_offer") & ~pl.col(f"{one}_offer")
        for one, other in (("infant", "pupil"), ("pupil", "infant"))
    )
    # A post for long experience is none for who begins.
    late = pl.col("junior") & pl.col("senior_offer") & ~pl.col("junior_offer")
    above = (form == "job") & (late | (pl.col("special") & pl.col("degree_offer")))
    return (
        _falls_short()
        | above
        | ages
        | small
        | dear
        | talk
        | goods
        | advice
        | money
        | (others & (pl.col("elder") != pl.col("elder_offer")))
    )


def _falls_short() -> pl.Expr:
    """Tell whether an offer serves only a part of what a need asks: too seldom, on other days, or by its own words (不出庭)."""
    rarely = pl.col("monthly_offer") | pl.col("seldom_offer")
    weekly = pl.col("weekly_offer")
    seldom = (pl.col("constant") & (rarely | weekly)) | (pl.col("weekly") & rarely & ~weekly)
    days = pl.col("weekend") & pl.col("workdays_offer") & ~pl.col("weekend_offer")
    hours = pl.col("evening") & pl.col("daytime_offer") & ~pl.col("evening_offer")
    return (seldom & ~pl.col("constant_offer")) | days | hours | pl.col("short_offer")


def _buys() -> pl.Expr:
    """Tell whether the need is one of those that are met by paying for it."""
    willing = pl.col("paid") | pl.col("trade") | pl.col("sale") | pl.col("tender") | pl.col("price")
    return willing | pl.col("form").is_in(["product", "job"]) | pl.col("field").is_in(TRADES)


def _find_clashes(pairs: pl.DataFrame, needed: pl.DataFrame, offered: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs that name different modifiers of one group (供电, 供水): need, offer, clash."""
    met = pairs.join(needed, left_on=NEED, right_on="side").join(
        offered, left_on=[OFFER, "group"], right_on=["side", "group"], suffix="_offer"
    )
    same = (pl.col("modifier") == pl.col("modifier_offer")).any()
    by_group = met.group_by(NEED, OFFER, "group").agg(clash=~same)
    return by_group.group_by(NEED, OFFER).agg(pl.col("clash").any())


def _proves_far() -> pl.Expr:
    """Tell whether both sides' main kinds are known and lie in different fields, with none related: the proof of a `no`."""
    main = pl.col("main") & pl.col("main_offer")
    bought = (pl.col("trade") | ~pl.col("product")) & (pl.col("trade_offer") | ~pl.col("product_offer"))
    # Kinds that are only guessed prove nothing: by weak or general words, by the category, made of an object and an act, or where words
    # beside them are not known (邻里为漏水打起来 wants no plumber).
    guessed = pl.any_horizontal(
        f"{name}{end}" for name in ("soft", "by_category", "made", "strange") for end in ("", "_offer")
    )
    firm = main & ~guessed & bought
    wares = pl.col("product") & pl.col("product_offer") & (pl.col("theme") != pl.col("theme_offer"))
    apart = (pl.col("field") != pl.col("field_offer")) | wares
    near = (pl.col("field") == pl.col("field_offer")) & main & ~wares
    return (apart & firm).any() & ~near.any() & ~(pl.col("relation").fill_null(0) > 0).any()


def _same_words(pairs: pl.DataFrame, spoken: Spoken) -> pl.Series:
    """Tell which pairs are not understood but say the same on both sides."""
    keys, known = spoken.sides["key"], spoken.sides["known"]
    need, offer = (keys.gather(pairs[end]) for end in (NEED, OFFER))
    return (need == offer).fill_null(False) & ~known.gather(pairs[NEED])


def _tell_why(spoken: Spoken, pairs: pl.DataFrame) -> pl.Series:
    """Return how both sides were understood: 水管维修 ← 综合维修; ？ for what was not."""
    shown = spoken.sides.select(pl.when("known").then("key").otherwise(pl.lit("？")))["key"]
    names = pl.Series([name_class(key) for key in shown.to_list()], dtype=pl.String)
    ends = pl.DataFrame({end: names.gather(pairs[end]) for end in (NEED, OFFER)})
    return ends.select(pl.format("{} ← {}", NEED, OFFER)).to_series()
