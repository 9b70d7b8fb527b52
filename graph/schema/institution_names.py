"""Which rows of a list of units are no enterprises: offices, schools, hospitals, people's organizations, by ownership and by name."""

from __future__ import annotations

import polars as pl

OF_THE_STATE = ("机关", "事业", "社会组织")  # ownerships that no enterprise has
PRIVATE = ("民营", "个体", "外资", "混合", "集体")  # a school or hospital so owned is an enterprise for pairing
# What only a public body or an association is called.
_BODY = (
    r"(?:局|委|委员会|办公室|总工会|工会|团委|妇联|残联|侨联|科协|文联|红十字会|法院|检察院|派出所|司法所|税务所|市场监管所|大队|支队|消防站"
    r"|小学|中学|高中|初中|学校|幼儿园|党校|大学|学院|医院|卫生院|服务站|卫生服务中心|政务服务中心|行政服务中心|党群服务中心"
    r"|疾控中心|疾病预防控制中心|协会|学会|商会|联合会|促进会|基金会|图书馆|博物馆|文化馆|纪念馆|档案馆|少年宫|敬老院|福利院)$"
)
# What sells or builds is an enterprise, whatever its name ends in: 中铁十五局, 供电局, 技工学校有限公司.
_COMPANY = r"公司|集团|有限|股份|厂|银行|支行|合作社|[一二三四五六七八九十\d]局$|(?:中铁|中建|中交|中冶|铁建|水电|工程|航务|航道|勘测|供电|电业|邮政|电信|铁路|烟草|盐业|盐务)[^、]*局$"


def is_institution(units: pl.DataFrame) -> pl.Series:
    """Return which rows (columns `name` and, where the list has it, `ownership`) are no enterprises: what is not sure stays one."""
    ownership = pl.col("ownership") if "ownership" in units.columns else pl.lit(None, pl.String)
    body = pl.col("name").str.contains(_BODY) & ~pl.col("name").str.contains(_COMPANY)
    company = pl.col("name").str.contains(r"公司|集团|有限")
    told = ownership.is_in(OF_THE_STATE) & ~company
    found = told | (body & ~ownership.is_in(PRIVATE).fill_null(value=False))
    return units.select(found.fill_null(value=False).alias("found"))["found"]
