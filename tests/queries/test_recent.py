"""What was made at some cost is kept for the next who asks, and the one unused for longest is forgotten."""

from queries.reading.facts import Recent


def test_as_many_are_kept_as_said_and_the_one_unused_for_longest_goes() -> None:
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key.upper()

    kept: Recent[str] = Recent(2)
    assert [kept.get(key, lambda key=key: make(key)) for key in "abacb"] == list("ABACB")  # type: ignore[misc]
    assert made == list("abcb")
    assert [kept.holds(key) for key in "abc"] == [False, True, True]
