"""From bytes to text: UTF-8, UTF-16 in both orders and GB18030, with or without a byte order mark."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from graph.errors import FileTypeError

DAMAGED = "\ufffd"  # stands where bytes mean nothing
_SAMPLE = 65_536
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_FAMILIAR = re.compile(r"[\t\n\r -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_RUBBISH = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_MOSTLY = 0.9


@dataclass(frozen=True)
class DecodedText:
    """A text file as UTF-8 with line ends of one character; `damaged` says that some bytes meant nothing in its encoding."""

    content: bytes
    damaged: bool = False


def decode_text(data: bytes, file: str) -> DecodedText:
    """Return the text of a file, whatever its encoding; raise an error when it is no text at all."""
    text, damaged = _decode(data)
    _refuse_rubbish(text, file)
    content = text.encode("utf-8", "replace")
    if b"\r" in content:
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return DecodedText(content.rstrip(b"\x1a"), damaged)


def _decode(data: bytes) -> tuple[str, bool]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], name)
    wide = _unmarked_utf16(data)
    if wide:
        return _decode_as(data, wide)
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError as error:
        around = data[max(0, error.start - _SAMPLE) : error.start + _SAMPLE]
    return _decode_as(data, "utf-8" if _is_mostly_utf8(around) else "gb18030")


def _decode_as(data: bytes, name: str) -> tuple[str, bool]:
    try:
        return data.decode(name), False
    except UnicodeDecodeError:
        return data.decode(name, "replace"), True


def _unmarked_utf16(data: bytes) -> str | None:
    # Without a mark, UTF-16 shows by its NUL bytes (one for each ASCII character) and by reading well in one order only.
    sample = data[: _SAMPLE & ~1]
    if len(data) % 2 or sample.count(0) * 50 < len(sample):
        return None
    shares = {name: _familiar_share(sample.decode(name, "replace")) for name in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= _MOSTLY else None


def _is_mostly_utf8(sample: bytes) -> bool:
    # A few broken bytes must not turn a whole UTF-8 file into nonsense that happens to be valid GB18030.
    text = sample.decode("utf-8", "surrogateescape")
    broken = len(re.findall("[\udc80-\udcff]", text))
    foreign = len(re.findall("[^\x00-\x7f\udc80-\udcff]", text))
    lone_surrogates = len(re.findall(rb"\xed[\xa0-\xbf][\x80-\xbf]", sample))
    return broken <= foreign // 4 or broken == 3 * lone_surrogates


def _familiar_share(text: str) -> float:
    return len(_FAMILIAR.findall(text)) / max(1, len(text))


def _refuse_rubbish(text: str, file: str) -> None:
    sample = text[:_SAMPLE]
    rubbish = len(_RUBBISH.findall(sample))
    if rubbish * 10 > len(sample) and rubbish > 8:
        raise FileTypeError(file=file)
    if _is_json(sample, text):
        raise FileTypeError(file=file)


def _is_json(sample: str, text: str) -> bool:
    start, end = sample.lstrip()[:1], text[-64:].rstrip()[-1:]
    return (start, end) in {("{", "}"), ("[", "]")} and re.match(
        r'\s*[\[{]\s*(["\[{\]}\d-]|true|false|null)', sample
    ) is not None
