"""What later stages may wait for. Sent inside the transaction of the act."""

from django.dispatch import Signal

#: A file took effect: `closure`, `by`.
roster_imported = Signal()
#: A case got, changed or lost its facts by hand: `case`, `by`.
case_amended = Signal()
#: Somebody died or draws a pension: `worker`, `event`, `by`.
life_event_noted = Signal()
#: It was a mistake, and nothing else of the kind stands on record: `worker`, `event`, `by`.
life_event_undone = Signal()
