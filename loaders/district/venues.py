"""The venues of a synthetic district, and how much each is used."""

from __future__ import annotations

import random
from datetime import timedelta

from loaders.district.planned import AS_OF, Community, Enterprise, Use, Venue

VENUE_KINDS = ("会议室", "电教室", "多功能厅", "篮球场", "职工食堂", "图书室", "礼堂", "空地")
# `seen` has no log, but activities were held there: it is used.
_STATUSES = ("used", "unused", "under-used", "no record", "withdrawn", "seen")
_STATUS_WEIGHTS = (27, 30, 18, 19, 6, 6)


def plan_venues(
    count: int, communities: tuple[Community, ...], enterprises: tuple[Enterprise, ...], numbers: random.Random
) -> tuple[Venue, ...]:
    """Return the venues: every class of use occurs, and no two share a name."""
    places = [("enterprise", i, k) for i, firm in enumerate(enterprises) if not firm.silent for k in VENUE_KINDS]
    places += [("community", i, k) for i in range(len(communities)) for k in VENUE_KINDS if k != "职工食堂"]
    statuses = list(_STATUSES[:count]) + numbers.choices(_STATUSES, _STATUS_WEIGHTS, k=max(0, count - len(_STATUSES)))
    numbers.shuffle(statuses)
    made = []
    for (side, index, kind), status in zip(
        sorted(numbers.sample(places, min(count, len(places)))), statuses, strict=False
    ):
        owner = enterprises[index] if side == "enterprise" else communities[index]
        called = owner.short if isinstance(owner, Enterprise) else owner.name
        made.append(Venue(called + kind, kind, (side, index), owner.street, status))
    return tuple(made)


def plan_uses(
    venues: tuple[Venue, ...],
    communities: tuple[Community, ...],
    enterprises: tuple[Enterprise, ...],
    numbers: random.Random,
) -> tuple[Use, ...]:
    """Return a year's log: none for venues that are unused, withdrawn or without a log, few for the under-used."""
    made = []
    users = {
        "community": range(len(communities)),
        "enterprise": [i for i, firm in enumerate(enterprises) if not firm.silent],
    }
    for index, venue in enumerate(venues):
        count = {"used": numbers.randrange(40, 75), "under-used": numbers.randrange(1, 4)}.get(venue.status, 0)
        for day in numbers.sample(range(365), count):
            side = numbers.choice(("community", "enterprise"))
            hours = numbers.choice(("9:00-11:00", "9:00-12:00", "14:00-16:00", "14:00-17:00", "19:00-21:00"))
            made.append(Use(AS_OF - timedelta(days=day), hours, index, (side, numbers.choice(users[side]))))
    return tuple(sorted(made, key=lambda u: (u.day, u.hours, u.venue)))
