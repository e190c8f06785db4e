"""The only writes of this stage."""

from zaigang.roster.actions.closures import name_firm, open_closure
from zaigang.roster.actions.files import correct_row, discard_file, stage_file
from zaigang.roster.actions.importing import import_file
from zaigang.roster.actions.life import note_life_event, undo_life_event
from zaigang.roster.actions.merging import merge_people
from zaigang.roster.actions.repairing import repair_case, withdraw_case

__all__ = [
    "correct_row",
    "discard_file",
    "import_file",
    "merge_people",
    "name_firm",
    "note_life_event",
    "open_closure",
    "repair_case",
    "stage_file",
    "undo_life_event",
    "withdraw_case",
]
