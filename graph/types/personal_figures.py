"""The numeric limits by which personal data is found in text, each checked by a test (tests/graph/test_personal_figures.py)."""

# fmt: off
# Years of birth of a national number that no check digit proves; later ones are days of orders and documents.
OLDEST_BIRTH, YOUNGEST_BIRTH = 1900, 2015
LONGEST_RUN = 120  # digits in one run that are searched for several numbers written as one
SEVERAL_FROM = 22  # digits from which a run may be several numbers whose groups are not those of one: two mobiles

PHONE_BEFORE, PHONE_BEHIND = 16, 6  # characters beside a fixed line that may say whose it is
HOME_BEFORE = 24  # characters before a room that may say in what kind of house it is
PRODUCT_BEFORE = 8  # characters before what has the form of a passport that may say it is a product's number

FREQUENT_GIVEN = 150  # characters of given names that suffice where the surname is an everyday word (方, 高, 石)
FREQUENT_SURNAMES, SURELY_GIVEN = 100, 200  # surnames and characters that make a name wherever they stand, with nothing beside
# fmt: on
