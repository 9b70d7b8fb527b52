"""The numeric limits and weights for comparing a header with known wordings, each from 0 to 1.

They were found on sheets of several hundred columns as offices word them, and checked on others that had not been looked at
(docs/decisions/0006). A test stands at each of them (tests/loaders/test_header_figures.py).
"""

# fmt: off
# How much an exact hit is worth, by the form of the header that is known; 1 for the whole header.
JOINED_LEVELS = 0.98  # its last level behind the group above it: 党员/人数 as 党员人数
WITHOUT_BRACKETS = 0.97  # without what stands in brackets: 甲方 of 甲方(社区)
LAST_LEVEL = 0.95  # its last level alone
TRANSLATED = 0.99  # share of it for an English header by the words of a Chinese one: what the schema itself calls a column goes first
ASKED_FOR = 0.93  # what it asks for, where it is worded as a question

# How alike a header is to what a column's wordings are about together.
ALL_KNOWN = 0.86  # where the column knows all its words, head included
OTHER_HEAD = 0.6  # share that is left of it where no wording of the column ends like the header
LACKS = 0.4  # share that is lost where the header lacks what all wordings of the column have
ONLY_HEAD = 0.7  # where the head is that of one column alone, whatever stands before it (宣教主题)
NARROWED = 0.5  # share that is left where a word makes something else of the header
FOREIGN = 0.75  # share that is left where the header has a telling concept that other columns have and this one lacks
FOREIGN_FROM = 0.5  # how telling such a concept is at least, as a share of the most telling one's weight
HEAD_ALONE = 0.7  # share that is left where all they have in common is a plain head (吉祥数, 户数)
STRAY = 0.9  # share that is left where all they have in common is a stray character
STRAY_UP_TO = 0.5  # share of the header's concepts up to which single characters in common are stray
RARELY = 0.5  # share that a concept keeps at a column which hardly uses it, while another does
UNKNOWN = 0.4  # weight of a character that no wording of the register has, as a share of the most telling concept's

# What a person can do (crafts.py).
LONGEST_CRAFT = 24  # characters of a skill; more is a sentence about somebody
