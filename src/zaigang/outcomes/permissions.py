"""Who may see sums. The list of names itself needs the roster's right to see people."""

from zaigang.offices.permissions import EVERYONE, grant
from zaigang.roster.permissions import VIEW_PEOPLE

VIEW_FUNNEL = "outcomes.view_funnel"
VIEW_NAMES = VIEW_PEOPLE

grant(VIEW_FUNNEL, *EVERYONE)
