"""What a register says, shown as it says it: and that it says nothing, where it does not."""

from __future__ import annotations

from graph.texts import Said
from queries.answers.rows import NOT_REGISTERED


def as_registered(text: str | None) -> Said:
    """Return a text as its register has it; where there is none, that it is not registered."""
    return Said(text, text) if text else NOT_REGISTERED


def tell_ahead(lead: int | None, left: int | None = None) -> Said:
    """Say how many days ahead something must be booked and, where `left` days are left, whether that is still possible."""
    if lead is None:
        return Said("未登记预约要求", "how to book is not registered")
    if lead == 0:
        return Said("无需提前预约", "no booking ahead")
    if left is None:
        return Said(f"需提前 {lead} 天", f"{lead} days ahead")
    if left >= lead:
        return Said(f"需提前 {lead} 天，来得及", f"{lead} days ahead; there is time")
    return Said(f"需提前 {lead} 天，只剩 {max(left, 0)} 天", f"{lead} days ahead; only {max(left, 0)} are left")
