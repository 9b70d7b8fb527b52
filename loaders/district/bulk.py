"""A clean district of a million members as CSV files, for benchmarks: vectorised, the same for the same seed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from loaders.district import invented_names
from loaders.district.plan import plan_communities, plan_enterprises, stream
from loaders.district.planned import Community, Enterprise

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

_BIRTH_DAYS = 16_000  # from 1955-01-01 to the end of 1998
_RETIRED = 4_000  # born before the end of 1965
_BRANCHES = 9


def generate_csv(
    folder: Path, *, seed: int = 7, enterprises: int = 1_000, communities: int = 1_800, members: int = 1_000_000
) -> dict[str, int]:
    """Write a synthetic district as enterprises.csv, communities.csv and members.csv; return how many entities and relations it has.

    Every member has an employer, a home, a branch and a skill: four relations. At most 8,900 enterprises and 16 million
    members.
    """
    folder.mkdir(parents=True, exist_ok=True)
    places, firms = _plan(seed, enterprises, communities)
    _write_enterprises(folder / "enterprises.csv", firms)
    _write_communities(folder / "communities.csv", places)
    _members(seed, members, firms, places).write_csv(folder / "members.csv")
    return {"members": members, "enterprises": len(firms), "communities": len(places), "relations": 4 * members}


def generate_changes(
    path: Path,
    *,
    seed: int = 7,
    enterprises: int = 1_000,
    communities: int = 1_800,
    members: int = 1_000_000,
    share: float = 0.01,
) -> int:
    """Write the rows of a `share` of the members of `generate_csv`, with new homes, and return how many."""
    places, firms = _plan(seed, enterprises, communities)
    everyone = _members(seed, members, firms, places)
    moved = everyone.sample(max(1, round(members * share)), seed=seed)
    moved = moved.with_columns(moved["现居住地"].shuffle(seed=seed + 1))
    moved.write_csv(path)
    return moved.height


def _plan(seed: int, enterprises: int, communities: int) -> tuple[tuple[Community, ...], tuple[Enterprise, ...]]:
    places = plan_communities(communities, stream(seed, "communities"))
    return places, plan_enterprises(enterprises, places, stream(seed, "enterprises"))


def _write_enterprises(path: Path, firms: tuple[Enterprise, ...]) -> None:
    import polars as pl

    pl.DataFrame({
        "单位名称": [f.name for f in firms],
        "简称": [f.short for f in firms],
        "统一社会信用代码": [f.uscc for f in firms],
        "企业性质": [f.ownership for f in firms],
        "所属行业": [f.industry for f in firms],
        "所在街道": [f"{invented_names.street_name(f.street)}街道" for f in firms],
        "职工人数": [f.employees for f in firms],
        "经度": [f.lon for f in firms],
        "纬度": [f.lat for f in firms],
    }).write_csv(path)  # fmt: skip


def _write_communities(path: Path, places: tuple[Community, ...]) -> None:
    import polars as pl

    pl.DataFrame({
        "所属街道": [f"{invented_names.street_name(c.street)}街道" for c in places],
        "社区名称": [c.name for c in places],
        "社区代码": [c.code for c in places],
        "户数": [c.households for c in places],
        "常住人口": [3 * c.households for c in places],
        "经纬度": [f"{c.lon},{c.lat}" for c in places],
    }).write_csv(path)  # fmt: skip


def _members(seed: int, count: int, firms: tuple[Enterprise, ...], places: tuple[Community, ...]) -> pl.DataFrame:
    """Return the roll of members as text, a row each."""
    import numpy as np
    import polars as pl

    numbers = np.random.default_rng(seed)
    order = numbers.permutation(count)
    days, serials = order % _BIRTH_DAYS, order // _BIRTH_DAYS
    employer = (numbers.random(count) ** 2 * len(firms)).astype(np.int64)  # a few large firms, many small ones
    # Half of a firm's members live around one place, the others anywhere.
    around = (employer * 7 + numbers.integers(0, 4, count)) % len(places)
    home = np.where(numbers.random(count) < 0.5, around, numbers.integers(0, len(places), count))
    joined = np.datetime64("1955-01-01") + days + numbers.integers(8_000, 9_800, count)
    firm_names = pl.Series([f.name for f in firms])
    branches = pl.Series(
        [f"{f.name}第{invented_names.write_numeral(n + 1)}党支部" for f in firms for n in range(_BRANCHES)]
    )
    streets = pl.Series(
        [
            f"{invented_names.CITY}{invented_names.DISTRICT}{invented_names.street_name(c.street)}{c.name}"
            for c in places
        ]
    )
    building = pl.Series("b", numbers.integers(1, 40, count)).cast(pl.String)
    return pl.DataFrame({
        "姓名": _person_names(numbers, count),
        "公民身份号码": _national_numbers(days, serials),
        "人员类别": _pick(numbers, ("正式党员", "预备党员"), count, (0.95, 0.05)),
        "所在党支部": branches.gather(employer * _BRANCHES + numbers.integers(0, _BRANCHES, count)),
        "工作单位": firm_names.gather(employer),
        "现居住地": streets.gather(home) + building + "号楼",
        "特长": _pick(numbers, invented_names.SKILLS, count),
        "入党日期": pl.Series(joined).cast(pl.Date).dt.to_string("%Y-%m-%d"),
        "备注": pl.Series(["在职", "离退休"]).gather((days < _RETIRED).astype(np.int64)),
    })  # fmt: skip


def _pick(
    numbers: np.random.Generator, words: tuple[str, ...], count: int, shares: tuple[float, ...] | None = None
) -> pl.Series:
    import polars as pl

    return pl.Series(words).gather(numbers.choice(len(words), count, p=shares))


def _person_names(numbers: np.random.Generator, count: int) -> pl.Series:
    import polars as pl

    parts: list[Any] = [
        _pick(numbers, tuple(word), count)
        for word in (invented_names.SURNAMES, invented_names.GIVEN, invented_names.GIVEN)
    ]
    return pl.select(pl.concat_str(*parts)).to_series()


def _national_numbers(days: np.ndarray[Any, Any], serials: np.ndarray[Any, Any]) -> pl.Series:
    """Return numbers of the area 999999, which does not exist, with valid check characters."""
    import numpy as np
    import polars as pl

    births = pl.Series(np.datetime64("1955-01-01") + np.arange(_BIRTH_DAYS)).cast(pl.Date).dt.to_string("%Y%m%d")
    first = pl.Series([f"999999{b}" for b in births.to_list()])
    sums = np.array([_weigh(text, 0) for text in first.to_list()])
    last = [f"{serial:03d}" for serial in range(1_000)]
    tails = np.array([_weigh(text, 14) for text in last])
    check = pl.Series(list("10X98765432")).gather((sums[days] + tails[serials]) % 11)
    return first.gather(days) + pl.Series(last).gather(serials) + check


def _weigh(digits: str, offset: int) -> int:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return sum(int(d) * w for d, w in zip(digits, weights[offset:], strict=False))
