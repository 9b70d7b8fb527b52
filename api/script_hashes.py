"""The scripts inside a page, and the Content-Security-Policy that allows just them."""

from __future__ import annotations

import base64
import hashlib
import re

_SCRIPT = re.compile(r"<script[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)


def hash_scripts(page: str) -> str:
    """Return the hashes of the scripts in a page, as a policy lists them; nothing where it has none."""
    return " ".join(sorted({f"'sha256-{_digest(script)}'" for script in _SCRIPT.findall(page) if script.strip()}))


def page_policy(page: str) -> str:
    """Return the policy under which just this page's own scripts run, in a sandbox without our cookies."""
    hashes = hash_scripts(page)
    rules = (
        "sandbox allow-scripts",
        "default-src 'none'",
        f"script-src {hashes}" if hashes else "script-src 'none'",
        "style-src 'unsafe-inline'",  # drawing libraries place things by style attributes
        "img-src data: blob:",
        "frame-ancestors 'self'",
    )
    return "; ".join(rules)


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
