"""The re-decision's process is killed in the middle: what is done is whole, and the next start ends it, once."""

from collections import Counter
from pathlib import Path

import pytest

from tests.cast import Cast, make_cast
from tests.factories.laws import EARLIER, NOTE, NOTICE, in_force
from tests.factories.rosters import imported, row, some_closure
from tests.processes import run_beside, wait_until
from zaigang.claims.actions import apply_law, confirm_law, load_law
from zaigang.claims.models import FirstDecision, LawEffect, LawRun
from zaigang.ledger.models import Entry

PEOPLE = 60
#: Small batches, with a breath after each, so that a kill falls between and inside them.
SLOWLY = """
import time
from zaigang.claims.actions import redeciding
redeciding.BATCH = 7
real = redeciding.rewrite
def slow(found, **more):
    real(found, **more)
    time.sleep(0.2)
redeciding.rewrite = slow
redeciding.apply_law(file=sys.argv[1])
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_re_decision_goes_on_where_the_last_whole_batch_ended(tmp_path: Path) -> None:
    cast: Cast = make_cast()
    closure = some_closure(cast)
    imported(cast, closure, tmp_path, [row(2 * n + 1, f"安{chr(0x4E00 + n)}") for n in range(PEOPLE)])
    in_force(EARLIER, by=cast.clerk, confirmed_by=cast.director)
    file = load_law(text=NOTICE, note=NOTE, by=cast.clerk)
    run = confirm_law(file=file, by=cast.director)
    for done in (7, 28):
        program = run_beside(SLOWLY, str(file.pk))
        wait_until(lambda least=done: LawRun.objects.get(pk=run.pk).done >= least, program)
        program.kill()
        program.communicate()
        after = LawRun.objects.get(pk=run.pk)
        assert (after.done % 7, after.ended_at) == (0, None)
        assert LawEffect.objects.filter(run=run).count() == after.done
        assert Entry.objects.filter(verb="claims.redecided", facts__law=str(file.pk)).count() == after.done
    ended = apply_law(file=file.pk)
    again = apply_law(file=file.pk)
    assert (ended.done, ended.total, again.ended_at) == (PEOPLE, PEOPLE, ended.ended_at)
    told = Counter(
        Entry.objects.filter(verb="claims.redecided", facts__law=str(file.pk)).values_list(
            "subject", flat=True
        )
    )
    assert (len(told), set(told.values())) == (PEOPLE, {1})
    current = FirstDecision.objects.filter(current=True)
    assert (current.count(), current.filter(law__contains={"370213": file.sha256[:16]}).count()) == (
        PEOPLE,
        PEOPLE,
    )
    assert Entry.objects.get(verb="claims.law_applied", facts__law=str(file.pk)).facts["changed"] == PEOPLE
