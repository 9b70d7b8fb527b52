"""The numeric limits by which the table in a sheet is found: its header, its end, and rows that are no records.

They were set on the workbooks of three districts and on sheets made to look like a header where none is (tests/loaders/test_tables.py).
A test stands at each of them (tests/loaders/test_sheet_figures.py).
"""

# fmt: off
# A row that heads columns (sheet_layout.py): shares of its labels.
LONGEST_LABEL = 24  # characters of a header; more is a sentence
LABELS_MOSTLY = 0.8  # that could be headers
KNOWN_SHARE = 0.34  # that are known words, more than one, from which the row is a header
AS_GOOD = 0.6  # of the known words of the best row, from which an earlier one is taken
NARROW = 3  # labels up to which one known word is enough
SHAPE_LEAST, SHAPE_SHARE = 3, 0.7  # labels of a header without any known word: at least; of the cells of the widest row
LEVELS_BEYOND = 2  # rows above and below that may belong to one header
MAX_TITLE_ROWS = 6  # rows above a header in which its title and lines to fill in are looked for

# Where tables begin (table_finder.py).
HEAD_ROWS = 60  # rows in which the first header is looked for
LATER_HEADERS = 5_000  # rows that may be looked at as later headers
LATER_SHARE = 1 / 3  # of a row's cells that are known words, from which it is looked at as one: quicker than its labels
REPEATED = 0.8  # labels shared with the header above, from which a later one only repeats it
BLOCK_LEAST = 2  # labels that tables side by side begin with alike
AROUND = 3  # rows above and below a later header in which its words stand if they are values
HEADS_SHARE = 0.5  # of the cells of the row below that a header's own row fills at least
UNLABELLED = 0.3  # share of rows with a value, above which a column without a label is told of
NAMED = 10  # hidden rows or columns that a report names: enough to find them

# Which rows are no records (body.py), by how many of their cells are filled.
LEADING, LEADING_TOTAL = 6, 4  # columns in which a row's first text is looked for, or the word of a total
NOTE_CELLS = 2  # of a note: the word and its text
SIGNATURE_CELLS, SIGNATURE_SHARE = 4, 0.5  # of a line of signatures; or so large a share of the columns: records have more
ACROSS_CELLS, ACROSS_SHARE = 3, 0.5  # columns that a heading merged across the sheet takes at least, and of them all
UNUSED_SHARE, UNUSED_ROWS = 0.5, 3  # of what rows usually tell; rows at the end that repeat so little: a form's unused lines
USUAL = 0.6  # of the rows that fill a column, which a row of sums leaves blank
SUM_LEAST = 50  # from which one figure alone is no sum by chance
SUMS_SHARE = 0.5  # of the rows that may be sums by their figures alone
HEADINGS_SHARE = 0.5  # of the rows that may head others
SAME_ENDING = 0.5  # of the names in a column that end like a row of one cell, from which it is one of them and no heading
THIN = 2  # cells of its own up to which a row may only carry on the one above
MAX_TAIL = 200  # rows at the end in which notes may go on without a word that marks them

MONTHS_FROM = 3  # columns headed by a month from which the months are the columns (month_columns.py)

# The year of days that name none (year_around.py).
DAYS_ROWS, DAYS_FROM = 200, 3  # rows of each sheet that are looked at; days of one year from which a column tells that year

# Forms in which labels stand beside values (label_forms.py).
FORM_ROWS, FORM_LABELS = 3, 4  # rows and different known labels that a form has at least
FORM_KNOWN = 0.6  # of the labels that are known words; and of the rows that have labels
FORM_FILLED, FORM_STRANGE = 0.4, 0.2  # of the labels that have a value; at most, of the values that could be labels

# Tables on their side (turned.py): things and labels at least; of the first column's cells that are words for columns.
TURNED_LEAST, TURNED_KNOWN = 2, 0.6
