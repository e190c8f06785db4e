"""What the law says around the benefit. Each question is one function with a frozen answer.

Every answer is computed with its source, or says *not decidable here*, what is missing and who can give it.
"""
