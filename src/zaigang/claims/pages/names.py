"""How a person is named to whoever asks."""

from zaigang.look.formats import mask_name
from zaigang.offices.models import Staff
from zaigang.offices.permissions import may
from zaigang.roster.models import Case
from zaigang.roster.permissions import SEE_NAMES


def name_for(user: Staff, case: Case) -> str:
    """The name in full or masked, by role. Needs the worker and the closure's office; no query per line."""
    assert case.worker is not None
    return case.worker.name if may(user, SEE_NAMES, case.closure.office) else mask_name(case.worker.name)
