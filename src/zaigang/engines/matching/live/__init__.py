"""What a plan that stays up to date is made of: its lists, the events as compiled loops, and the desk they work at."""
