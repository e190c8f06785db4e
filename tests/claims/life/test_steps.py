"""The life of a claim, row by row: what is in the table happens, what is not does not."""

import pytest

from tests.cast import Cast
from tests.claims.life.acts import DOING, MAY, brought
from zaigang.claims.enums import Act, Life
from zaigang.claims.errors import NoSuchStep
from zaigang.claims.life import STEPS, Step, allowed, step_from
from zaigang.claims.models import Claim
from zaigang.foundation import clock
from zaigang.ledger.models import Entry
from zaigang.outcomes.funnel import replay_differences

DONE = [step for step in STEPS if step.act in DOING]
#: Pressed a second time, or for what is so already: nothing happens, and nobody is told of an error.
QUIET = {
    (Life.SUSPENDED, Act.SUSPEND),
    (Life.RUNNING, Act.LIFT),
    (Life.RUNNING, Act.UNDO_STOP),
    (Life.SUSPENDED, Act.UNDO_STOP),
    (Life.CARRIED, Act.UNDO_STOP),
}
NOT_DONE = [
    (life, act) for life in Life.values for act in DOING if step_from(life, act) is None
]  # fmt: skip


@pytest.mark.parametrize("step", DONE, ids=lambda step: f"{step.start}-{step.act}")
def test_a_step_of_the_table(cast: Cast, claim: Claim, step: Step) -> None:
    with clock.at(MAY):
        brought(cast, claim, step.start)
        before = claim.episodes.count()
        DOING[step.act](cast, claim)
    claim.refresh_from_db()
    last = claim.episodes.order_by("number").last()
    assert last is not None
    assert (claim.life, claim.episodes.count(), last.number) == (step.end, before + 1, before + 1)
    assert (last.act, last.start, last.end, last.by) == (step.act, step.start, step.end, cast.clerk)
    assert Entry.objects.filter(subject=claim.case_id).order_by("number").last().verb == step.verb  # type: ignore[union-attr]
    assert replay_differences(claim.case.closure_id) == []


@pytest.mark.parametrize(("life", "act"), NOT_DONE, ids=str)
def test_what_is_not_in_the_table_changes_nothing(cast: Cast, claim: Claim, life: str, act: str) -> None:
    with clock.at(MAY):
        brought(cast, claim, life)
        before = (claim.episodes.count(), Entry.objects.count())
        if (life, act) in QUIET:
            DOING[act](cast, claim)
        else:
            with pytest.raises(NoSuchStep):
                DOING[act](cast, claim)
    claim.refresh_from_db()
    assert (claim.life, claim.episodes.count(), Entry.objects.count()) == (life, *before)


def test_the_table_names_each_step_once() -> None:
    assert len({(step.start, step.act) for step in STEPS}) == len(STEPS)
    assert {life: sorted(allowed(life)) for life in Life.values} == {
        "running": ["correct", "stop", "suspend"],
        "suspended": ["correct", "lift", "prolong", "stop"],
        "stopped": ["carry", "correct", "resume", "stop", "undo_stop"],
        "carried": ["stop", "undo_carry"],
    }
