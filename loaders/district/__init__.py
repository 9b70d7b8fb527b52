"""A synthetic district of any size with planted truth: for the demo, the tests and the benchmarks.

Everything in it is invented; the numbers of its people belong to an area and to ranges that nobody was ever given.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from graph.documents import Document
from loaders.district.bulk import generate_changes, generate_csv
from loaders.district.invented_names import INSTITUTIONS
from loaders.district.menus import red_base_names
from loaders.district.office import Clerk
from loaders.district.plan import WEIGHTS, plan_district, preferences, stream
from loaders.district.planned import AS_OF, PlannedDistrict, Sizes
from loaders.district.registers import FILES, Mistakes, write_registers
from loaders.district.ten_headings import write_headings

__all__ = ["generate_changes", "generate_csv", "generate_workbooks"]


def generate_workbooks(  # noqa: PLR0913 -- a size each
    folder: Path,
    *,
    seed: int = 7,
    enterprises: int = 17,
    communities: int = 24,
    members: int = 560,
    venues: int = 33,
    dirt: float = 1.0,
    headings: bool = True,
) -> Document:
    """Write registers of all kinds in the manner of offices and truth.json into `folder`, and return the truth.

    Without `headings`, only those that the first questions need: units, members, venues, agreements, needs and offers.

    `dirt` from 0 to 1 says how often a value is written in another than the plain way; at 0 no cell is wrong and no row
    stands twice. There are at least three enterprises and one community. The same arguments give the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    district = plan_district(Sizes(max(3, enterprises), max(1, communities), max(members, 1), venues), seed)
    mistakes = _choose_mistakes(district) if dirt else Mistakes()
    write_registers(folder, Clerk(district, stream(seed, "office"), dirt), mistakes)
    told, files = write_headings(folder, district, seed, dirt) if headings else ({}, [])
    truth = {"seed": seed, **tell_truth(district, mistakes), **told, "files": sorted((*FILES, *files))}
    (folder / "truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
    return truth


def _choose_mistakes(district: PlannedDistrict) -> Mistakes:
    venue = next((i for i, v in enumerate(district.venues) if v.status == "used"), -1)
    agreement = next((i for i, a in enumerate(district.agreements) if not a.activities and not a.planned), -1)
    return Mistakes(enterprise=2, venue=venue, agreement=agreement)


def tell_truth(district: PlannedDistrict, mistakes: Mistakes) -> Document:
    """Return what is true of a district and must be found after loading its registers."""
    firms, communities = district.enterprises, district.communities
    living = Counter(f"{firms[m.employer].name}|{communities[m.community].name}" for m in district.members)
    return {
        "as_of": AS_OF.isoformat(),
        "errors": _errors(district, mistakes),
        "must_not_appear": sorted({m.phone for m in district.members} | {m.number for m in district.members}),
        "different_units": [[firms[0].name, firms[-1].name]],
        "venues": {v.name: "used" if v.status == "seen" else v.status for v in district.venues},
        "venues_seen_in_use": sorted(v.name for v in district.venues if v.status == "seen"),
        "agreements_without_activity": sorted(
            a.number for a in district.agreements if not a.activities and not a.planned
        ),
        "pair_history": {
            f"{firms[a.enterprise].name}|{communities[a.community].name}": {
                "agreement": 1,
                "activity": len(a.activities),
            }
            for a in district.agreements
            if not a.planned
        },
        "planned_agreements": sorted(a.number for a in district.agreements if a.planned),
        "silent": sorted(f.name for f in firms if f.silent),
        "institutions": [name for name, *_ in INSTITUTIONS],
        "needs": [
            {"community": communities[n.community].name, "service": n.service, "title": n.title, "open": not n.state}
            for n in district.needs
        ],
        "offers": [
            {"enterprise": firms[o.enterprise].name, "service": o.service, "title": o.title} for o in district.offers
        ],
        "obvious_partners": [
            {"community": communities[i].name, "enterprise": firms[j].name} for i, j in district.obvious
        ],
        "preferences": _preferences(district),
        "members_living_in": dict(sorted(living.items())),
        "counts": {
            "enterprises": len(firms),
            "communities": len(communities),
            "members": len(district.members),
            "venues": len(district.venues),
            "red_bases": len(red_base_names(district)),
            "agreements": len(district.agreements),
        },
    }


def _errors(district: PlannedDistrict, mistakes: Mistakes) -> list[dict[str, str]]:
    found = []
    if mistakes.enterprise >= 0:
        found.append(
            {
                "file": "enterprises",
                "unit": district.enterprises[mistakes.enterprise].name,
                "field": "uscc",
                "why": "check digit",
            }
        )
    if mistakes.venue >= 0:
        found.append(
            {"file": "venues", "unit": district.venues[mistakes.venue].name, "field": "area", "why": "negative"}
        )
    if mistakes.agreement >= 0:
        found.append(
            {
                "file": "agreements",
                "unit": district.agreements[mistakes.agreement].number,
                "field": "signed",
                "why": "no such day",
            }
        )
    return found


def _preferences(district: PlannedDistrict) -> dict[str, object]:
    """Return the planted weights, and for each community its ten best enterprises by them, agreements or not."""
    scores = preferences(district.communities, district.enterprises, district.members)
    best = {
        community.name: [district.enterprises[j].name for j in sorted(range(len(row)), key=lambda j: (-row[j], j))[:10]]
        for community, row in zip(district.communities, scores, strict=True)
    }
    return {"weights": WEIGHTS, "partners": best}
