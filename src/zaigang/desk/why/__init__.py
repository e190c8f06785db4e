"""Why this, and what can I do: one answer in words for the person it is about, on the phone and on paper."""
