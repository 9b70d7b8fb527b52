"""The figures by which the units whose names are most like a name are found: only suggestions hang on them, never a merge.

They were found on pairs of real short, former, listed, branch and misspelt names (docs/decisions/0006); `python -m benchmarks.names`
measures them. A test stands at each of them (tests/loaders/test_name_figures.py).
"""

# fmt: off
# How well a short name fits a full one (scores.py): parts of the score.
FITS = 0.57  # whatever fits
EXPLAINED = 0.30  # how much of the full name is explained
BEGINS, ENDS = 0.07, 0.06  # an equal beginning; an equal end
RELATIVES = (("团", 1.02), ("份", 0.97))  # factors for 集团, 股份 in the full name only: a short name means the group rather
SOUND = 0.6  # what a character of the same sound counts (一托 for 一拖)

# What the characters of a name weigh there, beside their rarity.
COMMON = 0.5  # characters of kinds of units, wherever they stand
EMPTY = 0.25  # words that a short name leaves out: 集团, 公司
LETTERS = 0.33  # letters and digits of a full name
FLATTENED = 0.7  # power of the rarity by which an unexplained character counts: a word is no worse for being rare
BOND = 0.9  # share of a character's weight that its picked neighbour explains, where the two always stand together
ONCE = 0.5  # times that two characters must stand together more than, to be bound at all: met once is not yet a word
LONGEST = 28  # characters of a name that are compared

# Which names are scored at all (similarity.py).
REACH = 3  # characters apart; two that a short name picks one after the other stand hardly ever farther apart in the full name
POSTINGS = 1500  # forms looked up for a name, the rarest pairs first; more change no first place on registries of 300,000
SCORED = 32  # of these, the best by shared pairs are scored exactly
LONELY = 8  # forms found by pairs, fewer than which are looked for by single characters too
FORMS_A_UNIT = 6  # names of one unit among the best, at most
PLACE = 2  # characters of a place that may stand before what it is a branch of (洛阳移动 for 中国移动…洛阳分公司)
TURNED_FROM, TURNED_TO = 4, 10  # characters of a name that is tried so
TURNED = 0.93  # share of a score that is left to it

# How many units are named (registry.py).
SUGGESTED = 3
LOOKED_AT = 4  # times as many are ranked where some of them may not count

# A name with 有限公司 is that of a unit registered without a legal word only if it is too long to be a short name (forms.py).
WORDLESS_FROM = 4
