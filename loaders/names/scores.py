"""How well a short name fits a full one: an ordered subsequence, weighted by how rare its characters are.

Chinese short names pick characters of the full name in order (洛阳轴承 → 洛轴). A name scores by the share of its own weight that is
found in order in the full name, and by how much of the full name that explains: a character is explained by a picked one beside
it as far as the two make a word (承 nearly always follows 轴), so that whole words that nothing was picked from (解放 in 一汽解放)
count against it. Words of every name (中国, 集团, 股份) need little explanation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from graph.names import cut_suffix
from loaders.names import name_figures as figures

Floats = NDArray[np.float32]
Codes = NDArray[np.int32]
_WHOLE, _TINY = 1 - 1e-5, 1e-9
_NARROWEST = 4  # characters that the codes of any names have room for: pairs at any reach can be cut of them
_COMMON = frozenset("国集团股份公司市区县省厂局院所部处会第")  # characters of kinds of units, wherever they stand
_EMPTY = ("集团", "股份", "控股", "有限", "公司")  # words that a short name leaves out, and 中国 before the rest
_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_LISTED_END = re.compile(r"(?<=.)(?:股份|控股)+$")
_ORDINAL = re.compile(r"第(?=[一二三四五六七八九十〇])")
_NUMBER = re.compile(r"[\d第]")
_KIND_WORDS = frozenset({"社区", "街道"})


def comparable(name: str) -> str:
    """Return what of a name is compared: brackets opened, 有限公司 off, 居委会 as 社区, 11局 as 十一局, 第一 as 一."""
    return comparable_cut(*cut_suffix(name))


def comparable_cut(core: str, kind: str) -> str:
    """Do what `comparable` does of a name that was parted into its core and kind already."""
    text = core + kind if kind in _KIND_WORDS else core
    if _NUMBER.search(text):
        text = _ORDINAL.sub("", re.sub(r"\d+", _numeral, text))
    return text[: figures.LONGEST]


def _numeral(found: re.Match[str]) -> str:
    number = found[0]
    if len(number) != 2 or number[0] == "0":
        return number.translate(_DIGITS)
    tens = "" if number[0] == "1" else number[0].translate(_DIGITS)
    return f"{tens}十{number[1].translate(_DIGITS) if number[1] != '0' else ''}"


def _lasts(name: str) -> str:
    inner = _LISTED_END.sub("", name)
    return name[-1:] + inner[-1:] + inner.removesuffix("集团")[-1:]


class Alphabet:
    """The characters of a set of names: a number from 1 on, a weight and the sounds of each. 0 is no character.

    A character that no name of the set has gets a number from `size` on when it is met.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._points, counts = np.unique(_points(names), return_counts=True)
        self.size = len(self._points) + 1
        rarity = np.log((1 + len(names)) / (1 + counts) + 1.0)
        self._characters = [chr(p) for p in self._points.tolist()]
        rarity *= [figures.COMMON if c in _COMMON else 1.0 for c in self._characters]
        self._weights: Floats = np.concatenate([[0.0], rarity, [np.log(len(names) + 2.0)]]).astype(np.float32)
        self._strange: dict[str, int] = {}
        self._sounds: Codes = np.full((1, 2), -1, dtype=np.int32)  # of the characters looked at so far; 0 has none

    def encode(self, names: Sequence[str]) -> Codes:
        """Return the numbers of the characters of names, a row each, filled up with 0."""
        lengths = np.array([len(n) for n in names], dtype=np.int64)
        points = _points(names)
        at = np.minimum(np.searchsorted(self._points, points), len(self._points) - 1)
        numbers = at + 1
        for place in np.nonzero(self._points[at] != points)[0].tolist():
            numbers[place] = self._strange.setdefault(chr(points[place]), self.size + len(self._strange))
        codes = np.zeros((len(names), max(int(lengths.max(initial=0)), _NARROWEST)), dtype=np.int32)
        codes[np.arange(codes.shape[1]) < lengths[:, None]] = numbers
        return codes

    def weights(self, codes: Codes) -> Floats:
        """Return the weight of each character: its inverse document frequency, less for 集团, 公司 and their like."""
        found: Floats = self._weights[np.minimum(codes, self.size)]
        return found

    def is_letter(self, codes: Codes) -> NDArray[np.bool_]:
        """Tell which characters of known names are letters or digits."""
        table = np.array([False, *(c.isascii() for c in self._characters)])
        return np.asarray(table[codes])

    def sounds(self, codes: Codes) -> tuple[Codes, Codes]:
        """Return the number of the usual and of the other sound of each character; -1 for none."""
        met = self.size + len(self._strange)
        if len(self._sounds) < met:
            added = [*self._characters, *self._strange][len(self._sounds) - 1 : met - 1]
            self._sounds = np.vstack([self._sounds, np.array([_sounds_of(c) for c in added], dtype=np.int32)])
        return self._sounds[codes, 0], self._sounds[codes, 1]

    @cached_property
    def _by_sound(self) -> tuple[Codes, Codes]:
        # The numbers of the known characters in order of their usual sound.
        numbers = np.arange(1, self.size, dtype=np.int32)
        sounds = self.sounds(numbers)[0]
        order = np.argsort(sounds, kind="stable")
        return sounds[order], numbers[order]

    def sound_alike(self, codes: Codes) -> tuple[NDArray[np.int64], Codes]:
        """Return every known character that sounds like one of `codes` and is another: the places in `codes`, the numbers."""
        sounds, numbers = self._by_sound
        asked = self.sounds(codes)[0]
        low = np.searchsorted(sounds, asked, "left")
        count = np.where(asked < 0, 0, np.searchsorted(sounds, asked, "right") - low)
        places = np.repeat(np.arange(len(codes)), count)
        within = np.arange(len(places)) - np.repeat(np.cumsum(count) - count, count)
        found = numbers[np.repeat(low, count) + within]
        other = found != codes[places]
        return places[other], found[other]


class Forms:
    """Full names made ready to be compared: their characters, what each weighs, and how far each is bound to its neighbours."""

    def __init__(self, names: Sequence[str]) -> None:
        self.alphabet = Alphabet(names)
        self.codes = self.alphabet.encode(names)
        self._weights = self._weigh()
        self._to_left, self._to_right = self._bind()
        # The first character and the one behind 中国; the last and the ones before 股份 or 控股, before 集团.
        self._first = self.alphabet.encode([n[0] + n.removeprefix("中国")[:1] for n in names])[:, :2]
        self._last = self.alphabet.encode([_lasts(n) for n in names])[:, :3]

    def _weigh(self) -> Floats:
        weights = self.alphabet.weights(self.codes)
        for word in (*_EMPTY, "中国"):
            a, b = (self.alphabet.encode([c])[0, 0] for c in word)
            at = (self.codes[:, :-1] == a) & (self.codes[:, 1:] == b)
            if word == "中国":
                at[:, 1:] = False
            weights[:, :-1][at] *= figures.EMPTY
            weights[:, 1:][at] *= figures.EMPTY
        weights **= figures.FLATTENED
        weights *= np.where(self.alphabet.is_letter(self.codes), figures.LETTERS, 1.0)
        return weights.astype(np.float32)

    def _bind(self) -> tuple[Floats, Floats]:
        """Return for each character how often its kind follows the one before it here, and precedes the one behind it."""
        left, right = self.codes[:, :-1], self.codes[:, 1:]
        at = np.nonzero(right)
        a, b = left[at].astype(np.int64), right[at].astype(np.int64)
        order = np.argsort(pairs := a * self.alphabet.size + b)
        new = np.append(True, np.diff(pairs[order]) != 0)[: len(pairs)]
        which = np.empty(len(pairs), dtype=np.int64)
        which[order] = np.cumsum(new) - 1
        together = np.bincount(which)
        apart = np.maximum(np.bincount(self.codes.ravel(), minlength=self.alphabet.size), 1)
        to_left = np.zeros(self.codes.shape, dtype=np.float32)
        to_right = np.zeros(self.codes.shape, dtype=np.float32)
        to_left[:, 1:][at] = (together[which] - figures.ONCE) / (apart[b] + figures.ONCE)
        to_right[:, :-1][at] = (together[which] - figures.ONCE) / (apart[a] + figures.ONCE)
        return to_left, to_right

    def score(self, names: Codes, rows: NDArray[np.int64], at: NDArray[np.int64]) -> tuple[Floats, NDArray[np.bool_]]:
        """Return how well the names of `rows` are short forms of the full names `at`, in [0, 1]; and which names fit one whole."""
        asked = names[rows]
        own, explained = self._compare(asked, at, sounded=False)
        fits = np.zeros(len(names), dtype=bool)
        fits[rows[own >= _WHOLE]] = True
        # A sound is listened to only where no full name has all the characters as they are written.
        rest = np.nonzero(~fits[rows])[0]
        own[rest], explained[rest] = self._compare(asked[rest], at[rest], sounded=True)
        known = self.codes[at]
        first, last = asked[:, :1], asked[np.arange(len(asked)), (asked > 0).sum(axis=1) - 1][:, None]
        begins, ends = (first == self._first[at]).any(axis=1), (last == self._last[at]).any(axis=1)
        value = own**2 * (figures.FITS + figures.EXPLAINED * explained + figures.BEGINS * begins + figures.ENDS * ends)
        for character, factor in figures.RELATIVES:
            number = self.alphabet.encode([character])[0, 0]
            silent = (known == number).any(axis=1) & ~(asked == number).any(axis=1)
            value = np.where(silent, factor * value, value)
        return np.minimum(value, 1.0).astype(np.float32), fits

    def _compare(self, asked: Codes, at: NDArray[np.int64], sounded: bool) -> tuple[Floats, Floats]:
        """Return the share of the asked names' weight that is found in order, and the share of the full names' that this explains."""
        known, weight, gain = self.codes[at], self._weights[at], self.alphabet.weights(asked)
        spoken, heard = (self.alphabet.sounds(c) if sounded else () for c in (asked, known))
        best = np.zeros((len(asked), known.shape[1] + 1), dtype=np.float32)
        picked = np.zeros(known.shape, dtype=np.float32)
        for column in range(asked.shape[1]):
            part = slice(column, column + 1)
            match = ((asked[:, part] == known) & (asked[:, part] > 0)).astype(np.float32)
            if sounded:
                np.maximum(match, figures.SOUND * _sound_alike([s[:, part] for s in spoken], heard), out=match)
            # One character of the short name explains one of the full name: of several equal ones each a part.
            np.maximum(picked, match / np.maximum(match.sum(axis=1, keepdims=True), 1), out=picked)
            best[:, 1:] = np.maximum(best[:, 1:], best[:, :-1] + match * gain[:, part])
            np.maximum.accumulate(best, axis=1, out=best)
        beside = picked.copy()
        np.maximum(beside[:, 1:], figures.BOND * picked[:, :-1] * self._to_left[at][:, 1:], out=beside[:, 1:])
        np.maximum(beside[:, :-1], figures.BOND * picked[:, 1:] * self._to_right[at][:, :-1], out=beside[:, :-1])
        own = best[:, -1] / np.maximum(gain.sum(axis=1), _TINY)
        return own, (beside * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), _TINY)


def _sound_alike(spoken: Sequence[Codes], heard: Sequence[Codes]) -> NDArray[np.bool_]:
    """Tell which characters share the usual sound of one of them, each given by its usual and its other sound."""
    (a, b), (c, d) = spoken, heard
    return np.asarray(((a == c) | (a == d)) & (a >= 0) | (b == c) & (b >= 0))


def _points(names: Sequence[str]) -> NDArray[np.uint32]:
    return np.frombuffer("".join(names).encode("utf-32-le"), dtype=np.uint32)


@lru_cache(maxsize=50_000)
def _sounds_of(character: str) -> tuple[int, int]:
    from pypinyin import Style, pinyin  # 60 ms to import: only where names are compared

    if not "\u4e00" <= character <= "\u9fff":
        return -1, -1
    read = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
    first, second = read[0], read[1] if len(read) > 1 else ""
    return _syllable(first), _syllable(second) if second else -1


@lru_cache(maxsize=1_000)
def _syllable(sound: str) -> int:
    # Sounds of any length are letters: as a number to the base 27 two are equal only if they are one.
    return sum((ord(c) - 96) * 27**i for i, c in enumerate(sound.replace("ü", "v")[:6]))
