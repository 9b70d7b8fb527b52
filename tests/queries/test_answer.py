import csv
import json
from dataclasses import dataclass, make_dataclass, replace
from datetime import date

import openpyxl
import pytest
from rich.cells import cell_len
from rich.console import Console

from api.rendering import show_number
from graph.errors import NothingToDrawError
from graph.texts import Said
from queries.answers.answer import Answer
from queries.answers.rows import Record, column
from queries.answers.show import show_value


@dataclass(frozen=True)
class Reason:
    text: str


@dataclass(frozen=True)
class Row:
    unit_id: str
    unit: str = column("单位", "unit")
    status: str = column("状态", "status", words={"idle": Said("闲置", "idle")})
    score: float = column("得分", "score")
    day: date | None = column("日期", "day")
    reasons: list[Reason] = column("理由", "reasons")
    records: list[Record] = column("出处", "records", "hidden")


def make(unit="重二社区", **more):
    reasons = [
        Reason(Said(f"离得近，相距约{n}公里，有公交直达，十五分钟内可以步行到达会场门口", f"near: {n} km"))
        for n in range(1, 6)
    ]
    row = Row("com:1", unit, "idle", 0.81234, date(2026, 6, 30), reasons, [Record("com:1", "社区.xlsx", "Sheet1", 4)])
    return Answer(
        [row], "", {"k": 5}, "7", "abc", extra={"uncovered": [{"unit": "长安社区", "why": "没有候选"}]}, **more
    )


def test_the_json_document_has_further_keys_beside_the_rows():
    document = json.loads(json.dumps(make().to_dict(), ensure_ascii=False))
    assert list(document) == ["question", "arguments", "snapshot", "digest", "truncated", "rows", "uncovered"]
    row = document["rows"][0]
    assert row["day"] == "2026-06-30"
    assert row["records"] == [{"entity": "com:1", "file": "社区.xlsx", "sheet": "Sheet1", "row": 4}]


def test_a_sentence_is_told_in_the_language_asked_for():
    assert make().to_dict("zh")["rows"][0]["reasons"][0]["text"].startswith("离得近")
    assert make().to_dict("en")["rows"][0]["reasons"][0]["text"] == "near: 1 km"


def test_frames_keep_dates_and_nested_values():
    frame = make().to_polars()
    assert frame["day"].to_list() == [date(2026, 6, 30)]
    assert frame["reasons"][0][0]["text"].startswith("离得近")
    pandas = pytest.importorskip("pandas")
    assert isinstance(make().to_pandas(), pandas.DataFrame)


def test_an_answer_without_rows_still_has_its_columns():
    empty = Answer([], row_type=Row)
    assert empty.to_polars().columns[:2] == ["unit_id", "unit"]
    assert "没有结果" in empty._repr_html_()
    assert "没有结果" in empty.to_text()


def test_every_text_in_the_page_is_escaped():
    page = make('<script>alert(1)</script>"onmouseover=')._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "<th>单位</th>" in page
    assert "闲置" in page


@pytest.mark.parametrize("width", [80, 100, 120])
def test_the_terminal_table_fits_its_width_and_shows_a_few_reasons(width):
    text = make().to_text(width)
    assert max(cell_len(line) for line in text.splitlines()) <= width
    assert "相距约3公里" in text
    assert "相距约4公里" not in text
    assert "+2" in text
    assert "com:1" not in text


@dataclass(frozen=True)
class Ranked:
    rank: int = column("名次", "rank")
    unit: str = column("单位", "unit")
    kind: str = column("类型", "kind")
    uses: int = column("次数", "uses")
    reasons: list[Reason] = column("理由", "reasons")


def shown(*rows):
    return Answer([Ranked(*row, [Reason(Said("离得近", "near"))]) for row in rows]).to_text(60).splitlines()


def test_a_paragraph_tells_every_value_but_the_rank_that_its_number_says():
    assert "1. 甲社区 · 会议室 · 次数 1" in shown((1, "甲社区", "会议室", 1))
    assert "1. 名次 2 · 甲社区 · 会议室 · 次数 1" in shown((2, "甲社区", "会议室", 1))


def test_what_all_paragraphs_share_stands_once_above_them():
    alike = shown((1, "甲社区", "会议室", 4), (2, "乙社区", "会议室", 4))
    assert "类型：会议室" in alike
    assert "1. 甲社区 · 次数 4" in alike and "2. 乙社区 · 次数 4" in alike
    unlike = shown((1, "甲社区", "会议室", 4), (2, "乙社区", "图书室", 4))
    assert "1. 甲社区 · 会议室 · 次数 4" in unlike and "2. 乙社区 · 图书室 · 次数 4" in unlike


@dataclass(frozen=True)
class Noted:
    unit_id: str
    unit: str = column("单位", "unit")
    note: str = column("说明", "note", "detail")
    records: list[Record] = column("出处", "records", "hidden")


def test_details_stand_on_a_page_and_not_in_a_terminal_and_what_is_hidden_in_neither():
    answer = Answer([Noted("com:1", "甲社区", "登记停了", [Record("com:1", "社区.xlsx", "Sheet1", 4)])])
    page, text = answer._repr_html_(), answer.to_text(60)
    assert "甲社区" in page and "甲社区" in text
    assert "登记停了" in page and "登记停了" not in text
    for hidden in ("com:1", "社区.xlsx"):
        assert hidden not in page and hidden not in text


def test_reasons_among_the_details_stand_in_a_terminal_too():
    @dataclass(frozen=True)
    class Reasoned:
        unit: str = column("单位", "unit")
        why: list[Reason] = column("理由", "why", "detail")

    assert "离得近" in Answer([Reasoned("甲社区", [Reason(Said("离得近", "near"))])]).to_text(60)


def test_a_text_of_twelve_characters_is_kept_on_one_line_of_a_page_and_a_longer_one_not():
    assert f'<td class="short">{"长" * 12}</td>' in make("长" * 12)._repr_html_()
    assert f"<td>{'长' * 13}</td>" in make("长" * 13)._repr_html_()


@pytest.mark.parametrize(("items", "told"), [(3, []), (4, ["… +1"])])
def test_three_items_of_a_list_are_shown_and_a_fourth_counted(items, told):
    row = Ranked(1, "甲社区", "会议室", 1, [Reason(Said(f"理由{n}", f"reason {n}")) for n in range(items)])
    lines = Answer([row]).to_text(60).splitlines()
    assert [line.strip() for line in lines][-len(told) - 3 :] == [
        *(f"– 理由{n}" for n in range(3)),
        *(f"– {t}" for t in told),
    ]


@pytest.mark.parametrize(("rows", "cut"), [(200, False), (201, True)])
def test_two_hundred_rows_are_shown_and_more_are_said_to_be_cut(rows, cut):
    page = Answer([Ranked(n, "甲社区", "会议室", n, []) for n in range(rows)])._repr_html_()
    assert page.count("<tr>") == 201
    assert ("未全部列出" in page) is cut


def test_a_name_that_looks_like_markup_is_shown_as_it_is(capsys):
    Console(width=100).print(make("[red]甲[/red]"))
    assert "[red]甲[/red]" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@x", "\tx", "＝1+1", " =1", "\u00a0=1"])
def test_a_text_like_a_formula_is_made_harmless_in_files(tmp_path, text):
    make(text).to_csv(tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["unit"] == f"'{text}"
    make(text).to_xlsx(tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet["A2"].value == f"'{text}"
    assert sheet["A2"].data_type == "s"


def test_numbers_stay_numbers_in_a_workbook(tmp_path):
    make().to_xlsx(tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert [cell.value for cell in sheet[1]][:3] == ["单位", "状态", "得分"]
    assert sheet["C2"].value == 0.81


def test_a_number_that_is_none_makes_no_broken_workbook(tmp_path):
    Answer([replace(make().rows[0], score=float("nan"))]).to_xlsx(tmp_path / "a.xlsx")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").active["C2"].value == "=#NUM!"


@pytest.mark.parametrize(("columns", "lies"), [(6, "portrait"), (7, "landscape")])
def test_six_columns_fit_an_upright_page(tmp_path, columns, lies):
    table = make_dataclass(
        "Table", [(f"c{n}", str, column(f"列{n}", f"column {n}")) for n in range(columns)], frozen=True
    )
    Answer([table(*["值"] * columns)]).to_xlsx(tmp_path / "a.xlsx")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").active.page_setup.orientation == lies


@pytest.mark.parametrize(
    ("lang", "status", "source"),
    [("zh", "闲置", "《社区.xlsx》“Sheet1”第 4 行"), ("en", "idle", "社区.xlsx “Sheet1”, row 4")],
)
def test_a_workbook_says_everything_in_one_language_and_in_words(tmp_path, lang, status, source):
    make().to_xlsx(tmp_path / "a.xlsx", lang)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    row = dict(zip([cell.value for cell in sheet[1]], [cell.value for cell in sheet[2]], strict=True))
    assert status in row.values()
    assert list(row.values())[-1] == source
    assert not any(mark in str(value) for value in row.values() for mark in "{}[]")
    assert "com:1" not in map(str, row.values())
    assert (sheet.page_setup.paperSize, sheet.print_title_rows) == (9, "$1:$1")
    assert max(dimension.width for dimension in sheet.column_dimensions.values()) < 52


@pytest.mark.parametrize(
    ("value", "digits", "said"),
    [(12000.0, 0, "12000"), (120.4, 0, "120"), (0.0, 0, "0"), (1.5, 2, "1.5"), (20.0, 2, "20"), (0.25, 4, "0.25")],
)
def test_a_number_loses_the_noughts_of_its_decimals_and_no_others(value, digits, said):
    assert show_value(value, "zh", digits) == said
    assert show_number(value, digits).replace(",", "") == said


def test_an_answer_that_speaks_of_no_relations_cannot_be_drawn():
    with pytest.raises(NothingToDrawError):
        make().picture()
