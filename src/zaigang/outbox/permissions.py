"""Who may see what is to be sent, and take it back. Loaded when the stage is."""

from zaigang.offices.enums import Role
from zaigang.offices.permissions import grant

VIEW = "outbox.view"
CANCEL = "outbox.cancel"

grant(VIEW, Role.CLERK, Role.OFFICER, Role.DIRECTOR)
grant(CANCEL, Role.CLERK, Role.DIRECTOR)
