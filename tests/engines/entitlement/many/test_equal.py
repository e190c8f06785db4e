"""`decide_many` answers as `decide` does, for whatever can be said of a person."""

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.entitlement.many.comparing import one, row
from tests.engines.entitlement.many.crowd import someone
from zaigang.engines.entitlement.facts import Facts
from zaigang.engines.entitlement.many import columns_of, decide_many

T = TypeVar("T")
CROWD = 6000


class Seeded:
    """Dice that fall the same way every time."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def among(self, choices: Sequence[T]) -> T:
        return self.random.choice(choices)

    def between(self, least: int, most: int) -> int:
        return self.random.randint(least, most)


class Drawn:
    """Dice thrown by hypothesis, which looks for the smallest people that break a test."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def among(self, choices: Sequence[T]) -> T:
        return self.draw(st.sampled_from(choices))

    def between(self, least: int, most: int) -> int:
        return self.draw(st.integers(least, most))


@st.composite
def people(draw: st.DrawFn) -> Facts:
    return someone(Drawn(draw))


def test_a_crowd_is_answered_as_one_by_one() -> None:
    dice = Seeded(2016)
    crowd = [someone(dice) for _ in range(CROWD)]
    answers = decide_many(columns_of(crowd))
    different = [
        (facts, found, answer)
        for number, facts in enumerate(crowd)
        if (found := row(answers, number)) != (answer := one(facts))
    ]
    assert different[:3] == []


def test_the_crowd_meets_every_answer_and_refusal() -> None:
    dice = Seeded(2016)
    answers = [one(someone(dice)) for _ in range(CROWD)]
    eligible = Counter(answer[0] for answer in answers)
    assert min(eligible.values()) > CROWD / 100
    assert set(eligible) == {"yes", "no", "undecided", "refused"}


@settings(deadline=None, max_examples=300)
@given(st.lists(people(), min_size=1, max_size=4))
def test_whoever_hypothesis_finds_is_answered_the_same(crowd: list[Facts]) -> None:
    answers = decide_many(columns_of(crowd))
    assert [row(answers, number) for number in range(len(crowd))] == [one(facts) for facts in crowd]
