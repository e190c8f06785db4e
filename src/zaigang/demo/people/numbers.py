"""Identity, telephone and bank numbers that satisfy their check rules and belong to nobody."""

from collections.abc import Iterator
from datetime import date
from random import Random

from stdnum import luhn
from stdnum.cn import ric

# 3702 is a real city; county 99 was never given out, so no living person has such a number.
AREA = "370299"
MOBILE_PREFIXES = (
    "130",
    "131",
    "132",
    "135",
    "136",
    "137",
    "138",
    "139",
    "150",
    "151",
    "152",
    "158",
    "159",
    "186",
    "187",
)
BANK_PREFIX = "62220000"


def identity(born: date, serial: int) -> str:
    """The 18-character number of somebody born on this day; serial 0-999, odd for men (GB 11643)."""
    body = f"{AREA}{born:%Y%m%d}{serial:03d}"
    return body + ric.calc_check_digit(f"{body}0")  # it looks at the first 17 only


def old_identity(number: str) -> str:
    """The 15-digit form in use until 1999: no century, no check digit."""
    return number[:6] + number[8:17]


class Numbers:
    """Gives out numbers, each once."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._given: set[str] = set()
        self._phones = self._shuffled_phones()

    def identity(self, born: date, sex: str) -> str:
        """A new identity number; raises ValueError when a day has none left (490 for each sex)."""
        serials = [
            n for n in range(1 if sex == "male" else 0, 1000, 2) if n % 100
        ]  # 00 looks like lost digits
        for serial in self._rng.sample(serials, k=len(serials)):
            number = identity(born, serial)
            if number not in self._given:
                self._given.add(number)
                return number
        raise ValueError(f"no identity number left for somebody born on {born}")

    def phone(self) -> str:
        """A new mobile number: 0000 in the middle, so that it reaches nobody."""
        return next(self._phones)

    def bank_account(self) -> str:
        """A 19-digit card number with its Luhn digit."""
        body = f"{BANK_PREFIX}{self._rng.randrange(10**10):010d}"
        return body + luhn.calc_check_digit(body)

    def _shuffled_phones(self) -> Iterator[str]:
        chosen = self._rng.sample(range(len(MOBILE_PREFIXES) * 10000), k=len(MOBILE_PREFIXES) * 1000)
        return (f"{MOBILE_PREFIXES[n // 10000]}0000{n % 10000:04d}" for n in chosen)
