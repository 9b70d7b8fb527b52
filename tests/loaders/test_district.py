"""The synthetic district: what its registers say must be what its truth says, or no test on it means anything."""

import csv
import json
import re
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from loaders.district import generate_changes, generate_csv, generate_workbooks

ENCODINGS = {"双报到台账.csv": "gb18030", "场地使用台账.csv": "utf-8-sig", "共建活动台账.csv": "utf-8"}
PERSONAL = {"公民身份号码", "身份证号码", "联系电话", "手机号码", "电话"}


def cells(folder: Path) -> dict[tuple[str, str], list[tuple]]:
    found = {}
    for path in sorted(folder.glob("*.xlsx")):
        for sheet in openpyxl.load_workbook(path):
            found[path.name, sheet.title] = list(sheet.iter_rows(values_only=True))
    for name, encoding in ENCODINGS.items():
        with (folder / name).open(encoding=encoding, newline="") as file:
            found[name, ""] = [tuple(row) for row in csv.reader(file)]
    return found


def rows(sheet: list[tuple], first_header: str) -> list[dict]:
    at = next(i for i, row in enumerate(sheet) if first_header in row)
    body = [row for row in sheet[at + 1 :] if row[0] != "合计" and not str(row[0] or "").startswith("备注")]
    return [dict(zip(sheet[at], row, strict=True)) for row in body]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("district")
    return generate_workbooks(folder), folder, cells(folder)


def test_the_same_seed_gives_the_same_cells_and_the_same_bytes(made, tmp_path):
    truth, folder, sheets = made
    assert generate_workbooks(tmp_path) == truth
    assert cells(tmp_path) == sheets
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


def test_another_seed_gives_another_district(made, tmp_path):
    truth, _, sheets = made
    other = generate_workbooks(tmp_path, seed=8)
    assert other["counts"]["members"] == truth["counts"]["members"]
    assert not set(other["must_not_appear"]) & set(truth["must_not_appear"])
    assert cells(tmp_path)["党员名册.xlsx", "第1批"] != sheets["党员名册.xlsx", "第1批"]


def test_the_truth_beside_the_files_is_the_truth_returned(made):
    truth, folder, _ = made
    assert json.loads((folder / "truth.json").read_text(encoding="utf-8")) == truth
    assert truth["files"] == sorted(p.name for p in folder.iterdir() if p.name != "truth.json")
    assert len(truth["files"]) == 19


def firms_of(sheets):
    """Return the rows of enterprises; the last three units of the list are none."""
    return rows(sheets["附件1：驻区单位基本情况登记表（定稿）.xlsx", "驻区单位"], "序号")[:-3]


def without_job(employer):
    """Return an employer without what stands behind it."""
    return re.sub("(工程师|车间主任|技术员|（退休）|退休职工|职工)$", "", employer)


def members_of(sheets):
    return [row for batch in "123" for row in rows(sheets["党员名册.xlsx", f"第{batch}批"], "序号")]


def test_the_counts_can_be_recounted_from_the_files(made):
    truth, _, sheets = made
    numbers = [row["公民身份号码"].upper() for row in members_of(sheets)]
    venues = [row for row in sheets["场地资源登记表.xlsx", "场地清单"][4:] if row[1] not in (None, 33)]
    assert truth["counts"] == {
        "enterprises": len({r["单位名称"] for r in firms_of(sheets)}),
        "communities": len({r["社区代码"] for r in rows(sheets["附件2：社区基本情况表.xlsx", "Sheet1"], "所属街道")}),
        "members": len(set(numbers)),
        "venues": len({row[0] for row in venues}),
        "red_bases": len(rows(sheets["党员教育基地名录.xlsx", "名录"], "基地名称")),
        "agreements": len(rows(sheets["共建协议台账.xlsx", "台账"], "协议编号")),
    }
    assert truth["counts"]["members"] == 560
    assert len(numbers) == 561, "one member stands twice"


def test_some_members_share_a_name_and_are_two_people(made):
    _, _, sheets = made
    people = {(row["姓  名"], row["公民身份号码"].upper()) for row in members_of(sheets)}
    assert max(Counter(name for name, _ in people).values()) > 1


def test_who_lives_where_can_be_recounted_from_the_addresses(made):
    truth, _, sheets = made
    firms = firms_of(sheets)
    full = {}
    for firm in firms:
        name = firm["单位名称"]
        spellings = (name, firm["企业简称"], name.removesuffix("有限公司"), name.removesuffix("有限责任公司"))
        full |= dict.fromkeys(spellings, name)
    communities = [r["社区名称"] for r in rows(sheets["附件2：社区基本情况表.xlsx", "Sheet1"], "所属街道")]
    people = {row["公民身份号码"].upper(): row for row in members_of(sheets)}
    living = Counter(
        f"{full[without_job(row['工作单位及职务'])]}|{next(c for c in communities if c in row['现居住地'])}"
        for row in people.values()
    )
    assert dict(living) == truth["members_living_in"]


def test_a_personal_number_stands_in_personal_columns_only(made):
    truth, _, sheets = made
    numbers = set(truth["must_not_appear"])
    assert len(numbers) == 2 * 560
    met = set()
    for (file, name), sheet in sheets.items():
        heads = [{str(v) for v in column if isinstance(v, str)} & PERSONAL for column in zip(*sheet[:4], strict=True)]
        for row in sheet:
            for head, value in zip(heads, row, strict=True):
                found = numbers & {str(value).upper()} or {
                    n for n in numbers if n in str(value) and len(str(value)) > 18
                }
                met |= found
                assert head or not found, (file, name, value)
    assert met == numbers


def test_every_personal_number_is_of_a_kind_nobody_has(made):
    truth, _, _ = made
    for number in truth["must_not_appear"]:
        assert number.startswith("999999") or number[:3] in {"161", "163", "164", "168", "169"}


def test_national_numbers_are_valid_and_no_two_are_equal_in_a_large_district(tmp_path):
    truth = generate_workbooks(tmp_path, members=5_000, headings=False)
    numbers = [n for n in truth["must_not_appear"] if len(n) == 18]
    assert len(numbers) == 5_000
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    for number in numbers:
        assert "10X98765432"[sum(int(d) * w for d, w in zip(number, weights, strict=False)) % 11] == number[-1]
        datetime.strptime(number[6:14], "%Y%m%d")


def test_how_much_a_venue_was_used_can_be_recounted_from_log_and_register(made):
    truth, _, sheets = made
    since = date.fromisoformat(truth["as_of"]) - timedelta(days=365)
    log = rows(sheets["场地使用台账.csv", ""], "使用日期")
    assert all(datetime.strptime(r["使用日期"], "%Y/%m/%d").date() > since for r in log)
    uses = Counter(row["场地名称"] for row in log)
    held = Counter(row["地点"] for row in rows(sheets["共建活动台账.csv", ""], "活动日期"))
    found = {}
    for row in sheets["场地资源登记表.xlsx", "场地清单"][4:]:
        name, status, remark = row[0], row[9], row[12]
        if name == "合计":
            break
        recorded = "unused" if not uses[name] else "under-used" if uses[name] < 6 else "used"
        gone = status in {"已停用", "装修中", "暂停使用", "危房封闭"}
        unlogged = "used" if held[name] else "no record"
        found[name] = "withdrawn" if gone else unlogged if remark == "无使用登记" else recorded
    assert found == truth["venues"]
    assert set(found.values()) == {"used", "under-used", "unused", "no record", "withdrawn"}


def test_agreements_without_activity_are_those_whose_parties_never_met(made):
    truth, _, sheets = made
    firms = firms_of(sheets)

    def firm(name: str) -> str:
        name = name.removesuffix("党委")
        return next(f["单位名称"] for f in firms if name == f["企业简称"] or f["单位名称"].startswith(name))

    def community(name: str) -> str:
        return name.split("街道")[-1].split("社区")[0]

    held = rows(sheets["共建活动台账.csv", ""], "活动日期")
    met = {(community(r["承办单位"]), firm(r["参加单位"])) for r in held if r["参加单位"]}
    agreements = [a for a in rows(sheets["共建协议台账.xlsx", "台账"], "协议编号") if a["协议状态"] != "拟签"]
    silent = [a["协议编号"] for a in agreements if (community(a["甲方"]), firm(a["乙方"])) not in met]
    assert sorted(silent) == truth["agreements_without_activity"]
    assert 0 < len(silent) < len(agreements)


@pytest.mark.parametrize("seed", range(5))
def test_an_obvious_partner_offers_all_that_is_needed_and_has_no_agreement_yet(seed, tmp_path):
    truth = generate_workbooks(tmp_path, seed=seed, headings=False)
    sheets = cells(tmp_path)
    offers = rows(sheets["清单汇总.xlsx", "资源清单"], "单位名称")
    short = {r["单位名称"]: r["企业简称"] for r in firms_of(sheets)}
    assert len(truth["obvious_partners"]) >= 5
    for pair in truth["obvious_partners"]:
        name, firm = pair["community"], pair["enterprise"]
        ways = {firm, short[firm], firm.removesuffix("有限公司"), firm.removesuffix("有限责任公司")}
        wanted = {n["service"] for n in truth["needs"] if n["community"] == name and n["open"]}
        offered = {o["service"]: o["title"] for o in truth["offers"] if o["enterprise"] == firm}
        assert wanted <= set(offered)
        assert set(offered.values()) <= {r["项目名称"] for r in offers if r["单位名称"] in ways}
        assert truth["members_living_in"][f"{firm}|{name}"] >= 10
        for agreement in rows(sheets["共建协议台账.xlsx", "台账"], "协议编号"):
            assert name not in agreement["甲方"] or agreement["乙方"].removesuffix("党委") not in ways
        assert truth["preferences"]["partners"][name][0] == firm


def test_the_three_wrong_cells_are_wrong_and_told(made):
    truth, _, sheets = made
    by_file = {e["file"]: e["unit"] for e in truth["errors"]}
    assert set(by_file) == {"enterprises", "venues", "agreements"}
    agreements = {r["协议编号"]: r for r in rows(sheets["共建协议台账.xlsx", "台账"], "协议编号")}
    assert str(agreements[by_file["agreements"]]["签约时间"]).endswith("年2月30日")
    venues = {row[0]: row for row in sheets["场地资源登记表.xlsx", "场地清单"][4:]}
    assert venues[by_file["venues"]][4] == "-20"


def test_two_enterprises_look_alike_at_one_address(made):
    truth, _, sheets = made
    (one, other), firms = (
        truth["different_units"][0],
        firms_of(sheets),
    )
    places = {f["单位名称"]: (f["经度"], f["纬度"]) for f in firms}
    assert places[one] == places[other]
    assert one.removeprefix("中国")[:5] == other[:5]


def test_without_dirt_every_name_is_full_every_date_plain_and_nothing_wrong(tmp_path):
    truth = generate_workbooks(tmp_path, dirt=0)
    sheets = cells(tmp_path)
    assert truth["errors"] == []
    people = members_of(sheets)
    assert len(people) == 560
    names = {f["单位名称"] for f in firms_of(sheets)}
    assert {row["工作单位及职务"] for row in people} == names - set(truth["silent"])
    for row in people:
        date.fromisoformat(row["入党时间"])


def test_a_small_and_a_large_district_have_the_size_asked_for(tmp_path):
    small = generate_workbooks(tmp_path / "small", enterprises=3, communities=2, members=5, venues=2)
    assert small["counts"] | {"agreements": 0} == {
        "enterprises": 3, "communities": 2, "members": 5, "venues": 2, "red_bases": 1, "agreements": 0,
    }  # fmt: skip
    large = generate_workbooks(tmp_path / "large", enterprises=90, communities=200, members=2_000, venues=150)
    assert large["counts"]["enterprises"] == 90
    assert large["counts"]["communities"] == 200
    assert len(large["venues"]) == 150


def test_the_csv_files_for_benchmarks_are_as_large_as_said_and_the_same_for_the_same_seed(tmp_path):
    said = generate_csv(tmp_path / "a", members=20_000, enterprises=50, communities=80)
    generate_csv(tmp_path / "b", members=20_000, enterprises=50, communities=80)
    for name in ("enterprises.csv", "communities.csv", "members.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    members = pl.read_csv(tmp_path / "a" / "members.csv", infer_schema=False)
    firms = pl.read_csv(tmp_path / "a" / "enterprises.csv")
    places = pl.read_csv(tmp_path / "a" / "communities.csv")
    assert said == {"members": 20_000, "enterprises": 50, "communities": 80, "relations": 80_000}
    assert members["公民身份号码"].n_unique() == 20_000
    assert set(members["工作单位"].unique()) == set(firms["单位名称"])
    assert members["现居住地"].str.extract(r"[路桥]([^路桥]*社区)").is_in(places["社区名称"].implode()).all()
    assert members.null_count().sum_horizontal().item() == 0


def test_a_thousand_firms_and_communities_have_names_of_their_own(tmp_path):
    generate_csv(tmp_path, members=10, enterprises=1_000, communities=1_800)
    firms, places = pl.read_csv(tmp_path / "enterprises.csv"), pl.read_csv(tmp_path / "communities.csv")
    for frame, column in (
        (firms, "单位名称"),
        (firms, "简称"),
        (firms, "统一社会信用代码"),
        (places, "社区名称"),
        (places, "社区代码"),
    ):
        assert frame[column].n_unique() == frame.height, column


def test_changed_rows_are_a_share_of_the_members_with_other_homes(tmp_path):
    sizes = {"members": 5_000, "enterprises": 20, "communities": 30}
    generate_csv(tmp_path, **sizes)
    assert generate_changes(tmp_path / "changes.csv", **sizes, share=0.02) == 100
    before = pl.read_csv(tmp_path / "members.csv", infer_schema=False)
    after = pl.read_csv(tmp_path / "changes.csv", infer_schema=False).join(before, on="公民身份号码", suffix="_before")
    assert after.height == 100
    assert (after["工作单位"] == after["工作单位_before"]).all()
    assert (after["现居住地"] != after["现居住地_before"]).mean() > 0.9
