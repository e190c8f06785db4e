"""Who counts as hard to place (就业困难人员), by place and year, category by category."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from zaigang.engines.entitlement.around.answer import Findings, Notebook, Verdict, notebook
from zaigang.engines.entitlement.calendar import add_months
from zaigang.engines.entitlement.errors import BadFacts
from zaigang.engines.entitlement.facts import SEXES, read_choice
from zaigang.engines.entitlement.parameters import Dated, Library, Source, Status, in_force
from zaigang.engines.entitlement.reasons import Line
from zaigang.engines.entitlement.shapes_around import CIRCUMSTANCES, Category, HardToPlaceRule


@dataclass(frozen=True, slots=True)
class CategoryAnswer:
    """One category of the list: does it hold, by which article, and which facts are still lacking."""

    code: str
    verdict: Verdict
    source: Source
    status: Status
    lacking: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        words = Line("words", self.code, {})
        return {
            "code": self.code,
            "zh": words.zh,
            "en": words.en,
            "verdict": self.verdict,
            "source": self.source.as_json(),
            "status": self.status,
            "lacking": list(self.lacking),
        }


@dataclass(frozen=True, slots=True)
class HardToPlace:
    """`answer` for the person as a whole; undecided wherever the rule of place and day is not known."""

    answer: Verdict
    categories: tuple[CategoryAnswer, ...]
    findings: Findings

    def as_json(self) -> dict[str, Any]:
        categories = [category.as_json() for category in self.categories]
        return {"answer": self.answer, "categories": categories, **self.findings.as_json()}


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the categories ask about; None is unknown. `circumstances`: one of CIRCUMSTANCES to yes or no."""

    sex: str | None = None
    born: date | None = None
    unemployed_since: date | None = None
    registered_on: date | None = None
    drawing: bool | None = None
    monthly_search: bool | None = None
    hukou_local: bool | None = None
    settled: bool | None = None
    circumstances: Mapping[str, bool] = field(default_factory=dict)


def hard_to_place(
    *,
    territory: str,
    on: date,
    sex: str | None = None,
    born: date | None = None,
    unemployed_since: date | None = None,
    registered_on: date | None = None,
    drawing: bool | None = None,
    monthly_search: bool | None = None,
    hukou_local: bool | None = None,
    settled: bool | None = None,
    circumstances: Mapping[str, bool] | None = None,
    parameters: Library | None = None,
) -> HardToPlace:
    """Which categories of the local list a person meets on `on`. The office recognises; this only computes.

    `unemployed_since`, `registered_on`: begin of unemployment and of registration, both unbroken up to `on`.
    `drawing`: draws benefit. `monthly_search`: a job-seeking record for every month. `settled`: lived there for
    six months in a row and insured by an employer there for six months. `circumstances`: see CIRCUMSTANCES.
    Where the city's own text is missing, the categories are those of the province and the answer undecided.
    Source: 山东省就业促进条例 art. 42; Qingdao 2008 and about 2022. BadFacts: dates after `on`, unknown codes.
    """
    given = dict(circumstances or {})
    person = PersonFacts(
        sex, born, unemployed_since, registered_on, drawing, monthly_search, hukou_local, settled, given
    )
    _check(person, on)
    book = notebook(territory, on, parameters)
    rule, settled_rule = _rule_for(book)
    if rule is None:
        return HardToPlace("undecided", (), book.findings())
    lists: HardToPlaceRule = rule.value
    categories = tuple(_answer(category, rule, person, on) for category in lists.categories)
    _explain(book, rule, categories, settled_rule)
    residence = _residence(book, rule, lists.residence, person)
    answer = _together(residence, [category.verdict for category in categories])
    if not settled_rule:
        answer = "undecided"
    if answer == "yes":
        _after_yes(book)
    return HardToPlace(answer, categories, book.findings())


def _check(person: PersonFacts, on: date) -> None:
    if person.sex is not None:
        read_choice(person.sex, SEXES, "sex")
    for name in ("born", "unemployed_since", "registered_on"):
        day = getattr(person, name)
        if day is not None and day > on:
            raise BadFacts(f"{day} 在判断日期 {on} 之后", name, "请核对日期。")
    for code in person.circumstances:
        read_choice(code, CIRCUMSTANCES, "circumstances")


def _rule_for(book: Notebook) -> tuple[Dated | None, bool]:
    """The nearest list that can be read, and whether it is surely the one in force."""
    nearest = book.rule("hard_to_place")
    if nearest.known:
        return nearest, True
    for territory in book.rules.chain:
        found = in_force(territory.series.get("hard_to_place", ()), book.on, book.rules.known_on)
        if found is None or found.value is None:
            continue
        code = "hard_list_unverified" if found is nearest else "hard_city_missing"
        book.lacks_rule(code, nearest)
        return found, False
    book.lacks_rule("hard_rule_missing", nearest)
    return None, False


def _answer(category: Category, rule: Dated, person: PersonFacts, on: date) -> CategoryAnswer:
    source = replace(rule.source, article=category.article)
    tests = list(_tests(category, person, on))
    lacking = tuple(fact for verdict, fact in tests if verdict == "undecided")
    verdict = _all_of([verdict for verdict, _ in tests]) if tests else "undecided"
    if verdict != "undecided":
        lacking = ()
    return CategoryAnswer(category.code, verdict, source, rule.status, lacking)


def _tests(category: Category, person: PersonFacts, on: date) -> Iterable[tuple[Verdict, str]]:
    """Each condition of the category with the fact that it asks about; none for a person's judgement."""
    if category.circumstance is not None:
        yield _flag(person.circumstances.get(category.circumstance)), category.circumstance
    if category.female is not None and category.male is not None:
        yield _old_enough(category, person, on)
    if category.unemployed_months is not None:
        since = person.unemployed_since or person.registered_on
        lasted = _lasted(since, category.unemployed_months, category.strictly, on)
        # whoever registered later may have been unemployed for longer
        short = lasted == "no" and person.unemployed_since is None
        yield ("undecided" if short else lasted), "unemployed_since"
    if category.registered_months is not None:
        yield (
            _lasted(person.registered_on, category.registered_months, category.strictly, on),
            "registered_on",
        )
    if category.drawing:
        yield _flag(person.drawing), "drawing"
    if category.monthly_search:
        yield _flag(person.monthly_search), "monthly_search"


def _flag(value: bool | None) -> Verdict:
    return "undecided" if value is None else "yes" if value else "no"


def _old_enough(category: Category, person: PersonFacts, on: date) -> tuple[Verdict, str]:
    if person.born is None:
        return "undecided", "born"
    ages = {"female": category.female or 0, "male": category.male or 0}
    sexes = SEXES if person.sex is None else (person.sex,)
    reached = {add_months(person.born, ages[sex] * 12) <= on for sex in sexes}
    return ("undecided" if len(reached) == 2 else _flag(reached.pop())), "sex"


def _lasted(since: date | None, months: int, strictly: bool, on: date) -> Verdict:
    if since is None:
        return "undecided"
    full = add_months(since, months)
    return _flag(full < on if strictly else full <= on)


def _all_of(verdicts: list[Verdict]) -> Verdict:
    return "no" if "no" in verdicts else "undecided" if "undecided" in verdicts else "yes"


def _together(residence: Verdict, categories: list[Verdict]) -> Verdict:
    """One category is enough, if the person belongs to the place."""
    some: Verdict = "yes" if "yes" in categories else "undecided" if "undecided" in categories else "no"
    return _all_of([residence, some])


def _residence(book: Notebook, rule: Dated, needed: str, person: PersonFacts) -> Verdict:
    if needed == "anywhere" or person.hukou_local:
        return "yes"
    verdict = _flag(person.hukou_local)
    if needed == "hukou_or_settled" and verdict != "yes":
        if person.settled:
            return "yes"
        verdict = "undecided" if None in (person.hukou_local, person.settled) else "no"
    if verdict == "undecided":
        book.lacks_fact("hard_residence_unknown", rule)
    else:
        book.because("hard_not_resident", rule)
    return verdict


def _explain(book: Notebook, rule: Dated, categories: tuple[CategoryAnswer, ...], settled_rule: bool) -> None:
    """A list that is not surely the one in force gives hints only."""
    code = "hard_category" if settled_rule else "hard_category_hint"
    for category in categories:
        if category.verdict == "yes":
            book.because(code, rule, article=category.source.article, word=category.code)
    if all(category.verdict == "no" for category in categories):
        book.because("hard_no_category", rule)
    if any(category.lacking for category in categories):
        book.lacks_fact("hard_facts_unknown", rule)
    if any(category.verdict == "undecided" and not category.lacking for category in categories):
        book.lacks_rule("hard_city_categories", rule)


def _after_yes(book: Notebook) -> None:
    book.asks("hard_recognition")
    length = book.rule("hard_to_place_subsidy_months")
    if length.known:
        near = length.value["to_retirement_within_months"] // 12
        book.because("hard_subsidy_length", length, years=length.value["months"] // 12, near=near)
