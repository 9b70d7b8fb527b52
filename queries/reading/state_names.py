"""What the states of things are called in answers."""

from __future__ import annotations

from graph.state_vocabulary import CANCELLED, DONE, EXPIRED, OPEN, PLANNED, SUSPENDED, UNDER_WAY
from graph.texts import Said

STATE_NAMES = {
    PLANNED: Said("筹备中", "planned"),
    OPEN: Said("待办", "open"),
    UNDER_WAY: Said("进行中", "under way"),
    SUSPENDED: Said("暂停", "suspended"),
    DONE: Said("已完成", "done"),
    CANCELLED: Said("已取消", "cancelled"),
    EXPIRED: Said("已到期", "expired"),
}
