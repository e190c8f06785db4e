"""Two people side by side who may be one."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from zaigang.look.components import Text
from zaigang.look.formats import MISSING, day, id_tail, mask_phone
from zaigang.roster.context.cells import shown_name
from zaigang.roster.context.labels import label
from zaigang.roster.models import Case, Worker


@dataclass(frozen=True, slots=True)
class Trait:
    """One fact of both, masked, and whether they agree."""

    label: Text
    one: str
    other: str

    @property
    def differs(self) -> bool:
        return self.one != self.other


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people with what is known of each."""

    one: Worker
    other: Worker
    traits: list[Trait]

    @property
    def one_label(self) -> str:
        return _("左边这份，身份证%(tail)s") % {"tail": id_tail(self.one.id_number)}

    @property
    def other_label(self) -> str:
        return _("右边这份，身份证%(tail)s") % {"tail": id_tail(self.other.id_number)}

    @property
    def name(self) -> str:
        return self.traits[0].one


def pairs_of(people: Sequence[tuple[Worker, Worker]], *, names: bool) -> list[Pair]:
    """The pairs for a page; everybody's cases come in one query."""
    cases: dict[UUID, list[Case]] = {}
    pks = {worker.pk for pair in people for worker in pair}
    listed = Case.objects.people().filter(worker__in=pks).select_related("closure")
    for case in listed.order_by("closure__closes_on"):
        assert case.worker_id is not None
        cases.setdefault(case.worker_id, []).append(case)
    facts = {worker.pk: _facts(worker, cases.get(worker.pk, []), names) for pair in people for worker in pair}
    return [Pair(one, other, _traits(facts[one.pk], facts[other.pk])) for one, other in people]


def _traits(mine: dict[Text, str], others: dict[Text, str]) -> list[Trait]:
    return [Trait(name, mine[name], others[name]) for name in mine]


def _facts(worker: Worker, cases: list[Case], names: bool) -> dict[Text, str]:
    def each(values: Sequence[str]) -> str:
        return "；".join(dict.fromkeys(value for value in values if value)) or MISSING

    return {
        label("name"): shown_name(worker.name, names=names),
        label("id"): id_tail(worker.id_number),
        label("sex"): str(worker.get_sex_display()) or MISSING,
        label("born"): day(worker.born),
        label("phones"): "、".join(map(mask_phone, worker.phones)) or MISSING,
        label("department"): each([case.department for case in cases]),
        label("trade"): each([case.trade for case in cases]),
        label("laid_off_on"): each([day(case.laid_off_on) for case in cases]),
        label("closure"): each([case.closure.name for case in cases]),
    }
