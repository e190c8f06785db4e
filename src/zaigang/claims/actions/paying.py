"""From the schedule to the month's list. A list that went out is never changed; run again, it is the same."""
