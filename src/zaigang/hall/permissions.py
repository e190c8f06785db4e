"""Who may do what in the hall. Loaded when the stage is."""

from zaigang.offices.enums import Role
from zaigang.offices.permissions import grant

VIEW_HALL = "hall.view"
RUN_DAY = "hall.run_day"
SERVE = "hall.serve"
GUIDE = "hall.guide"

STAFF = (Role.CLERK, Role.OFFICER, Role.COUNSELLOR, Role.TRAINER, Role.PLACEMENT_OFFICER, Role.STEWARD)

grant(VIEW_HALL, *STAFF, Role.DIRECTOR, Role.DISTRICT_VIEWER, Role.AUDITOR)
grant(RUN_DAY, Role.CLERK, Role.DIRECTOR)
grant(SERVE, Role.CLERK, Role.OFFICER)
# The guide desk: hands out numbers, takes those back who missed their call, notes who leaves.
grant(GUIDE, *STAFF, Role.DIRECTOR)
