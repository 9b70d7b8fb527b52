"""The numeric limits by which cells are cleaned, each checked by a test (tests/loaders/test_cleaning_figures.py)."""

# fmt: off
LONGEST_PLACE = 40  # characters of an address that may name a place; more is a sentence, and could tell a household
LONGEST_STATUS = 12  # characters of a remark that says what became of a person (2023年5月去世); more tells of other things

# Positions of a sheet (sheet_positions.py).
FAR_KM = 150.0  # from the middle: a district lies within; a digit lost or turned takes a place further
MOST_FAR = 0.25  # share of a sheet's positions: if more lie far from its middle, it has none, and speaks of no one district
MIDDLE_FROM = 5  # positions from which the middle of a sheet means anything

# What a free text lists (items.py).
LONGEST_TEXT = 2000  # characters of a text that is taken apart
LONGEST_TITLE = 60  # characters of an item's title
MOST_ITEMS = 60  # of one cell; beyond, the text is no list
MOST_THINGS = 1e12  # a number from here on is no count but rubbish

# Rows that lean on the row above (carried_on.py).
WRAPPED_LINE = 15  # characters of a line from which the next goes on in the middle of a sentence
WHOLE_ROW = 3  # columns that are merged with the row above, all it has, from which both rows are one
GROUPS_BLANK, GROUPS_BLANKS = 1 / 3, 2  # blank cells of a column of units that is written once a group: share, and at least
