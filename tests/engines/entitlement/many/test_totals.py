"""Sums by month and by person agree with adding up `decide`'s payments one by one."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.engines.entitlement.many.comparing import one, row
from tests.engines.entitlement.many.crowd import someone
from tests.engines.entitlement.many.test_equal import Seeded
from zaigang.engines.entitlement import BadFacts, Facts, decide, load_parameters
from zaigang.engines.entitlement.loader import FOLDER
from zaigang.engines.entitlement.many import BadColumns, by_month, columns_of, decide_many, differences
from zaigang.engines.entitlement.parameters import Library

FIRST, LAST = 2015 * 12, 2026 * 12


def crowd(seed: int, people: int) -> list[Facts]:
    dice = Seeded(seed)
    return [someone(dice) for _ in range(people)]


def test_months_add_up_as_the_single_payments_do() -> None:
    people = crowd(11, 1500)
    group = np.arange(len(people)) % 3
    totals = by_month(decide_many(columns_of(people)), FIRST, LAST, group=group, groups=3)
    sums: Counter[tuple[str, int, int]] = Counter()
    for facts, line in zip(people, group, strict=True):
        try:
            payments = decide(facts).payments
        except BadFacts:
            continue
        for paid in (p for p in payments if FIRST <= p.month <= LAST):
            where = (int(line), paid.month - FIRST)
            sums["people", *where] += 1
            sums["fen", *where] += round((paid.yuan or 0) * 100)
            sums["unknown", *where] += paid.yuan is None
            sums["planned", *where] += paid.planned
    assert totals.people.sum() > 1000
    for name in ("people", "fen", "unknown", "planned"):
        found = getattr(totals, name)
        assert found.shape == (3, LAST - FIRST + 1)
        assert [[sums[name, g, m] for m in range(found.shape[1])] for g in range(3)] == found.tolist()


def test_months_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(BadColumns) as refusal:
        by_month(decide_many(columns_of([])), LAST, FIRST)
    assert refusal.value.where == "last"


def changed_law(folder: Path) -> Library:
    """The law as it is, but 100 yuan more in Licang from July 2016 on."""
    for path in FOLDER.glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("value: {fixed: 1000}", "value: {fixed: 1100}")
        (folder / path.name).write_text(text, encoding="utf-8")
    return load_parameters(folder)


def test_a_changed_law_touches_whom_one_by_one_says(tmp_path: Path) -> None:
    people = [replace(facts, territory="370213") for facts in crowd(12, 2000)]
    library = changed_law(tmp_path)
    before, after = (decide_many(columns_of(people), parameters=law) for law in (None, library))
    found = differences(before, after)
    old, new = [one(facts) for facts in people], [one(facts, library) for facts in people]
    assert [row(after, number) for number in range(len(people))] == new
    assert found.touched.tolist() == [o != n for o, n in zip(old, new, strict=True)]
    months = [sum(payment[1] == 1100 for payment in answer[3]) if answer[0] == "yes" else 0 for answer in new]
    assert found.fen.tolist() == [count * 100_00 for count in months]
    assert found.touched.sum() > 50


def test_two_crowds_of_different_size_cannot_be_compared() -> None:
    one_person = Facts(territory="370213", decide_on=date(2016, 1, 15))
    answers = [decide_many(columns_of([one_person] * n)) for n in (1, 2)]
    with pytest.raises(BadColumns) as refusal:
        differences(*answers)
    assert refusal.value.where == "after"


def test_a_longer_list_is_a_difference() -> None:
    worker = Facts(
        territory="370213", decide_on=date(2016, 1, 15), sex="male", born=date(1970, 5, 5), left_on=date(2015, 12, 31),
        left_because="layoff", registered_on=date(2016, 1, 11), contribution_months=130, deemed_months=0,
        unused_months=0,
    )  # fmt: skip
    short = replace(worker, pay_through="2016-12")
    before, after = decide_many(columns_of([short]), horizon=12), decide_many(columns_of([worker]))
    assert differences(before, after).touched.tolist() == [True]
    assert differences(before, before).touched.tolist() == [False]
