"""The plan of a synthetic district: what is true of it, before an office has written it down.

Some pairs of a community and an enterprise are planted as obvious: the enterprise offers all that the community needs,
stands next to it, and many of its members live there. Past agreements follow the same preferences, with noise.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from loaders.district import invented_names
from loaders.district.planned import AS_OF, Agreement, Community, Enterprise, Member, PlannedDistrict, Sizes
from loaders.district.venues import plan_uses, plan_venues
from loaders.district.wordings import word_needs, word_offers

WEIGHTS = {"needs_met": 0.24, "members_living_there": 0.18, "near": 0.16, "skills": 0.14, "needs_met_other_way": 0.08}
_WEST, _SOUTH = 113.42, 32.06  # hills far from any large town
SILENT_FROM = 12  # enterprises from which a district has two that report nothing but that they are there
_SILENT = (3, 10)


def stream(seed: int, part: str) -> random.Random:
    """Return a random generator for one part of the plan, so that a change in one part leaves the others as they are."""
    return random.Random(f"{seed}:{part}")  # noqa: S311 -- a sample, not a secret


def plan_district(sizes: Sizes, seed: int) -> PlannedDistrict:
    """Return the district of this seed."""
    communities = plan_communities(sizes.communities, stream(seed, "communities"))
    firms = plan_enterprises(sizes.enterprises, communities, stream(seed, "enterprises"))
    enterprises, planted = plant_partners(firms, communities, stream(seed, "partners"))
    members = plan_members(sizes.members, enterprises, stream(seed, "members"))
    enterprises = _count_staff(enterprises, members, stream(seed, "staff"))
    scores = preferences(communities, enterprises, members)
    agreements = plan_agreements(scores, communities, enterprises, set(planted), stream(seed, "agreements"))
    signed = {(a.community, a.enterprise) for a in agreements}
    obvious = tuple(pair for pair in planted if _stands_out(pair, scores, signed))
    venues = plan_venues(sizes.venues, communities, enterprises, stream(seed, "venues"))
    uses = plan_uses(venues, communities, enterprises, stream(seed, "uses"))
    streets = tuple(invented_names.street_name(i) for i in range(communities[-1].street + 1))
    needs = word_needs([c.needs for c in communities], stream(seed, "wordings of needs"))
    offers = word_offers([e.offers for e in enterprises], stream(seed, "wordings of offers"))
    return PlannedDistrict(streets, communities, enterprises, members, venues, uses, agreements, obvious, needs, offers)


def street_count(communities: int) -> int:
    """Return how many streets so many communities have: about six a street, at most 300."""
    return min(300, math.ceil(communities / 6))


def plan_communities(count: int, numbers: random.Random) -> tuple[Community, ...]:
    """Return the communities, street by street."""
    each = math.ceil(count / street_count(count))
    made = []
    for index in range(count):
        street, place = divmod(index, each)
        made.append(_plan_community(street, place + 1, numbers))
    return tuple(made)


def _plan_community(street: int, place: int, numbers: random.Random) -> Community:
    lon, lat = _somewhere(street, numbers)
    return Community(
        name=invented_names.community_name(street, place),
        street=street,
        code=f"{invented_names.AREA_CODE}{street + 1:03d}{place:03d}",
        households=numbers.randrange(900, 4300),
        party_members=numbers.randrange(80, 500),
        lon=lon,
        lat=lat,
        needs=tuple(numbers.sample(invented_names.SERVICES, numbers.choice((1, 2, 2, 3)))),
    )


def _somewhere(street: int, numbers: random.Random) -> tuple[float, float]:
    row, column = divmod(street, 20)
    lon = _WEST + 0.03 * column + numbers.uniform(-0.01, 0.01)
    return round(lon, 6), round(_SOUTH + 0.08 * row + numbers.uniform(0, 0.07), 6)


def plan_enterprises(count: int, communities: tuple[Community, ...], numbers: random.Random) -> tuple[Enterprise, ...]:
    """Return the enterprises; the first and the last look alike and share an address."""
    streets = communities[-1].street + 1
    made = [_plan_enterprise(name, streets, len(communities), numbers) for name in invented_names.firm_names(count)]
    first = made[0]
    made[-1] = replace(made[-1], street=first.street, lon=first.lon, lat=first.lat)
    for index in _SILENT if count >= SILENT_FROM else ():
        made[index] = replace(made[index], offers=(), homes=(), silent=True)
    return tuple(made)


def _plan_enterprise(
    name: invented_names.FirmName, streets: int, communities: int, numbers: random.Random
) -> Enterprise:
    street = numbers.randrange(streets)
    lon, lat = _somewhere(street, numbers)
    homes = numbers.sample(range(communities), min(communities, numbers.choice((3, 4, 5))))
    return Enterprise(
        name.name,
        name.short,
        name.industry,
        uscc=invented_names.credit_code(numbers),
        ownership=numbers.choice(("央企", "央企", "省企", "市企", "市企")),
        street=street,
        employees=numbers.randrange(1500, 9000),
        party_members=numbers.randrange(30, 400),
        lon=lon,
        lat=lat,
        offers=tuple(numbers.sample(invented_names.SERVICES, numbers.choice((2, 3, 3)))),
        homes=tuple((home, numbers.randrange(1, 10)) for home in homes),
    )


def plant_partners(
    enterprises: tuple[Enterprise, ...], communities: tuple[Community, ...], numbers: random.Random
) -> tuple[tuple[Enterprise, ...], tuple[tuple[int, int], ...]]:
    """Make up to six enterprises (at most half) the obvious best partner of one community each."""
    count = min(6, len(communities), (len(enterprises) - 1) // 2)
    able = [i for i in range(1, len(enterprises) - 1) if not enterprises[i].silent]
    chosen = numbers.sample(able, count) if count else []
    homes = numbers.sample(range(len(communities)), count)
    changed = list(enterprises)
    for firm, home in zip(chosen, homes, strict=True):
        community = communities[home]
        others = [s for s in changed[firm].offers if s not in community.needs]
        changed[firm] = replace(
            changed[firm],
            street=community.street,
            lon=round(community.lon + 0.002, 6),
            lat=round(community.lat + 0.002, 6),
            offers=(*community.needs, *others[:1]),
            homes=((home, 40), *((h, 1) for h, _ in changed[firm].homes[:2] if h != home)),
        )
    # Nobody else's members crowd into a community that already has its obvious partner.
    for index, firm_ in enumerate(changed):
        if index not in chosen:
            changed[index] = replace(firm_, homes=tuple((h, 1 if h in homes else w) for h, w in firm_.homes))
    return tuple(changed), tuple(zip(homes, chosen, strict=True))


def _count_staff(
    enterprises: tuple[Enterprise, ...], members: tuple[Member, ...], numbers: random.Random
) -> tuple[Enterprise, ...]:
    """Return the enterprises with as many Party members as stand in the roll, and seven to fifteen times as many staff."""
    counted = Counter(m.employer for m in members)
    made = []
    for index, firm in enumerate(enterprises):
        own = counted[index] or numbers.randrange(15, 60)
        made.append(replace(firm, party_members=own, employees=own * numbers.randrange(7, 16) + numbers.randrange(10)))
    return tuple(made)


def plan_members(count: int, enterprises: tuple[Enterprise, ...], numbers: random.Random) -> tuple[Member, ...]:
    """Return the members, employer by employer."""
    known = [i for i, firm in enumerate(enterprises) if not firm.silent]
    weights = [numbers.uniform(0.7, 1.4) for _ in known]
    employers = known[:count]
    employers += numbers.choices(known, weights, k=count - len(employers))
    thousands = math.ceil(count / 1000)
    return tuple(
        _plan_member(index, thousands, employer, enterprises[employer], numbers)
        for index, employer in enumerate(sorted(employers))
    )


def _plan_member(index: int, thousands: int, employer: int, firm: Enterprise, numbers: random.Random) -> Member:
    # Each thousand has birthdays of its own, so that no two members share a number.
    birth = date(1955, 1, 1) + timedelta(days=numbers.randrange(16_000 // thousands) * thousands + index // 1000)
    retired = birth < date(1966, 7, 1)
    joined = birth + timedelta(days=numbers.randrange(8000, 9800))
    fitting = [invented_names.SKILL_OF[s] for s in firm.offers]
    skill = numbers.choice((*invented_names.SKILLS, *fitting, *fitting, "", ""))
    return Member(
        name=invented_names.person_name(numbers),
        number=invented_names.national_number(birth.strftime("%Y%m%d"), index % 1000),
        phone=invented_names.mobile_number(numbers),
        employer=employer,
        community=numbers.choices([h for h, _ in firm.homes], [w for _, w in firm.homes])[0],
        branch=numbers.choice(("第一", "第二", "机关")),
        skill=skill,
        joined=min(joined, AS_OF - timedelta(days=40)),
        stage="正式党员" if numbers.random() < 0.93 else "预备党员",
        retired=retired,
    )


def preferences(
    communities: tuple[Community, ...], enterprises: tuple[Enterprise, ...], members: tuple[Member, ...]
) -> list[list[float]]:
    """Return how well each enterprise (column) suits each community (row), from 0 to 1, by the known WEIGHTS of the district."""
    living = Counter((m.employer, m.community) for m in members)
    skilled = Counter((m.employer, m.skill) for m in members)
    return [
        [_suits(c, e, living[j, i], skilled, j) for j, e in enumerate(enterprises)] for i, c in enumerate(communities)
    ]


def _suits(community: Community, firm: Enterprise, living: int, skilled: Counter[tuple[int, str]], index: int) -> float:
    common = len(set(community.needs) & set(firm.offers))
    km = math.hypot(
        (community.lat - firm.lat) * 111.2, (community.lon - firm.lon) * 111.2 * math.cos(math.radians(community.lat))
    )
    signals = {
        "needs_met": common / len(community.needs),
        "members_living_there": living / (living + 10),
        "near": 1 / (1 + (km / 5) ** 2),
        "skills": sum(1 - 0.8 ** skilled[index, invented_names.SKILL_OF[s]] for s in community.needs)
        / len(community.needs),
        "needs_met_other_way": common / max(1, len(firm.offers)),
    }
    return sum(WEIGHTS[name] * value for name, value in signals.items()) / sum(WEIGHTS.values())


def _stands_out(pair: tuple[int, int], scores: list[list[float]], signed: set[tuple[int, int]]) -> bool:
    community, enterprise = pair
    rivals = [s for j, s in enumerate(scores[community]) if j != enterprise and (community, j) not in signed]
    return scores[community][enterprise] > max(rivals, default=0.0) + 0.08


def plan_agreements(
    scores: list[list[float]],
    communities: tuple[Community, ...],
    enterprises: tuple[Enterprise, ...],
    kept_free: set[tuple[int, int]],
    numbers: random.Random,
) -> tuple[Agreement, ...]:
    """Return past agreements: the pairs best liked with some noise, at most two for a community."""
    liked = [
        (score + numbers.gauss(0, 0.08), i, j)
        for i, row in enumerate(scores)
        for j, score in enumerate(row)
        if (i, j) not in kept_free and not enterprises[j].silent
    ]  # fmt: skip
    taken: Counter[int] = Counter()
    pairs: list[tuple[int, int]] = []
    for _, i, j in sorted(liked, reverse=True):
        if taken[i] < 2 and len(pairs) < round(0.9 * len(communities)):
            taken[i] += 1
            pairs.append((i, j))
    numbers.shuffle(pairs)
    made = [_plan_agreement(n, i, j, communities[i], numbers) for n, (i, j) in enumerate(pairs, 1)]
    # The last ones of a district with many are only drafted.
    drafts = range(len(made) - 2, len(made)) if len(made) > 10 else range(0)
    return tuple(replace(a, planned=True, activities=()) if n in drafts else a for n, a in enumerate(made))


def _plan_agreement(order: int, community: int, enterprise: int, side: Community, numbers: random.Random) -> Agreement:
    signed = date(2021, 3, 1) + timedelta(days=numbers.randrange(1900))
    term, months = numbers.choice((("一年", 12), ("二年", 24), ("3年", 36), ("自签订之日起三年", 36), ("长期", 120)))
    # From the second month on, so that a date written as a month only still comes before.
    first, last = signed + timedelta(days=32), min(AS_OF, signed + timedelta(days=30 * months))
    days = numbers.choice((0, 0, 1, 2, 3)) if first < last else 0
    held = sorted({first + timedelta(days=numbers.randrange((last - first).days)) for _ in range(days)})
    others = [s for s in invented_names.SERVICES if s not in side.needs]
    content = (side.needs[0], numbers.choice(others))
    return Agreement(f"联建〔{signed.year}〕{order}号", community, enterprise, signed, term, content, tuple(held))
