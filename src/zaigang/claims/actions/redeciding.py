"""Everybody whom a changed law reaches, in batches: looked at before (preview), and decided again (re-decision).

A batch is one transaction: killed in the middle it never was, and the next start goes on after the last whole one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, Sum, prefetch_related_objects

from zaigang.claims.actions.episodes import lock_months
from zaigang.claims.actions.lawmaking import new_run
from zaigang.claims.actions.rewriting import rewrite
from zaigang.claims.enums import BackPayState, RunKind, Verb
from zaigang.claims.facts import Answer, Asked, answer_to, digest
from zaigang.claims.law.claiming import plan_claim
from zaigang.claims.law.comparing import compare
from zaigang.claims.law.findings import Finding
from zaigang.claims.law.reach import offices_under, people_under
from zaigang.claims.lawbook import LOCK, Law, current_law, law_of, law_with
from zaigang.claims.models import BackPay, Claim, FirstDecision, LawEffect, LawFile, LawRun
from zaigang.foundation import clock
from zaigang.jobs.actions import ask
from zaigang.ledger.actions import NewEntry, record
from zaigang.ledger.models import SubjectKind
from zaigang.offices.models import Staff
from zaigang.roster.models import Case, Closure

#: Called after each batch with the people done so far and all there are.
Progress = Callable[[int, int], None]
BATCH = 250
#: Up to this many people a preview takes a few seconds, and whoever loads a file waits for it.
AT_ONCE = 2_000
#: Kind of the job that looks at more.
PREVIEW = "claims.preview_law"
_UNREAD = tuple(f"case__worker__{name}" for name in ("id_number", "bank_account", "phones", "name"))


def start_preview(*, file: LawFile, by: Staff) -> None:
    """A preview at once where the file reaches few, and in the background where somebody would wait for it."""
    if people_under([one.pk for one in offices_under(file.territory)]).count() <= AT_ONCE:
        preview_law(file=file, by=by)
    else:
        ask(PREVIEW, subject=str(file.pk), by=by, file=str(file.pk))


def preview_law(*, file: LawFile, by: Staff, progress: Progress | None = None) -> LawRun:
    """Work out anew whom a draft would reach and how; of decisions, claims and payments nothing is written."""
    with transaction.atomic():
        LawFile.objects.select_for_update().get(pk=file.pk)
        LawRun.objects.filter(file=file, kind=RunKind.PREVIEW).delete()
        run = new_run(file, RunKind.PREVIEW, current_law().stamp, by)
    return _go(run.pk, progress)


def apply_law(*, file: UUID, progress: Progress | None = None) -> LawRun:
    """Decide everybody again by a file in force, from where an earlier start was interrupted. Done: nothing happens."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Whoever decides by the old law still holds this lock; afterwards all of their decisions can be seen.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    return _go(LawRun.objects.get(file=file, kind=RunKind.APPLY).pk, progress)


def _go(run: UUID, progress: Progress | None) -> LawRun:
    while True:
        after = _batch(run)
        if progress:
            progress(after.done, max(after.total, after.done))
        if after.ended_at is not None:
            return after


@transaction.atomic
def _batch(pk: UUID) -> LawRun:
    run = LawRun.objects.select_for_update(of=("self",)).select_related("file", "by").get(pk=pk)
    if run.ended_at is not None:
        return run
    offices = [one.pk for one in offices_under(run.file.territory)]
    keys = list(people_under(offices, run.cursor).values_list("pk", flat=True)[:BATCH])
    if keys:
        _Batch(run, law_of(run.before), law_with(run.file, run.before)).decide(keys)
        run.cursor, run.done = keys[-1], run.done + len(keys)
    else:
        run.ended_at = clock.now()
        _tell_closures(run)
    run.save(update_fields=["cursor", "done", "ended_at"])
    return run


class _Batch:
    """Some cases under both laws. Equal questions are asked once."""

    def __init__(self, run: LawRun, before: Law, after: Law) -> None:
        self.run, self.before, self.after = run, before, after
        self.writes = run.kind == RunKind.APPLY
        self._answers: dict[bytes, tuple[Answer, Answer]] = {}

    def decide(self, keys: Sequence[UUID]) -> None:
        cases = self._cases(keys)
        claims = {claim.case_id: claim for claim in self._claims(keys)}
        decisions = FirstDecision.objects.filter(case__in=keys, current=True).order_by("case")
        found = [
            finding for one in decisions if (finding := self._decision(one, cases, one.case_id in claims))
        ]
        paid = _paid(claims.values())
        found += [finding for claim in claims.values() if (finding := self._claim(claim, paid))]
        if self.writes:
            rewrite(found, run=self.run, law=self.after)
        else:
            LawEffect.objects.bulk_create([one.effect(self.run) for one in found])

    def _cases(self, keys: Sequence[UUID]) -> dict[UUID, Case]:
        cases = (
            Case.objects.filter(pk__in=keys)
            .select_related("closure")
            .only("pk", "closure", "closure__office")
            .order_by("pk")
        )
        if self.writes:
            cases = cases.select_for_update(of=("self",), no_key=True)
        return {case.pk: case for case in cases}

    def _claims(self, keys: Sequence[UUID]) -> list[Claim]:
        claims = Claim.objects.filter(case__in=keys).select_related("case__worker", "case__closure")
        claims = claims.defer("answers", "reason", "case__note", *_UNREAD).order_by("pk")
        if self.writes:
            claims = claims.select_for_update(of=("self",))
        found = list(claims)
        if self.writes:
            lock_months(found)
        prefetch_related_objects(found, "payments", "appeals")
        return found

    def _is_new(self, versions: Mapping[str, str]) -> bool:
        """Whether somebody was decided by this very file already, since it came into force."""
        file = self.run.file
        return versions.get(file.territory) == file.sha256[:16]

    def _asked(self, asked: Asked) -> tuple[Answer, Answer]:
        key = digest(asked)
        if key not in self._answers:
            self._answers[key] = answer_to(asked, self.before), answer_to(asked, self.after)
        return self._answers[key]

    def _decision(self, one: FirstDecision, cases: dict[UUID, Case], claimed: bool) -> Finding | None:
        if self._is_new(one.law):
            return None
        # Whoever has not come yet is decided by the rules of today; a claim has its own day.
        on = one.facts["decide_on"] if claimed else self.run.on.isoformat()
        asked = one.facts | {"decide_on": on}
        before, after = self._asked(asked)
        difference = compare(before, after)
        if difference is None:
            return None
        return Finding(
            case=cases[one.case_id],
            asked=asked,
            answer=after,
            difference=difference,
            decision=one,
            counted=not claimed,
        )

    def _claim(self, claim: Claim, paid: dict[int, Decimal]) -> Finding | None:
        if self._is_new(claim.law):
            return None
        before, after = self._asked(claim.facts)
        difference = compare(before, after)
        if difference is None:
            return None
        plan = plan_claim(claim, after, paid, self.run.by)
        return Finding(
            case=claim.case, asked=claim.facts, answer=after, difference=difference, claim=claim, plan=plan
        )


def _paid(claims: Iterable[Claim]) -> dict[int, Decimal]:
    """Payment -> what was paid back on it so far, or will be with the next list."""
    lines = BackPay.objects.filter(payment__claim__in=list(claims)).exclude(state=BackPayState.DROPPED)
    sums = lines.order_by().values_list("payment")
    return dict(sums.annotate(Sum("yuan")))


def _tell_closures(run: LawRun) -> None:
    """The re-decision's end, told on every closure it reached: how many changed, how many wait for a person."""
    if run.kind != RunKind.APPLY:
        return
    counted: dict[UUID, dict[str, int]] = defaultdict(lambda: {"changed": 0, "needs": 0})
    effects = LawEffect.objects.filter(run=run).order_by().values_list("case__closure", "applied", "needs")
    for closure, applied, needs, number in effects.annotate(Count("pk")):
        counted[closure]["changed"] += number if applied else 0
        counted[closure]["needs"] += number if needs else 0
    for closure in Closure.objects.filter(pk__in=counted).order_by("code"):
        facts = {"law": str(run.file_id), **counted[closure.pk]}
        entry = NewEntry(Verb.LAW_APPLIED, closure.pk, closure.pk, facts, SubjectKind.CLOSURE)
        record(entry, by=run.by, office=closure.office_id)
