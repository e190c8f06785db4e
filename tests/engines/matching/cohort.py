"""An invented cohort as an office knows it: identity numbers, what the law makes of them, and vacancies."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from tests.engines.matching.candidates.worlds import Rng
from zaigang.engines.entitlement import hard_to_place, retirement_date
from zaigang.engines.entitlement.calendar import add_months
from zaigang.engines.matching.access import Article, Status
from zaigang.engines.matching.candidates import Options, Rules, Workers, skill_bits

#: The day and the place whose list of hard-to-place people is known in full.
ON, PLACE = date(2023, 6, 1), "370213"
HARD_TO_PLACE, NEAR_RETIREMENT, DISABLED = range(3)
POSTS = Article("山东省就业促进条例", "第四十四条")
#: No article about the other two is among the facts at hand.
STATUSES = {
    HARD_TO_PLACE: Status("就业困难人员", reserves=POSTS),
    NEAR_RETIREMENT: Status("距法定退休年龄不足五年"),
    DISABLED: Status("残疾人"),
}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Person:
    """What a window knows. The names of the columns of a market (`Workers`) are names here too, and so are others."""

    sex: str
    born: date
    serial: int
    x: int
    y: int
    reach: int
    wage_floor: int
    occupation: int
    skills: tuple[int, ...]
    certificates: int
    refuses: int
    disabled: bool
    unemployed_since: date

    @property
    def id_number(self) -> str:
        """Valid in form; the seventeenth digit is odd for a man."""
        serial = self.serial // 2 * 2 + (self.sex == "male")
        body = f"370299{self.born:%Y%m%d}{serial % 1000:03d}"
        total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
        return body + "10X98765432"[total % 11]

    @property
    def gender(self) -> str:
        return "男" if int(self.id_number[16]) % 2 else "女"

    @property
    def male(self) -> bool:
        return self.sex == "male"

    @property
    def female(self) -> bool:
        return not self.male

    @property
    def age(self) -> int:
        return (ON - self.born).days // 365

    def flipped(self) -> "Person":
        return dataclasses.replace(self, sex="female" if self.male else "male")


def people(rng: Rng, count: int) -> list[Person]:
    return [
        Person(
            sex=str(rng.choice(["male", "female"])), born=date(1964 + int(rng.integers(40)), 1 + serial % 12, 9),
            serial=serial, x=int(rng.integers(-15_000, 15_000)), y=int(rng.integers(-15_000, 15_000)),
            reach=int(rng.integers(5_000, 20_000)), wage_floor=int(rng.choice([0, 2100, 3000])),
            occupation=int(rng.integers(4)), skills=tuple(map(int, rng.choice(12, 4, replace=False))),
            certificates=int(rng.integers(4)), refuses=int(rng.integers(8) == 0), disabled=bool(rng.integers(9) == 0),
            unemployed_since=date(2022, 1 + int(rng.integers(12)), 15),
        )
        for serial in range(count)
    ]  # fmt: skip


def lawful_statuses(person: Person) -> int:
    """The bits that the law gives to a person, by sex among other things."""
    answer = hard_to_place(
        territory=PLACE, on=ON, sex=person.sex, born=person.born, unemployed_since=person.unemployed_since,
        registered_on=person.unemployed_since, drawing=False, monthly_search=True, hukou_local=True, settled=True,
        circumstances={"disability_card": person.disabled},
    ).answer  # fmt: skip
    retires = retirement_date("male" if person.male else "female_50", person.born)
    return (
        (answer == "yes") << HARD_TO_PLACE | (retires < add_months(ON, 60)) << NEAR_RETIREMENT
        | person.disabled << DISABLED
    )  # fmt: skip


def columns(cohort: list[Person], statuses: list[int]) -> Workers:
    """Every column that the market has a name for is filled, also one that somebody adds tomorrow."""
    given: dict[str, Any] = {"statuses": np.array(statuses, np.uint64)}
    for name in (field.name for field in dataclasses.fields(Workers)):
        if name in Person.__dataclass_fields__ or (name not in given and hasattr(Person, name)):
            given[name] = np.array([getattr(person, name) for person in cohort])
    return Workers(**(given | {"skills": skill_bits(person.skills for person in cohort)}))


def vacancies(rng: Rng, count: int) -> tuple[Options, Rules]:
    """A fifth are public-welfare posts, a few are closed to people near retirement."""
    options = Options(
        required=skill_bits(rng.choice(12, 2, replace=False).tolist() for _ in range(count)),
        useful=skill_bits(rng.choice(12, 2, replace=False).tolist() for _ in range(count)),
        x=rng.integers(-15_000, 15_000, count), y=rng.integers(-15_000, 15_000, count),
        wage=rng.integers(2000, 5000, count), occupation=rng.integers(0, 4, count),
        certificates=(rng.random(count) < 0.2).astype(np.uint64), traits=(rng.random(count) < 0.3).astype(np.uint64),
        reserved=(rng.random(count) < 0.2).astype(np.uint64) << np.uint64(HARD_TO_PLACE),
        barred=(rng.random(count) < 0.1).astype(np.uint64) << np.uint64(NEAR_RETIREMENT),
        capacity=rng.integers(1, 3, count),
    )  # fmt: skip
    nearness = np.array([[100, 60, 0, 20], [60, 100, 30, 0], [0, 30, 100, 50], [20, 0, 50, 100]])
    return options, Rules(nearness, statuses=len(STATUSES))
