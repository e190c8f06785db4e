import re
from datetime import date

from django.db import transaction
from stdnum.cn import ric

from zaigang.foundation import clock
from zaigang.foundation.crypto import blind_index
from zaigang.foundation.errors import ZaigangError
from zaigang.ledger.actions import NewEntry, record
from zaigang.ledger.models import SubjectKind
from zaigang.offices.enums import OfficeKind, Verb
from zaigang.offices.models import Office, Posting, Staff

OPERATOR = "system"


def operator() -> Staff:
    """The named system operator: commands that change data act as this one. It cannot sign in."""
    staff, _made = Staff.objects.get_or_create(
        username=OPERATOR, defaults={"full_name": "系统操作员", "is_operator": True, "password": "!"}
    )
    return staff


def open_office(*, code: str, name: str, kind: str, territory: str, parent: Office | None = None) -> Office:
    """Found an office, or give the one that has the code already."""
    office = Office.objects.filter(code=code).first()
    if office is None:
        office = Office(code=code, name=name, kind=kind, territory=territory, parent=parent)
        office.full_clean(exclude=["path"])
        office.save()
    return office


def office_by_code(code: str) -> Office:
    """The office with this code. Raises `ZaigangError`, naming the codes there are."""
    office = Office.objects.filter(code=code).first()
    if office is None:
        known = "、".join(Office.objects.values_list("code", flat=True)[:20])
        raise ZaigangError("没有这个编码的机构", code, f"现有的编码：{known or '还没有机构'}")
    return office


def receiving_office(code: str | None = None) -> Office:
    """The street office that takes a closure on: the one named, else the first there is, else a new one."""
    if code:
        return office_by_code(code)
    first = Office.objects.filter(kind=OfficeKind.STREET).order_by("code").first()
    return first or open_office(
        code="000000001", name="本街道人社服务中心", kind=OfficeKind.STREET, territory="CN"
    )


@transaction.atomic
def post(
    *,
    staff: Staff,
    office: Office,
    role: str,
    by: Staff,
    starts_on: date | None = None,
    until: date | None = None,
    lent_by: Office | None = None,
) -> Posting:
    """Post somebody to an office; a loan names the lender and ends on a day."""
    posting = Posting(
        staff=staff,
        office=office,
        role=role,
        starts_on=starts_on or clock.today(),
        until=until,
        lent_by=lent_by,
    )
    posting.full_clean()
    posting.save()
    staff.__dict__.pop("current_postings", None)
    facts = {"office": str(office.pk), "role": str(role), "lent_by": str(lent_by.pk) if lent_by else None}
    record(NewEntry(Verb.POSTED, staff.pk, facts=facts, kind=SubjectKind.STAFF), by=by, office=office.pk)
    return posting


@transaction.atomic
def end_posting(*, posting: Posting, on: date, by: Staff) -> Posting:
    """Let a posting end; nothing happens when it has ended by then."""
    posting = Posting.objects.select_for_update().get(pk=posting.pk)
    if posting.until is None or posting.until > on:
        posting.until = on
        posting.full_clean()
        posting.save(update_fields=["until"])
        facts = {"office": str(posting.office_id), "role": posting.role, "until": on.isoformat()}
        entry = NewEntry(Verb.POSTING_ENDED, posting.staff_id, facts=facts, kind=SubjectKind.STAFF)
        record(entry, by=by, office=posting.office_id)
    return posting


@transaction.atomic
def note_identity(*, staff: Staff, id_number: str, by: Staff) -> Staff:
    """Keep the index of somebody's own identity number, by which nobody works on their own file; never the number.

    Raises `ZaigangError` for what is no identity number, and for one that another member of staff has.
    """
    number = id_number.strip().upper()
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII) or ric.calc_check_digit(number) != number[17]:
        raise ZaigangError("这不是有效的身份证号", staff.username, "请核对18位号码后重试")
    index = blind_index(number, "id")  # the purpose of roster.people.id_index: both must give the same bytes
    if Staff.objects.filter(id_index=index).exclude(pk=staff.pk).exists():
        raise ZaigangError(
            "这个身份证号已登记给另一位工作人员", staff.username, "请核对号码；同一个人只用一个账号"
        )
    staff.id_index = index
    staff.save(update_fields=["id_index"])
    record(NewEntry(Verb.IDENTITY_NOTED, staff.pk, kind=SubjectKind.STAFF), by=by, office=staff.office_pk)
    return staff
