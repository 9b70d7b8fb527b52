"""结对 and 导入 in a real browser: a proposal is accepted by a key, a workbook tried, loaded, and told of after a reload."""

import re
import shutil
from urllib.parse import quote

import pytest

from graph.connect import connect
from tests.api.doors import serving

pytestmark = pytest.mark.slow
playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
UNITS = "单位名称,单位性质,所在街道,职工人数,党员数,管片情况\n望山铸造厂,国企,北街街道,900,80,好\n区城管局,,北街街道,60,30,\n"
USES = "使用日期,场地名称,使用单位,用途\n2026-06-13,无名礼堂,望山铸造厂,义诊\n"


@pytest.fixture
def page(own):
    if CHROMIUM is None:
        pytest.skip("needs Chromium")
    with serving(own) as client, playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        headers = {"Authorization": client.headers["authorization"]}
        context = browser.new_context(base_url=str(client.base_url), extra_http_headers=headers, locale="zh-CN")
        opened, faults = context.new_page(), []
        opened.set_default_timeout(60_000)
        told = re.compile("status of 4(09|22)")  # a refusal, which the page tells in words
        opened.on("console", lambda one: one.type == "error" and not told.search(one.text) and faults.append(one.text))
        opened.on("pageerror", lambda error: faults.append(str(error)))
        yield opened
        assert faults == []
        browser.close()


def test_a_proposal_is_accepted_by_a_key_and_no_longer_made(page, sample):
    community = sample.truth["obvious_partners"][0]["community"]
    page.goto(f"/pairing?unit={community}")
    first = page.inner_text(".proposals h2 a >> nth=0")
    page.keyboard.press("j")
    page.keyboard.press("a")
    assert "协议待签" in page.wait_for_selector(".told.good").inner_text()
    for _ in range(100):  # a job publishes it
        page.goto(f"/pairing?unit={community}")
        if not any(first in name for name in page.locator(".proposals h2").all_inner_texts()):
            break
        page.wait_for_timeout(300)
    assert not any(first in name for name in page.locator(".proposals h2").all_inner_texts())
    assert "协议待签" in page.inner_text("main")


def test_an_unknown_workbook_is_loaded_by_the_page_alone(page, own, tmp_path):
    """Tried, a column explained, a name settled, what would change seen, loaded without a second upload, told of after a reload."""
    (tmp_path / "驻区单位基本情况表.csv").write_text(UNITS, encoding="utf-8")
    (tmp_path / "场地使用台账补.csv").write_text(USES, encoding="utf-8")
    page.goto("/import")
    page.set_input_files("input[name=files]", [str(path) for path in tmp_path.glob("*.csv")])
    page.click("#upload > button")
    page.wait_for_selector("#report table")
    page.reload()
    page.wait_for_selector("#report .acts")
    page.evaluate("document.querySelectorAll('details.columns-of').forEach((one) => { one.open = true; })")
    page.select_option("select[aria-label='含义 管片情况']", label="备注")
    page.click("button:has-text('1 处改动')")
    page.wait_for_selector("button:has-text('处改动')", state="detached")
    page.wait_for_selector("select[aria-label='含义 管片情况'] option[value=remark]:checked", state="attached")
    page.select_option("select[aria-label='答复 无名礼堂']", label="新的场地")
    page.click("form.settle button")
    page.wait_for_selector("table.settling", state="detached")
    page.wait_for_selector("#report .acts")
    assert "企业" in page.inner_text("#report tr:has-text('企业') >> nth=0") and "新增" in page.inner_text("#report")
    page.click("button:has-text('载入并发布')")
    page.wait_for_selector("#report .ways")
    page.reload()
    page.wait_for_selector("#report .ways")
    assert "入图 3" in page.inner_text("#report")
    with connect(own) as graph:
        assert "望山铸造厂" in graph.entities("Enterprise", "name")["name"].to_list()
        assert "区城管局" in graph.entities("Institution", "name")["name"].to_list()
        assert "无名礼堂" in graph.entities("Venue", "name")["name"].to_list()


def test_a_venue_is_booked_by_its_calendar_refused_when_taken_and_the_booking_cancelled(page, own):
    with connect(own) as graph:
        venue, unit = graph.entities("Venue", "name")["id"][0], graph.entities("Community", "name")["name"][0]
    page.goto(f"/resources/calendar?resource={quote(venue)}")

    def book():
        page.fill("#booking input[name=unit]", unit)
        page.fill("#booking input[name=day]", "2026-07-07")
        page.fill("#booking input[name=time]", "14:00-16:00")
        page.click("#booking button")

    book()
    page.wait_for_url("**period=2026-07**")
    assert unit in page.inner_text("table.calendar") and "2026-07-07" in page.inner_text("main ul.plain")
    book()
    assert page.wait_for_selector("#booking .told.bad").inner_text(), "and why is said"
    page.click("button:has-text('取消预订')")
    page.wait_for_selector("button:has-text('取消预订')", state="detached")
    assert unit not in page.inner_text("table.calendar")
