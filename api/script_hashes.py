"""The scripts inside a page, as a Content-Security-Policy allows just them."""

from __future__ import annotations

import base64
import hashlib
import re

_SCRIPT = re.compile(r"<script[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)


def hash_scripts(page: str) -> str:
    """Return the hashes of the scripts in a page, as a policy lists them; nothing where it has none."""
    return " ".join(sorted({f"'sha256-{_digest(script)}'" for script in _SCRIPT.findall(page) if script.strip()}))


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
