"""A kind that somebody adds by CONTRIBUTING's recipe: persons are guarded at every door, things are found, twice of one name is refused."""

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("graph", "loaders", "queries", "api")
# Its author says nowhere that these are persons: the columns with Identity() do.
DOCTOR = """
Doctor = Entity(
    "Doctor", zh="义诊医生", en="volunteer doctor", keys=("doc:{pseudonym}",),
    properties=(
        Property("pseudonym", Text(), zh="化名", en="pseudonym", required=True),
        Property("title", Text(), zh="职称", en="title"),
        Property("field", Text(), zh="擅长", en="field"),
    ),
)
SEES_IN = Relation("SEES_IN", zh="坐诊于", en="sees patients in", source=(Doctor,), target=(Community,))
doctors = Register(
    "doctors", zh="义诊医生花名册", en="roll of volunteer doctors", row=Doctor, titles=("义诊医生花名册",),
    columns=(
        Identity("name", "姓名"), Identity("number", "身份证号"), Column("title", "医生职称"), Column("field", "擅长病种"),
        Link("community", SEES_IN, "坐诊社区", end="target"),
    ),
)
"""
FOUNTAIN = """
Fountain = Entity(
    "Fountain", zh="喷泉", en="fountain", keys=("fou:{name:core}",),
    properties=(Property("name", Name(), zh="喷泉名称", en="name", required=True),),
)
BUILT = Relation("BUILT", zh="出资建设", en="built", source=UNITS, target=(Fountain,))
LOOKS_AFTER = Relation("LOOKS_AFTER", zh="管护", en="looks after", source=UNITS, target=(Fountain,))
fountains = Register(
    "fountains", zh="喷泉名录", en="fountains", row=Fountain, titles=("喷泉名录",),
    columns=(
        Column("name", "喷泉名称", required=True), Link("built", BUILT, "喷泉出资单位", end="source"),
        Link("keeper", LOOKS_AFTER, "喷泉管护单位", end="source"),
    ),
)
"""
PEOPLE = (
    ("钱小明", "410305197001010017", "擅长甲病"),
    ("孙大红", "410305197001020012", "擅长乙病"),
    ("周建国", "410305197001030018", "擅长丙病"),
)
# One is said otherwise, in two rows that disagree; one is gone.
LATER = ((*PEOPLE[0][:2], "擅长丁病"), (*PEOPLE[0][:2], "擅长戊病"), PEOPLE[1])
ASK_EVERYTHING = """
import json, sys, tempfile
from pathlib import Path

from api.graph_files import export_graph
from queries import connect
from queries.answers.catalogue import catalogue
from queries.from_python import District
from queries.pairing.specs import SPECS
from queries.reading.scope import Scope

graph = connect(sys.argv[1]).graph
persons = graph.entities("Doctor")
units = ["甲社区", "甲厂"]
secret = [*persons["id"], *persons["field"].drop_nulls(), "主任医师", "doc:", "mem:", "钱小明"]
given = {"unit": [*units, *secret], "enterprise": ["甲厂"], "entity": [*units, *secret], "text": [*units, *secret], "pairing": list(SPECS)}
given |= {"figure": ["企业", "义诊医生", *secret], "file": ["企业名册.csv", "义诊医生花名册.csv"]}
given |= {"need": ["法律援助"], "offer": ["法律援助"], "people": [30]}
beside = {"row": 3, "other": "甲厂"}
heard, asked = [], set()
for role in ("analyst", "viewer"):
    district = District(graph, Scope("t", role))
    for question in catalogue().values():
        needed = [a.name for a in question.arguments if a.required]
        optional = [a.name for a in question.arguments if a.name in given and not a.required and not needed]
        calls = [{needed[0]: value} | {name: beside[name] for name in needed[1:]} for value in given[needed[0]]] if needed else [{}]
        calls += [{name: value} for name in optional for value in given[name]]
        calls += [{**calls[0], "hops": 3}] if question.name == "neighbourhood" else []
        for call in calls:
            try:
                answer = district.ask(question.name, **call)
            except Exception as error:
                said = str(error)
                for value in call.values():
                    said = said.replace(str(value), "")
                heard.append(said)
                continue
            asked.add(question.name)
            heard.append(json.dumps(answer.to_dict() | {"arguments": {}}, ensure_ascii=False, default=str))
            if secret_asked := set(call.values()) & set(secret):
                heard += [f"{question.name} finds {one}" for one in secret_asked if answer.rows]
                continue
            heard += [answer.to_text(300), answer._repr_html_()]
            if answer.entities:
                heard.append(answer.picture().html)
folder = Path(tempfile.mkdtemp())
export_graph(graph, folder)
heard += [path.name + path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.*")) if path.is_file()]
export_graph(graph, folder / "all", people=True)
shown = [path.read_text(encoding="utf-8") for path in sorted((folder / "all").rglob("*.*")) if path.is_file()]
counts = {row.name: row.value for row in District(graph, Scope("t", "viewer")).ask("overview").rows}
print(json.dumps({
    "heard": heard, "with_people": shown, "asked": sorted(asked), "all": sorted(catalogue()), "ids": persons["id"].to_list(),
    "count": counts["义诊医生"],
}, default=str))
"""
COMMANDS = """
import json, sys
from api import cli
for command in json.loads(sys.argv[1]):
    assert cli.run(command) == 0, command
    print(end="\\0", flush=True)
"""
ASK_BY_HTTP = """
import json, sys, threading, time
import httpx
from api.web_server import Server
from graph.settings import Settings
from pathlib import Path

unsafe = json.loads(sys.argv[2])
with Server(Settings(workspace=Path(sys.argv[1])), port=0) as server:
    thread = threading.Thread(target=server.run)
    thread.start()
    heard = []
    with httpx.Client(base_url=server.url, headers={"Authorization": f"Bearer {server.token}"}, timeout=60) as client:
        for _ in range(200):
            try:
                if client.get("/readyz").status_code == 200:
                    break
            except httpx.TransportError:
                pass
            time.sleep(0.05)
        paths = ["questions/overview", "questions/conflicts", "questions/load-report", "questions/freshness", "pictures?unit=甲社区&hops=3"]
        paths += ["questions/neighbourhood?unit=甲社区&hops=3"]
        paths += [f"questions/{name}={text}" for text in unsafe for name in ("search?text", "provenance?entity", "neighbourhood?unit", "conflicts?unit")]
        for path in paths:
            answer = client.get(f"/api/v1/{path}")
            heard.append((answer.status_code, answer.text if answer.status_code == 200 else ""))
    server.stop()
    thread.join(20)
print(json.dumps(heard))
"""


def copy_packages(folder: Path, *packages: str) -> Path:
    for package in packages or PACKAGES:
        shutil.copytree(ROOT / package, folder / "code" / package, ignore=shutil.ignore_patterns("__pycache__"))
    return folder / "code/graph/schema"


def run(folder: Path, *arguments: str, code: int = 0) -> str:
    environment = os.environ | {
        "PYTHONPATH": str(folder / "code"), "SHILIAN_WORKSPACE": str(folder / "workspace"), "SHILIAN_KEY_FILE": str(folder / "key"),
        "PYTHONIOENCODING": "utf-8",
    }  # fmt: skip
    done = subprocess.run([sys.executable, *arguments], env=environment, cwd=folder, capture_output=True, check=False)
    assert done.returncode == code, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8") + (done.stderr.decode("utf-8") if code else "")


def call(folder: Path, *commands: tuple[str, ...]) -> list[str]:
    """Return what commands of `shilian` print, one after the other, all in one process."""
    return run(folder, "-c", COMMANDS, json.dumps(commands)).split("\0")[:-1]


def write(folder: Path, name: str, *lines: str) -> str:
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(folder / name)


def roll(rows) -> list[str]:
    lines = [f"{name},{number},主任医师,{field},甲社区" for name, number, field in rows]
    return ["义诊医生花名册,,,,", "姓名,身份证号,医生职称,擅长病种,坐诊社区", *lines]


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    """A copy of the packages with a new kind of person and a new kind of thing, a workspace with both, and what loading said."""
    folder = tmp_path_factory.mktemp("new")
    schema = copy_packages(folder)
    with (schema / "members.py").open("a", encoding="utf-8") as file:
        file.write(DOCTOR)
    with (schema / "resources.py").open("a", encoding="utf-8") as file:
        file.write(FOUNTAIN)
    files = [
        write(
            folder,
            "社区基本情况表.csv",
            "社区基本情况表,,",
            "社区名称,经度,纬度",
            "甲社区,112.40,34.6",
            "乙社区,112.41,34.6",
        ),
        write(folder, "企业名册.csv", "企业名册,,", "企业名称,经度,纬度", "甲厂,112.40,34.6", "乙厂,112.42,34.6"),
        write(
            folder,
            "喷泉名录.csv",
            "喷泉名录,,",
            "喷泉名称,喷泉出资单位,喷泉管护单位",
            "牡丹喷泉,甲厂,甲社区",
            "龙门喷泉,,",
        ),
        write(folder, "义诊医生花名册.csv", *roll(PEOPLE)),
        write(folder, "义诊医生花名册2.csv", *roll(LATER)),
    ]
    said = call(folder, ("load", *files[:3]), ("load", files[3], "--json"), ("load", files[4], "--json"))
    return folder, said


@pytest.fixture(scope="module")
def told(district):
    """What every question, picture and export of the district tells, in Python."""
    return json.loads(run(district[0], "-c", ASK_EVERYTHING, str(district[0] / "workspace")))


def tells_of(text: str, told) -> list[str]:
    """Return what a text tells of single persons: their pseudonyms, names, numbers, what is said of one of them."""
    secrets = {
        *told["ids"],
        *(i.removeprefix("doc:") for i in told["ids"]),
        *(part for row in (*PEOPLE, *LATER) for part in row),
    }
    return sorted(secret for secret in secrets if secret in text)


def test_the_new_persons_are_in_the_graph_and_exported_where_they_are_asked_for(told):
    assert len(told["ids"]) == 3
    shown = "".join(told["with_people"])
    assert all(i in shown for i in told["ids"])
    assert set(told["asked"]) == set(told["all"])


def test_no_question_picture_or_export_tells_of_a_new_person(told):
    assert [tells_of(text, told) for text in told["heard"] if tells_of(text, told)] == []
    assert [text for text in told["heard"] if " finds " in text] == []


def test_fewer_than_five_new_persons_are_no_number_for_who_may_not_see_members(told):
    assert told["count"] is None


def test_no_command_tells_of_a_new_person(district, told):
    folder, said = district
    diffs = [("diff", *pair, *more) for pair in (("1", "2"), ("2", "3")) for more in ((), ("--json",))]
    others = [("status",), ("status", "--json"), ("loads",), ("verify",), ("export", str(folder / "files"))]
    called = call(folder, *diffs, *others)
    assert "SEES_IN" in called[0]
    called += [path.read_text(encoding="utf-8") for path in (folder / "files").rglob("*.*")]
    assert [tells_of(text, told) for text in (*said, *called) if tells_of(text, told)] == []


def test_no_value_of_a_new_person_is_ever_typed_in(district, told):
    refused = run(district[0], "-m", "api.cli", "decide", "value", told["ids"][0], "field", "眼科", code=1)
    assert "图中没有" in refused


def test_no_answer_over_http_tells_of_a_new_person(district, told):
    asked = [*told["ids"], "擅长乙病", "主任医师", "孙大红"]
    heard = json.loads(run(district[0], "-c", ASK_BY_HTTP, str(district[0] / "workspace"), json.dumps(asked)))
    assert [code for code, _ in heard[:6]] == [200] * 6
    assert [tells_of(text, told) for code, text in heard[:6]] == [[]] * 6
    assert [json.loads(text)["rows"] for code, text in heard[6:] if code == 200 and json.loads(text)["rows"]] == []


def test_a_new_kind_of_thing_is_found_by_its_name(district):
    asked = (("ask", "search", "牡丹", "--json"), ("ask", "provenance", "牡丹喷泉", "--json"))
    found, told = (json.loads(answer)["rows"] for answer in call(district[0], *asked))
    assert [(row["label"], row["name"]) for row in found] == [("Fountain", "牡丹喷泉")]
    assert [row["value"] for row in told] == ["牡丹喷泉"]


def test_two_units_are_linked_by_a_thing_of_a_new_kind(district):
    """Nobody told the questions of it: its kind and relations stand in the schema alone."""
    asked = (("ask", "unit-links", "甲厂", "甲社区", "--json"), ("ask", "member-links", "甲厂", "甲社区", "--json"))
    found = [json.loads(answer)["rows"][0]["links"] for answer in call(district[0], *asked)]
    assert [[link["text"] for link in links] for links in found] == [
        ["喷泉“牡丹喷泉”：甲厂（出资建设）、甲社区（管护）"]
    ] * 2


MORE = """
from graph.kinds import Column, Entity, Property, Register, Relation
from graph.schema.organizations import UNITS
from graph.schema.resources import Venue as Place
"""
VENUE = 'Venue = Entity("Venue", zh="场", en="v", keys=("v:{name}",), properties=(Property("name"),))'
TWICE = {
    "an entity of another module": ("more.py", MORE + VENUE, "Venue"),
    "an entity of the same module": ("resources.py", VENUE, "Venue"),
    "a relation": ("more.py", MORE + 'OWNS = Relation("OWNS", zh="有", en="owns", source=UNITS, target=UNITS)', "OWNS"),
    "a register": (
        "more.py",
        MORE + 'r = Register("venues", zh="表", en="t", row=Place, columns=(Column("name", "名"),))',
        "venues",
    ),
}


@pytest.mark.parametrize("case", TWICE)
def test_a_second_kind_of_one_name_stops_the_import_and_says_what_to_do(tmp_path, case):
    module, entry, name = TWICE[case]
    with (copy_packages(tmp_path, "graph") / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{entry}\n")
    said = run(tmp_path, "-c", "import graph.schema", code=1)
    assert "SchemaError" in said
    assert name in said
    assert "rename one" in said


def test_no_entry_of_the_schema_replaces_another_of_its_module():
    """A name bound twice would lose the first entry without a word: nothing that refers to it is left to contradict."""
    for module in (ROOT / "graph/schema").glob("*.py"):
        bound = [
            t.id
            for n in ast.parse(module.read_text(encoding="utf-8")).body
            if isinstance(n, ast.Assign)
            for t in n.targets
        ]
        assert sorted(set(bound)) == sorted(bound), module.name
