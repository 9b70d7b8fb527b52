"""Papers: registers written back so that they load without a change, documents, an office's own forms, and who may see what."""

import shutil
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import polars as pl
import pytest
from openpyxl import load_workbook

from api.door_errors import PaperFormError, PaperUnwrittenError
from api.papers.making import make_form_of, make_paper, save_paper, write_paper
from api.papers.paper_list import find_paper, paper_list
from graph.connect import connect
from graph.history import WorkspaceHistory
from graph.people import find_people
from graph.schema import SCHEMA
from graph.settings import Settings
from graph.workspace import Workspace
from loaders.loading import LoadOptions, load_paths
from loaders.template import save_template
from queries import connect as connect_district
from queries.reading.scope import Scope
from tests.api.doors import CommandLine, serving
from tests.api.services_lists import save_lists
from tests.loaders.conftest import read_here
from tests.loaders.governance_workbooks import save_all
from tests.loaders.office_workbook import People
from tests.queries.test_conference import district

REGISTERS = [register for register in SCHEMA.registers if not register.is_of_persons]
ANALYST, VIEWER = Scope("clerk", "analyst"), Scope("guest", "viewer")


@pytest.fixture(scope="module", autouse=True)
def reading():
    """Files are read in this process, which saves every load the start of another."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("loaders.formats.read.read_guarded", read_here)
        yield


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A workspace with a list of every register, and the settings that open it."""
    folder = tmp_path_factory.mktemp("office")
    people = People(7)
    save_all(folder / "in", people)
    save_lists(folder / "in")
    settings = Settings(workspace=folder / "workspace", key_file=folder / "key")
    load_paths(settings.workspace, [folder / "in"], settings=settings)
    add_new_registers(settings, folder / "new")
    return settings, people


def add_new_registers(settings, folder):
    """Load a filled-in form of every register that has no list here yet: a register that is added is tried by itself."""
    told = WorkspaceHistory(Workspace.open(settings.workspace)).registers().values()
    missing = [register for register in REGISTERS if register.name not in frozenset().union(*told)]
    # With what they may name: units, venues, bases, brands.
    named = [register for register in REGISTERS if register.row.is_unit or register.row.mention == "resolve"]
    for register in missing and [*missing, *(one for one in named if one not in missing)]:
        path = folder / f"{register.zh}.xlsx"
        save_template(register, path)
        book = load_workbook(path)
        book.active.cell(3, 1).value = "1"  # the example becomes a row
        book.save(path)
    if missing:
        load_paths(settings.workspace, [folder], options=LoadOptions(as_of=date(2026, 6, 30)), settings=settings)


@pytest.fixture(scope="module")
def graph(office):
    with connect(office[0]) as opened:
        yield opened


@pytest.fixture(scope="module")
def written(graph, tmp_path_factory):
    """Every register written back, in a folder."""
    folder = tmp_path_factory.mktemp("written")
    for register in REGISTERS:
        save_paper(graph, ANALYST, find_paper(register.name), folder / f"{register.zh}.xlsx")
    return folder


def make(graph, name, scope=ANALYST, template=None, **arguments):
    paper = find_paper(name)
    return make_paper(graph, scope, paper, paper.reader.read(arguments), template)


def cells(content, sheet=0):
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(content)).worksheets[sheet].iter_rows()]


def text_of(content):
    """Everything that a file holds as text."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def words(content):
    """All texts of a document, its tables' too."""
    from docx import Document

    document = Document(BytesIO(content))
    texts = [paragraph.text for paragraph in document.paragraphs]
    return "\n".join(texts + [cell.text for table in document.tables for row in table.rows for cell in row.cells])


def test_every_register_written_back_loads_without_a_change(office, graph, written, tmp_path):
    """One load of all of them: each is known for what it is, every row is understood, and nothing in the graph is another."""
    settings = replace(office[0], workspace=tmp_path / "workspace")
    shutil.copytree(office[0].workspace, settings.workspace)
    result = load_paths(settings.workspace, [written], settings=settings)
    read = {(f["file"], f["register"]) for f in result.files if f["register"]}
    listed = {("驻区单位基本情况表.xlsx", "needs"), ("驻区单位基本情况表.xlsx", "offers")}  # 会议室1间、志愿者10名
    assert read - listed == {(f"{register.zh}.xlsx", register.name) for register in REGISTERS}
    assert result.digest == graph.digest
    rejected = {f["file"]: f["rows_rejected"] for f in result.files if f["register"] and f["rows_rejected"]}
    assert rejected == {"走访企业台账.xlsx": 1}  # the visit on 31 April, of which the graph has no day


@pytest.mark.drill
@pytest.mark.slow
def test_the_registers_alone_make_the_graph_anew(graph, written, office, tmp_path):
    """Whoever has the papers alone knows of things and units what the graph knows, but what only rows of persons tell."""
    settings = replace(office[0], workspace=tmp_path / "workspace")
    load_paths(settings.workspace, [written], settings=settings)
    people = find_people(SCHEMA)
    kinds = [entity for entity in SCHEMA.entities if entity.label not in people]
    with connect(settings) as anew:
        told = {e.label: (contents(anew, e), contents(graph, e)) for e in kinds}
    lost = {row[0] for now, before in told.values() for row in before if row not in now}
    assert [row for now, before in told.values() for row in now if row not in before] == []
    # A list of lecturers is a list of persons, which no paper writes: their courses and skills stand in no other list.
    assert of_persons_alone(graph, kinds) == {"crs:大工匠精神", "crs:消防进社区", "crs:红色河轴", "skill:消防安全"}
    undated = {"visit:ent:河阳轴承集团::副主任"}  # on 31 April: a form asks for the day, of which the graph has none
    assert lost == of_persons_alone(graph, kinds) | undated


def of_persons_alone(graph, kinds):
    """The things that no row tells of and that are linked to persons alone."""
    ids = {id_ for kind in kinds for id_ in graph.entities(kind.label)["id"]}
    told = {id_ for kind in kinds for id_ in graph.statements(kind.label)["id"]}
    people, linked = find_people(SCHEMA), {True: set(), False: set()}
    for relation in SCHEMA.relations:
        for row in graph.relations(relation.type).iter_rows(named=True):
            linked[row["source_label"] in people] |= {row["source"], row["target"]}
    return (ids & linked[True]) - linked[False] - told


def contents(graph, entity):
    """What is told of the things of a kind that are still there."""
    frame = graph.entities(entity.label).filter(pl.col("valid_to").is_null())
    return frame.select(list(entity.columns())).sort("id").rows()


def test_a_text_stays_a_text_and_each_row_names_its_source(written):
    book = load_workbook(written / "需求清单.xlsx")
    titles = {cell.value: cell for row in book.worksheets[0].iter_rows() for cell in row}
    assert "“普法”讲座 <b>&{{ 7*7 }}" in titles
    asked = titles["=招聘电工"]
    assert (asked.data_type, asked.quotePrefix) == ("s", True)
    sources = [row[1].value for row in book["来源"].iter_rows(min_row=2)]
    assert sources[:3] == [f"《需求清单.csv》第 {row} 行" for row in (4, 5, 6)]


def test_a_register_is_a_form_to_sign_and_print(written):
    sheet = load_workbook(written / "督办台账.xlsx").worksheets[0]
    assert sheet["A1"].value == "督办台账"
    assert "填报时间：2026年7月5日" in sheet["A2"].value
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.print_title_rows) == (
        9,
        "landscape",
        "$3:$3",
    )
    heads = {cell.value: cell for cell in sheet[3]}
    assert "个人信息" in heads["联系电话"].comment.text
    assert [row[0].value for row in sheet.iter_rows(min_row=4, max_row=7)] == [1, 2, 3, 4]
    assert {sheet.cell(row, heads["联系电话"].column).value for row in range(4, 8)} == {None}


def test_no_person_is_in_any_paper(office, graph, written):
    _, people = office
    texts = [text_of(path.read_bytes()) for path in written.iterdir()]
    documents = [p.name for p in paper_list().values() if not p.register and not any(a.required for a in p.arguments)]
    assert len(documents) > 10
    texts += [text_of(make(graph, name, scope)) for name in documents for scope in (ANALYST, VIEWER)]
    assert [name for name in people.given for text in texts if name in text] == []
    with pytest.raises(PaperUnwrittenError):
        find_paper("党员花名册")


def test_a_viewer_gets_no_small_number_of_people_and_no_telephone(graph):
    flows = {row[-1]: row for row in cells(make(graph, "流动党员情况统计表"))}
    assert flows
    told = [text_of(make(graph, name, VIEWER)) for name in ("流动党员情况统计表", "党组织信息采集表")]
    exact = [text_of(make(graph, name)) for name in ("流动党员情况统计表", "党组织信息采集表")]
    assert ">12<" in exact[0]
    assert ">12<" not in told[0]
    assert ">10<" in told[0]
    assert "0379-64000009" in exact[1]
    assert "0379-64000009" not in told[1]


def test_the_weekly_report_tells_what_is_late_and_where_each_figure_comes_from(graph):
    told = words(make(graph, "督查周报", office="长安路街道党工委", number="督查〔2026〕27号"))
    for said in (
        "督查〔2026〕27号",
        "填报单位：长安路街道党工委",
        "逾期 1 项",
        "开放职工停车场",
        "2026年5月",
        "数据来源：",
    ):
        assert said in told
    assert "《督办台账.xlsx》“Sheet”第 5 行。" in told
    assert told.index("一、总体情况") < told.index("二、逾期未办结事项")


def test_the_roll_of_a_conference_lists_members_those_who_left_and_those_who_never_joined():
    told = make(district(), "联席会成员名册")
    assert "地企党建联席会（2 家[1]，其中企业 1 家、社区 1 家）" in words(told)
    assert "尚未加入的企业和社区（1 家[5]，其中企业 1 家）" in words(told)
    assert ["1", "长安社区", "社区", "未登记", "2026-05-31", "[4]"] in rows_of(told)


def test_the_summary_of_a_year_has_ten_headings_and_says_what_is_not_known():
    told = words(make(district(), "年度小结"))
    assert [told.count(f"\n{n}、") for n in "一二三四五六七八九十"] == [1] * 10
    assert "登记共享场地 无数据" in told
    assert "办结率 29%" in told  # two of the seven items that were not called off


def rows_of(content):
    """The rows of a document's tables, as texts."""
    from docx import Document

    return [[cell.text for cell in row.cells] for table in Document(BytesIO(content)).tables for row in table.rows]


def test_a_paper_is_written_from_python(office, tmp_path):
    with connect_district(office[0].workspace) as district:
        path = write_paper(district, "会议纪要", tmp_path / "纪要.docx", meeting="第一次联席会议", office="秘书处")
    told = words(path.read_bytes())
    for said in ("2026年3月5日", "列席：青石社区。", "开放职工停车场80个", "全票通过", "秘书处（盖章）"):
        assert said in told


def test_a_need_is_told_as_it_was_written_and_never_run(graph):
    told = words(make(graph, "三张清单"))
    assert "“普法”讲座 <b>&{{ 7*7 }}" in told
    assert "=招聘电工" in told
    assert "老年人义诊" not in told  # a claim has met it


def test_an_office_changes_the_form_of_a_document_in_its_own_program(graph, tmp_path):
    from docx import Document

    form = Document(BytesIO(make_form_of(find_paper("weekly-report"))))
    form.paragraphs[0].text = "{{ office }}督查专报"
    form.save(tmp_path / "own.docx")
    told = words(make(graph, "weekly-report", template=tmp_path / "own.docx", office="长安路街道"))
    assert "长安路街道督查专报" in told
    assert "逾期 1 项" in told
    form.paragraphs[0].text = "{{ office.__class__.__mro__ }} {{ nothing_of_that_name }}"
    form.save(tmp_path / "own.docx")
    with pytest.raises(PaperFormError):
        make(graph, "weekly-report", template=tmp_path / "own.docx")


def test_an_office_changes_the_form_of_a_register_in_its_own_program(graph, tmp_path):
    book = load_workbook(BytesIO(make_form_of(find_paper("needs"))))
    sheet = book.worksheets[0]
    sheet["A1"] = "需求一览（{{ office }}）"
    sheet["A3"], sheet["B3"], sheet["C3"] = "提出单位", "本办编号", "序号"
    book.save(tmp_path / "own.xlsx")
    rows = cells(make(graph, "needs", template=tmp_path / "own.xlsx", office="长安路街道"))
    assert "需求一览（长安路街道）" in rows[0]
    assert [row[:3] for row in rows[3:6]] == [["重二社区", None, 1], ["青石社区", None, 2], ["第一拖拉机厂", None, 3]]
    book.worksheets[0].delete_rows(3)
    book.save(tmp_path / "own.xlsx")
    with pytest.raises(PaperFormError):
        make(graph, "needs", template=tmp_path / "own.xlsx")


def test_the_command_line_writes_papers_by_any_of_their_names(office, tmp_path, monkeypatch, capfd):
    shilian, where = CommandLine(capfd), ("--workspace", office[0].workspace)
    monkeypatch.chdir(tmp_path)
    assert shilian("paper", "督查周报", *where).code == 0
    assert (tmp_path / "督查周报.docx").is_file()
    assert shilian("paper", "销号台账", "-o", tmp_path / "deep" / "台账.xlsx", *where).code == 0
    assert shilian("paper", "weekly-report", "--write-template", tmp_path / "form.docx").code == 0
    assert shilian("paper", "督办台账", "-o", "x.pdf", *where).code != 0
    refused = shilian("paper", "督查周爆", *where)
    assert refused.code != 0
    assert "督查周报" in refused.err
    listed = shilian("paper", "list", "--json").json["papers"]
    assert {one["name"] for one in listed} == set(paper_list())


def test_every_document_stands_without_anything_to_tell(tmp_path):
    """A workspace with units alone: no document stumbles over what is not there, and a register is an empty form."""
    (tmp_path / "社区基本情况表.csv").write_text("社区基本情况表\n社区名称,户数\n重二社区,3210\n", encoding="utf-8")
    settings = Settings(workspace=tmp_path / "workspace", key_file=tmp_path / "key")
    load_paths(settings.workspace, [tmp_path / "社区基本情况表.csv"], settings=settings)
    with connect(settings) as empty:
        for paper in paper_list().values():
            if paper.register is None and not any(argument.required for argument in paper.arguments):
                assert make_paper(empty, ANALYST, paper, paper.reader.read({}))
        assert cells(make(empty, "needs"))[3][0] is None


def test_papers_are_served(office):
    with serving(office[0]) as server:
        check_served(server)


def check_served(server):
    listed = server.get("/api/v1/papers").json()["papers"]
    assert {one["name"] for one in listed} == set(paper_list())
    answer = server.get("/api/v1/papers/场地资源登记表")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/vnd.openxmlformats")
    assert "filename*=UTF-8''%E5%9C%BA" in answer.headers["content-disposition"]
    assert cells(answer.content)[0][0] == "场地资源登记表"
    assert server.get("/api/v1/papers/members").status_code == 403
    assert server.get("/api/v1/papers/no-such-paper").status_code == 404
