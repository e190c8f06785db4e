"""Who may see what is to be sent. Loaded when the stage is."""

from zaigang.offices.enums import Role
from zaigang.offices.permissions import grant

VIEW = "outbox.view"

grant(VIEW, Role.CLERK, Role.OFFICER, Role.DIRECTOR)
