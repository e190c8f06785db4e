"""Who sees what on the screens that cross stages."""

from zaigang.offices.enums import Role
from zaigang.offices.permissions import EVERYONE, grant

VIEW_HOME = "desk.view_home"
SEE_WAGE = "desk.see_wage"
VIEW_READS = "desk.view_reads"
VIEW_PERMISSIONS = "desk.view_permissions"
# Who is told what to bring, and who is given a time to come.
BEFORE_VISIT = "desk.before_visit"

grant(VIEW_HOME, *EVERYONE)
grant(SEE_WAGE, Role.CLERK, Role.OFFICER, Role.DIRECTOR, Role.AUDITOR)
grant(VIEW_READS, Role.DIRECTOR, Role.AUDITOR)
grant(VIEW_PERMISSIONS, Role.DIRECTOR, Role.AUDITOR)
grant(BEFORE_VISIT, Role.CLERK, Role.OFFICER, Role.DIRECTOR)
