"""Who may do what with rosters. Loaded when the stage is."""

from zaigang.offices.enums import Role
from zaigang.offices.permissions import EVERYONE, grant

VIEW_CALENDAR = "roster.view_calendar"
VIEW_PEOPLE = "roster.view_people"
SEE_NAMES = "roster.see_names"
OPEN_CLOSURE = "roster.open_closure"
IMPORT = "roster.import"
REPAIR = "roster.repair"
MERGE = "roster.merge"
REVEAL = "roster.reveal"
NOTE_LIFE_EVENT = "roster.note_life_event"

HELPERS = (Role.CLERK, Role.OFFICER, Role.COUNSELLOR, Role.TRAINER, Role.PLACEMENT_OFFICER, Role.STEWARD)

grant(VIEW_CALENDAR, *EVERYONE)
grant(VIEW_PEOPLE, *HELPERS, Role.DIRECTOR, Role.AUDITOR)
# An auditor checks acts, not people: names are masked there.
grant(SEE_NAMES, *HELPERS, Role.DIRECTOR)
grant(OPEN_CLOSURE, Role.CLERK, Role.DIRECTOR)
grant(IMPORT, Role.CLERK, Role.DIRECTOR)
grant(REPAIR, Role.CLERK, Role.OFFICER, Role.DIRECTOR)
grant(MERGE, Role.CLERK, Role.DIRECTOR)
grant(REVEAL, Role.CLERK, Role.OFFICER, Role.DIRECTOR, Role.AUDITOR)
grant(NOTE_LIFE_EVENT, Role.CLERK, Role.OFFICER, Role.DIRECTOR)
