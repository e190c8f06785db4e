"""Two records that are one person. Always a person's decision, with a reason; facts of the kept one stay."""

from django.db import transaction

from zaigang.foundation import clock
from zaigang.foundation.errors import ZaigangError
from zaigang.ledger.actions import NewEntry, record
from zaigang.offices.models import Staff
from zaigang.roster import people
from zaigang.roster.enums import CaseState, Verb
from zaigang.roster.errors import CannotMerge
from zaigang.roster.models import Case, Merge, Worker
from zaigang.roster.signals import case_amended


@transaction.atomic
def merge_people(*, keep: Worker, absorb: Worker, reason: str, by: Staff) -> Worker:
    """Let `absorb` become `keep`: cases in other closures move over, a second case in one closure is a duplicate.

    The absorbed identity number goes on leading to `keep`, so that a later roster with it matches. Raises
    `CannotMerge` for a person and themselves, or for somebody already merged.
    """
    if not reason.strip():
        raise ZaigangError("没有写原因", "合并", "请写明凭什么认定是同一个人")
    locked = {
        w.pk: w
        for w in Worker.objects.select_for_update(no_key=True)
        .filter(pk__in=[keep.pk, absorb.pk])
        .order_by("pk")
    }
    if len(locked) != 2 or any(worker.merged_into_id for worker in locked.values()):
        raise CannotMerge("这两份档案不能合并", "合并", "其中一份已经合并过了，请刷新后再看")
    keep, absorb = locked[keep.pk], locked[absorb.pk]
    for case in (
        Case.objects.people().select_for_update(of=("self",)).select_related("closure").filter(worker=absorb)
    ):
        _move(case, keep, absorb, by)
    Worker.objects.filter(merged_into=absorb).update(merged_into=keep)
    keep.phones = list(dict.fromkeys([*keep.phones, *absorb.phones]))
    keep.save(update_fields=["phones"])
    absorb.merged_into = keep
    absorb.save(update_fields=["merged_into"])
    Merge.objects.create(kept=keep, absorbed=absorb, reason=reason.strip(), by=by, at=clock.now())
    for case in Case.objects.people().select_related("closure", "worker").filter(worker=keep):
        people.index_again(case)
        facts = {"kept": str(keep.pk), "absorbed": str(absorb.pk)}
        record(
            NewEntry(Verb.CASES_MERGED, case.pk, case.closure_id, facts), by=by, office=case.closure.office_id
        )
        case_amended.send(sender=Case, case=case, by=by)
    return keep


def _move(case: Case, keep: Worker, absorb: Worker, by: Staff) -> None:
    if case.state != CaseState.NOT_REACHED:
        # Registration, claim and payments name the person they were made for.
        raise CannotMerge("这份档案已经办了登记", case.label, "请反过来合并：保留已经办了登记的那一份")
    kept = Case.objects.people().filter(closure=case.closure_id, worker=keep).first()
    if kept is None:
        case.worker = keep
        case.save(update_fields=["worker"])
        return
    case.terms.all().delete()
    case.state, case.same_as = CaseState.DUPLICATE, kept
    case.save(update_fields=["state", "same_as"])
    facts = {"same_as": str(kept.pk), "kept": str(keep.pk), "absorbed": str(absorb.pk)}
    record(NewEntry(Verb.ABSORBED, case.pk, case.closure_id, facts), by=by, office=case.closure.office_id)
