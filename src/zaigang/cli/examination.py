"""What `zaigang doctor` looks at."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection

from zaigang.claims.queries.lists import unsound
from zaigang.foundation.crypto import open_sealed, seal
from zaigang.foundation.errors import ZaigangError
from zaigang.jobs.queries import standing
from zaigang.ledger.models import Entry, SubjectKind
from zaigang.ledger.queries import broken_links
from zaigang.offices.models import Office, Staff
from zaigang.outcomes.funnel import replay_differences
from zaigang.roster.models import Case, Closure, Worker


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    name: str
    ok: bool
    detail: str


def examine() -> list[Finding]:
    """Look at everything; what cannot be looked at is a finding too."""
    return [look() for look in (_database, _keys, _chain, _references, _replay, _lists, _jobs)]


def _database() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        version = cursor.fetchone()[0]
    return Finding(
        "数据库", version >= 15, f"PostgreSQL {version}" if version >= 15 else f"{version} 太旧，要 15 以上"
    )


def _keys() -> Finding:
    """The key file opens what the database holds, not only what it seals itself."""
    assert open_sealed(seal(b"x", "doctor"), "doctor") == b"x"
    worker = Worker.objects.order_by("?").first()
    try:
        opened = worker is None or len(worker.id_number) == 18
    except ZaigangError as error:
        return Finding("密钥", False, str(error))
    return Finding("密钥", opened, f"第 {settings.ZAIGANG_KEYS.current} 号密钥可用")


def _chain() -> Finding:
    broken = next(broken_links(), None)
    if broken is None:
        return Finding("台账", True, f"{Entry.objects.count()} 条，前后相连")
    return Finding("台账", False, f"{broken.subject} 第 {broken.number} 条与前一条接不上")


def _references() -> Finding:
    """Every UUID that the ledger names leads somewhere."""
    subjects: dict[str, Any] = {
        SubjectKind.CASE: Case.objects.values("pk"),
        SubjectKind.CLOSURE: Closure.objects.values("pk"),
        SubjectKind.STAFF: Staff.objects.values("pk"),
    }
    # Who acts is a member of staff, or the worker on their own phone.
    not_staff = Entry.objects.exclude(actor__in=Staff.objects.values("pk"))
    lost = not_staff.exclude(actor__in=Worker.objects.values("pk")).count()
    lost += Entry.objects.exclude(office__in=Office.objects.values("pk")).count()
    for kind, known in subjects.items():
        lost += Entry.objects.filter(subject_kind=kind).exclude(subject__in=known).count()
    return Finding("台账里的编号", lost == 0, "都有着落" if lost == 0 else f"{lost} 处没有着落")


def _replay() -> Finding:
    different = [code for code, pk in Closure.objects.values_list("code", "pk") if replay_differences(pk)]
    return Finding(
        "按台账重放", not different, "与现状一致" if not different else f"与现状不符：{', '.join(different)}"
    )


def _lists() -> Finding:
    """Every payment list is the sum of its lines, and every line was granted with the amount of its ruling."""
    sums, signatures, amounts = unsound()
    troubles = {"份控制金额或人数与各行不符": sums, "行没有审批": signatures, "行金额与核定不同": amounts}
    words = "，".join(f"{number} {what}" for what, number in troubles.items() if number)
    return Finding("发放名册", not words, words or "合计与各行相符，各行与核定相符")


def _jobs() -> Finding:
    """The queue answers, nothing failed for good, and nothing waits as if no worker ran."""
    found = standing()
    troubles = {
        "个任务没有完成（zaigang jobs list --failed 查看，zaigang jobs retry 再办）": found.failed,
        f"个任务久等没有人办（在办的后台程序 {found.workers} 个）": found.stuck,
    }
    words = "；".join(f"{number} {what}" for what, number in troubles.items() if number)
    return Finding("后台任务", not words, words or f"在办和等待 {found.open} 个，没有失败的")
