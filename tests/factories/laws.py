"""The law of Licang as it was known before the notice of 24 August 2016, and with it."""

from zaigang.claims.actions import apply_law, confirm_law, load_law
from zaigang.claims.models import LawFile, LawRun
from zaigang.engines.entitlement.loader import FOLDER
from zaigang.offices.models import Staff

LICANG = (FOLDER / "370213.yaml").read_text(encoding="utf-8")
NOTE = "鲁人社发〔2016〕31号，青岛市2016年8月24日通知"


def licang(*, amounts: str) -> str:
    """Licang's file with other entries of the benefit's amount."""
    head, rest = LICANG.split("  benefit_amount:\n")
    return f"{head}  benefit_amount:\n{amounts}  minimum_wage:\n" + rest.split("  minimum_wage:\n")[1]


def amount(since: str, until: str | None, yuan: int | None, source: str, status: str = "verified") -> str:
    """One entry of the benefit's amount."""
    value = "missing: true" if yuan is None else f"value: {{fixed: {yuan}}}"
    status = "missing" if yuan is None else status
    ends = until or "null"
    return (
        f"    - {{from: {since}, to: {ends}, {value}, status: {status}, source: {source}, article: null}}\n"
    )


#: What was known in July 2016: 950 yuan, and no end of it.
EARLIER = licang(amounts=amount("2015-07-01", None, 950, "benefit_2015"))
#: The notice of August: 1,000 yuan from 1 July on.
NOTICE = licang(
    amounts=amount("2015-07-01", "2016-06-30", 950, "benefit_2015")
    + amount("2016-07-01", None, 1000, "benefit_2016")
)


def in_force(text: str, *, by: Staff, confirmed_by: Staff) -> LawFile:
    """Loaded by one, confirmed by another, everybody decided again."""
    file = load_law(text=text, note=NOTE, by=by)
    confirm_law(file=file, by=confirmed_by)
    apply_law(file=file.pk)
    file.refresh_from_db()
    return file


def run_of(file: LawFile) -> LawRun:
    """Its re-decision."""
    return LawRun.objects.get(file=file, kind="apply")
