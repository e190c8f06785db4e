"""What was found about one person under the changed law, and the row that keeps it."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from zaigang.claims.enums import About, Change
from zaigang.claims.facts import Answer, Asked
from zaigang.claims.law.claiming import ClaimPlan
from zaigang.claims.law.comparing import Difference
from zaigang.claims.models import Claim, FirstDecision, LawEffect, LawRun
from zaigang.roster.models import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One decision or one claim whose answer differs; a claim comes with its plan."""

    case: Case
    asked: Asked
    answer: Answer
    difference: Difference
    decision: FirstDecision | None = None
    claim: Claim | None = None
    plan: ClaimPlan | None = None
    counted: bool = True

    @property
    def applied(self) -> bool:
        """Whether the job changes it by itself."""
        return self.plan is None or self.plan.applied

    def effect(self, run: LawRun, after: UUID | None = None) -> LawEffect:
        """The row, unsaved; `after` is the new ruling where the job writes one. Holds the old decision as it was."""
        told = self.difference
        effect = LawEffect(
            run=run, case=self.case, about=About.CLAIM if self.claim else About.DECISION, claim=self.claim,
            changes=self._changes(), counted=self.counted, needs=self.plan.needs if self.plan else "",
            back_pay=self.plan.back_pay if self.plan else Decimal(),
            overpaid=self.plan.overpaid if self.plan else Decimal(),
            eligible_before=told.eligible_before, eligible_after=told.eligible_after,
            months_before=told.months_before, months_after=told.months_after, month_before=told.month_before,
            month_after=told.month_after, yuan_before=told.yuan_before, yuan_after=told.yuan_after,
        )  # fmt: skip
        if after is not None:
            self._keep_before(effect, after)
        return effect

    def _changes(self) -> list[str]:
        found = list(self.difference.changes)
        if self.plan and self.plan.owed:
            found.append(Change.BACK_PAY)
        if self.plan and self.plan.overpaid:
            found.append(Change.OVERPAID)
        return [str(change) for change in found]

    def _keep_before(self, effect: LawEffect, after: UUID) -> None:
        old = self.claim or self.decision
        assert old is not None
        effect.applied, effect.after_id, effect.before_id = True, after, old.ruling_id
        effect.facts_before, effect.law_before = old.facts, old.law
        effect.decided_before = self.claim.applied_on if self.claim else getattr(old, "decided_on", None)
