"""The description of the API: every address has an example that works, nothing answers otherwise than described, the page of it needs no other host."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from queries.answers.catalogue import catalogue
from tests.api.browser import CHROMIUM, opened
from tests.api.doors import serving

ROOT = Path(__file__).resolve().parents[2]
DESCRIPTION = "/openapi.json"
ABOUT_JOBS = "/api/v1/loads/jobs/"  # a job is there after a load only
SECONDS = 55.0  # that the fuzzed calls may take in all
LONG = {
    "pairing-plan",
    "matches",
    "bundles",
    "pairing-drift",
    "unit-groups",
    "bridges",
}  # seconds each: asked by their examples only


def operations(document):
    for path, verbs in document["paths"].items():
        for verb, operation in verbs.items():
            yield path, verb, operation


def call_example(client, path, verb, operation):
    """Send a request as the description's examples say."""
    given = {p["name"]: (p["in"], p["example"]) for p in operation.get("parameters", ()) if "example" in p}
    for name, (place, value) in given.items():
        path = path.replace(f"{{{name}}}", quote(str(value), safe="")) if place == "path" else path
    query = {n: ",".join(v) if isinstance(v, list) else v for n, (place, v) in given.items() if place == "query"}
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return client.request(verb, path, params=query, json=body.get("example", {}) if body else None)


def test_every_address_that_must_be_given_something_has_an_example_that_works(server):
    document = server.get(DESCRIPTION).json()
    tried = set()
    for path, verb, operation in operations(document):
        needed = [p for p in operation.get("parameters", ()) if p.get("required")]
        is_upload = "multipart/form-data" in operation.get("requestBody", {}).get("content", {})
        if path.startswith((ABOUT_JOBS, "/api/v1/papers/")) or is_upload or verb == "delete":
            continue
        assert all("example" in p for p in needed), (path, needed)
        if not needed and (verb == "get" or not operation["requestBody"]["required"]):
            continue  # asked without arguments elsewhere
        found = call_example(server, path, verb, operation)
        assert str(found.status_code) in operation["responses"] and found.status_code < 300, (path, found.text[:300])
        tried.add(path)
    assert {"/api/v1/entities/{id}", "/api/v1/graph/path", "/api/v1/decisions", "/api/v1/questions/matches"} <= tried


def test_a_description_without_a_graph_has_no_examples_and_is_there(sample, tmp_path):
    with serving(type(sample.settings)(workspace=tmp_path / "none", key_file=tmp_path / "key")) as client:
        document = client.get(DESCRIPTION).json()
    entity = document["paths"]["/api/v1/entities/{id}"]["get"]
    assert "example" not in entity["parameters"][0] and "200" in entity["responses"]


def test_lists_are_described_as_they_are_read(server):
    paths = server.get(DESCRIPTION).json()["paths"]
    for path, name in (("/api/v1/graph/selection", "ids"), ("/api/v1/graph/around", "kinds")):
        described = next(one for one in paths[path]["get"]["parameters"] if one["name"] == name)
        assert described["explode"] is False


def test_every_operation_is_called_by_a_name_of_its_own(server):
    names = [operation["operationId"] for _, _, operation in operations(server.get(DESCRIPTION).json())]
    assert len(names) == len(set(names)) and all(name.isidentifier() for name in names)
    assert {f"get_{question.attribute}" for question in catalogue().values()} <= set(names)


def test_the_page_of_the_api_takes_nothing_from_elsewhere(server):
    page = server.get("/docs")
    links = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(links) >= 3 and all(link.startswith("/") for link in links)
    assert all(server.get(link).status_code == 200 for link in links)
    policy = page.headers["content-security-policy"]
    assert "script-src 'self' 'sha256-" in policy and "unsafe-inline'; img" in policy and "http" not in policy


@pytest.mark.drill
@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
def test_an_address_is_tried_on_the_page_in_a_browser(server):
    with opened(server) as tab:
        tab.goto(f"{tab.home}/docs")
        for tag in ("service", "entities"):
            tab.locator(f"#operations-tag-{tag}").click()
        tab.locator("#operations-service-show_caller .opblock-summary-control").click()
        tab.locator("#operations-service-show_caller button.execute").click()
        tab.wait_for_selector("#operations-service-show_caller .live-responses-table")
        assert "steward" in tab.locator("#operations-service-show_caller .live-responses-table").inner_text()
        tab.locator("#operations-entities-show_entity .opblock-summary-control").click()
        assert tab.locator("#operations-entities-show_entity input").first.input_value()
        assert tab.faults == []


@pytest.mark.drill
def test_every_paper_has_an_example_that_works(server):
    document = server.get(DESCRIPTION).json()
    for path, verb, operation in operations(document):
        if path.startswith("/api/v1/papers/"):
            assert call_example(server, path, verb, operation).status_code in {200, 403}, path


@pytest.mark.drill
def test_no_address_fails_or_answers_otherwise_than_described_whatever_it_is_sent(own):
    pytest.importorskip("schemathesis")  # `make test-lowest` goes without
    from hypothesis import HealthCheck, Phase, given, settings
    from schemathesis import GenerationMode, openapi
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks as told

    ends = time.monotonic() + SECONDS
    calm = settings(
        max_examples=4, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    checks = [
        not_a_server_error, told.status_code_conformance, told.content_type_conformance, told.response_schema_conformance,
    ]  # fmt: skip
    tried = 0
    with serving(own) as client:
        headers = {"Authorization": client.headers["authorization"]}
        described = openapi.from_dict(json.loads(client.get(DESCRIPTION).content))
        found = [one.ok() for one in described.get_all_operations()]
        short = [one for one in found if urlsplit(one.path).path.rpartition("/")[2] not in LONG]
        for operation in short:
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

                @calm
                @given(case=operation.as_strategy(generation_mode=mode))
                def check(case):
                    case.call_and_validate(base_url=str(client.base_url), headers=headers, checks=checks)

                if time.monotonic() < ends:
                    check()
                    tried += 1
    assert tried > len(short)


@pytest.mark.slow
def test_a_client_made_of_the_checked_in_description_asks_decides_and_is_told_why_not(own):
    OpenAPI = pytest.importorskip("aiopenapi3").OpenAPI
    from aiopenapi3.errors import HTTPClientError
    from httpx2 import Client

    described = (ROOT / "docs" / "openapi.json").read_text(encoding="utf-8")

    class PatientClient(Client):
        def __init__(self, *given, **named):
            super().__init__(*given, **{**named, "timeout": 60})

    with serving(own) as server:
        api = OpenAPI.loads(f"{server.base_url}/openapi.json", described, session_factory=PatientClient)
        api.authenticate(token=server.headers["authorization"].partition(" ")[2])
        call = api.createRequest
        assert call(("/api/v1/me", "get"))().role == "steward"
        community = call(("/api/v1/questions/figure", "get"))(parameters={"figure": "社区", "limit": 1}).rows[0].name
        unit = call(("/api/v1/entities/{id}", "get"))(parameters={"id": community, "lang": "en"})
        assert (unit.name, unit.kind) == (community, "community") and unit.values[0].records[0].row
        asked = {"unit": community, "k": 2}
        by_get = call(("/api/v1/questions/partners", "get"))(parameters=asked)
        by_post = call(("/api/v1/questions/partners", "post"))(data=asked)
        assert [r.partner for r in by_get.rows] == [r.partner for r in by_post.rows] and len(by_get.rows) == 2
        around = call(("/api/v1/graph/around", "get"))(parameters={"entity": unit.id, "kinds": ["Venue", "Enterprise"]})
        assert {node.label for node in around.nodes} <= {"Community", "Venue", "Enterprise"}
        body = {"kind": "accept", "left": community, "right": by_get.rows[0].partner}
        tried = call(("/api/v1/decisions", "post"))(parameters={"dry_run": True}, data=body)
        assert tried.dry_run and tried.relations
        assert call(("/api/v1/loads", "get"))().loads[0].file
        with pytest.raises(HTTPClientError) as refused:
            call(("/api/v1/entities/{id}", "get"))(parameters={"id": "没有这个单位"})
        assert json.loads(refused.value.data)["code"] in {"unit.unknown", "entity.unknown"}
