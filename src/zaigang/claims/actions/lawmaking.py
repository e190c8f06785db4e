"""A new version of a parameter file: one person loads it, another puts it in force. Its text never changes."""

from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from zaigang.claims.enums import LawState, RunKind, Verb
from zaigang.claims.errors import LawRefused
from zaigang.claims.law.reach import offices_under, people_under
from zaigang.claims.law.states import STEPS
from zaigang.claims.lawbook import LOCK, current_law, law_with
from zaigang.claims.models import LawFile, LawRun
from zaigang.claims.permissions import CONFIRM_LAW, LOAD_LAW
from zaigang.engines.entitlement import BadParameters, read_territory, with_file
from zaigang.foundation import clock
from zaigang.jobs.actions import ask
from zaigang.ledger.actions import NewEntry, record
from zaigang.ledger.models import SubjectKind
from zaigang.offices.models import Staff
from zaigang.offices.permissions import may

#: Kind of the job that decides everybody again.
APPLY = "claims.apply_law"
#: Longest note, as the form and the column have it.
LONGEST_NOTE = 300


@transaction.atomic
def load_law(*, text: str, note: str, where: str = "", by: Staff) -> LawFile:
    """Keep a checked file as a draft; nobody is decided by it yet. `where` is its name, for the errors.

    Raises `LawRefused`, which names line, entry and fault, and `PermissionDenied` where `by` does not hold the right
    at every office that the file would reach.
    """
    text = text.replace("\r\n", "\n").strip("\ufeff")
    library = current_law().library
    try:
        territory = read_territory(text, where or "YAML")
        with_file(library, text, where or "YAML")
    except BadParameters as error:
        raise LawRefused(error.what, error.where, error.what_to_do) from error
    if not note.strip():
        raise LawRefused("没有写为什么改", territory.name_zh, "请写明按哪个文件、改了什么")
    there = library.territories.get(territory.code)
    if there is not None and there.sha256 == territory.sha256:
        raise LawRefused("和现在施行的规定一字不差", territory.name_zh, "不用载入")
    _demand_everywhere(by, LOAD_LAW, territory.code)
    file = LawFile.objects.create(
        territory=territory.code, name=territory.name_zh[:60], text=text, sha256=sha256(text.encode()).hexdigest(),
        note=note.strip()[:LONGEST_NOTE], loaded_by=by, loaded_at=clock.now(),
    )  # fmt: skip
    _tell(file, Verb.LAW_LOADED, by)
    return file


@transaction.atomic
def withdraw_law(*, file: LawFile, by: Staff) -> LawFile:
    """Take back a file that is not in force. Withdrawn twice: nothing happens. Raises `LawRefused`."""
    locked = _locked(file)
    if locked.state == LawState.WITHDRAWN:
        return locked
    _demand_everywhere(by, LOAD_LAW, locked.territory)
    verb = _step(locked, LawState.WITHDRAWN)
    locked.state, locked.ended_at = LawState.WITHDRAWN, clock.now()
    locked.save(update_fields=["state", "ended_at"])
    _tell(locked, verb, by)
    return locked


@transaction.atomic
def confirm_law(*, file: LawFile, by: Staff) -> LawRun:
    """Put a file in force, as somebody other than who loaded it; gives the re-decision that is to be done now.

    The version before it is superseded. Confirmed twice: the same re-decision. Raises `LawRefused` for one's own
    file or while another re-decision is not done, and `PermissionDenied` as `load_law` does.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    locked = _locked(file)
    if locked.state == LawState.IN_FORCE:
        return LawRun.objects.get(file=locked, kind=RunKind.APPLY)
    _demand_everywhere(by, CONFIRM_LAW, locked.territory)
    verb = _step(locked, LawState.IN_FORCE)
    _refuse_confirmation(locked, by)
    before = current_law().stamp
    _sound(locked, before)
    now = clock.now()
    LawFile.objects.filter(territory=locked.territory, state=LawState.IN_FORCE).update(
        state=LawState.SUPERSEDED, ended_at=now
    )
    locked.state, locked.confirmed_by, locked.confirmed_at = LawState.IN_FORCE, by, now
    locked.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    _tell(locked, verb, by)
    ask(APPLY, subject=str(locked.pk), by=by, file=str(locked.pk))
    return new_run(locked, RunKind.APPLY, before, by)


def new_run(file: LawFile, kind: RunKind, before: str, by: Staff) -> LawRun:
    """A pass over everybody whom the file reaches, not begun."""
    total = people_under([one.pk for one in offices_under(file.territory)]).count()
    return LawRun.objects.create(
        file=file, kind=kind, by=by, started_at=clock.now(), on=clock.today(), before=before, total=total
    )


def _locked(file: LawFile) -> LawFile:
    return LawFile.objects.select_for_update(of=("self",)).select_related("loaded_by").get(pk=file.pk)


def _step(file: LawFile, to: LawState) -> Verb:
    verb = STEPS.get((LawState(file.state), to))
    if verb is None:
        raise LawRefused(f"这份规定现在是：{file.get_state_display()}", str(file), "请刷新页面再看")
    return verb


def _refuse_confirmation(file: LawFile, by: Staff) -> None:
    if file.loaded_by_id == by.pk:
        raise LawRefused("这份规定是您载入的", str(file), "请另一位同事核对、确认")
    if LawRun.objects.filter(kind=RunKind.APPLY, ended_at=None).exists():
        raise LawRefused("上一份规定还在重新测算", str(file), "请等它算完再确认")


def _sound(file: LawFile, before: str) -> None:
    """What lies beside the file may have changed since it was loaded."""
    try:
        law_with(file, before)
    except BadParameters as error:
        raise LawRefused(error.what, error.where, error.what_to_do) from error


def _demand_everywhere(by: Staff, permission: str, territory: str) -> None:
    """A rule reaches every office of its territory, so whoever changes it answers for all of them."""
    reached = offices_under(territory)
    if not may(by, permission) or not all(may(by, permission, office) for office in reached):
        raise PermissionDenied("这份规定也管别的机构。请由管得到全部机构的主任来办。")


def _tell(file: LawFile, verb: Verb, by: Staff) -> None:
    facts = {"law": str(file.pk), "territory": file.territory, "version": file.sha256[:16]}
    record(NewEntry(verb, by.pk, facts=facts, kind=SubjectKind.STAFF), by=by)
