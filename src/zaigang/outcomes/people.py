"""How a person is named to whoever asks."""

from django.utils.translation import gettext as _

from zaigang.look.formats import mask_name
from zaigang.offices.models import Staff
from zaigang.offices.permissions import may
from zaigang.roster.models import Case
from zaigang.roster.permissions import SEE_NAMES


def shown_name(user: Staff, case: Case) -> str:
    """The name in full or masked, by role; a waiting row has none yet. Needs the closure's office."""
    if case.worker is None:
        return _("姓名待补正")
    return case.worker.name if may(user, SEE_NAMES, case.closure.office) else mask_name(case.worker.name)
