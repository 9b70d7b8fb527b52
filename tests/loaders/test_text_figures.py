"""The figures of text files: which encoding they are in, and which are no text, on either side of each of them."""

from graph.errors import FileTypeError
from loaders.formats.encoding import decode_text


def read(data: bytes) -> str | None:
    """Return the text of a file; None where it is none."""
    try:
        return decode_text(data, "表.csv").content.decode()
    except FileTypeError:
        return None


def test_utf_16_without_a_mark_shows_by_one_nul_in_fifty_bytes_and_by_familiar_characters() -> None:
    for plain, strange, others, readable in ((1, 0, 24, True), (1, 0, 26, False), (4, 5, 41, True), (4, 6, 40, False)):
        text = "字" * others + "," * plain + "\u0100" * strange
        assert (read(text.encode("utf-16-le")) == text) is readable


def test_a_broken_byte_among_four_foreign_characters_leaves_a_file_utf_8() -> None:
    assert "字字字字" in (read("字字字字".encode() + b"\xff,") or "")
    assert "字字字" not in (read("字字字".encode() + b"\xff,") or "")


def is_text(rubbish: int, characters: int) -> bool:
    return read(b"\x01" * rubbish + b"a" * (characters - rubbish)) is not None


def test_a_file_is_no_text_where_more_than_a_tenth_of_it_and_nine_characters_mean_nothing() -> None:
    assert is_text(10, 100) and not is_text(11, 100)
    assert is_text(8, 20) and not is_text(9, 20)
