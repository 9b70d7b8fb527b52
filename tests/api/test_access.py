"""Who may come in: the link of this run, its session, its token, and nobody from elsewhere."""

import httpx
import pytest

PATH = "/api/v1/questions"


@pytest.fixture
def anonymous(server):
    with httpx.Client(base_url=server.base_url) as client:
        yield client


@pytest.fixture
def token(server):
    return server.headers["authorization"].partition(" ")[2]


def test_without_token_nothing_is_shown(anonymous):
    for path in (PATH, "/", "/docs", "/metrics", "/openapi.json", "/api/v1/loads", "/nothing", "/web/pages.js"):
        refused = anonymous.get(path)
        assert (refused.status_code, refused.json()["code"]) == (401, "auth.required")
        assert refused.headers["www-authenticate"].startswith("Bearer")
        assert "set-cookie" not in refused.headers


@pytest.mark.parametrize("written", ["Bearer wrong", "Bearer", "Basic {}", "{}", "Bearer {}x", "Bearer 中文"])
def test_a_wrong_token_is_refused(anonymous, token, written):
    refused = anonymous.get(PATH, headers={"Authorization": written.format(token).encode("utf-8")})
    assert refused.status_code == 401


def test_the_link_signs_one_browser_in_once_and_takes_the_code_out_of_the_address(server, anonymous, token):
    code = server.link().partition("token=")[2]
    entered = anonymous.get("/", params={"lang": "en", "token": code})
    assert (entered.status_code, entered.headers["location"]) == (303, "/?lang=en")
    cookie = entered.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and code not in cookie and token not in cookie
    assert anonymous.get("/").status_code == 200
    assert anonymous.get(PATH).status_code == 200
    with httpx.Client(base_url=anonymous.base_url) as second:
        assert second.get("/", params={"token": code}).status_code == 401
        assert second.get("/", params={"token": token}).status_code == 401  # in an address it would be written down


def test_a_browser_signs_in_with_a_token_and_out_again(anonymous, token):
    assert anonymous.post("/sign-in", data={"token": "wrong"}).status_code == 401
    foreign = anonymous.post("/sign-in", data={"token": token}, headers={"Origin": "http://evil.example"})
    assert foreign.status_code == 403
    assert anonymous.post("/sign-in", data={"token": f" {token} "}).headers["location"] == "/"
    assert anonymous.get(PATH).status_code == 200
    name, kept = next(iter(anonymous.cookies.items()))
    assert anonymous.post("/sign-out").status_code == 303
    assert anonymous.get(PATH, headers={"Cookie": f"{name}={kept}"}).status_code == 401


def test_a_link_cannot_lead_to_another_site(server, anonymous):
    code = server.link().partition("token=")[2]
    entered = anonymous.get(f"{anonymous.base_url}//evil.example/x?token={code}")
    assert entered.headers["location"] == "/evil.example/x"


def test_a_wrong_link_signs_nobody_in(anonymous):
    refused = anonymous.get("/", params={"token": "wrong"})
    assert refused.status_code == 401 and "set-cookie" not in refused.headers


def test_another_sites_page_cannot_change_anything(anonymous, token):
    anonymous.post("/sign-in", data={"token": token})
    body = {"kind": "odd"}
    for origin in ("http://evil.example", "http://127.0.0.1:1", "null"):
        refused = anonymous.post("/api/v1/decisions", json=body, headers={"Origin": origin})
        assert (refused.status_code, refused.json()["code"]) == (403, "auth.origin")
    own = str(anonymous.base_url).rstrip("/")
    assert anonymous.post("/api/v1/decisions", json=body, headers={"Origin": own}).status_code == 422


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "localhost@evil.example", "[::1", "10.0.0.1"]
)
def test_a_forged_host_is_refused_even_with_the_token(server, host):
    refused = server.get(PATH, headers={"Host": host})
    assert refused.status_code == 400


def test_a_forwarded_address_changes_nothing(anonymous):
    assert (
        anonymous.get(PATH, headers={"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": "localhost"}).status_code
        == 401
    )


def test_an_edited_session_is_refused(anonymous, token):
    anonymous.post("/sign-in", data={"token": token})
    name, value = next(iter(anonymous.cookies.items()))
    with httpx.Client(base_url=anonymous.base_url) as other:
        for forged in (value[:-1] + "x", "", "x" * 10_000):
            assert other.get(PATH, headers={"Cookie": f"{name}={forged}"}).status_code in (401, 414, 431)
        assert other.get(PATH, headers={"Cookie": f"{name}={value}"}).status_code == 200
