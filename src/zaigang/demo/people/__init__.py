"""The invented closure: 1,419 people of two firms and the messy files their employers hand in.

Everybody and everything here is made up: the firms, the streets, the names, the numbers. Identity numbers
carry an area code that was never given to a place, telephone numbers have 0000 in the middle.
"""

from zaigang.demo.people.facts import Field, InventedWorker
from zaigang.demo.people.firms import Firm, Workshop
from zaigang.demo.people.invention import Invention, PlannedRow, Repair, invent
from zaigang.demo.people.staff import InventedOffice, InventedStaff, invent_offices, invent_staff
from zaigang.demo.people.writing import RosterFile, write_rosters

__all__ = [
    "Field",
    "Firm",
    "InventedOffice",
    "InventedStaff",
    "InventedWorker",
    "Invention",
    "PlannedRow",
    "Repair",
    "RosterFile",
    "Workshop",
    "invent",
    "invent_offices",
    "invent_staff",
    "write_rosters",
]
