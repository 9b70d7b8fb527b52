"""The numeric limits by which a text file's encoding is recognized, each checked by a test.

See tests/loaders/test_text_figures.py.
"""

# fmt: off
SAMPLE = 65_536  # characters or bytes that are looked at
NULS = 50  # bytes of which one at least is NUL in a text of UTF-16 without a mark
FAMILIAR = 0.9  # share of Chinese and ASCII characters from which one of its two orders is the right one
FOREIGN_A_BROKEN = 4  # characters beyond ASCII that a broken byte in a UTF-8 file must have beside it: fewer, and the file is GB18030
RUBBISH = 10  # characters of which more than one in so many means nothing: no text
RUBBISH_FROM = 9  # such characters from which the file is refused
