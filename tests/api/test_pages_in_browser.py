"""The pages in a real browser: nothing from elsewhere, no error, nothing serious for axe, no sideways scrolling, keyboard alone."""

import re
import shutil
from urllib.parse import urlsplit

import pytest

from api.pages.page_list import list_menu

pytestmark = pytest.mark.slow
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SIZES = ((1366, 768), (1920, 1080))
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def chromium():
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(params=[SIZES[0], pytest.param(SIZES[1], marks=pytest.mark.drill)], ids=lambda size: f"{size[0]}")
def tab(chromium, server, request):
    """A page of the browser, signed in; what it asks of others and what goes wrong is kept in its `faults`."""
    context = chromium.new_context(
        viewport={"width": request.param[0], "height": request.param[1]},
        extra_http_headers={"Authorization": server.headers["authorization"]},
        locale="zh-CN",
    )
    page = context.new_page()
    page.faults, own = [], urlsplit(str(server.base_url)).netloc

    def watch(route):
        if urlsplit(route.request.url).netloc not in {own, ""}:
            page.faults.append(f"asked {route.request.url}")
            route.abort()
        else:
            route.continue_()

    context.route(re.compile("^https?:"), watch)
    page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.home = str(server.base_url).rstrip("/")
    yield page
    context.close()


@pytest.fixture(scope="module")
def addresses(sample):
    unit = sample.truth["obvious_partners"][0]["community"]
    own = [page.path for page in list_menu() if page.path != "/graph"]  # the canvas has tests of its own
    return [*own, "/search", "/search?q=会议室", f"/questions/partners?unit={unit}", "/questions/unused-resources", f"/entities/{unit}",
            "/questions/load-report", "/questions/partners?unit=没有这家", f"/?area={unit}"]  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", pytest.param("en", marks=pytest.mark.drill)])
def test_every_page_is_sound_in_a_browser(tab, addresses, lang):
    from axe_playwright_python.sync_playwright import Axe

    wrong = {}
    for address in addresses:
        tab.goto(f"{tab.home}{address}{'&' if '?' in address else '?'}lang={lang}")
        is_refused = "没有这家" in address
        found = [fault for fault in tab.faults if not (is_refused and "404" in fault)]
        tab.faults.clear()
        if tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append("scrolls sideways")
        found += [
            f"{one['id']}: {one['nodes'][0]['html'][:90]}"
            for one in Axe().run(tab).response["violations"]
            if one["impact"] in SERIOUS
        ]
        if found:
            wrong[address] = found
    assert wrong == {}


@pytest.mark.parametrize("tab", SIZES[:1], indirect=True)
def test_a_newcomer_reaches_a_partner_and_the_cell_behind_a_reason(tab, sample):
    """Three clicks to who should pair with a community and why, two more to the cell; names complete, back leads back."""
    known = sample.truth["obvious_partners"][0]
    tab.goto(tab.home)
    tab.keyboard.press("/")
    tab.keyboard.type(f"{known['community']}")
    tab.wait_for_selector("#find-names option", state="attached")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/entities/**")
    tab.get_by_role("link", name="结对建议").click()
    tab.wait_for_url("**/pairing?**")
    assert tab.get_by_role("link", name=known["enterprise"]).first.is_visible()
    tab.locator("details.sources summary").first.click()
    tab.locator("details.sources[open] a.source").first.click()
    tab.wait_for_url("**/questions/source-row**")
    assert re.search(r"[A-Z]\d+", tab.locator("tbody td").first.inner_text())
    tab.go_back()
    assert tab.get_by_role("link", name=known["enterprise"]).first.is_visible()
    assert tab.faults == []


def test_a_table_is_narrowed_down_by_clicks_and_the_address_keeps_it(tab):
    tab.goto(f"{tab.home}/questions/unused-resources")
    before = tab.locator("tbody tr").count()
    tab.locator("details.facet summary").first.click()
    tab.locator("details.facet[open] a").first.click()
    tab.wait_for_url("**_is.**")
    assert 0 < tab.locator("tbody tr").count() < before
    tab.locator("thead th a").nth(1).click()
    tab.wait_for_url("**_sort=**")
    assert tab.locator("th[aria-sort=ascending]").count() == 1
    tab.reload()
    assert 0 < tab.locator("tbody tr").count() < before
    assert tab.faults == []
