"""Reads the words of a status cell: 未停用 is in use, 改造完成，已启用 is open again, 待验收 is not done, 停止收费 says nothing.

A status is a verb with what stands around it: a word for not (未), not yet (待), now (正在, …中) or a part only (部分). Verbs are
listed once, by what their event means; the words around them are read by rules. What is of no known verb is UNKNOWN, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from graph.state_vocabulary import (
    ADVERBS,
    CANCELLED,
    DATES,
    DONE,
    ENDS,
    EXPIRED,
    MARKS,
    OPEN,
    OWN,
    SUSPENDED,
    TIMES,
    UNDER_WAY,
    UNKNOWN,
    VERBS,
    Verbs,
)

_SPLIT = re.compile(r"[,;。、/()\[\]【】\n]+|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_SHARE = re.compile(r"(\d{1,3})(?:\.\d+)?%")
_COUNTED = re.compile(r"^\d+(?:次|项|件|户|名|人|场|家|个|批)")
_FAR = 4  # characters of no known word after which a word no longer belongs to the verb that follows
_ABOUT_A_PART = 2  # characters of no known word after “stop” that name what is stopped
_AFTER = "中"

_WORDS: dict[str, str] = {}
for _name, _verbs in VERBS.items():
    for _word in _verbs.words.replace("_", " ").split(" "):
        _WORDS.setdefault(_word, _name)
for _name, _text in (*MARKS.items(), ("adverb", ADVERBS), ("end", ENDS)):
    for _word in _text.split(" "):
        _WORDS.setdefault(_word, _name)
_LONGEST = max(map(len, _WORDS))


@dataclass
class Event:
    """A verb of a status text with the word that stands before it, and the text right after it that is of no known word."""

    verb: str
    mark: str = ""
    timed: bool = False
    rest: str = ""
    ended: bool = False


@lru_cache(maxsize=10_000)
def read_state(text: str | None, resource: bool = False) -> str:
    """Return the state that the words of a status express; of a `resource`, what is let or under repair is suspended.

    UNKNOWN where the text is empty, or of no verb that is known here.
    """
    found = UNKNOWN
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text or "").lower()).strip()
    for clause in _SPLIT.split(plain):
        found = _read_clause(clause, found, resource)
    return found


def says_expired(text: str | None) -> bool:
    """Tell whether a status says that the time is up, whatever else it says: 逾期未完成."""
    plain = unicodedata.normalize("NFKC", text or "").lower()
    events = (event for clause in _SPLIT.split(plain) for event in _events(clause))
    return any(event.verb == "expire" and event.mark in {"", "part"} and not event.timed for event in events)


def is_known(text: str | None) -> bool:
    """Tell whether a status text has a verb that says something of the thing."""
    return read_state(text) != UNKNOWN or read_state(text, resource=True) != UNKNOWN


def _read_clause(clause: str, found: str, resource: bool) -> str:
    share = _SHARE.search(clause)
    if share:
        done = int(share[1])
        return DONE if done >= 100 else UNDER_WAY if done else OPEN
    for event in _join_ends(_events(clause)):
        state = _state_of(event, resource)
        if state and _counts(event, state, found):
            found = state
    return found


def _counts(event: Event, state: str, found: str) -> bool:
    """Tell whether what an event says changes what the words before it said: plans and regular closing times change nothing."""
    if found == UNKNOWN:
        return True
    if event.timed or event.mark == "yet":
        return False
    if event.mark == "not":  # 已开工，未完工 is under way; 已办结，未销号 is open again
        return found in {DONE, EXPIRED} if state == OPEN else found != EXPIRED
    return True


def _state_of(event: Event, resource: bool) -> str:
    verbs = VERBS[event.verb]
    stopping = event.verb in _STOPS
    if stopping and len(event.rest) >= _ABOUT_A_PART:
        return ""  # 停止收费: about something else
    if event.timed and (stopping or event.mark == "never"):
        return OPEN  # 周末关闭 is a matter of opening hours
    if event.mark in {"never", "not", "can", "yet"}:
        return _state_before(event, verbs, resource)
    if event.mark == "part":
        return "" if stopping else UNDER_WAY if verbs.done == DONE else verbs.done
    if event.verb == "finish" and _COUNTED.match(event.rest):
        return ""  # 已完成3次: of how many?
    if event.mark == "now" and not event.ended:
        return (verbs.resource_now if resource else "") or verbs.now
    if event.ended and event.verb in _ENDED:
        return _ENDED[event.verb][resource]
    return (verbs.resource if resource else "") or verbs.done


def _state_before(event: Event, verbs: Verbs, resource: bool) -> str:
    """Return the state of a thing to which the event has not happened, will not, or may."""
    if event.mark == "never":
        return _NEVER.get(event.verb, CANCELLED)
    if event.mark == "not":
        return _NOT_DONE.get(event.verb, verbs.before)
    if event.mark == "can":
        return OPEN
    return SUSPENDED if resource and event.verb == "stop" else verbs.before


_STOPS = {"stop", "pause", "refuse"}
_NEVER = {
    "open": SUSPENDED,
    "use": SUSPENDED,
    "stop": OPEN,
    "pause": OPEN,
    "finish": "",
    "expire": "",
    "convert": "",
    "full": OPEN,
}
_NOT_DONE = {"stop": OPEN, "pause": OPEN, "convert": "", "refuse": "", "use": OPEN}
# What comes to its end, of other things and of a resource: works that end leave a room open again.
_ENDED = {
    "convert": (DONE, OPEN),
    "build": (DONE, OPEN),
    "work": (DONE, DONE),
    "check": (DONE, DONE),
    "begin": (UNDER_WAY, UNDER_WAY),
    "carry": (DONE, DONE),
    "take": (DONE, DONE),
}


def _join_ends(events: list[Event]) -> list[Event]:
    """Return the events with a verb and its end as one: 改造 完成, 完成 签约, 改造 未完成."""
    joined: list[Event] = []
    for event in events:
        last = joined[-1] if joined else None
        if last and event.verb == "finish" and last.verb in _ENDED and not last.rest and last.mark in {"", "now"}:
            if event.mark in {"not", "yet", "now", "part"}:
                last.mark = "now"  # it goes on
            else:
                last.mark, last.ended = "", True
        elif last and last.verb == "finish" and event.verb in _ENDED and not (last.rest or event.mark):
            joined[-1] = Event(event.verb, last.mark, last.timed, event.rest, ended=not last.mark)
        else:
            joined.append(event)
    return joined


def _events(clause: str) -> list[Event]:
    events: list[Event] = []
    mark, timed, gap, last = "", False, 0, ""
    for kind, word in _tokens(clause):
        if kind in VERBS:
            stopped = bool(events) and events[-1].verb in _STOPS and last in VERBS and not mark
            if not stopped or kind in _STOPS:  # 停止使用 is one event
                events.append(Event(kind, mark, timed))
            mark, timed = "", False
        elif kind == "end" or (word == _AFTER and last in VERBS):
            if events and last in VERBS:
                events[-1].ended |= kind == "end"
                events[-1].mark = events[-1].mark or ("now" if word == _AFTER else "")
        elif kind == "times":
            timed = True
        elif kind in MARKS:
            mark = mark if mark in {"not", "never", "yet"} else kind
        elif kind == "":
            gap += len(word)
            if events and last not in {"times"} and not mark:
                events[-1].rest += "" if word in OWN else word
            mark = mark if gap < _FAR else ""
        gap = gap if kind == "" else 0
        last = kind if kind != "adverb" else last
    return events or ([Event("plan")] if mark == "yet" else [])  # 计划中, 下阶段


def _tokens(clause: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a clause with what they are, the longest known word first; text of no known word is of kind ''."""
    at, start = 0, 0
    while at < len(clause):
        timed = TIMES.match(clause, at)
        dated = DATES.match(clause, at)
        long = next((n for n in range(_LONGEST, 0, -1) if clause[at : at + n] in _WORDS), 0)
        word = (timed or dated)[0] if timed or dated else clause[at : at + long]  # type: ignore[index]
        if not word:
            at += 1
            continue
        if start < at:
            yield "", clause[start:at].strip()
        yield ("times" if timed else "adverb" if dated else _WORDS[word]), word
        at += len(word)
        start = at
    if start < at:
        yield "", clause[start:at].strip()
