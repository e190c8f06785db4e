"""Markets of paths for tests: tiny ones that can be settled by trying, and cohorts with classes."""

from dataclasses import dataclass

import numpy as np

from zaigang.engines.matching import PathMarket, path_market_from_rows

Columns = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]  # worker, class, vacancy, value
KINDS = ("base", "coarse", "common", "rich", "alone")


def random_paths(rng: np.random.Generator, *, most_workers: int = 5) -> PathMarket:
    """A few workers, classes and vacancies; any path may be missing, class alone included; ties are frequent."""
    workers, classes = int(rng.integers(0, most_workers + 1)), int(rng.integers(0, 4))
    options = int(rng.integers(0 if classes else 1, 4))
    allowed = rng.random((workers, classes + 1, options + 1)) < rng.choice([0.15, 0.3, 0.6])
    allowed[:, 0, 0] = False
    who, training, option = np.nonzero(allowed)
    return path_market_from_rows(
        who, training - 1, option - 1, rng.integers(1, int(rng.choice([3, 12, 1000])) + 1, len(who)),
        workers=workers, seats=rng.integers(1, 3, classes), capacity=rng.integers(1, 3, options),
    )  # fmt: skip


@dataclass
class Cohort:
    """Workers near vacancies of many trades; a class opens those of one trade to who has not learnt it.

    Kinds: "base"; "coarse" (ten levels of value); "common" (all rank classes and vacancies alike); "rich" (seats in
    vacancies for all, so that only classes are scarce); "alone" (a class is worth something without a vacancy too).
    """

    kind: str
    workers: int
    classes: int
    options: int
    direct: int
    through: int
    seed: int
    seats: tuple[int, int] = (30, 50)

    def __post_init__(self) -> None:
        self.rng = rng = np.random.default_rng(self.seed)
        alike = self.kind == "common"
        self.noise, self.far, self.talent = (0.05, 0.3, 0.2) if alike else (0.7, 3.0, 1.0)
        self.home, self.site = rng.random(self.workers), rng.random(self.options)
        self.good = (2.0 if alike else 0.7) * rng.normal(size=self.options)
        self.fit = self.talent * rng.normal(size=(self.workers, self.classes))
        self.interest = rng.integers(0, self.classes, (self.workers, 3))

    def market(self) -> PathMarket:
        parts = [self._direct(), self._through()] + ([self._alone()] if self.kind == "alone" else [])
        who, training, option, value = (np.concatenate(column) for column in zip(*parts, strict=True))
        if self.kind == "coarse":
            value = np.maximum(1, value // 1000 * 1000)
        names = np.stack([who, training, option])
        _, once = np.unique(names, axis=1, return_index=True)
        weight = self.rng.choice([1, 1, 1, 2, 4], self.options)
        share = (3.0 if self.kind == "rich" else 0.8) * self.workers / weight.sum()
        return path_market_from_rows(
            who[once], training[once], option[once], value[once], workers=self.workers,
            seats=self.rng.integers(self.seats[0], self.seats[1] + 1, self.classes),
            capacity=np.maximum(1, np.round(weight * share)).astype(np.int64),
        )  # fmt: skip

    def _direct(self) -> Columns:
        who = np.repeat(np.arange(self.workers), self.direct)
        what = self.rng.integers(0, self.options, len(who))
        return who, np.full(len(who), -1), what, self._value(who, what, np.full(len(who), -1.0))

    def _through(self) -> Columns:
        """Vacancies of trade c, every (2 x classes)-th, open through class c."""
        who = np.repeat(np.arange(self.workers), self.through)
        training = self.interest[who, self.rng.integers(0, 3, len(who))]
        trades = min(2 * self.classes, self.options // 2)
        each = self.options // trades
        what = training % trades + trades * self.rng.integers(0, each, len(who))
        return who, training, what, self._value(who, what, 0.7 + self.fit[who, training])

    def _alone(self) -> Columns:
        who, nothing = np.arange(self.workers), np.full(self.workers, -1)
        return who, self.interest[:, 0], nothing, self.rng.integers(500, 3000, self.workers)

    def _value(self, who: np.ndarray, what: np.ndarray, more: np.ndarray) -> np.ndarray:
        away = np.abs(self.home[who] - self.site[what])
        noise = self.noise * self.rng.normal(size=len(who))
        score = self.good[what] + noise - self.far * np.minimum(away, 1 - away) + more
        return np.maximum(1, (10000 / (1 + np.exp(-score))).astype(np.int64))


def cohort(kind: str, seed: int) -> PathMarket:
    """The cohort of the closure: 1,419 workers, 7 classes, 600 vacancies."""
    return Cohort(kind, 1419, 7, 600, direct=40, through=20, seed=seed).market()


def small_cohort(kind: str, seed: int) -> PathMarket:
    return Cohort(kind, 200, 7, 80, direct=15, through=10, seed=seed, seats=(3, 7)).market()
