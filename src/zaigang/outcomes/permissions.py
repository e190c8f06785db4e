"""Who may see sums, and whole names. The list of names itself needs the roster's right to see people."""

from zaigang.offices.enums import Role
from zaigang.offices.permissions import EVERYONE, grant
from zaigang.roster.permissions import HELPERS, VIEW_PEOPLE

VIEW_FUNNEL = "outcomes.view_funnel"
VIEW_NAMES = VIEW_PEOPLE
SEE_FULL_NAME = "outcomes.see_full_name"

grant(VIEW_FUNNEL, *EVERYONE)
# An auditor checks acts, not people: names are masked there.
grant(SEE_FULL_NAME, *HELPERS, Role.DIRECTOR)
