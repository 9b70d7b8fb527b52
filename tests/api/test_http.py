"""HTTP as a script meets it: questions, caching, uploads, decisions, and what is refused."""

import csv
import errno
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import httpx
import polars as pl
import pytest

from api.security import LOOPBACK
from api.upload_forms import name_plainly
from api.web_server import is_loopback
from queries.answers.catalogue import catalogue
from queries.pairing.specs import SPECS
from tests.api.doors import send_raw, serving
from tests.spent import at_most

QUESTIONS = "/api/v1/questions"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def known(sample):
    return sample.truth["obvious_partners"][0]


def wait_for(client, job):
    for _ in range(600):
        state = client.get(f"/api/v1/loads/jobs/{job}").json()
        if state["state"] in {"done", "failed"}:
            return state
        time.sleep(0.05)
    pytest.fail("the job did not end")


def send(client, path, **parameters):
    with path.open("rb") as file:
        return client.post("/api/v1/loads", files={"files": (path.name, file)}, params=parameters)


def problem(response, status, code):
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    body = response.json()
    assert (body["status"], body["code"]) == (status, code)
    assert body["detail"] and set(body["message"]) == {"zh", "en"}
    return body


def test_the_list_of_questions_has_their_schemas(server):
    listed = {one["name"]: one for one in server.get(QUESTIONS).json()["questions"]}
    assert set(listed) == set(catalogue())
    assert listed["partners"]["columns"]["partner"] != "partner"
    partners = listed["partners"]["arguments"]
    assert partners["required"] == ["unit"] and partners["additionalProperties"] is False
    assert (partners["properties"]["k"]["default"], partners["properties"]["unit"]["type"]) == (5, "string")


def test_every_pairing_is_offered_by_name_and_an_unknown_one_is_refused_with_them(server):
    listed = {one["name"]: one for one in server.get(QUESTIONS).json()["questions"]}
    assert set(listed["matches"]["arguments"]["properties"]["pairing"]["enum"]) == set(SPECS)
    for name in SPECS:
        assert server.get(f"{QUESTIONS}/matches", params={"pairing": name, "k": 1, "limit": 3}).status_code == 200
    refused = server.get(f"{QUESTIONS}/matches", params={"pairing": "cats-dogs"})
    assert all(name in problem(refused, 422, "argument.invalid")["detail"] for name in SPECS)


def test_get_post_and_the_command_line_give_the_same_answer(server, shilian, sample, known):
    asked = {"unit": known["community"], "k": 3}
    got = server.get(f"{QUESTIONS}/partners", params=asked)
    assert got.status_code == 200
    assert known["enterprise"] in [row["partner"] for row in got.json()["rows"]]
    assert server.post(f"{QUESTIONS}/partners", json=asked).content == got.content
    printed = shilian("ask", "partners", known["community"], "--k", 3, "--workspace", sample.workspace, "--json")
    assert printed.json == got.json()


def test_every_question_without_required_arguments_answers(server):
    for question in catalogue().values():
        if not any(argument.required for argument in question.arguments):
            assert server.get(f"{QUESTIONS}/{question.name}").status_code == 200, question.name


def test_an_answer_known_by_its_tag_is_not_sent_again(server, known):
    path = f"{QUESTIONS}/partners"
    first = server.get(path, params={"unit": known["community"]})
    tag = first.headers["etag"]
    assert tag.startswith('"')
    for written in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = server.get(path, params={"unit": known["community"]}, headers={"If-None-Match": written})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (
        server.get(path, params={"unit": known["community"]}, headers={"If-None-Match": '"other"'}).status_code == 200
    )
    assert server.get(path, params={"unit": known["community"], "k": 2}).headers["etag"] != tag
    assert server.get(path, params={"unit": known["community"], "lang": "en"}).headers["etag"] != tag


def test_an_answer_that_counts_people_is_kept_by_nobody(server, sample):
    enterprise = next(iter(sample.truth["members_living_in"])).partition("|")[0]
    answer = server.get(f"{QUESTIONS}/member-links", params={"enterprise": enterprise})
    assert answer.headers["cache-control"] == "private, no-store"
    assert "no-store" not in server.get(f"{QUESTIONS}/unused-resources").headers["cache-control"]


def test_the_language_is_chosen_by_header_or_parameter(server):
    path = f"{QUESTIONS}/partners"
    zh = problem(server.get(path, params={"unit": "没有这个单位"}), 404, "unit.unknown")
    en = server.get(
        path, params={"unit": "没有这个单位"}, headers={"Accept-Language": "en-GB,en;q=0.9,zh;q=0.5"}
    ).json()
    assert zh["detail"] == zh["message"]["zh"] and en["detail"] == en["message"]["en"]
    assert server.get(path, params={"unit": "x", "lang": "en"}).json()["detail"].startswith("The graph")


@pytest.mark.parametrize(
    "asked",
    [
        "unit=x&k=0", "unit=x&k=-1", "unit=x&k=1000000000", "unit=x&k=ten", "unit=x&k=1.5", "unit=x&k=true", "unit=x&nothing=1", "k=3", "unit=",
        "unit=x&unit=y", "unit=%ff%fe", "unit=" + "x" * 600, "unit=x%00y",
    ],
)  # fmt: skip
def test_wrong_arguments_in_the_address_are_422(server, asked):
    problem(server.get(f"{QUESTIONS}/partners?{asked}"), 422, "argument.invalid")


@pytest.mark.parametrize(
    "body",
    [
        '{"unit":"x","k":"5"}', '{"unit":"x","k":true}', '{"unit":"x","k":1.5}', '{"unit":"x","k":1e400}', '{"unit":5}', '{"unit":null}', '{"unit":["x"]}',
        '{"unit":"x","nothing":1}', "{}", '{"unit":"x","k":0}',
    ],
)  # fmt: skip
def test_wrong_arguments_in_the_body_are_422(server, body):
    problem(server.post(f"{QUESTIONS}/partners", content=body), 422, "argument.invalid")


def test_hostile_texts_are_only_names(server):
    for text in ("' OR 1=1 //", "`", "$unit", "\\u0027", "x'}) DETACH DELETE n //", "<script>alert(1)</script>"):
        found = server.get(f"{QUESTIONS}/partners", params={"unit": text})
        assert problem(found, 404, "unit.unknown")["details"]["name"] == text


def test_what_cannot_be_read_is_refused_quickly(server):
    with at_most(4):
        for body in ('{"unit":' + "[" * 10_000, "[]", '"x"'):
            problem(server.post(f"{QUESTIONS}/partners", content=body), 400, "http.body")
        problem(server.post("/api/v1/decisions", content='{"kind":' + "[" * 10_000), 400, "http.body")
        problem(server.post("/api/v1/decisions", content=b"\xff\xfe"), 400, "http.body")
        assert send_raw(server, f"GET {QUESTIONS}/partners?unit={'x' * 70_000} HTTP/1.1").startswith(b"HTTP/1.1 414 ")
        problem(server.post(f"{QUESTIONS}/partners", content=b" " * (2 << 20)), 413, "http.413")


def test_a_body_without_a_declared_length_has_its_limit_too(server):
    def endless():
        for _ in range(64):
            yield b" " * (64 << 10)

    try:
        answer = server.post(f"{QUESTIONS}/partners", content=endless())
    except httpx.TransportError:
        return  # refused while it was still sending
    assert answer.status_code == 413


def test_unknown_things_are_404_and_wrong_verbs_405(server):
    problem(server.get(f"{QUESTIONS}/nothing"), 404, "question.unknown")
    problem(server.get("/api/v1/nothing"), 404, "http.404")
    problem(server.get("/api/v1/loads/nothing"), 404, "load.unknown")
    problem(server.get("/api/v1/loads/jobs/nothing"), 404, "job.unknown")
    problem(server.delete("/api/v1/decisions/one"), 422, "argument.invalid")
    problem(server.get(QUESTIONS, params={"lang": "fr"}), 422, "argument.invalid")
    refused = server.delete("/healthz")
    problem(refused, 405, "http.405")
    assert refused.headers["allow"] == "GET"
    for path in ("/web/..%2fapp.py", "/web/%2e%2e/app.py", "/web/%2e%2e%2f%2e%2e%2fpyproject.toml", "/web//etc/passwd"):
        assert server.get(path).status_code == 404


def test_readiness_names_the_snapshot_and_health_needs_no_token(server, sample):
    assert server.get("/readyz").json() == {
        "status": "ready",
        "snapshot": sample.result.snapshot,
        "digest": sample.result.digest,
    }
    anonymous = httpx.get(f"{server.base_url}/healthz")
    assert anonymous.json() == {"status": "ok"}


def test_without_data_the_server_says_so(sample, tmp_path):
    empty = type(sample.settings)(workspace=tmp_path / "none", key_file=sample.settings.key_file)
    with serving(empty) as client:
        problem(client.get("/readyz"), 404, "workspace.empty")
        problem(client.get(f"{QUESTIONS}/unused-resources"), 404, "workspace.empty")
        assert client.get("/").status_code == 200


def test_metrics_count_requests_without_what_was_asked(server, known):
    server.get(f"{QUESTIONS}/partners", params={"unit": known["community"]})
    server.get(f"{QUESTIONS}/partners", params={"unit": known["community"]})
    text = server.get("/metrics").text
    assert 'shilian_requests_total{route="/api/v1/questions/{name}",method="GET",status="200"}' in text
    assert 'shilian_answers_total{from="cache"}' in text
    assert known["community"] not in text and "nothing" not in text


def test_the_schema_is_told_in_both_languages(server):
    schema = server.get("/api/v1/schema").json()
    venue = next(entity for entity in schema["entities"] if entity["label"] == "Venue")
    assert (venue["zh"], venue["en"]) == ("场地", "venue")
    assert "OWNS" in [relation["type"] for relation in schema["relations"]]
    assert "venues" in [register["name"] for register in schema["registers"]]
    classes = {column["role"]: column["personal_class"] for g in schema["registers"] for column in g["columns"]}
    assert (classes["ignored"], classes["office"], classes["identity"], classes["personal"]) == (0, 1, 2, 3)


def test_the_description_of_the_api_names_every_question(server):
    document = server.get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    referred = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))
    assert {"JobBody", "DecidedBody", "LoadsBody", "Answer"} <= referred <= set(document["components"]["schemas"])
    for path in document["paths"].values():
        for operation in path.values():
            assert {"400", "401", "403", "404", "409", "422", "503"} <= set(operation["responses"])
            assert "lang" in [parameter["name"] for parameter in operation["parameters"]]
    for name in catalogue():
        assert set(document["paths"][f"{QUESTIONS}/{name}"]) == {"get", "post"}
    for path in (
        "/api/v1/loads",
        "/api/v1/decisions",
        "/api/v1/schema",
        "/api/v1/pictures",
        "/healthz",
        "/readyz",
        "/metrics",
    ):
        assert path in document["paths"]


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_curl_line_of_a_readme_works_in_a_shell(server, readme, known):
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    lines = (ROOT / readme).read_text(encoding="utf-8").splitlines()
    line = next(line for line in lines if line.startswith("curl "))
    line = line.replace("http://127.0.0.1:8000", str(server.base_url))
    line = re.sub('unit=[^&"]+', f"unit={known['community']}", line)
    token = server.headers["authorization"].partition(" ")[2]
    done = subprocess.run(line, shell=True, env={**os.environ, "TOKEN": token}, capture_output=True, check=True)
    assert json.loads(done.stdout).get("question") == "partners", done.stdout.decode()
    assert len(json.loads(done.stdout)["rows"]) == 5


def test_what_is_no_http_is_refused_with_a_problem_too(server):
    answer = send_raw(server, "GET /api/v1/questions/partners?unit=松五社区 HTTP/1.1")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ") and b"application/problem+json" in head
    assert json.loads(body)["code"] == "http.400"


def test_a_file_s_name_is_read_however_a_client_writes_it():
    for written in (
        b"form-data; name=\"files\"; filename*=UTF-8''%E5%9C%BA%E5%9C%B0.csv",
        'form-data; name="files"; filename="场地.csv"'.encode("gbk"),
        'form-data; name="files"; filename="场地.csv"'.encode(),
        b'form-data; name="files"; filename="x.csv"; filename*=gb18030\'\'%B3%A1%B5%D8.csv',
    ):
        assert name_plainly(written).decode().endswith('filename="场地.csv"')


def test_pages_ask_nobody_else(server):
    for path in ("/", "/questions", "/web/pages.js", "/web/style.css", "/web/icon.svg"):
        page = server.get(path)
        assert page.status_code == 200
        assert page.headers["content-security-policy"].startswith("default-src 'self'")
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["cache-control"] in {"private, no-cache", "private, no-store"}
        assert "https://" not in page.text and "<script>" not in page.text and "innerHTML" not in page.text
        assert "access-control-allow-origin" not in page.headers


def test_an_upload_becomes_a_job_and_the_next_snapshot(sample, own):
    with serving(own) as client:
        before = client.get("/readyz").json()
        more = own.workspace.parent / "场地资源登记表（补充）.csv"
        with more.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(
                [
                    ["场地名称", "产权单位", "面积", "可容纳人数"],
                    ["补充会议室", sample.truth["obvious_partners"][0]["enterprise"], "80", "40"],
                ]
            )
        tried = send(client, more, dry_run="true", scope="increment")
        assert tried.status_code == 202
        assert (
            wait_for(client, tried.headers["location"].rpartition("/")[2])["report"]["snapshot"] == before["snapshot"]
        )
        sent = send(client, more, scope="increment")
        report = wait_for(client, sent.json()["id"])["report"]
        assert report["lines"][0].startswith("读取 1 行 = 入图 1 +") and "关闭 0 条" in report["lines"]
        assert report["changed"] and report["files"][0]["file"] == more.name
        time.sleep(0.25)
        assert client.get("/readyz").json()["snapshot"] == report["snapshot"] != before["snapshot"]
        assert more.name in [load["file"] for load in client.get("/api/v1/loads").json()["loads"]]
        found = client.get(f"{QUESTIONS}/search", params={"text": "补充会议室"})
        assert found.json()["snapshot"] == report["snapshot"] and found.json()["rows"]


def test_a_file_that_cannot_be_loaded_fails_its_job_with_a_sentence(own, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"")
    with serving(own) as client:
        job = wait_for(client, send(client, tmp_path / "a.xlsx").json()["id"])
        assert (job["state"], job["error"]["code"]) == ("failed", "file.empty")
        events = client.get(f"/api/v1/loads/jobs/{job['id']}/events")
        assert events.headers["content-type"].startswith("text/event-stream")
        assert json.loads(events.text.partition("data: ")[2])["state"] == "failed"


def test_a_full_disk_fails_the_job_and_the_old_graph_is_served(own, tmp_path, monkeypatch):
    (tmp_path / "场地资源登记表.csv").write_text("场地名称,产权单位\n新会议室,某单位\n", encoding="utf-8")

    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    with serving(own) as client:
        before = client.get("/readyz").json()["snapshot"]
        monkeypatch.setattr(pl.DataFrame, "write_parquet", full)
        job = wait_for(client, send(client, tmp_path / "场地资源登记表.csv", scope="increment").json()["id"])
        assert (job["state"], job["error"]["code"], job["error"]["status"]) == ("failed", "disk.full", 507)
        assert client.get("/readyz").json()["snapshot"] == before
        assert client.get(f"{QUESTIONS}/overview").status_code == 200


def test_the_same_idempotency_key_starts_one_job(own, tmp_path):
    (tmp_path / "a.csv").write_text("场地名称\nx\n", encoding="utf-8")
    with serving(own) as client:
        jobs = set()
        for _ in range(2):
            with (tmp_path / "a.csv").open("rb") as file:
                sent = client.post(
                    "/api/v1/loads?dry_run=true", files={"files": file}, headers={"Idempotency-Key": "k1"}
                )
            jobs.add(sent.json()["id"])
        assert len(jobs) == 1


def test_uploads_are_checked_before_anything_starts(server, tmp_path):
    (tmp_path / "a.csv").write_text("x\n", encoding="utf-8")
    problem(send(server, tmp_path / "a.csv", dry_run="maybe"), 422, "argument.invalid")
    problem(send(server, tmp_path / "a.csv", as_of="2024-02-30"), 422, "argument.invalid")
    problem(send(server, tmp_path / "a.csv", scope="all"), 422, "argument.invalid")
    problem(send(server, tmp_path / "a.csv", nothing="1"), 422, "argument.invalid")
    problem(server.post("/api/v1/loads", content=b"x"), 400, "http.body")
    problem(server.post("/api/v1/loads", files={"other": b"x"}), 400, "http.body")
    assert send_raw(server, f"POST /api/v1/loads HTTP/1.1\r\nContent-Length: {100 << 20}").startswith(b"HTTP/1.1 413 ")


def test_an_upload_that_breaks_off_starts_no_job(server, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # other tests have files in the usual folder, too
    head = "POST /api/v1/loads HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000"
    answer = send_raw(server, head)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400 ")
    assert list(tmp_path.glob("shilian-*")) == []


def test_a_decision_is_recorded_and_listed(sample, own, known):
    with serving(own) as client:
        problem(client.post("/api/v1/decisions", json={"kind": "same", "name": "x"}), 422, "argument.invalid")
        problem(client.post("/api/v1/decisions", json={"kind": "odd"}), 422, "argument.invalid")
        problem(
            client.post("/api/v1/decisions", json={"kind": "reject", "left": "a", "right": 5}), 422, "argument.invalid"
        )
        row = client.get(f"{QUESTIONS}/partners", params={"unit": known["community"]}).json()["rows"][0]
        made = client.post(
            "/api/v1/decisions",
            json={"kind": "reject", "left": row["unit_id"], "right": row["partner_id"], "reason": "已有"},
        )
        assert made.status_code == 201
        merged = client.post("/api/v1/decisions", json={"kind": "same", "name": "那个大厂", "unit": row["partner_id"]})
        assert wait_for(client, merged.json()["job"].rpartition("/")[2])["state"] == "done"
        assert [one["kind"] for one in client.get("/api/v1/decisions").json()["decisions"]] == ["reject", "same"]


def test_a_picture_runs_only_its_own_scripts_in_a_sandbox(server, known):
    drawn = server.get("/api/v1/pictures", params={"unit": known["community"]})
    assert drawn.status_code == 200
    policy = drawn.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts; default-src 'none'; script-src 'sha256-")
    assert known["community"] in drawn.text
    problem(server.get("/api/v1/pictures"), 422, "argument.invalid")
    problem(server.get("/api/v1/pictures", params={"unit": known["community"], "hops": "9"}), 422, "argument.invalid")


def test_loopback_addresses_are_told_from_others():
    assert all(map(is_loopback, LOOPBACK))
    assert not any(map(is_loopback, ("0.0.0.0", "192.168.1.5", "example.org", "::", "127.0.0.1.example.org")))


def test_a_body_may_be_as_large_as_the_limit_and_no_larger(server):
    problem(server.post(f"{QUESTIONS}/partners", content=b" " * (1 << 20)), 400, "http.body")
    problem(server.post(f"{QUESTIONS}/partners", content=b" " * ((1 << 20) + 1)), 413, "http.413")
