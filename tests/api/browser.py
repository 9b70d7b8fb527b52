"""A browser as a test opens it: signed in, and what it asks of other hosts or complains of is kept as its `faults`."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def opened(client: httpx.Client) -> Iterator[Any]:
    """Yield a page of a browser that shows the client's token."""
    from playwright.sync_api import sync_playwright

    own = urlsplit(str(client.base_url)).netloc
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(extra_http_headers={"Authorization": client.headers["authorization"]}).new_page()
        page.faults = []

        def watch(route: Any) -> None:
            if urlsplit(route.request.url).netloc not in {own, ""}:
                page.faults.append(f"asked {route.request.url}")
                route.abort()
            else:
                route.continue_()

        page.context.route(re.compile("^https?:"), watch)
        page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.home = str(client.base_url).rstrip("/")
        yield page
        browser.close()
