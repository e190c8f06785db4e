"""The pages of the law: what runs where, a version with its changes, and the people whom it reaches."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from zaigang.claims.enums import About, Change, Confidence, Eligible, LawState, NeedsPerson, RunKind
from zaigang.claims.explaining import CONFIDENCE_KIND, months_words
from zaigang.claims.law.describing import Amended, amendments
from zaigang.claims.lawbook import current_law, law_of, packaged
from zaigang.claims.models import LawEffect, LawFile, LawRun
from zaigang.claims.pages.names import name_for
from zaigang.claims.queries.law import Sums, files_for, sums_for, territories_of
from zaigang.engines.entitlement import Territory, read_territory
from zaigang.offices.models import Staff

STATE_KIND = {
    LawState.DRAFT: "needs",
    LawState.IN_FORCE: "done",
    LawState.SUPERSEDED: "stopped",
    LawState.WITHDRAWN: "stopped",
}


@dataclass(frozen=True, slots=True)
class Place:
    """One territory as it is in force. `file` None: as it came with the program. `mine`: it runs at the reader's."""

    territory: Territory
    file: LawFile | None
    mine: bool
    statuses: list[tuple[str, Any, int]]


@dataclass(frozen=True, slots=True)
class LawPage:
    """All territories, those of the reader's offices first; and the versions that were loaded."""

    mine: list[Place]
    others: list[Place]
    files: list[tuple[LawFile, str]]


def law_page(reader: Staff) -> LawPage:
    """What runs where, in four queries."""
    law, own = current_law(), territories_of(reader)
    files = list(files_for(reader))
    loaded = {file.territory: file for file in files if file.state == LawState.IN_FORCE}
    places = [_place(one, loaded.get(one.code), one.code in own) for one in law.library.territories.values()]
    mine = sorted((one for one in places if one.mine), key=lambda one: own.index(one.territory.code))
    return LawPage(
        mine,
        [one for one in places if not one.mine],
        [(file, STATE_KIND[LawState(file.state)]) for file in files],
    )


def _place(territory: Territory, file: LawFile | None, mine: bool) -> Place:
    counted: Counter[str] = Counter(value.status for values in territory.series.values() for value in values)
    statuses = [
        (CONFIDENCE_KIND[one], one.label, counted[one.value]) for one in Confidence if counted[one.value]
    ]
    return Place(territory, file, mine, statuses)


@dataclass(frozen=True, slots=True)
class FilePage:
    """One version. `run` is the newest pass: the re-decision where there is one, else the preview."""

    file: LawFile
    kind: str
    amended: list[Amended]
    run: LawRun | None
    sums: list[Sums]

    @property
    def applied(self) -> bool:
        return self.run is not None and self.run.kind == RunKind.APPLY

    @property
    def total(self) -> Sums:
        """All closures that the reader sees together."""
        return _together(self.sums)

    @property
    def kinds(self) -> list[tuple[Change, int]]:
        return [(one, n) for one in Change if (n := self.total.kinds.get(one.value, 0))]


def file_page(file: LawFile, reader: Staff) -> FilePage:
    """The version against what it takes the place of, and whom it reaches."""
    runs = {run.kind: run for run in file.runs.select_related("by")}
    run = runs.get(RunKind.APPLY) or runs.get(RunKind.PREVIEW)
    applied = runs.get(RunKind.APPLY)
    before = law_of(applied.before) if applied else current_law()
    changed = amendments(
        before.library.territories.get(file.territory), read_territory(file.text, file.territory)
    )
    sums = sums_for(run, reader) if run else []
    return FilePage(file, STATE_KIND[LawState(file.state)], changed, run, sums)


def _together(sums: Iterable[Sums]) -> Sums:
    listed = list(sums)
    whole: dict[str, Any] = {name: sum((getattr(one, name) for one in listed), Decimal()) for name in _YUAN}
    people = {name: sum(getattr(one, name) for one in listed) for name in _PEOPLE}
    kinds = {kind: sum(one.kinds[kind] for one in listed) for kind in Change.values}
    return Sums(closure="", kinds=kinds, **whole, **people)


_YUAN = ("monthly", "total", "back_pay", "overpaid")
_PEOPLE = ("people", "more", "less", "needs", "applied")


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One person's line: what was and what is, in words."""

    effect: LawEffect
    name: str
    about: str | Promise
    before: str
    after: str
    more: Decimal
    changes: list[str | Promise]
    needs: str | Promise


def effect_rows(effects: Iterable[LawEffect], reader: Staff) -> list[EffectRow]:
    """Lines for a page of people."""
    return [
        EffectRow(
            effect=one,
            name=name_for(reader, one.case),
            about=About(one.about).label,
            before=_words(one.eligible_before, one.months_before, one.month_before),
            after=_words(one.eligible_after, one.months_after, one.month_after),
            more=one.yuan_after - one.yuan_before,
            changes=[Change(change).label for change in one.changes],
            needs=NeedsPerson(one.needs).label if one.needs else "",
        )
        for one in effects
    ]


def _words(eligible: str, months: int | None, yuan: Decimal | None) -> str:
    parts = [str(Eligible(eligible).label), months_words(None, months)]
    if yuan is not None:
        parts.append(_("每月 %(yuan)s 元") % {"yuan": f"{yuan.normalize():f}"})
    return _("，").join(part for part in parts if part)


def law_words(versions: Mapping[str, str]) -> str:
    """By which version of the law something was decided; one query, where a loaded file is among them."""
    if not versions:
        return _("那时没有记下版本")
    if packaged(versions):
        return _("随程序附带的规定")
    prefixes = {version: code for code, version in versions.items()}
    loaded = LawFile.objects.filter(territory__in=prefixes.values()).order_by("territory", "-loaded_at")
    found = {
        file.territory: _("%(day)s 载入的%(place)s规定")
        % {"day": f"{file.loaded_at:%Y-%m-%d}", "place": file.name}
        for file in loaded.only("territory", "name", "loaded_at", "sha256")
        if versions[file.territory] == file.sha256[:16]
    }
    return _("、").join(found.values()) or _("随程序附带的以前的规定")
