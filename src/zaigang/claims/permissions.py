"""Who may see what somebody is due, and who may have it worked out. Loaded when the stage is."""

from zaigang.offices.enums import Role
from zaigang.offices.permissions import grant

VIEW = "claims.view"
DECIDE = "claims.decide"
VIEW_FORECAST = "claims.view_forecast"
REGISTER = "claims.register"
CHECK = "claims.check"
APPROVE = "claims.approve"
PAY = "claims.pay"
VIEW_PAYMENTS = "claims.view_payments"
SEE_LAW = "claims.see_law"
LOAD_LAW = "claims.load_law"
CONFIRM_LAW = "claims.confirm_law"

grant(
    VIEW, Role.CLERK, Role.OFFICER, Role.COUNSELLOR, Role.PLACEMENT_OFFICER, Role.DIRECTOR, Role.AUDITOR
)  # fmt: skip
grant(DECIDE, Role.CLERK, Role.DIRECTOR)
# Sums without names: the district sees these and nothing else of this stage.
grant(VIEW_FORECAST, Role.CLERK, Role.DIRECTOR, Role.DISTRICT_VIEWER, Role.AUDITOR)
grant(REGISTER, Role.CLERK, Role.OFFICER)
# Three signatures of three people; who holds which right is the office's choice of postings.
grant(CHECK, Role.CLERK, Role.DIRECTOR)
grant(APPROVE, Role.DIRECTOR)
grant(PAY, Role.CLERK, Role.DIRECTOR)
grant(VIEW_PAYMENTS, Role.CLERK, Role.DIRECTOR, Role.AUDITOR)
# Rules are public; drafts and sums are for those who work by them. Two people change the law: who loads, who confirms.
grant(SEE_LAW, Role.CLERK, Role.DIRECTOR, Role.DISTRICT_VIEWER, Role.AUDITOR)
grant(LOAD_LAW, Role.CLERK, Role.DIRECTOR)
grant(CONFIRM_LAW, Role.DIRECTOR)
