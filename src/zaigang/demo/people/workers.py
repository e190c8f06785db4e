"""The people of a firm."""

from datetime import date, timedelta
from random import Random

from zaigang.demo.people.careers import invent_career
from zaigang.demo.people.facts import Career, InventedWorker
from zaigang.demo.people.firms import OFFICE_TRADES, Firm, Workshop
from zaigang.demo.people.homes import invent_home
from zaigang.demo.people.names import invent_name
from zaigang.demo.people.numbers import Numbers

# Age bands on the closing day (youngest, oldest, weight): few were hired after 2005, most came before 1995.
AGE_BANDS = ((22, 27, 6), (28, 34, 13), (35, 39, 15), (40, 44, 22), (45, 49, 24), (50, 54, 13), (55, 59, 7))
# Nobody on the list may reach retirement before the last wave has left.
LAST_WAVE = timedelta(days=125)
RETIREMENT_AGE = {("male", "工人"): 60, ("male", "干部"): 60, ("female", "工人"): 50, ("female", "干部"): 55}
CERTIFICATES = ("初级（五级）", "中级（四级）", "高级（三级）", "技师（二级）", "高级技师（一级）")


def invent_workers(
    rng: Random, numbers: Numbers, firm: Firm, count: int, closed_on: date
) -> list[InventedWorker]:
    """`count` people, workshop by workshop."""
    sizes = apportion(count, [workshop.share for workshop in firm.workshops])
    return [
        _worker(rng, numbers, firm, workshop, closed_on)
        for workshop, size in zip(firm.workshops, sizes, strict=True)
        for _ in range(size)
    ]


def apportion(total: int, weights: list[int]) -> list[int]:
    """Whole parts of `total` in proportion to the weights; they sum to `total`."""
    edges = [round(total * sum(weights[:n]) / sum(weights)) for n in range(len(weights) + 1)]
    return [edges[n + 1] - edges[n] for n in range(len(weights))]


def _worker(rng: Random, numbers: Numbers, firm: Firm, workshop: Workshop, closed_on: date) -> InventedWorker:
    sex = "female" if rng.random() < workshop.women else "male"
    trade = rng.choice(
        workshop.mixed if rng.random() < (0.93 if sex == "female" else 0.30) else workshop.heavy
    )
    category = "干部" if rng.random() < (0.75 if trade in OFFICE_TRADES else 0.04) else "工人"
    born = _birthday(rng, closed_on, RETIREMENT_AGE[sex, category])
    career = invent_career(rng, born, closed_on)
    return InventedWorker(
        firm=firm.name,
        workshop=workshop.name,
        name=invent_name(rng, sex, born.year),
        sex=sex,
        born=born,
        id=numbers.identity(born, sex),
        education=_education(rng, born.year, category),
        phone=numbers.phone(),
        home=invent_home(rng),
        staff_category=category if rng.random() < 0.6 else None,
        trade=trade,
        certificate_level=_certificate(rng, trade, career),
        career=career,
        left_because=rng.choices(list(firm.reasons), list(firm.reasons.values()))[0],
        monthly_wage=_wage(rng, career, category),
        bank_account=numbers.bank_account(),
    )


def _trade(rng: Random, workshop: Workshop, sex: str) -> str:
    in_mixed = 0.93 if sex == "female" else 0.30
    return rng.choice(workshop.mixed if rng.random() < in_mixed else workshop.heavy)


def _birthday(rng: Random, closed_on: date, retires_at: int) -> date:
    while True:
        youngest, oldest, _ = rng.choices(AGE_BANDS, [band[2] for band in AGE_BANDS])[0]
        age = rng.randint(youngest, oldest)
        born = date(closed_on.year - age, 1, 1) + timedelta(days=rng.randrange(365))
        if born <= closed_on.replace(year=closed_on.year - age) and _still_working(
            born, retires_at, closed_on
        ):
            return born


def _still_working(born: date, retires_at: int, closed_on: date) -> bool:
    return date(born.year + retires_at, born.month, min(born.day, 28)) > closed_on + LAST_WAVE


def _education(rng: Random, birth_year: int, category: str) -> str:
    if category == "干部":
        return rng.choice(("大专", "大专", "本科", "中专"))
    if birth_year < 1970:
        return rng.choices(("小学", "初中", "高中", "技校", "中专"), (6, 46, 28, 12, 8))[0]
    if birth_year < 1980:
        return rng.choices(("初中", "高中", "技校", "中专", "大专"), (30, 28, 22, 14, 6))[0]
    return rng.choices(("高中", "技校", "中专", "大专", "本科"), (20, 28, 18, 26, 8))[0]


def _certificate(rng: Random, trade: str, career: Career) -> str | None:
    if trade in OFFICE_TRADES or rng.random() < 0.38:
        return None
    years = career.laid_off_on.year - career.work_started_on.year
    highest = min(len(CERTIFICATES), 1 + years // 7)
    return CERTIFICATES[rng.randrange(highest)]


def _wage(rng: Random, career: Career, category: str) -> int:
    years = career.laid_off_on.year - career.started_on.year
    mean = 2500 + 55 * min(years, 30) + (500 if category == "干部" else 0)
    return max(1800, round(rng.gauss(mean, 450) / 10) * 10)
