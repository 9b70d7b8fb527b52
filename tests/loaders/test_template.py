"""Empty workbooks: what they ask for, and that what is filled in loads without a question."""

import pytest
from openpyxl import load_workbook

from graph.errors import InputError
from graph.kinds import PERSONAL_CLASSES
from graph.schema import SCHEMA
from graph.settings import Settings
from loaders.loading import load_paths
from loaders.template import EXAMPLE, save_template

TITLE_ROW, HEADER_ROW, EXAMPLE_ROW = 1, 2, 3


def load(folder, *paths):
    return load_paths(folder / "w", list(paths), settings=Settings(workspace=folder / "w"))


@pytest.mark.parametrize("register", SCHEMA.registers, ids=lambda register: register.name)
def test_a_template_names_its_columns_and_says_what_belongs_into_them(register, tmp_path):
    headers = save_template(register, tmp_path / "t.xlsx")
    sheet = load_workbook(tmp_path / "t.xlsx").active
    assert [cell.value for cell in sheet[HEADER_ROW]] == headers
    assert all(cell.comment.text for cell in sheet[HEADER_ROW][1:])
    assert len(set(headers)) == len(headers)
    assert sheet[EXAMPLE_ROW][0].value == EXAMPLE
    assert (sheet.max_row, sheet.freeze_panes) == (EXAMPLE_ROW, "A3")


def test_a_column_of_few_words_has_a_list_to_choose_from(tmp_path):
    save_template(SCHEMA.register("venues"), tmp_path / "t.xlsx")
    rules = load_workbook(tmp_path / "t.xlsx").active.data_validations.dataValidation
    assert any("会议室" in (rule.formula1 or "") for rule in rules if rule.type == "list")


def test_a_template_asks_for_what_the_registers_beside_read_too(tmp_path):
    headers = save_template(SCHEMA.register("products"), tmp_path / "t.xlsx")
    assert {"企业名称", "产品/技术名称", "需求产品", "年需求量"} <= set(headers)
    assert headers.count("企业名称") == 1


def test_a_column_for_an_offices_line_says_that_no_persons_number_is_kept(tmp_path):
    save_template(SCHEMA.register("enterprises"), tmp_path / "t.xlsx")
    notes = {cell.value: cell.comment.text for cell in load_workbook(tmp_path / "t.xlsx").active[HEADER_ROW][1:]}
    told = [header for header, note in notes.items() if PERSONAL_CLASSES[1] in note]
    assert told == ["单位电话"]


def test_no_template_asks_for_a_persons_contact_or_address(tmp_path):
    asked = {header for register in SCHEMA.registers for header in save_template(register, tmp_path / "t.xlsx")}
    assert not asked & {"联系人", "负责人", "手机号码", "家庭住址", "现居住地", "民族", "性别"}


def test_templates_filled_in_load_without_a_problem(tmp_path):
    for register in SCHEMA.registers:
        path = tmp_path / "files" / f"{register.zh}.xlsx"
        save_template(register, path)
        book = load_workbook(path)
        book.active.cell(EXAMPLE_ROW, 1).value = "1"  # the example becomes a record
        book.save(path)
    result = load(tmp_path, tmp_path / "files")
    # What free text lists is always noted for review; it is no fault of the template.
    assert [problem.as_dict("en") for problem in result.problems if problem.code != "items.review"] == []
    assert {file["register"] for file in result.files} == {register.name for register in SCHEMA.registers}
    assert all(file["rows_loaded"] == file["rows_read"] == 1 for file in result.files)
    assert {c["treatment"] for f in result.files for c in f["columns"]} <= {"mapped", "dropped_personal", "ignored"}


def test_the_example_row_is_never_loaded(tmp_path):
    save_template(SCHEMA.register("venues"), tmp_path / "场地.xlsx", "en")
    try:
        result = load(tmp_path, tmp_path / "场地.xlsx")
    except InputError:
        return  # nothing to load: as good
    assert "Venue" not in result.counts["entities"]
