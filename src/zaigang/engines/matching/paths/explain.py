"""Why a worker got this path: what it is, and how scarce its seats are.

What another path would cost everybody is not told: the proved distance of a plan of paths is mostly larger than that.
"""

from zaigang.engines.matching.errors import BadMarket
from zaigang.engines.matching.explain import Line
from zaigang.engines.matching.paths.problem import NONE, PathMarket
from zaigang.engines.matching.paths.search import PathPlan


def why_path(plan: PathPlan, market: PathMarket, worker: int) -> tuple[Line, ...]:
    """What the worker got, directly or through which class, and what the seats are worth.

    BadMarket where the plan is another market's, or there is no such worker.
    """
    if not 0 <= worker < market.workers:
        raise BadMarket("没有这个人", f"worker {worker}", "请核对编号。")
    if not _belongs(plan, market, worker):
        raise BadMarket("方案和市场对不上", "plan", "请用同一个市场求出的方案。")
    training, option = int(plan.training[worker]), int(plan.option[worker])
    if plan.path[worker] == NONE:
        ways = int(market.first[worker + 1] - market.first[worker])
        return (Line("paths_taken", {"paths": ways}) if ways else Line("no_path", {}),)
    value = int(market.value[plan.path[worker]])
    if training == NONE:
        return Line("placed", {"option": option, "value": value}), _vacancy(plan, option)
    if option == NONE:
        return Line("class_alone", {"training": training, "value": value}), _class(plan, training)
    got = Line("through_class", {"training": training, "option": option, "value": value})
    return got, _class(plan, training), _vacancy(plan, option)


def _belongs(plan: PathPlan, market: PathMarket, worker: int) -> bool:
    """Whether the plan is as large as the market, and the worker's path is theirs there."""
    planned = len(plan.path), len(plan.training_price), len(plan.option_price)
    if planned != (market.workers, market.trainings, market.options):
        return False
    path = int(plan.path[worker])
    if path == NONE:
        return True
    theirs = market.first[worker] <= path < market.first[worker + 1]
    names = int(plan.training[worker]), int(plan.option[worker])
    return bool(theirs) and names == (int(market.training[path]), int(market.option[path]))


def _vacancy(plan: PathPlan, option: int) -> Line:
    price = round(float(plan.option_price[option]))
    return Line("price" if price else "no_price", {"price": price})


def _class(plan: PathPlan, training: int) -> Line:
    price = round(float(plan.training_price[training]))
    return Line("class_price" if price else "class_no_price", {"training": training, "price": price})
