"""The pages as a browser gets them: whole in both languages, well-formed, every link of theirs leads somewhere."""

import re
from html.parser import HTMLParser

import httpx
import pytest

from api.pages.page_list import list_menu, list_pages
from queries.answers.catalogue import catalogue
from tests.api.doors import serving

CHINESE = re.compile(r"[\u4e00-\u9fff]")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "rect", "source", "track", "wbr"}
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


class Seen(HTMLParser):
    """A page as it was read: its links, its headings, its words, and what was wrong with its tags."""

    def __init__(self, text):
        super().__init__()
        self.open, self.faults, self.links, self.words, self.ids = [], [], [], [], []
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.ids.append(given.get("id"))
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        self.words += [given[name] for name in ("placeholder", "title", "aria-label", "alt") if given.get(name)]
        if any(name.startswith("on") or name == "style" for name in given):
            self.faults.append(f"<{tag}> has what our policy forbids")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data):
        if data.strip():
            self.words.append(data.strip())


@pytest.fixture(scope="module")
def known(sample):
    return sample.truth["obvious_partners"][0]


@pytest.fixture
def browser(server):
    """A client that asks as a browser does."""
    with httpx.Client(base_url=server.base_url, headers={**server.headers, **HTML}, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def addresses(known):
    """The address of every page of the sample that needs no script to be told."""
    fixed = [page.path for page in list_pages() if "{" not in page.path and "GET" in page.methods]
    unit = known["community"]
    asked = [
        f"/questions/{q.name}?unit={unit}" if "unit" in q.reader.arguments else f"/questions/{q.name}"
        for q in catalogue().values()
    ]
    return [*fixed, *asked]


def see(response, status=200):
    assert response.status_code == status, response.text[:500]
    assert response.headers["content-type"].startswith("text/html")
    seen = Seen(response.text)
    assert seen.faults == []
    ids = [one for one in seen.ids if one]
    assert len(ids) == len(set(ids))
    return seen


def test_every_page_is_whole_in_both_languages(browser, addresses):
    for address in addresses:
        for lang in ("zh", "en"):
            response = browser.get(address, headers={"Accept-Language": lang})
            if response.headers["content-type"].startswith("text/html"):
                seen = see(response, response.status_code)
                assert response.status_code < 500
                assert f'lang="{"zh-CN" if lang == "zh" else "en"}"' in response.text[:60], address
                assert {"找", "Find"} & set(seen.words)


def test_the_frame_of_an_english_page_has_no_chinese(browser):
    for address in ("/questions", "/questions/partners", "/nothing"):
        seen = Seen(browser.get(address, headers={"Accept-Language": "en"}).text)
        assert [word for word in seen.words if CHINESE.search(word) and word != "中文"] == [], address


def test_links_of_the_pages_lead_somewhere(browser, known):
    start = (
        "/",
        "/questions",
        f"/questions/partners?unit={known['community']}",
        "/questions/unused-resources",
        f"/entities/{known['community']}",
    )
    found = {link for address in start for link in see(browser.get(address)).links}
    local = sorted({link for link in found if link.startswith("/") and "export" not in link and "lang=" not in link})
    assert len(local) > 100
    kinds = {}
    for link in local:  # of addresses that differ in names and numbers only, one is tried
        kinds.setdefault(re.sub(r"%..|[^/a-z?=&_-]", "", re.sub(r"=[^&]*", "=", link)), link)
    broken = {link: status for link in kinds.values() if (status := browser.get(link).status_code) >= 400}
    assert broken == {}


def test_the_language_chosen_by_the_switch_is_kept(server):
    with httpx.Client(base_url=server.base_url, headers={**server.headers, **HTML}) as client:
        assert 'lang="zh-CN"' in client.get("/questions", headers={"Accept-Language": "zh"}).text
        assert 'lang="en"' in client.get("/questions?lang=en", headers={"Accept-Language": "zh"}).text[:60]
        assert 'lang="en"' in client.get("/questions", headers={"Accept-Language": "zh"}).text[:60]


def test_a_table_sorts_filters_facets_and_pages_by_its_address(browser):
    path = "/questions/unused-resources"
    rows = browser.get("/api/v1" + path).json()["rows"]
    names = [row["resource"] for row in rows]

    def shown(**parameters):
        text = browser.get(path, params=parameters).text
        return [name for name in names if f">{name}<" in text], text

    some = next(row["kind"] for row in rows if row["kind"])
    by_kind, text = shown(**{"_is.kind": some})
    assert by_kind == [row["resource"] for row in rows if row["kind"] == some] != names
    assert 'aria-current="true"' in text
    assert shown(_find=names[3])[0] == [names[3]]
    assert shown(_find="没有这个词")[0] == [] and "没有符合筛选的行" in shown(_find="没有这个词")[1]
    text = shown(_sort="-hours_used")[1]
    best = max((row for row in rows if row["hours_used"]), key=lambda row: row["hours_used"])["resource"]
    assert min(names, key=lambda name: text.index(f">{name}<")) == best
    assert 'aria-sort="descending"' in text


def test_an_answer_is_had_as_a_workbook_as_csv_as_a_picture_and_by_the_call_shown(browser, known):
    address = f"/questions/partners?unit={known['community']}&k=2"
    seen = see(browser.get(address))
    call = next(word for word in seen.words if word.startswith("curl"))
    told = browser.get(re.search(r"http://[^/]+([^']+)", call)[1]).json()
    assert len(told["rows"]) == 2
    workbook, csv = (
        browser.get(next(link for link in seen.links if f"_form={form}" in link)) for form in ("xlsx", "csv")
    )
    assert workbook.content.startswith(b"PK") and workbook.headers["content-disposition"].endswith(".xlsx")
    assert told["rows"][1]["partner"] in csv.content.decode("utf-8-sig")
    drawn = browser.get(next(link for link in seen.links if link.startswith("/graph?question=")))
    assert told["rows"][1]["partner"] in see(drawn).words


def test_a_problem_is_a_page_to_a_browser_and_says_what_next(browser, server):
    for path, status in (("/nothing", 404), ("/questions/nothing", 404), ("/questions/partners?unit=没有这家", 404)):
        seen = see(browser.get(path), status)
        assert "/questions" in seen.links
    assert server.get("/nothing").headers["content-type"] == "application/problem+json"
    with httpx.Client(base_url=server.base_url, headers=HTML) as stranger:
        see(stranger.get("/questions"), 401)
        assert stranger.get("/web/style.css").status_code == 200
        assert stranger.get("/web/pages.js").status_code == 401


def test_a_wrong_condition_is_told_beside_the_form_that_has_it(browser, known):
    response = browser.get("/questions/partners", params={"unit": known["community"], "k": "500"})
    seen = see(response, 422)
    assert any("100" in word for word in seen.words) and 'value="500"' in response.text


def test_names_complete_while_they_are_typed(browser, known):
    text = known["community"][:2]
    found = browser.get("/complete", params={"text": text, "kinds": "Community"}).json()
    assert known["community"] in [one["name"] for one in found] and {one["kind"] for one in found} == {"社区"}


def test_without_data_every_page_says_what_to_do(sample, tmp_path):
    empty = type(sample.settings)(workspace=tmp_path / "none", key_file=sample.settings.key_file)
    with serving(empty) as client:
        for path in ("/", "/graph", "/pairing", "/search?q=x", "/settle"):
            words = see(client.get(path, headers=HTML), 200 if path == "/" else 404).words
            assert any("先载入表格" in word for word in words), path
            assert not any("shilian" in word or str(tmp_path) in word for word in words), (
                "no command, no place of this machine"
            )


def test_every_page_of_the_navigation_has_both_languages():
    assert [page for page in list_menu() if CHINESE.search(page.menu.en) or not CHINESE.search(page.menu)] == []
    assert list_menu()[0].path == "/"


def test_a_sentence_narrows_an_answer_down_by_what_can_be_taken_away_again(browser):
    page = browser.get("/search", params={"q": "省级以上荣誉都是哪些单位的"}, follow_redirects=True)
    assert "级别：国家、省" in page.text and page.url.params["_is.level"] == "国家|省"
    away = next(link for link in see(page).links if "honours?" in link and "_is.level" not in link and "_said" in link)
    levels = {row["level"] for row in browser.get("/api/v1/questions/honours").json()["rows"]}
    some = next(level for level in sorted(levels) if level not in ("国家", "省"))
    narrowed = browser.get("/questions/honours/export", params={"_is.level": some, "_form": "csv"}).content.decode(
        "utf-8-sig"
    )
    assert some in narrowed and not any(f",{other}," in narrowed for other in levels - {some})
    assert "级别：国家、省" not in browser.get(away).text
    asked = browser.get("/search", params={"q": "蓝底的省级以上荣誉都是哪些单位的"}).text
    assert "条件“蓝底”没有用上" in asked
