"""What the law says around the benefit. Each question is one function with a frozen answer.

Every answer is computed with its source, or says *not decidable here*, what is missing and who can give it.

All functions are keyword-only but for `overpayment`'s list. `territory` is a district code, `on` the day that chooses
the rules (of applying, of the event, of deciding: each function says which); an absent fact is None and unknown.
`parameters` is another library than the files of this package, for a law that is being tried. Every answer has
`answer` (yes, no or undecided), `findings` (reasons with source and status, what is missing, what a person must check,
the parameters used) and `as_json()`. BadFacts for facts that cannot be.
"""
