"""What a user reads about one pair: for each signal and rule a sentence in Chinese and English, with the cells behind it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from graph.people import K_ANONYMITY
from graph.schema.cooperation import Activity
from graph.schema.members import MemberCohort
from graph.schema.organizations import Community, Enterprise
from graph.schema.resources import ResourceUse
from graph.state_vocabulary import CANCELLED
from graph.texts import Said, join_said
from graph.types.industries import name_industry
from queries.matching.arrays import Cell, Side
from queries.matching.distance import distance_km
from queries.matching.needs import Asks
from queries.matching.sides import Sides
from queries.matching.signal import Evidence
from queries.words.spoken import name_class

MOST_WORDS = 6  # words of a list in a sentence
LONGEST_NAMED = 12  # characters of one of them
# What two units both had to do with: only an activity was held together.
_TOGETHER = Said("曾共同开展活动 {n} 次：{titles}", "activities held together: {n}: {titles}")
_LENT = Said("一方借用另一方场地 {n} 处：{titles}", "venues of the one used by the other: {n}: {titles}")
_ONE_AFTER_OTHER = Said(
    "曾先后借用同一场地 {n} 处：{titles}", "venues that both used one after the other: {n}: {titles}"
)
_KINDS = {kind.label: Said(kind.zh, kind.en) for kind in (Community, Enterprise)}
_UNIT = Said("单位", "unit")
_NO_NEEDS = Said("该{kind}未报送需求清单，此项暂不计", "the {kind} reported no list of needs; not counted for now")
_NO_OFFERS = Said("该{kind}未报送资源清单，此项暂不计", "the {kind} reported no list of offers; not counted for now")
_MET = Said("满足需求：{some}（{met}/{n} 项）", "meets needs: {some} ({met}/{n})")
_PARTLY = Said("部分满足需求：{some}（{met}/{n} 项）", "meets needs in part: {some} ({met}/{n})")
_OF_THEM_PARTLY = Said("其中部分满足：{some}", "of these in part: {some}")
_MET_BACK = Said(
    "{asking}所需的{some}，{giving}可提供（{met}/{n} 项）",
    "the {giving} offers what the {asking} needs: {some} ({met}/{n})",
)
_NONE_BACK = Said(
    "{asking}所需的{some}等 {n} 项，{giving}不能提供",
    "the {giving} offers none of what the {asking} needs: {some} ({n})",
)
_MORE_NEEDS = Said("再满足{kind} {n} 项需求", "{n} more of the {kind}'s needs were met")
LEAST_SHARE = 1e-9  # shares closer than this are equal
COUNTED = (MemberCohort.label,)  # stands in no register
MOST_PATHS = 3  # joint activities and resources named


def list_words(words: Iterable[str], joint: str = "、") -> str:
    """Return words as a list for a sentence, cut after a few."""
    given = list(words)
    return joint.join(given[:MOST_WORDS]) + ("…" if len(given) > MOST_WORDS else "")


def list_classes(classes: Iterable[str], rows: Iterable[Cell] = (), joint: str = "、") -> str:
    """Return classes of services as a list for a sentence, in the words of the rows that speak of them."""
    said = {row["service"]: row["said"] for row in rows if row["said"]}
    return list_words(dict.fromkeys(said.get(one) or _shorten(name_class(one)) for one in classes), joint)


def _shorten(name: str) -> str:
    """Return the name of a class as one item of a list: of several kinds the first, of what nobody understands its first clause."""
    first = re.split(r"[、,，;；。.]", name, maxsplit=1)[0]
    return first if len(first) <= LONGEST_NAMED else f"{first[:LONGEST_NAMED]}…"


def cells_of(rows: Iterable[Cell]) -> tuple[Cell, ...]:
    """Return the distinct cells of rows, in order."""
    distinct = {(row["entity"], row["load_id"], row["sheet"], row["row"]): row for row in rows}
    return tuple(distinct.values())


def registry(sides: Sides, left: int, right: int) -> tuple[Cell, ...]:
    """Return the spreadsheet rows from which the two units of a pair were read; a unit that is only a count has none."""
    return tuple(row for row in (sides.left.row(left), sides.right.row(right)) if row["entity"] not in COUNTED)


def tell_needs(sides: Sides, left: int, right: int) -> Evidence:
    """Tell which of the left unit's needs the right unit meets."""
    return _tell_needs(sides, sides.asks, sides.left.ids[left], left, sides.right.ids[right], right)


def tell_needs_back(sides: Sides, left: int, right: int) -> Evidence:
    """Tell which of the right unit's needs the left unit meets."""
    asks, ends = sides.asks_back, (name_kind(sides.left), name_kind(sides.right))
    wanted, own = asks.wanted(right), sides.told.needs.of(sides.right.ids[right])
    met = _find_met(asks, right, left)
    some = Said(list_classes(met or wanted, own), list_classes(met or wanted, own, ", "))
    said = _MET_BACK if met else _NONE_BACK
    told = said.fill(giving=ends[0], asking=ends[1], some=some, met=len(met), n=len(wanted))
    return Evidence(str(told), told.en, _cells_of_needs(sides, asks, own, sides.left.ids[left], met))


def _tell_needs(sides: Sides, asks: Asks, asking_id: str, asking: int, giving_id: str, giving: int) -> Evidence:
    wanted, own = asks.wanted(asking), sides.told.needs.of(asking_id)
    met = _find_met(asks, asking, giving)
    if not met:
        return Evidence(
            f"未提供所需的{list_classes(wanted, own)}（0/{len(wanted)} 项）",
            f"offers none of the needs: {list_classes(wanted, own, ', ')} (0/{len(wanted)})",
        )
    offered = [asks.wholly.get(row["service"], frozenset()) for row in sides.told.offers.of(giving_id)]
    in_part = [service for service in met if not any(service in whole for whole in offered)]
    said = _PARTLY if len(in_part) == len(met) else _MET
    told = [said.fill(some=Said(list_classes(met, own), list_classes(met, own, ", ")), met=len(met), n=len(wanted))]
    if in_part and len(in_part) < len(met):
        told.append(_OF_THEM_PARTLY.fill(some=Said(list_classes(in_part, own), list_classes(in_part, own, ", "))))
    whole_text = join_said(told)
    return Evidence(str(whole_text), whole_text.en, _cells_of_needs(sides, asks, own, giving_id, met))


def _find_met(asks: Asks, asking: int, giving: int) -> list[str]:
    """Return the services needed by one unit that the other offers."""
    amounts = zip(asks.wanted(asking), asks.amounts(asking, giving), strict=True)
    return [service for service, amount in amounts if amount > 0]


def _cells_of_needs(
    sides: Sides, asks: Asks, needs: Sequence[Cell], giving_id: str, met: Sequence[str]
) -> tuple[Cell, ...]:
    """Return the rows of the needs that are met, and of the offers that meet them."""
    offers = sides.told.offers.of(giving_id)
    offered = [row for row in offers if asks.answers.get(row["service"], frozenset()) & set(met)]
    return cells_of([*(row for row in needs if row["service"] in set(met)), *offered])


def tell_no_lists(sides: Sides, left: int, right: int) -> Evidence:
    """Tell who reported no list, so that nothing can be said of the left unit's needs."""
    return _tell_missing(sides.asks, left, sides.left, sides.right)


def tell_no_lists_back(sides: Sides, left: int, right: int) -> Evidence:
    """Tell who reported no list, so that nothing can be said of the right unit's needs."""
    return _tell_missing(sides.asks_back, right, sides.right, sides.left)


def _tell_missing(asks: Asks, asking: int, seekers: Side, givers: Side) -> Evidence:
    said = (
        _NO_OFFERS.fill(kind=name_kind(givers)) if asks.needs.count[asking] else _NO_NEEDS.fill(kind=name_kind(seekers))
    )
    return Evidence(str(said), said.en)


def wish_needs(sides: Sides, left: int, right: int, value: float) -> Said:
    """Return the sentence that says how many more of the left unit's needs would have to be met."""
    return _MORE_NEEDS.fill(kind=name_kind(sides.left), n=count_missing(sides.asks, left, right, value))


def wish_needs_back(sides: Sides, left: int, right: int, value: float) -> Said:
    """Return the sentence that says how many more of the right unit's needs would have to be met."""
    return _MORE_NEEDS.fill(kind=name_kind(sides.right), n=count_missing(sides.asks_back, right, left, value))


def count_missing(asks: Asks, asking: int, giving: int, value: float) -> int:
    """Return how many more needs have to be met in full, the weightiest first, for the met share to reach `value`."""
    weights, amounts = asks.weights(asking), np.array(asks.amounts(asking, giving))
    gains = np.sort(weights * (1 - amounts))[::-1].cumsum() / weights.sum()
    return int(np.searchsorted(gains, value - float(weights @ amounts) / weights.sum() - LEAST_SHARE)) + 1


def name_kind(side: Side) -> Said:
    """Return what the units of a side are called in a sentence: 社区, 企业, or just 单位."""
    return _KINDS.get(side.label, _UNIT)


def tell_members(sides: Sides, left: int, right: int) -> Evidence:
    """Tell how many members live in the community, as the asker may see it; no row of a person stands behind it."""
    key = np.array([left * len(sides.right) + right])
    members = int(sides.homes.spread(key)[0])
    if members == 0 and sides.hides_few:
        return Evidence(
            f"住在该社区的党员少于{K_ANONYMITY}人", f"fewer than {K_ANONYMITY} members live in the community"
        )
    if members == 0:
        return Evidence("没有党员登记居住在该社区", "no member is registered as living in the community")
    people = f"{members} 名{'以上' if sides.hides_few else ''}"
    return Evidence(
        f"该企业有 {people}党员居住在该社区",
        f"{members}{' or more' if sides.hides_few else ''} members live in the community",
    )


def tell_distance(sides: Sides, left: int, right: int) -> Evidence:
    """Tell how far apart the two units are."""
    km = float(distance_km(sides.left.points[[left]], sides.right.points[[right]])[0])
    near = Said("相距不足 0.1 公里", "less than 0.1 km apart")
    far = Said(f"相距 {km:.1f} 公里", f"{km:.1f} km apart") if km >= 0.05 else near
    return Evidence(far, far.en, registry(sides, left, right))


def tell_skills(sides: Sides, left: int, right: int) -> Evidence:
    """Tell how many members have skills that the needs call for, as the asker may see it."""
    wanted, own = sides.asks.wanted(left), sides.told.needs.of(sides.left.ids[left])
    counts = {
        row["skill"]: row["members"] for row in sides.told.skills.of(sides.right.ids[right]) if row["members"] > 0
    }
    fitting = {skill for skill in counts if sides.told.helps.get(skill, frozenset()) & set(wanted)}
    people = sorted(((counts[skill], skill) for skill in fitting), key=lambda one: (-one[0], one[1]))
    needed = cells_of(row for row in own if row["service"] in set(wanted))
    if not people:
        few = f"少于{K_ANONYMITY}人" if sides.hides_few else "没有登记"
        return Evidence(
            f"特长对口{list_classes(wanted, own)}的党员{few}",
            f"{'few or ' if sides.hides_few else ''}no members with skills for {list_classes(wanted, own, ', ')}",
            needed,
        )
    more = Said("人以上", " or more") if sides.hides_few else Said("人", "")
    zh = list_words(f"{skill} {n} {more}" for n, skill in people)
    en = list_words((f"{skill} {n}{more.en}" for n, skill in people), ", ")
    return Evidence(f"党员特长对口：{zh}", f"members' skills: {en}", needed)


def tell_record(sides: Sides, left: int, right: int) -> Evidence:
    """Tell how the right unit's agreements were rated, those with the left unit first."""
    rated = sides.told.ratings.of(right)
    own = {row["agreement"] for row in sides.told.signed.of(left) if row["right"] == right}
    ours, others = ([row for row in rated if (row["agreement"] in own) is with_us] for with_us in (True, False))
    zh = [
        f"{who} {len(rows)} 份协议：{_count_ratings(rows)}"
        for who, rows in (("双方曾有", ours), ("与其他单位", others))
        if rows
    ]
    en = [
        f"{len(rows)} {who}: {_count_ratings(rows)}"
        for who, rows in (("between the two", ours), ("with others", others))
        if rows
    ]
    return Evidence(f"合作评价：{'；'.join(zh)}", f"rated agreements, {'; '.join(en)}", cells_of([*ours, *others]))


def _count_ratings(rows: Sequence[Cell]) -> str:
    counts = Counter(row["rating"] for row in sorted(rows, key=lambda row: -row["value"]))
    return "、".join(f"{rating} {n}" for rating, n in counts.items())


def tell_shared(sides: Sides, left: int, right: int) -> Evidence:
    """Tell which activities and resources both units had to do with."""
    ours, theirs = (sides.told.shared.of(unit) for unit in (sides.owners[0][left], sides.owners[1][right]))
    common = {row["thing"] for row in ours} & {row["thing"] for row in theirs}
    named = {row["thing"]: row for row in [*ours, *theirs] if row["thing"] in common}
    if not named:
        return Evidence("没有共同的活动或场地往来", "no joint activities or resources")
    owned = {row["thing"] for row in [*ours, *theirs] if row["entity"] not in (Activity.label, ResourceUse.label)}
    groups = (
        (_TOGETHER, [row for row in named.values() if row["entity"] == Activity.label]),
        (_LENT, [row for thing, row in named.items() if thing in owned]),
        (
            _ONE_AFTER_OTHER,
            [row for thing, row in named.items() if row["entity"] != Activity.label and thing not in owned],
        ),
    )
    said = join_said(form.fill(n=len(rows), titles=_list_latest(rows)) for form, rows in groups if rows)
    shown = {row["thing"] for _, rows in groups for row in _latest(rows)}
    return Evidence(str(said), said.en, cells_of(row for row in [*ours, *theirs] if row["thing"] in shown))


def _latest(rows: Iterable[Cell]) -> list[Cell]:
    """Return the latest few activities or resources."""
    return sorted(rows, key=lambda row: (-(row["day"].toordinal() if row["day"] else 0), row["thing"]))[:MOST_PATHS]


def _list_latest(rows: Iterable[Cell]) -> Said:
    titles = dict.fromkeys(row["title"] or row["entity"] for row in _latest(rows))
    return Said(list_words(titles), list_words(titles, ", "))


def tell_sector(sides: Sides, left: int, right: int) -> Evidence:
    """Tell the enterprise's line of business, both units' numbers of Party members, and its agreements in force."""
    ours, theirs = sides.left.row(left), sides.right.row(right)
    busy = int(sides.busy[1][right])
    trade = name_industry(theirs.get("industry"))
    first, second = ours.get("party_members"), theirs.get("party_members")
    return Evidence(
        f"行业：{trade}；在册党员 {first} 名与 {second} 名；企业履行中协议 {busy} 份",
        f"line of business: {trade.en}; {first} and {second} Party members on the rolls; {busy} agreements of the enterprise in force",
        (ours, theirs),
    )


def tell_in_force(sides: Sides, left: int, right: int) -> Evidence:
    """Tell the agreement that the two units have in force."""
    rows = [row for row in sides.told.signed.of(left) if row["right"] == right and row["in_force"]]
    names = list_words(row["number"] or row["name"] for row in rows)
    return Evidence(
        f"双方已有履行中的协议：{names}", f"the two already have an agreement in force: {names}", cells_of(rows)
    )


def tell_accepted(_: Sides, __: int, ___: int) -> Evidence:
    """Tell that somebody accepted the pair, and that its agreement is still to be signed."""
    return Evidence("已采纳结对，协议待签", "already accepted as a pair, agreement pending")


def tell_ended(sides: Sides, left: int, right: int) -> Evidence:
    """Tell the agreement that the two units ended in dissatisfaction."""
    rows = [row for row in sides.told.signed.of(left) if row["right"] == right and row["said"] == CANCELLED]
    names = list_words(row["number"] or row["name"] for row in rows)
    return Evidence(
        f"双方的协议因评价不够满意而终止：{names}",
        f"the two ended an agreement in dissatisfaction: {names}",
        cells_of(rows),
    )


def tell_forbidden(_: Sides, __: int, ___: int) -> Evidence:
    """Tell that somebody decided against the pair."""
    return Evidence("已决定双方不结对", "it was decided that the two do not pair")


def tell_same_unit(sides: Sides, left: int, right: int) -> Evidence:
    """Tell that one unit stands on both sides."""
    return Evidence("双方是同一单位", "both sides are one unit", registry(sides, left, right))


def tell_unserved(sides: Sides, left: int, right: int) -> Evidence:
    """Tell that nothing that is offered is of the class of what is needed."""
    return Evidence(
        "供给与需求不是同类", "what is offered is of another class than what is needed", registry(sides, left, right)
    )


def tell_out_of_reach(sides: Sides, left: int, right: int) -> Evidence:
    """Tell that the two units are farther apart than the asker's reach."""
    told = tell_distance(sides, left, right)
    return Evidence(f"超出结对范围：{told.zh}", f"out of reach: {told.en}", told.cells)


def tell_silent(sides: Sides, left: int, right: int) -> Evidence:
    """Tell that nobody reported what would let a unit be compared."""
    return Evidence(
        "未报送资源清单、需求清单，无从比较，暂不参与排序",
        "reported neither offers nor needs: there is nothing to compare, so it is not ranked",
    )


def tell_full(sides: Sides, left: int, right: int) -> Evidence:
    """Tell how many agreements in force use up the units' places."""
    ours, theirs = int(sides.busy[0][left]), int(sides.busy[1][right])
    return Evidence(
        f"名额已满：{sides.left.units['name'][left]}履行中协议 {ours} 份，{sides.right.units['name'][right]} {theirs} 份",
        f"no place left: agreements in force {sides.left.units['name'][left]} {ours}, {sides.right.units['name'][right]} {theirs}",
        registry(sides, left, right),
    )
