"""The days of the closure, lived through the real actions: nothing is written behind their back.

`story` tells the whole; `opening` the time before, `before` the eve, `hall_days` and `visits` the service days,
`back_office` the evenings and what is heard later, `month_end` the last Friday of January.
"""

from zaigang.demo.replay.calendar import FIRST_SERVICE_DAY, MONTH_END, SERVICE_DAYS
from zaigang.demo.replay.record import Progress, Replayed
from zaigang.demo.replay.story import replay

__all__ = ["FIRST_SERVICE_DAY", "MONTH_END", "SERVICE_DAYS", "Progress", "Replayed", "replay"]
