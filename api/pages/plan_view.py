"""The plan for all units: who pairs with whom, which pairs must be or must not be in it, and what that costs against the plan without."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.pages.question_fields import make_form
from api.pages.question_view import list_remarks
from api.pages.visit import Visit
from graph.documents import Document
from graph.errors import RequestError
from queries.answers.catalogue import find_question

PLAN = "pairing-plan"
MUST, FORBID, WITHOUT = "must", "forbid", "without"
LISTS = (MUST, FORBID, WITHOUT)
MOST_SHOWN = 200  # pairs; the whole plan is a page of its own
BETWEEN, SIDES = ",", "|"
SHOWN = (
    "enterprise_capacity", "community_capacity", MUST, FORBID, WITHOUT, "why_not", "count_existing", "both_choose", "load_penalty", "reach",
)  # fmt: skip


async def describe_plan(visit: Visit) -> dict[str, Any]:
    """Return what the page of the plan shows: the plan under the conditions of the address, compared with the one without them."""
    question = find_question(PLAN)
    given = {name: value for name, value in visit.asked.items() if name in SHOWN}
    form = [field for field in make_form(question, given, visit.lang) if field.name in SHOWN]
    found: dict[str, Any] = {"plan_form": form, "plan": None, "plan_error": None, "comparison": None, "remarks": []}
    try:
        plan = await _ask(visit, given)
    except RequestError as error:
        return found | {"plan_error": error}
    rows = [_offer(visit, row, given) for row in plan["rows"][:MOST_SHOWN]]
    conditions = [
        (name, pair, _without(visit, name, pair, given)) for name in LISTS for pair in _split(given.get(name, ""))
    ]
    remarks = [one for one in list_remarks(plan) if one != (plan.get("comparison") or {}).get("text")]
    return found | {
        "plan": plan, "plan_rows": rows, "conditions": conditions, "remarks": remarks, "comparison": plan.get("comparison"),
    }  # fmt: skip


async def _ask(visit: Visit, given: Mapping[str, str]) -> Document:
    question = find_question(PLAN)
    read = question.reader.read_texts(given)
    if not given:
        return await visit.ask_read(question, read)
    plain = await visit.ask(PLAN)
    pairs = [f"{row['left_id']}{SIDES}{row['right_id']}" for row in plain["rows"]]
    return await visit.ask_read(question, question.reader.read({**read, "compare": pairs}))


def _offer(visit: Visit, row: Document, given: Mapping[str, str]) -> Document:
    """Return a planned pair with the addresses of the plan that must hold it and of the one that must not."""
    pair = f"{row['left']}{SIDES}{row['right']}"
    return row | {
        name: ""
        if pair in _split(given.get(name, ""))
        else visit.link(**{name: BETWEEN.join([*_split(given.get(name, "")), pair])})
        for name in (MUST, FORBID)
    }


def _without(visit: Visit, name: str, pair: str, given: Mapping[str, str]) -> str:
    """Return the address of the plan without one of its conditions."""
    return visit.link(**{name: BETWEEN.join(one for one in _split(given[name]) if one != pair)})


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.replace("，", BETWEEN).split(BETWEEN) if part.strip()]
