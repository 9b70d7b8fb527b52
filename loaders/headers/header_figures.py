"""The numeric limits by which a sheet is assigned to a register and a header to a field, from 0 to 1 where no unit is given.

They were found on sheets of several hundred columns as offices word them, and checked on others that had not been looked at
(docs/decisions/0006 has the measurements). A test stands at each of them (tests/loaders/test_header_figures.py).
"""

# fmt: off
# How alike two wordings are (alike.py). Of wordings inside others: the least, and what the share of the longer one adds.
SAME_SOUND = 0.95  # one pinyin: 名秤 for 名称
SAME_CONCEPTS = 0.9  # other words of the same meaning: 行业类型, 产业分类; nothing but an equal sound is nearer
NOT_SAME_KIND = 0.54  # at most this where the two end in different kinds of things: …电话, …地址
NOT_SAME_MATTER = 0.3  # at most this where they share nothing but such an end: 报销情况, 开放情况
WORD_INSIDE = (0.35, 0.3)  # a word of any sheet inside a longer wording: 名称
TAIL_INSIDE = (0.64, 0.34)  # a wording at the end of another, or at its beginning before a tail that says nothing more
PART_INSIDE = (0.4, 0.3)  # a wording anywhere else in another
SLIP_FROM = 4  # characters from which one that differs may be a slip of the pen
SLIP_SURE_FROM = 6  # characters from which it is one; in shorter wordings it is as often another word
ANOTHER_WORD = 0.64  # likeness of those shorter wordings: a question
SLIP, SLIP_PER_CHARACTER = 0.53, 0.05  # likeness of longer ones: so much, and more for each character

# How alike a header is to the columns of a register (likeness.py).
MOST = 0.94  # likeness of whatever is no known wording
BARE = 0.8  # of a header whose last level alone (名称, 时间) is a wording, or of 备注 where it heads something else
EITHER = 0.85  # of a header that says no more than a kind of thing (时间), where a required column is of that kind too
KNOWN_ELSEWHERE = 0.88  # of a header that names no thing (标题) and heads the same field in another register
STANDS_IN = 0.7  # most that a header with a meaning of its own is like a required column
SPELT_OUT = 0.3  # what a header gains at a column of just the choices that it spells out (身份（正式/预备）), and others lose half of that
CHOICES_KNOWN = 0.5  # share of the choices spelt out that a column must know
GUESSED = (0.92, 0.08)  # shares of a likeness that count whatever the form is worth, and as far as it is worth
GLANCE = 0.8  # share of a likeness by concepts that counts where registers are only glanced at
GLANCE_ASIDE = 0.5  # share that a known header counts there which fills no field
LESS_USUAL = 1e-5  # a trifle by place in the list of wordings: it decides between two headers that both name a column

# What values look like: shares of the values seen (evidence.py).
VALUES_FROM = 3  # values from which they say anything
NATIONAL, MOBILE_NUMBERS = 0.2, 0.3  # numbers of persons: dirty columns count too
NAMES, THREE_LONG, VARIED = 0.75, 0.4, 0.5  # names of persons, of three characters, distinct (洛轴, 安钢 have two)
SENTENCES = 0.5  # of texts with a second clause, from which a column is one of texts
HOMES, TRAITS = 0.5, 0.7  # homes; sex, ethnicity, mail addresses
FIGURES = 0.7  # more than this: the column is one of figures and holds neither names nor text
ALL_FIGURES = 0.9  # more than this: a column of names holds none, whatever its header says
URLS = 0.5  # web pages, more of which make a column of web pages
SHORT_NAMES = 0.8  # share that are short forms of the names beside them, from which a column is one of short names
STATES = 0.9  # values that are states, from which a column whose header says no more is that of states
STATES_DIFFER, STATES_LONG = 0.6, 8.0  # share of distinct words, and characters on average, up to which words may be states
IN_WORDS = 5.0  # characters on average from which distinct values are matters in words of their own, not names of kinds
HALF_FILLED = 0.5  # share of rows with a value up to which a column may not be a needed one by a guess
COUNTS = 0.9  # share of figures from which a column under 户 or 人 counts these
DIFFERENT = 0.9  # distinct values from which nearly every row has its own
BARE_AREAS = 0.9  # how much a bare number counts as an area, as a share of one with its unit
AREA_UNITS = 0.2  # areas with their unit, more of which make a column of areas unlike any count
AREA_ALONE = 0.3  # how much bare numbers say of an area by themselves
CHOICES = 0.5  # values that name a choice, more of which make a column of choices
CHOICE_ALONE, HOME_ALONE, SEVERAL_KINDS_ALONE = 0.7, 0.7, 0.4  # how much such values say by themselves; …where units of several kinds fit
NO_CHOICE, FIGURES_NO_TEXT, NO_LINK = -0.2, -0.8, -0.3  # fit where values name no choice; figures for a text; at least, of other names

# What a header means in a register, by its wording and its values together (meaning.py): scores.
MAPPED = 0.8  # from here a meaning is taken without asking: what is surer is right in more than 99 of 100 columns
EXPLAINED = 0.8  # of a header all of whose words a column knows, and no other column as well
EXPLAINED_BY = 0.05  # …by how much every other such column must be less alike
UNEXPLAINED = 0.79  # at most this for a key or a count of whose header a word is not known to the column
ASKED = 0.5  # from here a field may be given to the column at all, and a person's column is asked about
PLAUSIBLE = 0.31  # from here a field that no other column fills is asked about
FAINT = 0.15  # up to here a field is not offered
OFFERED = 3  # fields that are offered
WHO_AT_MOST = 0.59  # of a header that asks who, where no values tell that it means units
UNITS_MOSTLY = 0.5  # share of values that name units, from which they do tell
VALUES_COUNT = 0.3  # what values that fit add to a likeness, or take from it
SOME = 0.5  # how much values must say by themselves to bring a header near to a field that it is not like
SUITS = 0.8  # how well values fit more than which they may speak for a field whatever the header is
ALONE = 0.6  # …if they say so much by themselves: worth a question
UNMISTAKABLE, UNMISTAKABLE_SCORE = 0.9, (0.6, 0.2)  # …if nothing else looks like them: at least this, and more for what they say
VALUES_CLAIM = 0.4  # what values that look like a missing field add to what a header says of it
LEFT_OVER, LEFT_OVER_BY = 0.5, 0.15  # confidence of a column taken since it alone is left for a needed field; by how much it must lead
CLEARLY = 0.2  # by how much more a header must be like one that carries nothing than like a field, to be ignored
AGAINST = -0.5  # fit of values to a field up to which they speak against it
PERSONS_NUMBERS, PERSONS_NAMES = 0.8, 0.9  # shares from which persons' values drop a column whose header is known

# Which register a sheet is, by its headers and titles (recognition.py, mapper.py).
TITLE_SHARE = 0.3  # of the score, where a title sounds like some register
TITLE_TELLS = 0.3  # likeness of a title up to which it says nothing (Sheet1)
TITLE_NAMES = 0.6  # likeness of a title that names a register
TITLE_ROWS = 0.75  # of a title that says what the rows are by the words of the key column, or a kind of these (公司名单)
TITLE_TAIL = 0.85  # of a title that ends with what a register's title is about
TITLE_CLEARLY = 0.15  # by how much more a title must be like another register to speak against one
TITLE_WEIGHTS = (1.0, 0.9, 0.85)  # of a table's title, the sheet's name, the file's name
TITLE_HELD = (0.5, 0.03, 0.3)  # a register's title inside a text: at least, for each of its characters, for its share of the text
TITLE_PART = (0.3, 0.3)  # a text inside a register's title: at least, for its share of the title
TITLE_SHORTEST = 4  # characters of a text from which it is compared where it holds no title (清单 alone names nothing)
TITLE_PARTIAL, TITLE_UNLIKE = 0.95, 0.45  # share that a likeness to a part counts; what is taken from a likeness in characters
LIKE, LIKE_COUNTS = 0.72, 0.8  # likeness from which another wording counts; share of it that counts
ASIDE_COUNTS = 0.5  # share that a header counts which fills no field
REQUIRED_LIKE = 0.6  # likeness from which a header may be a required column
STRANGE = 0.4  # weight of a header that no register knows
WITHOUT = 0.8  # share of the score that is left where a required column seems to be missing
DISTINCT = 1.3  # how much two headers must be a register's alone where no title names it: 1 each where no other knows it
OWN_KEY = 0.5  # how much the header that names the rows must be a register's own to make it that register alone
DISTINCT_SAID = 0.9  # the same, where a title sounds like it
PLAIN, PLAIN_SAID = 5, 4  # columns understood from which common headers tell; the same, where a title sounds like it
PLAIN_BY = 0.1  # …if all other registers are so much further off
HARDLY = 2  # columns mapped up to which as many that are not understood are a doubt, where no title names the register
RIVAL = 0.05  # a register whose worth is less behind is as likely, where no title tells
LIKELY, TRIED = 6, 3  # registers that are looked at closely; whose columns are mapped
RECOGNIZED = 0.42  # score from which a sheet is a register
UNNAMED = 0.5  # the same, where no title sounds like it
BESIDE = 0.9  # a column is read once more for a wording that is known, never for a likeness
SURER = 0.01  # nor where it surely means something else already; confidences that differ by less are one

# How well a sheet is understood as some register, its columns mapped (understanding.py): parts of its worth.
UNDERSTOOD, FILLS = 0.15, 0.1  # for columns understood; for fields filled
PERSONS_COUNT = 0.5  # share that a column of persons counts among those understood
MANY = 6  # columns understood from which they tell as much as headers that registers know
NAMED_GAINS = 0.3  # for a register that a title names and whose required columns are there
MATTER_GAINS = 0.15  # for a register of whose needed column a title speaks: 报到 of 报到社区
HEARD = 0.6  # worth from which columns tell what a sheet may be, whatever its title speaks of
GUESSES = 0.05  # …of which one was only guessed
LACKING = 0.3  # against a register of which a required column is missing, while another may do
SPECIAL = 0.05  # against a register of something narrower (离退休党支部) than the sheet says anywhere
SURE = 0.65  # confidence from which a required column was found, not guessed
PROMISING = 0.4  # worth from which a sheet that is taken for no register is asked about, if a title sounds like it
PROMISING_WHOLE = 0.35  # …and from which, where no required column is missing
PROMISING_KNOWN = 2  # …or so many of its columns are understood
PROMISING_ALONE = 0.25  # …and from which, where nothing else is promising and no required column is missing

# How fields are given to the columns of a sheet all at once (mapper.py).
STEEP = 6  # power by which a likeness counts: two faint ones never outweigh one that is strong
NEEDED_GAINS = 0.05  # what a field gains without which no row can be loaded
CONTESTED = 0.03  # two columns whose likeness to one field differs less contest it
CONDITION_FIRST = 0.01  # what a header gains that says what the register's name states: 闲置面积 goes before 建筑面积
LEFT_FIRST = 1e-6  # a trifle by place: of two equally good columns the left one is taken
