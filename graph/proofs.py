"""What shows that the persons of a list are those that its register keeps: without it none of them is loaded.

Nobody becomes a Party member, or a lecturer, because a list has the columns of one. The sheet must say so, or the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from graph.texts import Said


@dataclass(frozen=True)
class PersonProof:
    """What shows that the persons of a list are those of a register; what is not said otherwise is a regular expression.

    A title or header must speak of what the list is `about`. The sheet may say who is listed: its title (`titles`) or a header
    (`headers`), unless the title names other people (`others`) or people who are gone (`gone`). Where a column is headed like
    `status`, each row says it there by `yes`, and who does not is none of them; `advice` names that column for who has to add it.
    Else a row says it by naming a body like `body_words` in the field `body`, where neither the title nor a header speaks of
    another kind of people; or by a day in the field `sign`, under a header like `signed_on`. A column headed like `beside` may say
    it too, or deny it by `no`; by `left`, or any cell under a header like `left_on`, somebody is gone.
    """

    who: Said
    about: str = ""
    titles: str = ""
    others: str = ""
    gone: str = ""
    headers: str = ""
    status: str = ""
    yes: str = ""
    advice: str = ""
    no: str = ""
    body: str = ""
    body_words: str = ""
    sign: str = ""
    signed_on: str = ""
    beside: str = ""
    left: str = ""
    left_on: str = ""

    def tells_by_row(self, headers: Iterable[str]) -> bool:
        """Tell whether a header (in comparable form) is of a column that says of each person whether he is one of the people."""
        return bool(self.status) and any(re.search(self.status, header) for header in headers)

    def may_show(self, titles: Iterable[str], headers: Iterable[str]) -> bool:
        """Tell whether a title or a header (both in comparable form) is of those that may show who is listed."""
        texts, headed = list(titles), list(headers)
        if not re.search(self.about, " ".join((*texts, *headed))):
            return False
        telling = (self.headers, self.status, self.signed_on, self.body_words, self.beside)
        in_headers = any(pattern and re.search(pattern, header) for header in headed for pattern in telling)
        return in_headers or any(self.titles and re.search(self.titles, title) for title in texts)
