"""Invented streets, communities and addresses."""

from random import Random

from zaigang.demo.people.facts import Home

STREET = "示范街道"
COMMUNITIES = ("示范一社区", "示范二社区", "示范三社区")
SECOND_STREET = "临港街道"
ELSEWHERE = ("试点路街道", "样板街道", "示范新城街道")
ESTATES = ("钢苑小区", "碱苑小区", "职工新村", "炉火里", "团结楼", "海霞苑")


def invent_home(rng: Random) -> Home:
    """Two people in three live in the demo's own street, one in five in the second one."""
    draw = rng.random()
    if draw < 0.66:
        community: str | None = rng.choice(COMMUNITIES)
        return Home(STREET, community, f"{STREET}{community}{_house(rng)}")
    street = SECOND_STREET if draw < 0.86 else rng.choice(ELSEWHERE)
    return Home(street, None, f"{street}{_house(rng)}")


def _house(rng: Random) -> str:
    building, entrance = rng.randint(1, 38), rng.randint(1, 5)
    flat = rng.randint(1, 6) * 100 + rng.randint(1, 3)
    return f"{rng.choice(ESTATES)}{building}号楼{entrance}单元{flat}"
