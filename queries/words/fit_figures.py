"""The figures by which words of needs and offers are read and judged; a test stands on either side of each."""

UNREAD = 4  # characters of a title that no word explains, from which on its category says nothing of it
PARTLY_COUNTS = 0.5  # what an offer that serves a need only partly counts, where one that fits counts 1
NEAR_SKILL = 0.5  # what a skill counts for a need whose kind is only related to what the skill serves
LIKE_ENOUGH = 60.0  # likeness of characters (0 to 100) from which on a known word is suggested for an unknown one
TINY = 5  # how many times as many people as a room holds it does not serve at all
FEW_PEOPLE = 5  # fewer are no number of places: 小礼堂一座 is one hall
STRANGE = 2  # characters of a title that no word explains, from which on a weak word in it says nothing (军事演练), and none proves a `no`
SCANTY = 1.5  # how many times as much as is offered a need asks for, from which on it is met only in part
